"""`tawsiya reindex`: build the search index anew, or only what changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tawsiya.analysis.commands.index import catch_up, rebuild
from tawsiya.analysis.models import SearchEntry
from tawsiya.analysis.search.world import store


class Command(BaseCommand):
    help = "Build the search index anew, while searches go on. `reindex [--changed]`"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--changed", action="store_true", help="only what changed since it was indexed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["changed"]:
            catch_up()
            count = SearchEntry.objects.count()
        else:
            count = rebuild()
            if store.version():
                self.stdout.write(f"{store.build_now()} records of other States indexed.")
        self.stdout.write(f"{count} entries in the search index.")
