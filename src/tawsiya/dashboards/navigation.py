"""What dashboards add to the side navigation: the home page, and the steering page."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.navigation import Entry
from tawsiya.dashboards.permissions import may_steer

_BELOW = ("dashboards:institutions", "dashboards:answers", "dashboards:moved", "dashboards:due")


def entries(reader: Reader) -> list[Entry]:
    """Return the home page, for everyone who is somebody in the system, and for some the steering page."""
    if reader.is_public:
        return []
    found = [Entry(_("Home"), "dashboards:home", "house", 10)]
    if may_steer(reader):
        found.append(Entry(_("Steering"), "dashboards:steering", "speedometer2", 12, also=_BELOW))
    return found
