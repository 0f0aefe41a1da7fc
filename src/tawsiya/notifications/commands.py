"""Tell people, in the same transaction as the act: nothing is announced that did not happen."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.choices import MailPace
from tawsiya.accounts.models import Deputy, User
from tawsiya.accounts.permissions import require
from tawsiya.accounts.queries import deputies_of, replacements_of
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit import commands as audit
from tawsiya.core import clock, jobs
from tawsiya.core.errors import RuleViolated
from tawsiya.notifications.models import MailState, Notification, OutboxMail, Outcome
from tawsiya.notifications.sentences import REPLACED, cannot_wait, names_of
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
    with_deputies: bool = True,
) -> int:
    """Write a notification and an outbox mail for each recipient, and wake the mailer.

    Whoever replaces a recipient today is told too, once, and why: whom it replaces, until when. Whoever
    prefers one mail a week gets no mail now, unless the sentence cannot wait (`at_once`).

    Args:
        code: registered in `notifications.sentences`.
        recipients: people; inactive ones are left out.
        params: symbols, names (labels), dates; see `Sentence`.
        url_name, url_args: the page to open.
        but_not: the id of the person who acted, who knows already.
        key: what must be told once: whoever was told under this key is not told again.
        with_deputies: no for what is a person's own, and where `recipients` were chosen with their deputies.

    Returns:
        How many people were told.
    """
    told = mails = 0
    common = {"code": code, "url_name": url_name, "url_args": list(url_args)}
    people = {person.pk: person for person in recipients if person.pk != but_not}
    if with_deputies:
        people |= {person.pk: person for person in deputies_of(people) if person.pk not in people}
    replaced = _replaced_by(people.values())
    for person in people.values():
        if not person.is_active or person.pk == but_not:
            continue
        facts = common | {"params": params | replaced.get(person.pk, {})}
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


def _replaced_by(people: Iterable[User]) -> dict[int, dict[str, Any]]:
    """Return by person what a message tells a deputy of why it comes: whom it replaces, and until when."""
    wanted = {person.pk: replacements_of(person) for person in people}
    rows = Deputy.objects.select_related("person").in_bulk({pk for found in wanted.values() for pk in found})
    return {
        person: {REPLACED: [_named(rows[pk]) for pk in found]} for person, found in wanted.items() if found
    }


def _named(row: Deputy) -> dict[str, Any]:
    return {"person": names_of(row.person), "until": row.ends_on.isoformat()}


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


def settle_mail(*, mail: OutboxMail, outcome: Outcome, by: Reader) -> OutboxMail:
    """Decide on a mail whose outcome is unknown: it arrived, or it is sent again under its Message-ID.

    A server or reader that got it the first time knows the second by that Message-ID.

    Raises:
        PermissionRefused: `by` may not read the outbox.
        RuleViolated: its outcome is known, or somebody else was faster.
    """
    actor = require(by, Act.READ_OUTBOX)
    code = "mail.settled_sent" if outcome is Outcome.ARRIVED else "mail.sent_again"
    with audit.change(code, by=actor) as event:
        mail = OutboxMail.objects.select_for_update().get(pk=mail.pk)
        if mail.state != MailState.UNKNOWN:
            raise RuleViolated(_("The outcome of this e-mail is known, or somebody settled it already."))
        event.subject, event.before = mail, {"state": mail.state}
        if outcome is Outcome.ARRIVED:
            mail.state, mail.sent_at = MailState.SENT, mail.taken_at or clock.now()
        else:
            mail.state, mail.attempts = MailState.WAITING, 0
        mail.save(update_fields=["state", "sent_at", "attempts"])
        event.state = mail.state
        event.after = {"state": mail.state, "recipient": str(mail.notification.recipient)}
        if outcome is Outcome.AGAIN:
            jobs.defer(send_waiting_mail, lock="outbox", once="outbox")
    return mail


def settle_past(days: int = 45) -> None:
    """After past events were loaded: their mails count as sent, old notifications as read.

    Args:
        days: younger notifications stay unread, as they would on a desk.
    """
    limit = clock.now() - timedelta(days=days)
    Notification.objects.filter(created_at__lt=limit, read_at__isnull=True).update(read_at=limit)
    OutboxMail.objects.filter(state=MailState.WAITING).update(state=MailState.SENT, sent_at=clock.now())
