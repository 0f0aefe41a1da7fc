"""`tawsiya audit verify`: prove that no audit event was altered, removed or inserted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tawsiya.audit.verify import verify_chain


class Command(BaseCommand):
    help = "Check the chain of audit events. `audit verify [--expect HASH]`"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("--expect", default="", help="a hash noted earlier that must still be there")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_chain(options["expect"])
        if verdict.problem:
            where = f" at event {verdict.broken_at}" if verdict.broken_at else ""
            raise CommandError(f"The audit chain is broken{where}: {verdict.problem}.")
        self.stdout.write(f"{verdict.count} events, chain unbroken. Last hash: {verdict.last_hash}")
