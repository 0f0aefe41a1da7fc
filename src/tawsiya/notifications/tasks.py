"""Send what waits in the outbox."""

import smtplib
from datetime import UTC, datetime, timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tawsiya.core import clock, jobs
from tawsiya.notifications.models import DIGEST, MailState, Notification, OutboxMail
from tawsiya.notifications.sentences import render, replaced_in_words, still_holds

BATCH = 200
MAX_ATTEMPTS = 5


# How many lines a weekly mail holds; the rest is a number and the address of the list.
LINES = 60


def put_in_outbox(notification: Notification) -> None:
    """Write the one mail of a notification, with the Message-ID that every attempt will carry."""
    domain = settings.SITE_ADDRESS.split("//")[-1].split(":")[0]
    OutboxMail.objects.create(
        notification=notification,
        message_id=make_msgid(idstring=f"n{notification.pk}", domain=domain),
    )


def compose(mail: OutboxMail) -> EmailMessage:
    """Build the message in the recipient's language, with the Message-ID that retries keep."""
    notification = mail.notification
    recipient = notification.recipient
    with translation.override(recipient.language):
        title, body = render(notification.code, notification.params)
        if notification.code == DIGEST:
            body = f"{body}\n\n{_week_in_words(notification)}"
        link = settings.SITE_ADDRESS + reverse(notification.url_name, args=notification.url_args)
        return EmailMessage(
            subject=title,
            body=f"{body}\n\n{link}\n",
            to=[recipient.email],
            headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        )


def _week_in_words(digest: Notification) -> str:
    """Return what a weekly mail tells, each with its address; what may not be told any more is left out."""
    lines = []
    for row in digest.told.order_by("created_at", "pk"):
        if still_holds(row):
            try:
                link = settings.SITE_ADDRESS + reverse(row.url_name, args=row.url_args)
            except NoReverseMatch:  # an address of an earlier version
                link = ""
            lines.append(f"- {_line_of_week(row)}\n  {link}".rstrip())
    more = len(lines) - LINES
    if more > 0:
        lines = [*lines[:LINES], _("… and %(count)s more.") % {"count": more}]
    return "\n".join(lines)


def _line_of_week(row: Notification) -> str:
    """Return what a weekly mail says of one thing: its title, and whom its recipient replaces in it."""
    title, replaced = render(row.code, row.params)[0], replaced_in_words(row.params)
    if not replaced:
        return title
    return _("%(title)s (in place of %(person)s)") % {"title": title, "person": replaced}


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
            mail.taken_at = timezone.now()
            mail.save(update_fields=["state", "attempts", "taken_at"])
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


@jobs.resumable
@jobs.task(name="notifications.send_waiting_mail", retry=jobs.RETRY)
def send_waiting_mail() -> None:
    """Send waiting mails one by one. Raises ConnectionError when some must be tried again."""
    for _number in range(BATCH):
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
    # Never sent again by itself: it may have arrived.
    taken = Q(taken_at__lt=stale) | Q(taken_at__isnull=True)
    OutboxMail.objects.filter(taken, state=MailState.SENDING).update(
        state=MailState.UNKNOWN, last_error="the worker stopped while sending"
    )
    if OutboxMail.objects.filter(state=MailState.WAITING).exists():
        jobs.defer(send_waiting_mail, lock="outbox", once="outbox")


@jobs.resumable
@jobs.periodic(cron="0 6 * * 1")
@jobs.task(name="notifications.send_digests", queueing_lock="digests", lock="digests", retry=jobs.RETRY)
def send_digests(timestamp: int) -> None:
    """On Monday, write the weekly mail of those who prefer one.

    One mail a week for each person, whatever happens to the worker: the key of the week is unique.

    Args:
        timestamp: the moment the run was due, in seconds since 1970.
    """
    moment = max(datetime.fromtimestamp(timestamp, UTC), clock.now())
    untold = Notification.objects.filter(
        mail__isnull=True, digest__isnull=True, read_at__isnull=True, recipient__is_active=True
    ).exclude(code=DIGEST)
    for recipient in sorted(set(untold.values_list("recipient_id", flat=True))):
        with transaction.atomic(), clock.at(moment):
            _write_digest(recipient, moment)


def _write_digest(recipient_id: int, moment: datetime) -> None:
    monday = timezone.localdate(moment)
    monday -= timedelta(days=monday.weekday())
    digest, is_new = Notification.objects.get_or_create(
        recipient_id=recipient_id,
        key=f"digest:{monday.isoformat()}",
        defaults={
            "code": DIGEST,
            "params": {"day": monday.isoformat()},
            "url_name": "notifications:list",
            "created_at": moment,
            "read_at": moment,
        },
    )
    if not is_new:
        return  # this week's was written: what came since waits for the next
    Notification.objects.filter(
        recipient_id=recipient_id, mail__isnull=True, digest__isnull=True, read_at__isnull=True
    ).exclude(code=DIGEST).update(digest=digest)
    put_in_outbox(digest)
    jobs.defer(send_waiting_mail, lock="outbox", once="outbox")


@jobs.resumable
@jobs.periodic(cron="5 6 * * *")
@jobs.task(
    name="notifications.tell_replacements",
    queueing_lock="replacements",
    lock="replacements",
    retry=jobs.RETRY,
)
def tell_replacements(timestamp: int) -> None:
    """Each morning, tell deputies of the replacements that begin, and of those that are over.

    Args:
        timestamp: the moment the run was due, in seconds since 1970.
    """
    from tawsiya.notifications.replacements import tell_of_day

    moment = max(datetime.fromtimestamp(timestamp, UTC), clock.now())
    with clock.at(moment):
        tell_of_day(timezone.localdate(moment))
