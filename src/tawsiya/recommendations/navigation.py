"""What recommendations add to the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return the list, for everyone with a role."""
    if reader.is_public:
        return []
    also = (
        "followup:item",
        "followup:status",
        "recommendations:tags",
        "recommendations:grade",
        "recommendations:translate",
    )
    return [Entry(_("Recommendations"), "recommendations:list", "list-check", 20, also=also)]
