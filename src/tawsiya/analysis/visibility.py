"""Who sees the records of all States: everybody; they are the UN's. Their loads: the delegation."""

from django.db.models import Q

from tawsiya.accounts.reader import Reader
from tawsiya.audit.visibility import EVERYTHING, NOTHING


def records_visible_to(reader: Reader) -> Q:
    """Return the filter of the records a reader finds: those that the latest export still has."""
    return Q(withdrawn_in__isnull=True) if reader.user_id is not None else NOTHING


def loads_visible_to(reader: Reader) -> Q:
    """Return the filter of the loads a reader sees."""
    return EVERYTHING if reader.is_delegation else NOTHING
