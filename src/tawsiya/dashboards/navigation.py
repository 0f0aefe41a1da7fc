"""What dashboards add to the side navigation: the home page."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return the home page, for everyone who is somebody in the system."""
    return [] if reader.is_public else [Entry(_("Home"), "dashboards:home", "house", 10)]
