"""What moved since a day: statuses, contributions, assignments, and what others said beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.core import clock
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import AssignmentState, ContributionState, SubmissionState
from tawsiya.followup.models import Assessment
from tawsiya.followup.queries import assessments_for, assignments_for, contributions_for
from tawsiya.followup.voices import submissions_for
from tawsiya.recommendations.choices import Status

PERIODS = (30, 90, 365)
"""The periods that the page offers, in days."""

_LONGEST = 3660
STATUS, VALIDATED, GIVEN, ACCEPTED, REFUSED = "status", "validated", "given", "accepted", "refused"
HEARD = "heard"
KINDS: Mapping[str, Message] = {
    STATUS: _("Statuses set"),
    VALIDATED: _("Contributions validated"),
    GIVEN: _("Assignments given"),
    ACCEPTED: _("Assignments accepted"),
    REFUSED: _("Assignments refused"),
    HEARD: _("Assessments by others"),
}


@dataclass(frozen=True)
class Move:
    """One thing that moved.

    before, after: codes of statuses or states; "" for none.
    """

    at: datetime
    item: Any
    institution: str
    before: str
    after: str
    url: str


def days_of(query: QueryDict) -> int:
    """Return the days back, or ahead, that an address asks for; 30 where it says nothing usable."""
    asked = query.get("days", "")
    return min(int(asked), _LONGEST) if asked.isdecimal() and len(asked) < 6 and int(asked) else PERIODS[0]


def kind_of(query: QueryDict) -> str:
    """Return what the list of an address shows."""
    asked = query.get("what", "")
    return asked if asked in KINDS else STATUS


def address(what: str, days: int) -> str:
    """Return the address of a list of what moved."""
    return f"{reverse('dashboards:moved')}?{urlencode({'what': what, 'days': days})}"


def _statuses(reader: Reader, since: datetime) -> QuerySet[Assessment]:
    former = (
        assessments_for(reader)
        .filter(recommendation=OuterRef("recommendation"), decided_at__lt=OuterRef("decided_at"))
        .order_by("-decided_at")
        .values("status")[:1]
    )
    return (
        assessments_for(reader)
        .filter(decided_at__gte=since)
        .annotate(former=Subquery(former))
        .order_by("-decided_at", "-pk")
    )


_LISTS: Mapping[str, Callable[[Reader, datetime], QuerySet[Any, Any]]] = {
    STATUS: _statuses,
    # A validated contribution changes no more: its last change is its validation.
    VALIDATED: lambda reader, since: (
        contributions_for(reader)
        .filter(state=ContributionState.VALIDATED, changed_at__gte=since)
        .order_by("-changed_at", "-pk")
    ),
    GIVEN: lambda reader, since: (
        assignments_for(reader).filter(assigned_at__gte=since).order_by("-assigned_at", "-pk")
    ),
    ACCEPTED: lambda reader, since: (
        assignments_for(reader)
        .filter(state=AssignmentState.ACCEPTED, answered_at__gte=since)
        .order_by("-answered_at", "-pk")
    ),
    REFUSED: lambda reader, since: (
        assignments_for(reader)
        .filter(state=AssignmentState.REFUSED, answered_at__gte=since)
        .order_by("-answered_at", "-pk")
    ),
    # Another's assessment stands beside the State's status, and is never counted as one.
    HEARD: lambda reader, since: (
        submissions_for(reader)
        .filter(state=SubmissionState.ACCEPTED, decided_at__gte=since)
        .order_by("-decided_at", "-pk")
    ),
}


def since_days(days: int) -> datetime:
    """Return the beginning of the day so many days ago: whole days, so that a page is the same all day."""
    day = timezone.localtime(clock.now()) - timedelta(days=days)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def moved(reader: Reader, what: str, days: int) -> QuerySet[Any, Any]:
    """Return the rows behind a figure of what moved, the latest first."""
    return _LISTS[what](reader, since_days(days))


def with_items(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Fetch what a line shows of its recommendation."""
    return rows.select_related("recommendation__document").prefetch_related("recommendation__texts")


def line(what: str, row: Any) -> Move:
    """Return a row as the page and the files show it."""
    item = row.recommendation
    place = reverse("followup:item", args=[item.pk])
    if what == STATUS:
        return Move(row.decided_at, item, "", row.former or "", row.status, place)
    institution = text_of(row.institution.names)
    if what == HEARD:
        return Move(row.decided_at, item, institution, "", row.status, f"{place}#voices")
    if what == VALIDATED:
        own = reverse("followup:contribution", args=[row.pk])
        return Move(row.changed_at, item, institution, "", row.proposed_status, own)
    at = row.assigned_at if what == GIVEN else row.answered_at
    return Move(at, item, institution, "", row.state, place)


def counts(reader: Reader, days: int) -> dict[str, int]:
    """Return how much moved, by kind; kept until the next act."""
    return until_next_act(
        lambda: {what: moved(reader, what, days).order_by().count() for what in KINDS},
        "dashboards.moved",
        reader.audience,
        days,
    )


def newly_implemented(reader: Reader, days: int) -> int:
    """Return how many recommendations became implemented, or acted upon, of those whose status was set."""
    done = (Status.IMPLEMENTED, Status.ACTED_UPON)
    # Written out: what had no status before is no exclusion's to weigh.
    was_open = Q(former=None) | ~Q(former__in=done)
    rows = moved(reader, STATUS, days).filter(was_open, status__in=done)
    return rows.order_by().values("recommendation_id").distinct().count()
