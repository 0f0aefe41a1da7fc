"""`load_sample`: fill an empty database with the sample State. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tawsiya.core import instance
from tawsiya.core.errors import RuleViolated
from tawsiya.sample.loader import load


class Command(BaseCommand):
    help = "Load the fictional sample State into an empty database; does nothing where it is loaded."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--large", action="store_true", help="as large as a real State, made by rule")

    def handle(self, *args: Any, **options: Any) -> None:
        row = instance.current()
        if row is not None and row.is_demo:
            self.stdout.write("The sample State is loaded.")
            return
        try:
            load(lambda step: self.stdout.write(f"  {step} …"), is_large=options["large"])
        except RuleViolated as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The sample State is loaded.")
