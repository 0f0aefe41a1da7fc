"""What analysis adds to the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return the analysis page for everyone with a role: each crosses what the role may see."""
    if reader.is_public:
        return []
    return [Entry(_("Analysis"), "analysis:crossing", "bar-chart", 25, also=("analysis:views",))]
