"""Read notifications: a person's own only; and the outbox, for administrators."""

from typing import Any

from django.db.models import QuerySet

from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit.models import Event
from tawsiya.audit.visibility import visible_to
from tawsiya.notifications.models import DIGEST, MailState, Notification, OutboxMail


def notifications_for(reader: Reader) -> QuerySet[Notification, Any]:
    """Return a person's own notifications, newest first; none for the public.

    A person who has no role any more reads none: they speak of what only roles see. The weekly mail only
    repeats them.
    """
    if reader.is_public or reader.user_id is None:
        return Notification.objects.none()
    return Notification.objects.filter(recipient_id=reader.user_id).exclude(code=DIGEST)


def unread_count(reader: Reader) -> int:
    """Return how many of a person's notifications are unread: the bell's figure."""
    return notifications_for(reader).filter(read_at__isnull=True).count()


def outbox_for(reader: Reader) -> QuerySet[OutboxMail, Any]:
    """Return every mail, newest first, for whoever may read the outbox; else nothing."""
    if not may(reader, Act.READ_OUTBOX):
        return OutboxMail.objects.none()
    return OutboxMail.objects.select_related("notification__recipient")


def decisions_on_mails(reader: Reader, most: int = 20) -> list[Event]:
    """Return the last decisions on mails of unknown outcome, newest first, as far as the reader sees them."""
    events = Event.objects.filter(visible_to(reader), subject_type="notifications.outboxmail")
    return list(events.order_by("-position")[:most])


def uncertain_count(reader: Reader) -> int:
    """Return how many mails have an unknown outcome, for whoever may read the outbox."""
    return outbox_for(reader).filter(state=MailState.UNKNOWN).count()


def failed_count(reader: Reader) -> int:
    """Return how many mails failed, for whoever may read the outbox."""
    return outbox_for(reader).filter(state=MailState.FAILED).count()
