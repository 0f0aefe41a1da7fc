"""Who imports: the delegation. What was not applied yet is nobody else's to see."""

from django.db.models import Q

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.visibility import EVERYTHING, NOTHING


def may_import(reader: Reader) -> Decision:
    """Decide whether a reader previews and applies imports."""
    return may(reader, Act.IMPORT_DOCUMENTS)


def runs_visible_to(reader: Reader) -> Q:
    """Return the filter of the imports a reader sees: a preview shows what is not issued here yet."""
    return EVERYTHING if reader.is_delegation else NOTHING
