"""`demo_accounts`: the people of the sample State, one for each role."""

from typing import Any

from django.core.management.base import BaseCommand

from tawsiya.sample.queries import guides


class Command(BaseCommand):
    help = "List one demo account per role; they have no password: the demo lets one enter as them."

    def handle(self, *args: Any, **options: Any) -> None:
        for membership in guides():
            user = membership.user
            self.stdout.write(
                f"  {membership.get_role_display():36} {user.name:22} {user.email:34} "
                f"{membership.institution}"
            )
