"""Figures of the home pages that no single app counts; each through its app's visibility."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tawsiya.accounts.models import Invitation
from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.models import Event
from tawsiya.audit.visibility import visible_to
from tawsiya.followup.models import Assignment
from tawsiya.followup.queries import OPEN, assignments_for
from tawsiya.recommendations.choices import Kind
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import as_issued

# How far ahead the home page looks for deadlines.
AHEAD = timedelta(days=30)


def counted(reader: Reader) -> QuerySet[Recommendation]:
    """Return the recommendations that headline figures count: as issued, not withdrawn."""
    return as_issued(reader).filter(withdrawn_at__isnull=True, kind=Kind.RECOMMENDATION)


def by_field(rows: QuerySet[Recommendation], field: str) -> dict[Any, int]:
    """Return how many rows have each value of a field, most frequent first."""
    found = rows.order_by().values_list(field).annotate(number=Count("pk")).order_by("-number", field)
    return dict(found)


def unassigned(reader: Reader) -> QuerySet[Recommendation]:
    """Return the counted recommendations that nobody has: neither the paragraph nor one of its parts."""
    mine = Q(recommendation=OuterRef("pk")) | Q(recommendation__parent=OuterRef("pk"))
    return counted(reader).filter(~Exists(Assignment.objects.filter(mine, state__in=OPEN)))


def coming_deadlines(reader: Reader) -> QuerySet[Assignment]:
    """Return the reader's own open assignments due within `AHEAD`, the nearest first."""
    today = timezone.localdate()
    return (
        assignments_for(reader)
        .filter(
            institution_id__in=reader.own_institutions,
            state__in=OPEN,
            deadline__range=(today, today + AHEAD),
        )
        .order_by("deadline", "pk")
    )


def open_invitations(reader: Reader) -> QuerySet[Invitation]:
    """Return the invitations still to be accepted, for whoever manages accounts."""
    if not may(reader, Act.MANAGE_ACCOUNTS):
        return Invitation.objects.none()
    return Invitation.objects.filter(
        accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )


def recent_events(reader: Reader, number: int) -> QuerySet[Event]:
    """Return the latest events of recommendations that the reader may see, by the day they are dated."""
    rows = Event.objects.filter(visible_to(reader), item_id__isnull=False)
    return rows.order_by("-at", "-position")[:number]
