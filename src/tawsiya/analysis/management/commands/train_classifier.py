"""`tawsiya classifier train --taxonomy CODE|institutions --by ACCOUNT`: what the button does, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.analysis.commands.tagging import train
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.recommendations.models import Vocabulary

INSTITUTIONS = "institutions"


class Command(BaseCommand):
    help = "Train the model of a taxonomy, or of the institution responsible, on what is tagged or assigned."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["train"])
        parser.add_argument("--taxonomy", required=True, help=f"a code, or {INSTITUTIONS!r}")
        parser.add_argument(
            "--by", required=True, help="e-mail address of who trains; the history names them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["by"]).first()
        if person is None:
            raise CommandError(f"No account {options['by']}.")
        code = options["taxonomy"]
        vocabulary = Vocabulary.objects.filter(code=code).first()
        if vocabulary is None and code != INSTITUTIONS:
            known = ", ".join(Vocabulary.objects.values_list("code", flat=True))
            raise CommandError(f"No taxonomy {code}; there are {known or 'none'}, and {INSTITUTIONS}.")
        try:
            version = train(vocabulary=vocabulary, by=reader_for(person))
        except (RuleViolated, PermissionRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        total = (version.about.get("figures") or {}).get("total", {})
        self.stdout.write(f"{version}: learnt from {version.examples} recommendations")
        for name, value in total.items():
            self.stdout.write(f"  {name} {value}")
