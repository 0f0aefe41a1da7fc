"""Hand an assignment on: to another institution, to a directorate and back, to a successor."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.choices import OPEN, AssignmentState
from tawsiya.followup.commands.announce import tell_institution
from tawsiya.followup.commands.assignments import Letter, assign_recommendations, record_step
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.permissions import may_act_on_assignment
from tawsiya.followup.queries import texts_under_way
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Access


def reassign(
    *,
    assignment: Assignment,
    to: Institution,
    reason: str,
    by: Reader,
    deadline: date | None = None,
    letter: Letter | None = None,
) -> Assignment:
    """Give an assignment whose institution asks for it to another: the old one ends, a new one begins.

    Args:
        deadline: of the new assignment; that of the old one where omitted.

    Raises:
        PermissionRefused: not a coordinator's, or nobody asked.
        RuleViolated: no reason, the same institution, or one that cannot be assigned the item.
    """
    with transaction.atomic():
        assignment = _locked(assignment)
        actor = acting(by, may_act_on_assignment(by, assignment, "reassign"))
        if not reason.strip():
            raise RuleViolated(_("Give the reason."))
        if to.pk == assignment.institution_id:
            raise RuleViolated(_("Choose another institution than the one that asks."))
        record_step(assignment, AssignmentState.ENDED, actor, reason.strip())
        leads = assignment.level == AccessLevel.LEAD
        made = assign_recommendations(
            recommendations=[assignment.recommendation],
            lead=to if leads else None,
            supporting=[] if leads else [to],
            deadline=deadline or assignment.deadline,
            note=assignment.note,
            letter=letter or Letter(),
            by=by,
        )
        if not made:
            raise RuleViolated(_("%(institution)s has this assignment already.") % {"institution": to})
    return made[0]


def pass_on(*, assignment: Assignment, to: Institution, by: Reader, with_drafts: bool = False) -> Assignment:
    """Pass a ministry's assignment on to one of its directorates, which then answers for it.

    The ministry keeps seeing and doing everything in it; `take_back` undoes it.

    Args:
        with_drafts: hand over what the ministry has begun to write (`texts_under_way`) too. It stays the
            directorate's when the assignment is taken back: the ministry sees and edits it there.

    Raises:
        PermissionRefused: not the institution's own, or not possible in its state.
        RuleViolated: no directorate of the institution, or one that has a part in the item already.
    """
    with transaction.atomic():
        assignment = _locked(assignment)
        actor = acting(by, may_act_on_assignment(by, assignment, "pass_on"))
        if to.parent_id != assignment.institution_id or to.exists_to is not None:
            raise RuleViolated(_("Choose a directorate of your institution."))
        ministry = assignment.institution
        texts = list(texts_under_way(assignment, to).select_for_update(of=("self",))) if with_drafts else []
        _move(assignment, to, actor, "assignment.passed_on", passed_from=ministry)
        for text in texts:
            _hand_over(text, ministry, to, actor)
    return assignment


def _hand_over(text: Contribution, ministry: Institution, to: Institution, actor: Acting) -> None:
    """Write that a text under way is a directorate's."""
    with audit.change(
        "contribution.handed_over",
        by=actor,
        subject=text,
        item_id=text.recommendation_id,
        institution_id=to.pk,
        state=text.state,
    ) as event:
        event.after = {"institution": to.names, "from": ministry.names}
        text.institution = to
        text.save()


def take_back(*, assignment: Assignment, by: Reader) -> Assignment:
    """Take an assignment back from a directorate to the ministry that passed it on.

    Raises:
        PermissionRefused: not the ministry's, not passed on, or not possible in its state.
        RuleViolated: the ministry has another part in the item meanwhile.
    """
    with transaction.atomic():
        assignment = _locked(assignment)
        actor = acting(by, may_act_on_assignment(by, assignment, "take_back"))
        ministry = assignment.passed_from
        if ministry is None:  # the permission has refused before
            raise LookupError("take_back")
        _move(assignment, ministry, actor, "assignment.recalled", passed_from=None)
    return assignment


def _locked(assignment: Assignment) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("institution", "passed_from", "recommendation__document")
        .get(pk=assignment.pk)
    )


def _move(
    assignment: Assignment, to: Institution, actor: Acting, code: str, *, passed_from: Institution | None
) -> None:
    """Write that another institution answers for an open assignment; the row keeps its history."""
    item, before = assignment.recommendation, assignment.institution
    if Assignment.objects.filter(recommendation=item, institution=to, state__in=OPEN).exists():
        raise RuleViolated(
            _("%(institution)s already has another part in %(recommendation)s; end that first.")
            % {"institution": to, "recommendation": item}
        )
    with audit.change(
        code,
        by=actor,
        subject=assignment,
        item_id=item.pk,
        institution_id=to.pk,
        state=assignment.state,
    ) as event:
        assignment.institution, assignment.passed_from = to, passed_from
        assignment.save()
        Access.objects.filter(recommendation=item, institution=before).delete()
        Access.objects.update_or_create(
            recommendation=item, institution=to, defaults={"level": assignment.level}
        )
        event.before = {"institution": before.names}
        event.after = {"institution": to.names, "from": before.names}
    tell_institution(code, to, item, but_not=actor.user_id)
