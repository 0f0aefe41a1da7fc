"""The history in the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.audit.permissions import HistoryReader
from tawsiya.core.navigation import Entry


def entries(reader: HistoryReader) -> list[Entry]:
    """Return the history for whoever may open it."""
    if not (reader.is_delegation or reader.is_administrator):
        return []
    return [
        Entry(_("History"), "audit:history", "clock-history", 86, also=("audit:check", "audit:access-log"))
    ]
