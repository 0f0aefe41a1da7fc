"""Entries of the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry
from tawsiya.intake.permissions import may_import
from tawsiya.intake.queries import awaiting_decision


def entries(reader: Reader) -> list[Entry]:
    """Return imports for the delegation, with how many await a decision."""
    if not may_import(reader):
        return []
    return [
        Entry(
            _("Imports"),
            "intake:runs",
            "box-arrow-in-down",
            60,
            badge=awaiting_decision(reader).count(),
            also=("intake:upload", "intake:run"),
        )
    ]
