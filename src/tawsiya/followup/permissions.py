"""Who may do what in follow-up: pure decisions that give their reason."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import Decision, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import DELEGATION_ROLES, Act
from tawsiya.followup.choices import Circle
from tawsiya.followup.models import AssessmentRule, Assignment, Contribution, Message, Submission
from tawsiya.followup.visibility import can_view_circle
from tawsiya.followup.workflow import ASSIGNMENT, CONTRIBUTION, RULE, SUBMISSION, Party, Transition, find

_IMPOSSIBLE = _("This is not possible in the present state.")
_NOT_INVOLVED = _("Your institution has not accepted this recommendation.")
_OWN_TEXT = _("Whoever wrote in a contribution never validates it.")
_NOT_ASSIGNED = _("This item was never assigned to the institution.")
_NOT_AUTHOR = _("Only its author withdraws a message.")
_NO_ACCESS = _("This item is not available to you.")

ACT_OF: dict[Party, Act] = {
    Party.INSTITUTION: Act.CONTRIBUTE,
    Party.VALIDATOR: Act.VALIDATE_FOR_INSTITUTION,
    Party.COORDINATOR: Act.VALIDATE_FOR_DELEGATION,
}


def may_assign(reader: Reader) -> Decision:
    """Coordinators assign."""
    return may(reader, Act.ASSIGN)


def may_act_on_assignment(reader: Reader, assignment: Assignment, action: str) -> Decision:
    """The institution answers its own assignment, passes it on or takes it back; the coordinator ends one."""
    transition = find(ASSIGNMENT, assignment.state, action)
    if transition is None:
        return Decision(None, _IMPOSSIBLE)
    if transition.party is Party.COORDINATOR:
        return may(reader, Act.ASSIGN)
    if action == "take_back":
        # A directorate does not hand back what its ministry gave it: it asks to reassign, as everybody.
        if assignment.passed_from_id is None:
            return Decision(None, _IMPOSSIBLE)
        return may(reader, Act.ANSWER_ASSIGNMENT, assignment.passed_from_id)
    return may(reader, Act.ANSWER_ASSIGNMENT, assignment.institution_id)


def may_contribute(reader: Reader, institution_id: int, accepted: Iterable[int]) -> Decision:
    """Write a new contribution for an institution that accepted the item.

    Args:
        institution_id: the institution in whose name the reader would write.
        accepted: ids of the institutions with an accepted assignment on the item.
    """
    decision = may(reader, Act.CONTRIBUTE, institution_id)
    if decision and institution_id not in set(accepted):
        return Decision(None, _NOT_INVOLVED)
    return decision


def may_act_on_contribution(
    reader: Reader, contribution: Contribution, action: str, author_ids: Iterable[int]
) -> Decision:
    """Decide an action on a contribution in its present state.

    A reader who stands outside learns nothing of the state: the refusal is the same in all.

    Args:
        author_ids: everyone who wrote in it; none of them, nor a deputy of theirs in their
            name, approves or validates it.
    """
    transition = find(CONTRIBUTION, contribution.state, action)
    outside = contribution.institution_id not in reader.own_institutions and not reader.is_delegation
    if outside:
        return Decision(None, _NO_ACCESS)
    if transition is None:
        return Decision(None, _IMPOSSIBLE)
    return _may_take(reader, contribution, transition, frozenset(author_ids))


def _may_take(
    reader: Reader, contribution: Contribution, transition: Transition, authors: frozenset[int]
) -> Decision:
    by_institution = transition.party is not Party.COORDINATOR
    decision = may(reader, ACT_OF[transition.party], contribution.institution_id if by_institution else None)
    if decision.grant is None or transition.party is Party.INSTITUTION:
        return decision
    if reader.user_id in authors or decision.grant.on_behalf_of_id in authors:
        return Decision(None, _OWN_TEXT)
    return decision


def may_set_status(reader: Reader) -> Decision:
    """Coordinators set statuses."""
    return may(reader, Act.SET_STATUS)


def may_write_message(
    reader: Reader, circle: str, institution_id: int | None, involved: Iterable[int]
) -> Decision:
    """Write in a conversation that one reads: in the name of the institution, or as the delegation.

    Args:
        involved: ids of the institutions to which the item is or was assigned.
    """
    if not can_view_circle(reader, circle, institution_id):
        return Decision(None, _NO_ACCESS)
    if institution_id is not None and institution_id not in set(involved):
        return Decision(None, _NOT_ASSIGNED)
    if institution_id is not None and (decision := may(reader, Act.CONVERSE, institution_id)):
        return decision
    if circle == Circle.INSIDE:
        return Decision(None, _NO_ACCESS)
    grant = next((one for one in reader.grants_for(Act.CONVERSE) if one.role in DELEGATION_ROLES), None)
    return Decision(grant, "" if grant else _NO_ACCESS)


def may_withdraw_message(reader: Reader, message: Message) -> Decision:
    """Only its author withdraws a message, once, while taking part in the conversation."""
    if not can_view_circle(reader, message.circle, message.institution_id):
        return Decision(None, _NO_ACCESS)
    if message.author_id != reader.user_id:
        return Decision(None, _NOT_AUTHOR)
    if message.withdrawn_at is not None:
        return Decision(None, _IMPOSSIBLE)
    grants = [grant for grant in reader.grants_for(Act.CONVERSE) if grant.on_behalf_of_id is None]
    named = [grant for grant in reader.grants_for(Act.CONVERSE) if grant.on_behalf_of_id]
    # In the name in which it was written, where that still holds.
    wanted = [one for one in named if one.on_behalf_of_id == message.on_behalf_of_id] or grants or named
    return Decision(wanted[0], "") if wanted else Decision(None, _NO_ACCESS)


def may_begin_rule(reader: Reader) -> Decision:
    """Coordinators begin the next version of the rule."""
    return may(reader, Act.WRITE_RULE)


def may_act_on_rule(reader: Reader, rule: AssessmentRule, action: str) -> Decision:
    """Coordinators edit, publish and discard a draft; what is published is never changed."""
    if find(RULE, rule.state, action) is None:
        return Decision(None, _IMPOSSIBLE)
    return may(reader, Act.WRITE_RULE)


def may_submit(reader: Reader) -> Decision:
    """The national human rights institution and organisations submit."""
    return may(reader, Act.SUBMIT)


def may_moderate(reader: Reader) -> Decision:
    """Coordinators decide on submissions, and record what the UN and parliament say."""
    return may(reader, Act.MODERATE)


def may_act_on_submission(reader: Reader, submission: Submission, action: str) -> Decision:
    """The coordinator accepts or refuses; people of the author's institution do the rest."""
    transition = find(SUBMISSION, submission.state, action)
    if transition is None:
        return Decision(None, _IMPOSSIBLE)
    if transition.party is Party.COORDINATOR:
        return may(reader, Act.MODERATE)
    return may(reader, Act.SUBMIT, submission.institution_id)
