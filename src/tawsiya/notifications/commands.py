"""Tell people, in the same transaction as the act: nothing is announced that did not happen."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tawsiya.accounts.choices import MailPace
from tawsiya.accounts.models import User
from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core import clock, jobs
from tawsiya.notifications.models import MailState, Notification, OutboxMail
from tawsiya.notifications.sentences import cannot_wait
from tawsiya.notifications.tasks import put_in_outbox, send_waiting_mail


def notify(
    code: str,
    recipients: Iterable[User],
    *,
    params: dict[str, Any],
    url_name: str,
    url_args: Sequence[Any] = (),
    but_not: int | None = None,
    key: str = "",
) -> int:
    """Write a notification and an outbox mail for each recipient, and wake the mailer.

    Whoever prefers one mail a week gets no mail now, unless the sentence cannot wait (`at_once`).

    Args:
        code: registered in `notifications.sentences`.
        recipients: people; inactive ones are left out.
        params: symbols, names (labels), dates; see `Sentence`.
        url_name, url_args: the page to open.
        but_not: the id of the person who acted, who knows already.
        key: what must be told once: whoever was told under this key is not told again.

    Returns:
        How many people were told.
    """
    told = mails = 0
    facts = {"code": code, "params": params, "url_name": url_name, "url_args": list(url_args)}
    for person in recipients:
        if not person.is_active or person.pk == but_not:
            continue
        if key:
            notification, is_new = Notification.objects.get_or_create(
                recipient=person, key=key, defaults=facts | {"created_at": clock.now()}
            )
            if not is_new:
                continue
        else:
            notification = Notification.objects.create(recipient=person, **facts)
        told += 1
        if person.mail_pace == MailPace.EACH or cannot_wait(code):
            put_in_outbox(notification)
            mails += 1
    if mails:
        jobs.defer(send_waiting_mail, lock="outbox", once="outbox")
    return told


def mark_read(user: User, notification_ids: Iterable[int] | None = None) -> int:
    """Mark a person's own notifications as read: all, or the given ones. Returns how many."""
    waiting = Notification.objects.filter(recipient=user, read_at__isnull=True)
    if notification_ids is not None:
        waiting = waiting.filter(pk__in=list(notification_ids))
    return waiting.update(read_at=timezone.now())


def retry_failed(*, by: Reader) -> int:
    """Put every failed mail back among those that wait, with a full set of attempts. Returns how many.

    Mails whose outcome is unknown stay: they may have arrived.

    Raises:
        PermissionRefused: `by` may not read the outbox.
    """
    require(by, Act.READ_OUTBOX)
    number = OutboxMail.objects.filter(state=MailState.FAILED).update(state=MailState.WAITING, attempts=0)
    if number:
        jobs.defer(send_waiting_mail, lock="outbox", once="outbox")
    return number


def settle_past(days: int = 45) -> None:
    """After past events were loaded: their mails count as sent, old notifications as read.

    Args:
        days: younger notifications stay unread, as they would on a desk.
    """
    limit = clock.now() - timedelta(days=days)
    Notification.objects.filter(created_at__lt=limit, read_at__isnull=True).update(read_at=limit)
    OutboxMail.objects.filter(state=MailState.WAITING).update(state=MailState.SENT, sent_at=clock.now())
