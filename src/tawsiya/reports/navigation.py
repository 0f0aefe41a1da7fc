"""What outputs add to the side navigation."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core.navigation import Entry


def entries(reader: Reader) -> list[Entry]:
    """Return the templates, for who may replace them."""
    if not may(reader, Act.MANAGE_TEMPLATES):
        return []
    return [Entry(_("Template of programmes"), "reports:template", "file-earmark-word", 85)]
