"""What publishing adds to the side navigation: the list of publications, for the delegation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return the list of publications for the delegation."""
    if not reader.is_delegation:
        return []
    also = ("portal:publish", "portal:publish-many")
    return [Entry(_("Publications"), "portal:publications", "globe2", 70, also=also)]
