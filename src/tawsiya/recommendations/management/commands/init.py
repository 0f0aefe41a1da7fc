"""`tawsiya init --state ISO3 --languages ar,fr,en`: a real, empty instance."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tawsiya.core.errors import RuleViolated
from tawsiya.recommendations.setup import set_up_instance


class Command(BaseCommand):
    help = "Set up a real, empty instance for a State, from its profile or the reference lists."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--state", required=True, help="ISO 3166 alpha-3 code, for example MAR")
        parser.add_argument("--languages", required=True, help="for example ar,fr,en; the main one first")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = tuple(code.strip() for code in options["languages"].split(",") if code.strip())
        try:
            summary = set_up_instance(state=options["state"].upper(), languages=languages)
        except RuleViolated as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{summary.institutions} institutions, {summary.treaties} treaties in force, "
            f"{summary.documents} documents, {summary.axes} axes and sub-axes."
        )
        for item in summary.missing:
            self.stdout.write(f"Not known, left empty: {item}.")
        self.stdout.write("Next: tawsiya createadmin")
