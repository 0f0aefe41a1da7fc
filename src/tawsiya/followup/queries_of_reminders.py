"""Read what institutions owe on their assignments, for reminders: the system reads, not a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.audit.models import Event
from tawsiya.followup.choices import OPEN, AssignmentState, ContributionState
from tawsiya.followup.models import Assignment, AssignmentPace, Contribution, ReminderStart
from tawsiya.followup.pace import ANSWER_WITHIN, USUAL, Pace, answer_due
from tawsiya.followup.queries import SENT
from tawsiya.followup.reported import counting_for


class Owing(StrEnum):
    """What an institution owes on an assignment."""

    ANSWER = "answer"
    REPORT = "report"


@dataclass(frozen=True)
class Owed:
    """An assignment that waits for its institution.

    due: the day by which it is to be answered, or reported on.
    told: the day on which the institution was last told so; the delegation knows it too.
    turn: whose step is the next, inside the institution; nobody outside learns of it.
    turn_since: the day on which it became that person's.
    counted_from: the day from which its reminders are counted: the due one, or the day of the first run
        where it was overdue then.
    quiet_until: no reminder is due up to that day.
    """

    assignment: Assignment
    owing: Owing
    due: date
    told: date
    turn: Role
    turn_since: date
    counted_from: date
    quiet_until: date

    @property
    def is_backlog(self) -> bool:
        """Whether it was overdue when reminders began."""
        return self.counted_from != self.due


@dataclass(frozen=True)
class _Past:
    """What is not made up for.

    began: the day of the first run. What was overdue then was told that day, and begins to be reminded of as
        if it had fallen due then; of the rest, the steps up to that day are past.
    pace_since: the day on which the pace in force was set: the steps that it would have had up to then are
        past.
    """

    began: date | None
    pace_since: date | None

    def counted_from(self, due: date) -> date:
        return self.began if self.began is not None and due < self.began else due

    def quiet_until(self, due: date, told: date) -> date:
        days = [told, self.pace_since or told, self.began or told]
        if self.began is not None and due < self.began:
            days.append(self.began + timedelta(days=1))  # the day after it is too early to tell again
        return max(days)


def began_on() -> date | None:
    """Return the day of the first run of the reminders, None before it."""
    return ReminderStart.objects.values_list("began_on", flat=True).first()


def _past() -> _Past:
    changed_at = AssignmentPace.objects.values_list("changed_at", flat=True).first()
    return _Past(began_on(), timezone.localdate(changed_at) if changed_at else None)


def pace_of_assignments() -> tuple[Pace, int]:
    """Return the pace in force, and within how many days an assignment is to be answered."""
    row = AssignmentPace.objects.first()
    if row is None:
        return USUAL, ANSWER_WITHIN
    pace = Pace(tuple(row.remind_before), row.remind_every, row.validator_after, row.head_after)
    return pace, row.answer_within


def _waiting() -> QuerySet[Assignment]:
    """Return the assignments that nobody answered, and the accepted ones that have a deadline."""
    accepted = Q(state=AssignmentState.ACCEPTED, deadline__isnull=False)
    return Assignment.objects.filter(
        Q(state=AssignmentState.PROPOSED) | accepted, recommendation__withdrawn_at__isnull=True
    ).order_by("pk")


def institutions_to_remind(today: date) -> list[int]:
    """Return the ids of the institutions that may have to be reminded on a day, in one order."""
    pace, _within = pace_of_assignments()
    last = today + timedelta(days=max(pace.before, default=0))
    rows = _waiting().filter(Q(state=AssignmentState.PROPOSED) | Q(deadline__lte=last))
    return sorted(set(rows.values_list("institution_id", flat=True)))


def owed_by_institution(institution_id: int, only: Iterable[int] | None = None) -> list[Owed]:
    """Return what an institution owes, oldest assignment first; what was handed in is not owed.

    Args:
        only: ids of assignments; all of the institution's where omitted.
    """
    rows = _waiting().filter(institution_id=institution_id)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    assignments = list(rows.select_related("institution", "recommendation__document"))
    _pace, within = pace_of_assignments()
    texts = _texts_on(assignments)
    kept, past = _kept_on(assignments), _past()
    found = (
        _unanswered(row, within, kept.get(row.pk), past)
        if row.state == AssignmentState.PROPOSED
        else _unreported(row, texts[row.pk], past)
        for row in assignments
    )
    return [one for one in found if one is not None]


def _texts_on(assignments: list[Assignment]) -> dict[int, list[Contribution]]:
    """Return by assignment what counts for it (`reported`), latest first; without the texts."""
    items = {row.recommendation_id for row in assignments if row.state == AssignmentState.ACCEPTED}
    on_items = Q(recommendation__in=items) | Q(recommendation__parent__in=items)
    rows = list(
        Contribution.objects.filter(on_items)
        .select_related("recommendation")
        .only("recommendation", "institution", "state", "changed_at", "recommendation__parent")
        .order_by("-changed_at", "-pk")
    )
    opened: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.filter(on_items, state__in=OPEN).select_related("recommendation"):
        for item in items & {row.recommendation_id, row.recommendation.parent_id or 0}:
            opened.setdefault(item, []).append(row)
    texts: dict[int, list[Contribution]] = {}
    for text in rows:
        for item in items & {text.recommendation_id, text.recommendation.parent_id or 0}:
            texts.setdefault(item, []).append(text)
    return {
        row.pk: counting_for(row, texts.get(row.recommendation_id, []), opened.get(row.recommendation_id, []))
        for row in assignments
    }


def _kept_on(assignments: list[Assignment]) -> dict[int, datetime]:
    """Return when the delegation last left an assignment where it is, for those that asked to reassign."""
    asked = [
        row.pk for row in assignments if row.state == AssignmentState.PROPOSED and row.answered_at is not None
    ]
    events = Event.objects.filter(
        subject_type="followup.assignment", subject_id__in=asked, code="assignment.proposed"
    )
    return {pk: at for pk, at in events.order_by("position").values_list("subject_id", "at") if pk}


def _unanswered(row: Assignment, within: int, kept: datetime | None, past: _Past) -> Owed:
    told = timezone.localdate(max(row.assigned_at, kept or row.assigned_at))
    due = answer_due(told, within, row.deadline)
    counted, quiet = past.counted_from(due), past.quiet_until(due, told)
    return Owed(row, Owing.ANSWER, due, told, Role.FOCAL_POINT, told, counted, quiet)


def _unreported(row: Assignment, texts: list[Contribution], past: _Past) -> Owed | None:
    """Return what is owed on an accepted assignment, None once a contribution was handed in."""
    if row.deadline is None or any(text.state in SENT for text in texts):
        return None
    told = timezone.localdate(row.answered_at or row.assigned_at)
    turn, turn_since = Role.FOCAL_POINT, told
    if texts:
        latest = texts[0]
        if latest.state == ContributionState.WITH_VALIDATOR:
            turn = Role.VALIDATOR
        if latest.state == ContributionState.RETURNED_BY_DELEGATION:
            told = max(told, timezone.localdate(latest.changed_at))
        if latest.state != ContributionState.DRAFT:
            turn_since = timezone.localdate(latest.changed_at)
    counted, quiet = past.counted_from(row.deadline), past.quiet_until(row.deadline, told)
    return Owed(row, Owing.REPORT, row.deadline, told, turn, max(told, turn_since), counted, quiet)
