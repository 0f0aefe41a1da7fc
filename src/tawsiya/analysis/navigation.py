"""What the analyst's desk adds to the side navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry
from tawsiya.recommendations.queries import groups_waiting


def entries(reader: Reader) -> list[Entry]:
    """Return search, groups and analysis for everybody with a role: each finds what the role may see.

    The figure is how many proposed groups wait for the delegation.
    """
    if reader.is_public:
        return []
    return [
        Entry(pgettext_lazy("page", "Search"), "analysis:search", "search", 15, also=("analysis:saved",)),
        Entry(
            _("Groups"),
            "groups:list",
            "collection",
            24,
            badge=groups_waiting(reader),
            also=("groups:show", "followup:group-status", "followup:group-contribute"),
        ),
        Entry(_("Analysis"), "analysis:crossing", "bar-chart", 25, also=("analysis:views",)),
    ]
