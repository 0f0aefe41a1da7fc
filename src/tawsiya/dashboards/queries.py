"""Figures of the home pages that no single app counts; each through its app's visibility."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from tawsiya.accounts.models import Invitation
from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.models import Event
from tawsiya.audit.queries import with_people
from tawsiya.audit.visibility import visible_to
from tawsiya.followup.choices import OPEN
from tawsiya.followup.models import Assignment
from tawsiya.followup.queries import assignments_for, handed_in

# How far ahead the home page looks for deadlines.
AHEAD = timedelta(days=30)


def coming_deadlines(reader: Reader) -> QuerySet[Assignment]:
    """Return the reader's own open assignments due within `AHEAD`, not reported on yet, the nearest first."""
    today = timezone.localdate()
    return (
        assignments_for(reader)
        .filter(
            ~handed_in(reader),
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
    return with_people(rows).order_by("-at", "-position")[:number]
