"""Give recommendations to institutions, and take their answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.followup.choices import OPEN, AssignmentState
from tawsiya.followup.commands.announce import tell_coordinators, tell_institution
from tawsiya.followup.models import Assignment
from tawsiya.followup.permissions import may_act_on_assignment, may_assign
from tawsiya.followup.workflow import ASSIGNMENT, find
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Access, Recommendation


@dataclass(frozen=True)
class Letter:
    """The official letter that carries an assignment."""

    reference: str = ""
    dated: date | None = None


def assign_recommendations(
    *,
    recommendations: Sequence[Recommendation],
    lead: Institution | None,
    supporting: Sequence[Institution],
    deadline: date | None,
    by: Reader,
    note: str = "",
    letter: Letter = Letter(),
    replace_lead: str = "",
) -> list[Assignment]:
    """Assign items to a lead and supporting institutions, all or none.

    An institution that already has an open assignment at the same level keeps it unchanged.

    Args:
        replace_lead: the reason for which `lead` takes over where another institution leads. That one's
            assignment ends; what it wrote stays its own, and stays visible as before (DOMAIN §9).

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: nothing chosen, an institution cannot be assigned, the lead also supports,
            a second lead, or a withdrawn recommendation. Nothing is written then.
    """
    actor = acting(by, may_assign(by))
    _check_choice(recommendations, lead, supporting)
    replace_lead = replace_lead.strip()
    made: list[Assignment] = []
    with transaction.atomic():
        wanted = [(lead, AccessLevel.LEAD)] if lead else []
        wanted += [(institution, AccessLevel.SUPPORT) for institution in supporting]
        for recommendation in _locked(recommendations):
            if lead is not None and replace_lead:
                _make_room(recommendation, lead, actor, replace_lead)
            for institution, level in wanted:
                assignment = _assign(recommendation, institution, level, deadline, note, letter, actor)
                if assignment is not None:
                    made.append(assignment)
    return made


def _make_room(recommendation: Recommendation, lead: Institution, actor: Acting, reason: str) -> None:
    """End what stands in the way of a new lead: another's lead, and its own support."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "institution", "recommendation__document"
    )
    for row in rows.filter(recommendation=recommendation, state__in=OPEN):
        if (row.level == AccessLevel.LEAD) != (row.institution_id == lead.pk):
            record_step(row, AssignmentState.ENDED, actor, reason)


def _check_choice(
    recommendations: Sequence[Recommendation],
    lead: Institution | None,
    supporting: Sequence[Institution],
) -> None:
    if not recommendations:
        raise RuleViolated(_("Choose at least one recommendation."))
    if lead is None and not supporting:
        raise RuleViolated(_("Choose a lead or a supporting institution."))
    if lead in supporting:
        raise RuleViolated(_("An institution either leads or supports, not both."))
    chosen = {institution.pk for institution in (lead, *supporting) if institution}
    possible = set(assignable_institutions().filter(pk__in=chosen).values_list("pk", flat=True))
    for institution in (lead, *supporting):
        if institution and institution.pk not in possible:
            raise RuleViolated(
                _("%(institution)s cannot be assigned a recommendation.") % {"institution": institution}
            )


def _locked(recommendations: Sequence[Recommendation]) -> list[Recommendation]:
    """Lock the rows, in one order for everybody: two coordinators who assign at once take turns."""
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("document")
    return list(rows.filter(pk__in=[row.pk for row in recommendations]).order_by("pk"))


def is_new(
    existing: Iterable[Assignment],
    recommendation: Recommendation,
    institution: Institution,
    level: str,
    *,
    replaces: bool = False,
) -> bool:
    """Tell whether assigning would make a new assignment; False where the institution has it already.

    Args:
        existing: the open assignments of the recommendation.
        replaces: a new lead takes the place of the present one.

    Raises:
        RuleViolated: it cannot be assigned; the message names the recommendation.
    """
    names: dict[str, object] = {"institution": institution, "recommendation": recommendation}
    if recommendation.withdrawn_at is not None:
        raise RuleViolated(_("%(recommendation)s was withdrawn from its document.") % names)
    for assignment in existing:
        same = assignment.institution_id == institution.pk
        if same and assignment.level == level:
            return False
        if replaces and level == AccessLevel.LEAD:
            continue
        if same:
            raise RuleViolated(
                _("%(institution)s already has another part in %(recommendation)s; end that first.") % names
            )
        if level == AccessLevel.LEAD and assignment.level == AccessLevel.LEAD:
            raise RuleViolated(
                _("%(recommendation)s is already led by %(institution)s; end that assignment first.")
                % (names | {"institution": assignment.institution})
            )
    return True


