"""Who imports: the delegation. What was not applied yet is nobody else's to see."""

from django.db.models import Q

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.roles import REFUSALS, Act
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.core.errors import PermissionRefused


def may_import(reader: Reader) -> Decision:
    """Decide whether a reader previews and applies imports."""
    return may(reader, Act.IMPORT_DOCUMENTS)


def person_id(actor: Acting) -> int:
    """Return the id of the person who acts.

    Raises:
        PermissionRefused: nobody acts; cannot happen under a grant, which only people hold.
    """
    if actor.user_id is None:
        raise PermissionRefused(REFUSALS[Act.IMPORT_DOCUMENTS])
    return actor.user_id


def runs_visible_to(reader: Reader) -> Q:
    """Return the filter of the imports a reader sees: a preview shows what is not issued here yet."""
    return EVERYTHING if reader.is_delegation else NOTHING
