"""`tawsiya undo_import NUMBER --by ACCOUNT --reason …`: an import undone as a whole."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.core.errors import UserFacingError
from tawsiya.intake.commands import undo_import
from tawsiya.intake.models import ImportRun

REFUSED = 2


class Command(BaseCommand):
    help = (
        "Undo an applied import as a whole: what it created is removed, what it changed is again what it "
        "was. Refused when something was built on it. Exit status: 0 undone, 2 refused."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("number", type=int, metavar="NUMBER", help="as `tawsiya import` prints it")
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="e-mail of someone who may import")
        parser.add_argument("--reason", required=True, help="why; kept in the history")

    def handle(self, *args: Any, **options: Any) -> None:
        """Undo the import, or say in one line why not."""
        with translation.override("en"):
            try:
                run = _undone(options["number"], options["by"], options["reason"])
            except UserFacingError as error:
                self.stderr.write(f"tawsiya: {error}")
                sys.exit(REFUSED)
            self.stdout.write(f"undone: {run.file_name}")


def _undone(number: int, account: str, reason: str) -> ImportRun:
    user = User.objects.filter(email__iexact=account.strip()).first()
    if user is None:
        raise UserFacingError(f"There is no account {account}.")
    run = ImportRun.objects.filter(pk=number).first()
    if run is None:
        raise UserFacingError(f"There is no import {number}.")
    return undo_import(run, reason=reason, by=reader_for(user))
