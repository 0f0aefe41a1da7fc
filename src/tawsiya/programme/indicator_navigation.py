"""What indicators add to the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry
from tawsiya.programme.indicator_queries import asked_of
from tawsiya.programme.visibility import sees_all


def indicator_entries(reader: Reader) -> list[Entry]:
    """Return the indicators for everybody with a role, and the desk for those who ask or are asked.

    The figure: what is asked of the reader's own institutions.
    """
    pages = (
        "indicator",
        "indicator-add",
        "indicator-edit",
        "indicator-values",
        "value-record",
        "value-correct",
        "break-add",
        "values-ask",
        "values-upload",
        "values-preview",
    )
    found = [
        Entry(
            _("Indicators"),
            "programme:indicators",
            "activity",
            46,
            0,
            tuple(f"programme:{page}" for page in pages),
        )
    ]
    if reader.own_institutions or sees_all(reader):
        waiting = asked_of(reader).count() if reader.own_institutions else 0
        found.append(Entry(_("Values asked for"), "programme:value-requests", "clipboard-data", 47, waiting))
    return found
