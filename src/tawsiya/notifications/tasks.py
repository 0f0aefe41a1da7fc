"""Send what waits in the outbox."""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from tawsiya.core import jobs
from tawsiya.notifications.models import MailState, OutboxMail
from tawsiya.notifications.sentences import render, still_holds

BATCH = 200
MAX_ATTEMPTS = 5


def compose(mail: OutboxMail) -> EmailMessage:
    """Build the message in the recipient's language, with the Message-ID that retries keep."""
    notification = mail.notification
    recipient = notification.recipient
    with translation.override(recipient.language):
        title, body = render(notification.code, notification.params)
        link = settings.SITE_ADDRESS + reverse(notification.url_name, args=notification.url_args)
        return EmailMessage(
            subject=title,
            body=f"{body}\n\n{link}\n",
            to=[recipient.email],
            headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        )


def _take() -> OutboxMail | None:
    """Mark one waiting mail as being sent, so that a crash leaves it visible as such."""
    with transaction.atomic():
        mail = (
            OutboxMail.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("notification__recipient")
            .filter(state=MailState.WAITING)
            .order_by("pk")
            .first()
        )
        if mail is not None:
            mail.state = MailState.SENDING
            mail.attempts += 1
            mail.save(update_fields=["state", "attempts"])
    return mail


def _send(mail: OutboxMail) -> None:
    if not mail.notification.recipient.is_active:
        mail.state, mail.last_error = MailState.FAILED, "recipient is no longer active"
    elif not still_holds(mail.notification):
        mail.state, mail.last_error = MailState.FAILED, "recipient may no longer be told of it"
    else:
        try:
            compose(mail).send()
            mail.state, mail.sent_at, mail.last_error = MailState.SENT, timezone.now(), ""
        except smtplib.SMTPServerDisconnected as error:
            # The server may or may not have taken it: neither "sent" nor a blind retry is honest.
            mail.state, mail.last_error = MailState.UNKNOWN, str(error)
        except (smtplib.SMTPException, OSError) as error:
            last = mail.attempts >= MAX_ATTEMPTS
            mail.state, mail.last_error = (MailState.FAILED if last else MailState.WAITING), str(error)
    mail.save(update_fields=["state", "sent_at", "last_error"])


@jobs.task(name="notifications.send_waiting_mail", retry=jobs.RETRY)
def send_waiting_mail() -> None:
    """Send waiting mails one by one. Raises ConnectionError when some must be tried again."""
    for _ in range(BATCH):
        mail = _take()
        if mail is None:
            return
        _send(mail)
        if mail.state == MailState.WAITING:
            raise ConnectionError(mail.last_error)


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="notifications.sweep_outbox", queueing_lock="outbox-sweep", pass_context=False)
def sweep_outbox(timestamp: int) -> None:
    """Send what a killed worker left waiting; say of what it was sending that the outcome is unknown."""
    stale = timezone.now() - timedelta(minutes=10)
    OutboxMail.objects.filter(state=MailState.SENDING, created_at__lt=stale).update(
        state=MailState.UNKNOWN, last_error="the worker stopped while sending"
    )
    if OutboxMail.objects.filter(state=MailState.WAITING).exists():
        jobs.defer(send_waiting_mail, lock="outbox", once="outbox")
