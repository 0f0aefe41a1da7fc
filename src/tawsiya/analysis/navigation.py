"""What the analyst's desk adds to the side navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return search and analysis for everybody with a role: each finds and counts what the role may see."""
    if reader.is_public:
        return []
    return [
        Entry(pgettext_lazy("page", "Search"), "analysis:search", "search", 15, also=("analysis:saved",)),
        Entry(_("Analysis"), "analysis:crossing", "bar-chart", 25, also=("analysis:views",)),
    ]
