"""Decide who may act, as pure functions that give their reason."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Acting, Grant, Reader
from tawsiya.accounts.roles import REFUSALS, Act
from tawsiya.core.errors import Message, PermissionRefused


@dataclass(frozen=True)
class Decision:
    """Allowed under a grant, or refused for a reason."""

    grant: Grant | None
    reason: Message = ""

    def __bool__(self) -> bool:
        return self.grant is not None


def may(reader: Reader, act: Act, institution_id: int | None = None) -> Decision:
    """Decide whether `reader` may do `act`, in `institution_id` where the act belongs to one.

    A person's own grant goes before one held for somebody replaced.
    """
    grants = sorted(reader.grants_for(act, institution_id), key=lambda grant: grant.on_behalf_of_id or 0)
    return Decision(grants[0]) if grants else Decision(None, REFUSALS[act])


def acting(reader: Reader, decision: Decision) -> Acting:
    """Return who acts, for the audit event.

    Raises:
        PermissionRefused: the decision is a refusal; carries its reason.
    """
    if decision.grant is None or reader.user_id is None:
        raise PermissionRefused(decision.reason)
    return Acting(
        user_id=reader.user_id,
        name=reader.name,
        on_behalf_of_id=decision.grant.on_behalf_of_id,
        on_behalf_of_name=decision.grant.on_behalf_of_name,
    )


def require(reader: Reader, act: Act, institution_id: int | None = None) -> Acting:
    """`acting` of `may`: the usual first line of a command.

    Raises:
        PermissionRefused: the reader may not.
    """
    return acting(reader, may(reader, act, institution_id))


def may_be_absent(reader: Reader) -> Decision:
    """Whoever holds a role names who replaces him or her; one held for somebody else does not count."""
    own = [grant for grant in reader.grants if grant.on_behalf_of_id is None]
    return (
        Decision(own[0]) if own else Decision(None, _("Only a person with a role of one's own is replaced."))
    )
