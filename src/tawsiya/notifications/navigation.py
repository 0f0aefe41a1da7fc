"""What notifications add to the side navigation: the outbox, for administrators. The bell is the shell's."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core.navigation import Entry
from tawsiya.notifications.queries import failed_count, uncertain_count


def entries(reader: Reader) -> list[Entry]:
    """Return the outbox for those who may read it, with the number of those that failed or are uncertain."""
    if not may(reader, Act.READ_OUTBOX):
        return []
    waiting = failed_count(reader) + uncertain_count(reader)
    return [Entry(_("Outbox"), "notifications:outbox", "envelope", 90, badge=waiting)]
