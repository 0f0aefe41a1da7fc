"""Who loads exports of other States' records: who imports documents."""

from django.db.models import Q

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.visibility import EVERYTHING, NOTHING


def may_load(reader: Reader) -> Decision:
    """Decide whether a reader loads exports and sees what loads brought."""
    return may(reader, Act.IMPORT_DOCUMENTS)


def loads_visible_to(reader: Reader) -> Q:
    """Return the filter of the loads a reader sees."""
    return EVERYTHING if reader.is_delegation else NOTHING
