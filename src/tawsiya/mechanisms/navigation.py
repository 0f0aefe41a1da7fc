"""What the UN side adds to the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return the documents, for everyone with a role."""
    if reader.is_public:
        return []
    also = ("mechanisms:document", "mechanisms:reviews", "mechanisms:bodies", "mechanisms:obligations")
    return [Entry(_("UN documents"), "mechanisms:documents", "file-earmark-text", 50, also=also)]
