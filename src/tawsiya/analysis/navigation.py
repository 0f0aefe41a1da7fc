"""What the analyst's desk adds to the side navigation."""

from django.utils.translation import pgettext_lazy

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return the search for everybody with a role."""
    if reader.is_public:
        return []
    return [Entry(pgettext_lazy("page", "Search"), "analysis:search", "search", 15, also=("analysis:saved",))]
