"""Who imports: the delegation. What was not applied yet is nobody else's to see."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.accounts.roles import REFUSALS, Act
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.core.errors import Message, PermissionRefused
from tawsiya.intake.choices import RunState
from tawsiya.intake.models import ImportRun
from tawsiya.intake.workflow import Party, find

_DECIDED = _("This import was already decided.")
_NOT_NOW = _("This cannot be done in the import's present state; look at it again.")


def may_import(reader: Reader) -> Decision:
    """Decide whether a reader previews and applies imports."""
    return may(reader, Act.IMPORT_DOCUMENTS)


def may_act_on_run(reader: Reader, run: ImportRun, action: str) -> Decision:
    """Decide whether a reader takes a step of `workflow.IMPORT` with an import in its present state."""
    decision = may_import(reader)
    return Decision(None, why_not(run.state, action)) if decision and why_not(run.state, action) else decision


def why_not(state: str, action: str) -> Message:
    """Return why a person cannot take a step in a state; "" where one can."""
    step = find(state, action)
    if step is not None and step.party == Party.DELEGATION:
        return ""
    return _DECIDED if state in (RunState.APPLIED, RunState.DISCARDED, RunState.UNDONE) else _NOT_NOW


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
