"""What the analysis room adds to the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return the taxonomies, for everyone with a role."""
    if reader.is_public:
        return []
    also = (
        "tagging:import",
        "tagging:import-apply",
        "tagging:taxonomy",
        "tagging:label",
        "tagging:settings",
        "tagging:review",
        "tagging:model",
        "tagging:institutions",
    )
    return [Entry(_("Taxonomies"), "tagging:taxonomies", "tags", 25, also=also)]
