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
from tawsiya.followup.choices import AssignmentState
from tawsiya.followup.commands.announce import tell_coordinators, tell_institution
from tawsiya.followup.models import Assignment
from tawsiya.followup.permissions import may_act_on_assignment, may_assign
from tawsiya.followup.queries import OPEN
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
) -> list[Assignment]:
    """Assign items to a lead and supporting institutions, all or none.

    An institution that already has an open assignment at the same level keeps it unchanged.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: nothing chosen, an institution cannot be assigned, the lead also supports,
            a second lead, or a withdrawn recommendation. Nothing is written then.
    """
    actor = acting(by, may_assign(by))
    _check_choice(recommendations, lead, supporting)
    made: list[Assignment] = []
    with transaction.atomic():
        wanted = [(lead, AccessLevel.LEAD)] if lead else []
        wanted += [(institution, AccessLevel.SUPPORT) for institution in supporting]
        for recommendation in _locked(recommendations):
            for institution, level in wanted:
                assignment = _assign(recommendation, institution, level, deadline, note, letter, actor)
                if assignment is not None:
                    made.append(assignment)
    return made


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
    existing: Iterable[Assignment], recommendation: Recommendation, institution: Institution, level: str
) -> bool:
    """Tell whether assigning would make a new assignment; False where the institution has it already.

    Args:
        existing: the open assignments of the recommendation.

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


def act_on_assignment(*, assignment: Assignment, action: str, by: Reader, reason: str = "") -> Assignment:
    """Accept, refuse or end an assignment.

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
        _record(assignment, transition.target, actor, reason)
    return assignment


def _record(assignment: Assignment, target: str, actor: Acting, reason: str) -> None:
    recommendation, institution = assignment.recommendation, assignment.institution
    now, before = clock.now(), assignment.state
    assignment.state = target
    if target == AssignmentState.ENDED:
        assignment.ended_at, assignment.ended_by_id = now, actor.user_id
    else:
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
        if target in (AssignmentState.REFUSED, AssignmentState.ENDED):
            Access.objects.filter(recommendation=recommendation, institution=institution).delete()
    code = f"assignment.{target}"
    if target == AssignmentState.ENDED:
        tell_institution(code, institution, recommendation, but_not=actor.user_id)
    else:
        tell_coordinators(code, recommendation, institution, but_not=actor.user_id)