def _assign(
    recommendation: Recommendation,
    institution: Institution,
    level: AccessLevel,
    deadline: date | None,
    note: str,
    letter: Letter,
    actor: Acting,
) -> Assignment | None:
    existing = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("institution")
        .filter(recommendation=recommendation, state__in=OPEN)
    )
    if not is_new(existing, recommendation, institution, level):
        return None
    with audit.change("assignment.created", by=actor, item_id=recommendation.pk) as event:
        assignment = Assignment.objects.create(
            recommendation=recommendation,
            institution=institution,
            level=level,
            deadline=deadline,
            note=note,
            letter_reference=letter.reference,
            letter_date=letter.dated,
            assigned_by_id=actor.user_id,
            assigned_at=clock.now(),
        )
        Access.objects.update_or_create(
            recommendation=recommendation, institution=institution, defaults={"level": level}
        )
        event.subject, event.state = assignment, assignment.state
        event.institution_id = institution.pk
        event.after = {
            "institution": institution.names,
            "level": level.value,
            "deadline": deadline.isoformat() if deadline else None,
            "letter": letter.reference,
        }
    tell_institution(
        "assignment.created",
        institution,
        recommendation,
        but_not=actor.user_id,
        deadline=deadline.isoformat() if deadline else "—",
    )
    return assignment


def act_on_assignment(
    *,
    assignment: Assignment,
    action: str,
    by: Reader,
    reason: str = "",
    proposed: Institution | None = None,
) -> Assignment:
    """Accept, refuse or end an assignment; ask that another institution take over, or decide that none does.

    Args:
        action: of `followup.workflow.ASSIGNMENT`, besides those of `commands.handing`.
        proposed: the institution that another should be, for `ask_reassign`.

    Raises:
        PermissionRefused: not this reader's to decide, or not possible in its state.
        RuleViolated: the reason is missing.
    """
    with transaction.atomic():
        assignment = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("institution", "recommendation__document")
            .get(pk=assignment.pk)
        )
        actor = acting(by, may_act_on_assignment(by, assignment, action))
        transition = find(ASSIGNMENT, assignment.state, action)
        if transition is None:  # the permission has refused before
            raise LookupError(action)
        reason = reason.strip()
        if transition.needs_reason and not reason:
            raise RuleViolated(_("Give the reason."))
        if proposed is not None and proposed.pk == assignment.institution_id:
            raise RuleViolated(_("Propose another institution than your own."))
        assignment.proposed_institution = proposed if action == "ask_reassign" else None
        record_step(assignment, transition.target, actor, reason)
    return assignment


def record_step(assignment: Assignment, target: str, actor: Acting, reason: str) -> None:
    """Write the step that was decided, tell of it, and take the institution's access where it ends.

    Runs inside a transaction that has locked the row, after the permission.
    """
    recommendation, institution = assignment.recommendation, assignment.institution
    now, before = clock.now(), assignment.state
    assignment.state = target
    if target == AssignmentState.ENDED:
        assignment.ended_at, assignment.ended_by_id = now, actor.user_id
    elif target != AssignmentState.PROPOSED:
        assignment.answered_at, assignment.answered_by_id = now, actor.user_id
    if reason:
        assignment.reason = reason
    with audit.change(
        f"assignment.{target}",
        by=actor,
        subject=assignment,
        item_id=recommendation.pk,
        institution_id=institution.pk,
        state=target,
        reason=reason,
    ) as event:
        assignment.save()
        event.before = {"state": before}
        event.after = {"state": target, "institution": institution.names}
        if assignment.proposed_institution is not None:
            event.after["proposed"] = assignment.proposed_institution.names
        if target in (AssignmentState.REFUSED, AssignmentState.ENDED):
            Access.objects.filter(recommendation=recommendation, institution=institution).delete()
    code = f"assignment.{target}"
    if target in (AssignmentState.ENDED, AssignmentState.PROPOSED):
        tell_institution(code, institution, recommendation, but_not=actor.user_id)
    else:
        tell_coordinators(code, recommendation, institution, but_not=actor.user_id)
