"""`tawsiya world load FILE`: an export of all States' records into the database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.models import WorldLoad
from tawsiya.core.errors import UserFacingError
from tawsiya.intake.commands.world import load_world
from tawsiya.intake.readers.records import UnreadableFile

REFUSED = 2


class Command(BaseCommand):
    help = (
        "Load an export of the Universal Human Rights Index (.json, .json.gz): the records of all States,"
        " for search and comparison. All of it or nothing. Exit status: 0 loaded; 2 the file cannot be read"
        " or the load is refused."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("action", choices=["load"])
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--by", default="", metavar="ACCOUNT", help="e-mail of someone who may import")
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--partial", action="store_true", help="a filtered export: withdraw nothing")
        kind.add_argument(
            "--complete",
            action="store_true",
            help="withdraw what it lacks, even if that is more than a tenth",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the load; ends with one of the documented exit statuses."""
        with translation.override("en"):
            try:
                load = load_world(
                    Path(options["file"]),
                    by=_reader(options["by"]) if options["by"] else None,
                    partial=options["partial"],
                    complete=options["complete"],
                )
            except UnreadableFile as error:
                self._refuse(error.message)
            except UserFacingError as error:
                self._refuse(str(error))
            else:
                counts = _counts(load)
                line = (
                    json.dumps(counts)
                    if options["as_json"]
                    else ", ".join(f"{n} {k}" for k, n in counts.items())
                )
                self.stdout.write(line)

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(f"tawsiya: {sentence}")
        sys.exit(REFUSED)


def _reader(account: str) -> Reader:
    user = User.objects.filter(email__iexact=account.strip()).first()
    if user is None:
        raise UserFacingError(f"There is no account {account}.")
    return reader_for(user)


def _counts(load: WorldLoad) -> dict[str, int]:
    return {
        "records": load.records,
        "present": load.present,
        "created": load.created,
        "changed": load.changed,
        "withdrawn": load.withdrawn,
        "returned": load.returned,
        "left_out": load.left_out,
        "unreadable": load.unreadable,
    }
