"""Notifications by their pages: one's own only; the outbox without bodies."""

import csv
import io

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import end_membership
from tawsiya.accounts.models import User
from tawsiya.audit.models import Event
from tawsiya.followup.choices import AssignmentState
from tawsiya.notifications.models import MailState, Notification, OutboxMail
from tawsiya.notifications.tasks import send_waiting_mail
from tests import factories

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _at(name: str, *args: int) -> str:
    with translation.override("en"):
        return reverse(f"notifications:{name}", args=args)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def told(db) -> tuple[User, User]:
    """Two people, each told of one assignment of the own ministry."""
    factories.make_instance()
    people = []
    for _ in range(2):
        ministry = factories.make_institution()
        people.append(factories.make_person(Role.FOCAL_POINT, ministry))
        factories.make_assignment(AssignmentState.PROPOSED, institution=ministry)
    return people[0], people[1]


def test_a_person_reads_the_own_notifications_only(told: tuple[User, User]) -> None:
    for user in told:
        answer = _client(user).get(_at("list"))
        assert answer.context["count"] == 1
        assert b"A recommendation is assigned to you" in answer.content
        (row,) = _client(user).get(_at("list-json")).json()["results"]
        assert row["title"].startswith("A recommendation is assigned to you: A/HRC/")
        assert row["read_at"] is None


def test_opening_marks_it_read_and_leads_to_its_page(told: tuple[User, User]) -> None:
    user, other = told
    row = Notification.objects.get(recipient=user)
    assert _client(user).get(_at("open", row.pk)).status_code == 405
    assert _client(other).post(_at("open", row.pk)).status_code == 404
    row.refresh_from_db()
    assert row.read_at is None
    answer = _client(user).post(_at("open", row.pk))
    with translation.override("en"):
        assert answer.url == reverse("followup:item", args=row.url_args)
    row.refresh_from_db()
    assert row.read_at is not None


def test_marking_all_read_touches_nobody_elses(told: tuple[User, User]) -> None:
    user, other = told
    assert _client(user).post(_at("read-all")).status_code == 302
    assert not Notification.objects.filter(recipient=user, read_at__isnull=True).exists()
    assert Notification.objects.filter(recipient=other, read_at__isnull=True).count() == 1
    assert _client(user).get(_at("list"), {"show": "unread"}).context["count"] == 0


def test_a_date_is_written_in_the_readers_way(told: tuple[User, User]) -> None:
    page = _client(told[0]).get(_at("list")).content.decode()
    assert "Deadline: 1 Jan 2030." in page
    assert "2030-01-01" not in page


def test_who_lost_every_role_reads_none(told: tuple[User, User]) -> None:
    user = told[0]
    end_membership(membership=user.memberships.get(), by=factories.make_reader(Role.ADMINISTRATOR))
    answer = _client(user).get(_at("list"))
    assert answer.status_code == 200
    assert answer.context["count"] == 0


def test_the_outbox_lists_mails_without_their_bodies(told: tuple[User, User]) -> None:
    client = _client(factories.make_person(Role.ADMINISTRATOR))
    page = client.get(_at("outbox")).content.decode()
    for user in told:
        assert user.email in page
    assert "A recommendation is assigned to you" in page
    assert "is asked to answer the assignment" not in page
    table = b"".join(client.get(_at("outbox-csv"))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["recipient"] for row in rows} >= {user.email for user in told}
    assert "is asked to answer" not in table
    assert set(rows[0]) == {"when", "recipient", "subject", "state", "attempts", "error", "sent_at"}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_reads_the_outbox(told: tuple[User, User], role: Role) -> None:
    client = _client(factories.make_person(role))
    for name in ("outbox", "outbox-csv", "outbox-json"):
        answer = client.get(_at(name))
        assert answer.status_code == 403
        assert told[0].email.encode() not in answer.content
    assert client.post(_at("outbox-retry")).status_code == 403


