"""What the analyst's desk adds to the side navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawsiya.accounts.reader import Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.core.navigation import Entry
from tawsiya.recommendations.queries import groups_waiting

_TAXONOMIES = (
    "tagging:import",
    "tagging:import-apply",
    "tagging:taxonomy",
    "tagging:label",
    "tagging:settings",
    "tagging:review",
    "tagging:model",
    "tagging:institutions",
)
_ANALYSES = ("analysis:views", "analysis:repeated", "analysis:lacking", "analysis:alone", "analysis:abroad")


def entries(reader: Reader) -> list[Entry]:
    """Return search, groups, analysis and taxonomies for everybody with a role.

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
            badge=until_next_act(lambda: groups_waiting(reader), "analysis.groups_waiting", reader.audience),
            also=("groups:show", "followup:group-status", "followup:group-contribute"),
        ),
        Entry(_("Analysis"), "analysis:crossing", "bar-chart", 25, also=_ANALYSES),
        Entry(_("Taxonomies"), "tagging:taxonomies", "tags", 26, also=_TAXONOMIES),
    ]
