"""What analysis adds to the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry
from tawsiya.recommendations.queries import groups_waiting


def entries(reader: Reader) -> list[Entry]:
    """Return the groups, for everyone with a role; the badge counts what waits for the delegation."""
    if reader.is_public:
        return []
    also = ("groups:show", "followup:group-status", "followup:group-contribute")
    return [Entry(_("Groups"), "groups:list", "collection", 24, badge=groups_waiting(reader), also=also)]
