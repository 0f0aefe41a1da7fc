"""`tawsiya createadmin --email … --name …`: the first administrator, who invites everybody else."""

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tawsiya.accounts.choices import InstitutionKind, Role
from tawsiya.accounts.commands import Person, create_person, start_membership
from tawsiya.accounts.models import Institution
from tawsiya.core.errors import RuleViolated


class Command(BaseCommand):
    help = (
        "Create an account with a role in the delegation (administrator unless --role says otherwise). "
        "The password is asked for, or read from TAWSIYA_PASSWORD."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--language", default="fr", choices=["ar", "fr", "en"])
        parser.add_argument(
            "--role",
            action="append",
            choices=[Role.ADMINISTRATOR.value, Role.COORDINATOR.value, Role.ANALYST.value],
            help="may be repeated; a small delegation's one person can hold several",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        home = Institution.objects.filter(kind=InstitutionKind.DELEGATION).order_by("pk").first()
        if home is None:
            raise CommandError("There is no national mechanism yet: run `tawsiya init` first.")
        password = os.environ.get("TAWSIYA_PASSWORD") or self._ask()
        person = Person(options["email"], options["name"], language=options["language"])
        try:
            validate_password(password)
            with transaction.atomic():
                user = create_person(person=person, password=password)
                for role in options["role"] or [Role.ADMINISTRATOR.value]:
                    start_membership(user=user, institution=home, role=Role(role))
        except RuleViolated as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{person.email} can sign in.")

    def _ask(self) -> str:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Again: "):
            raise CommandError("The two passwords differ.")
        return password