def test_failed_mails_are_tried_again_and_uncertain_ones_left(told: tuple[User, User]) -> None:
    failed, unknown = OutboxMail.objects.order_by("pk")[:2]
    OutboxMail.objects.filter(pk=failed.pk).update(
        state=MailState.FAILED, attempts=5, last_error="mailbox full"
    )
    OutboxMail.objects.filter(pk=unknown.pk).update(state=MailState.UNKNOWN)
    client = _client(factories.make_person(Role.ADMINISTRATOR))
    assert b"mailbox full" in client.get(_at("outbox"), {"state": "failed"}).content
    answer = client.post(_at("outbox-retry"), follow=True)
    assert b"1 e-mail will be tried again." in answer.content
    failed.refresh_from_db()
    unknown.refresh_from_db()
    assert (failed.state, failed.attempts) == (MailState.WAITING, 0)
    assert unknown.state == MailState.UNKNOWN


@pytest.fixture
def unknown(told: tuple[User, User]) -> OutboxMail:
    """A mail of which no worker can say whether it arrived."""
    row = OutboxMail.objects.order_by("pk")[0]
    OutboxMail.objects.filter(pk=row.pk).update(
        state=MailState.UNKNOWN, attempts=1, last_error="the worker stopped while sending"
    )
    row.refresh_from_db()
    return row


def test_an_administrator_settles_that_a_mail_arrived(unknown: OutboxMail) -> None:
    client = _client(factories.make_person(Role.ADMINISTRATOR, name="Amina Admin"))
    page = client.get(_at("outbox"), {"state": "unknown"}).content.decode()
    assert _at("outbox-settle", unknown.pk) in page
    answer = client.post(_at("outbox-settle", unknown.pk), {"outcome": "arrived"}, follow=True)
    assert b"The e-mail counts as sent." in answer.content
    unknown.refresh_from_db()
    assert (unknown.state, unknown.attempts) == (MailState.SENT, 1)
    assert unknown.sent_at is not None
    event = Event.objects.get(code="mail.settled_sent")
    assert (event.actor_name, event.subject_type) == ("Amina Admin", "notifications.outboxmail")
    assert event.before == {"state": "unknown"}
    recipient = unknown.notification.recipient.name
    assert (
        f"Amina Admin recorded that an e-mail of unknown outcome to {recipient} arrived"
        in answer.content.decode()
    )
    assert _at("outbox-settle", unknown.pk) not in answer.content.decode()


def test_a_mail_sent_again_keeps_its_message_id(unknown: OutboxMail) -> None:
    before = unknown.message_id
    client = _client(factories.make_person(Role.ADMINISTRATOR))
    answer = client.post(_at("outbox-settle", unknown.pk), {"outcome": "again"}, follow=True)
    assert b"The e-mail will be sent again." in answer.content
    OutboxMail.objects.exclude(pk=unknown.pk).delete()
    mail.outbox.clear()
    send_waiting_mail()
    (sent,) = mail.outbox
    assert sent.extra_headers["Message-ID"] == before
    unknown.refresh_from_db()
    assert (unknown.state, unknown.message_id) == (MailState.SENT, before)
    assert Event.objects.filter(code="mail.sent_again").count() == 1


def test_only_an_unknown_outcome_is_settled_and_once(unknown: OutboxMail) -> None:
    client = _client(factories.make_person(Role.ADMINISTRATOR))
    waiting = OutboxMail.objects.filter(state=MailState.WAITING).first()
    assert waiting is not None
    for pk in (waiting.pk, unknown.pk, unknown.pk):
        answer = client.post(_at("outbox-settle", pk), {"outcome": "again"}, follow=True)
    assert b"The outcome of this e-mail is known, or somebody settled it already." in answer.content
    assert Event.objects.filter(code="mail.sent_again").count() == 1
    assert client.post(_at("outbox-settle", unknown.pk), {"outcome": "lost"}).status_code == 400
    assert client.post(_at("outbox-settle", 987654321), {"outcome": "again"}).status_code == 404


def test_nobody_else_settles(unknown: OutboxMail) -> None:
    client = _client(factories.make_person(Role.COORDINATOR))
    assert client.post(_at("outbox-settle", unknown.pk), {"outcome": "again"}).status_code == 403
    unknown.refresh_from_db()
    assert unknown.state == MailState.UNKNOWN
