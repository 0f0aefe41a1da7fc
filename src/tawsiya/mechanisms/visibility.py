"""Who sees what of the UN side (DOMAIN §9, first row): bodies, reviews and documents are open inside."""

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING, NOTHING


def visible_to(reader: Reader) -> Q:
    """Return the filter of bodies, reviews or documents a reader sees: all for everyone with a role."""
    return NOTHING if reader.is_public else EVERYTHING


def can_view(reader: Reader) -> bool:
    """Decide for any of them; agrees with `visible_to`."""
    return not reader.is_public
