"""How institutions keep pace: what they have open, what is late, in how many days they answer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, DateTimeField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least
from django.urls import reverse

from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.audit.models import Event
from tawsiya.core.labels import text_of
from tawsiya.dashboards.steering.moves import since_days
from tawsiya.followup.choices import OPEN, AssignmentState
from tawsiya.followup.models import Assignment
from tawsiya.followup.queries import SENT, assignments_for
from tawsiya.followup.reported import in_its_name, with_names
from tawsiya.followup.visibility import contribution_events
from tawsiya.recommendations.models import Recommendation

# Response times are those of the assignments of a year: older ones say little of today's people.
WINDOW_DAYS = 365
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pace:
    """An institution's assignments.

    open, late: how many wait for something; how many of those are past their deadline with nothing sent.
    oldest: the deadline that has been past for longest, None where nothing is late.
    answer_days: median days from an assignment to its answer, of the `answered` ones of a year.
    report_days: median days from an assignment to the first contribution, of the `reported` ones of a year.
    """

    institution: Institution
    name: str
    open: int
    late: int
    oldest: date | None
    answered: int
    answer_days: float | None
    reported: int
    report_days: float | None

    @property
    def open_url(self) -> str:
        """The open assignments."""
        return _assignments(self.institution.pk, state=[str(state.value) for state in OPEN])

    @property
    def late_url(self) -> str:
        """The late ones among them."""
        return _assignments(self.institution.pk, late=["True"])

    @property
    def answers_url(self) -> str:
        """The assignments behind the medians, each with its days."""
        return f"{reverse('dashboards:answers')}?{urlencode({'institution': self.institution.key})}"


def _assignments(institution: int, **values: list[str]) -> str:
    query = urlencode({"institution": institution, **values}, doseq=True)
    return f"{reverse('followup:assignments')}?{query}"


def paces_of(reader: Reader) -> list[Pace]:
    """Return the institutions with something open or assigned within a year, the latest ones first.

    Kept until the next act.
    """
    return until_next_act(lambda: _paces(reader), "dashboards.paces", reader.audience)


def _paces(reader: Reader) -> list[Pace]:
    seen = assignments_for(reader).order_by()
    held: dict[int, dict[str, Any]] = {
        row["institution_id"]: dict(row)
        for row in seen.filter(state__in=OPEN)
        .values("institution_id")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=Q(is_late=True)),
            oldest=Min("deadline", filter=Q(is_late=True)),
        )
    }
    days = _days_by_institution(reader)
    institutions = Institution.objects.in_bulk({*held, *days})
    rows = [
        _pace(institution, held.get(pk, {}), days.get(pk, [])) for pk, institution in institutions.items()
    ]
    rows.sort(key=lambda row: (-row.late, row.oldest or date.max, -row.open, row.name))
    return rows


def _pace(institution: Institution, held: dict[str, Any], days: list[tuple[int | None, int | None]]) -> Pace:
    answers = [answer for answer, _report in days if answer is not None]
    reports = [report for _answer, report in days if report is not None]
    return Pace(
        institution,
        text_of(institution.names) or institution.key,
        open=held.get("open", 0),
        late=held.get("late", 0),
        oldest=held.get("oldest"),
        answered=len(answers),
        answer_days=median(answers) if answers else None,
        reported=len(reports),
        report_days=median(reports) if reports else None,
    )


def _days_by_institution(reader: Reader) -> dict[int, list[tuple[int | None, int | None]]]:
    found: dict[int, list[tuple[int | None, int | None]]] = defaultdict(list)
    columns = ("institution_id", "assigned_at", "answered_at", "reported_at")
    for pk, assigned, answered, reported in answers_for(reader).order_by().values_list(*columns):
        found[pk].append((days_between(assigned, answered), days_between(assigned, reported)))
    return found


def days_between(start: datetime, end: datetime | None) -> int | None:
    """Return the whole days between two moments, None where the second has not come."""
    return None if end is None else max(0, (end - start) // _DAY)


def answers_for(reader: Reader) -> QuerySet[Assignment]:
    """Return the assignments of a year that a reader sees, each with `reported_at`.

    `reported_at` is when the institution's first contribution after the assignment, on the item or a part,
    left it: for an observer, when the first one was validated, since an observer sees none before.
    """
    sent = Event.objects.filter(
        contribution_events(reader),
        in_its_name(),
        subject_type="followup.contribution",
        state__in=SENT,
        at__gte=OuterRef("assigned_at"),
    ).order_by("at")
    parts = Recommendation.objects.filter(parent=OuterRef(OuterRef("recommendation_id")))
    on_item = sent.filter(item_id=OuterRef("recommendation_id")).values("at")[:1]
    on_part = sent.filter(item_id__in=parts.values("pk")).values("at")[:1]
    when = DateTimeField()
    return (
        with_names(assignments_for(reader))
        .filter(assigned_at__gte=since_days(WINDOW_DAYS))
        .exclude(state=AssignmentState.ENDED)
        .annotate(
            # Apart, so that each is the first row of an index.
            reported_at=Least(Subquery(on_item, output_field=when), Subquery(on_part, output_field=when))
        )
        .order_by("-assigned_at", "pk")
    )


@dataclass(frozen=True)
class Answer:
    """An assignment with the days until its answer and the first contribution; None for what has not come."""

    item: Recommendation
    institution: str
    state: str
    assigned_at: datetime
    answered_at: datetime | None
    answer_days: int | None
    reported_at: datetime | None
    report_days: int | None


def answer_line(row: Any) -> Answer:
    """Return a row of `answers_for` as the page and the files show it."""
    return Answer(
        row.recommendation,
        text_of(row.institution.names),
        row.state,
        row.assigned_at,
        row.answered_at,
        days_between(row.assigned_at, row.answered_at),
        row.reported_at,
        days_between(row.assigned_at, row.reported_at),
    )


def totals(rows: Iterable[Pace]) -> tuple[int, int]:
    """Return how many assignments are late, and of how many institutions."""
    late = [row.late for row in rows if row.late]
    return sum(late), len(late)
