"""The pages of questionnaires in three languages: prepare, send, answer, decide; calendars; weekly mails."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from tawsiya.accounts.choices import MailPace, Role
from tawsiya.accounts.models import Institution, User
from tawsiya.followup.choices import AssignmentState
from tawsiya.followup.models import CalendarAddress, Questionnaire, Reply
from tawsiya.notifications.models import DIGEST, MailState, Notification, OutboxMail
from tawsiya.notifications.tasks import send_digests, send_waiting_mail
from tests import factories
from tests.followup.asking import DEADLINE, reply_of, send

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(role: Role, institution: Institution | None = None) -> tuple[Client, User]:
    reader = factories.reader_in(institution or factories.the_delegation(), role)
    user, client = User.objects.get(pk=reader.user_id), Client()
    client.force_login(user, backend=BACKEND)
    return client, user


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_questionnaire_from_its_form_to_its_validation(language: str) -> None:
    factories.make_instance()
    ministry = factories.make_institution()
    desk, _user = client_of(Role.COORDINATOR)
    focal, _user = client_of(Role.FOCAL_POINT, ministry)
    validator, _user = client_of(Role.VALIDATOR, ministry)
    at = f"/{language}"
    form = {
        "title": "Mid-term report",
        "kind": "issues",
        "language": language,
        "deadline": DEADLINE.isoformat(),
        "remind_before": "14، 7, 1",
        "remind_every": "7",
        "validator_after": "8",
        "head_after": "15",
        "institutions": [ministry.pk],
    }
    assert desk.get(f"{at}/questionnaires/new/").status_code == 200
    refused = desk.post(f"{at}/questionnaires/new/", form | {"remind_before": "soon"})
    assert refused.status_code == 200
    assert refused.context["form"].errors.keys() == {"remind_before"}
    desk.post(f"{at}/questionnaires/new/", form)
    row = Questionnaire.objects.get()
    assert row.remind_before == [14, 7, 1]
    questions = f"{at}/questionnaires/{row.pk}/questions/"
    assert desk.get(questions).status_code == 200
    desk.post(f"{at}/questionnaires/{row.pk}/paste/", {"pasted": "1. What was done?\n2. How many?"})
    page = desk.get(questions)
    lines = {f"questions-{n}-{name}": "" for n in range(3) for name in ("number", "text", "options")}
    lines |= {"questions-TOTAL_FORMS": "3", "questions-INITIAL_FORMS": "2"}
    lines |= {"questions-0-number": "1", "questions-0-text": "What was done?", "questions-0-kind": "text"}
    lines |= {"questions-1-number": "2", "questions-1-text": "How many?", "questions-1-kind": "figure"}
    assert len(page.context["rows"]) == 3
    desk.post(questions, lines)
    assert list(row.questions.values_list("number", "kind")) == [("1", "text"), ("2", "figure")]

    # Nothing is to be seen before it is sent.
    reply = Reply.objects.get()
    assert focal.get(f"{at}/replies/{reply.pk}/").status_code == 404
    desk.post(f"{at}/questionnaires/{row.pk}/send/")
    assert focal.get(f"{at}/questionnaires/{row.pk}/").status_code == 302
    assert focal.get(f"{at}/replies/{reply.pk}/").status_code == 200
    one, two = row.questions.all()
    answers = {f"a{one.pk}": "A law", f"n{one.pk}": "", f"a{two.pk}": "1240.50", f"n{two.pk}": "2030"}
    page = focal.get(f"{at}/replies/{reply.pk}/edit/")
    assert page.status_code == 200
    wrong = focal.post(
        f"{at}/replies/{reply.pk}/edit/", answers | {f"a{two.pk}": "many", "seen_version": "1"}
    )
    assert wrong.context["form"].errors.keys() == {f"a{two.pk}"}
    focal.post(f"{at}/replies/{reply.pk}/edit/", answers | {"seen_version": "1"})
    stale = focal.post(f"{at}/replies/{reply.pk}/edit/", answers | {"seen_version": "1", f"a{one.pk}": "No"})
    assert (stale.status_code, [row.typed for row in stale.context["conflict"]]) == (409, ["No"])
    focal.post(f"{at}/replies/{reply.pk}/submit/")
    assert b"A law" not in desk.get(f"{at}/replies/{reply.pk}/").content
    validator.post(f"{at}/replies/{reply.pk}/approve/")
    assert b"A law" in desk.get(f"{at}/replies/{reply.pk}/").content
    assert desk.get(f"{at}/questionnaires/{row.pk}/").status_code == 200
    desk.post(f"{at}/replies/{reply.pk}/validate/")
    reply.refresh_from_db()
    assert reply.state == "validated"
    (line,) = desk.get(f"{at}/questionnaires.json").json()["results"]
    assert (line["asked"], line["arrived"], line["late"]) == (1, 1, 0)
    (line,) = focal.get(f"{at}/replies.json").json()["results"]
    assert (line["state"], line["late"]) == ("validated", False)
    assert desk.get(f"{at}/replies.csv").status_code == 200


def test_more_time_is_asked_and_decided_on_the_page_of_the_reply() -> None:
    factories.make_instance()
    _row, first, _second = send()
    focal, _user = client_of(Role.FOCAL_POINT, first)
    desk, _user = client_of(Role.COORDINATOR)
    reply, later = reply_of(first), DEADLINE + timedelta(days=9)
    page = focal.post(f"/en/replies/{reply.pk}/time/", {"wanted": later.isoformat(), "reason": ""})
    assert page.context["time_form"].errors.keys() == {"reason"}
    focal.post(f"/en/replies/{reply.pk}/time/", {"wanted": later.isoformat(), "reason": "The census"})
    assert b"More time is asked for" in desk.get("/en/questionnaires/").content
    extension = reply.extensions.get()
    refused = desk.post(f"/en/time/{extension.pk}/refuse/", {"reason": ""}, follow=True)
    assert b"Give the reason." in refused.content
    desk.post(f"/en/time/{extension.pk}/grant/", {"until": later.isoformat(), "reason": ""})
    assert reply_of(first).deadline == later


def test_the_secret_address_gives_the_own_deadlines_until_it_is_revoked() -> None:
    factories.make_instance()
    _row, first, second = send()
    focal, user = client_of(Role.FOCAL_POINT, first)
    row = factories.make_assignment(AssignmentState.ACCEPTED, institution=first)
    factories.make_assignment(AssignmentState.ACCEPTED, institution=second)
    assert focal.get("/en/deadlines/").context["address"] == ""
    focal.post("/en/deadlines/address/")
    address = focal.get("/en/deadlines/").context["address"]
    path = re.sub(r"^https?://[^/]+", "", address)
    fetched = Client().get(path)
    assert fetched["Content-Type"] == "text/calendar; charset=utf-8"
    text = fetched.content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2
    assert f"SUMMARY:Report on {row.recommendation.document.symbol} § {row.recommendation.label}" in text
    assert f"DTSTART;VALUE=DATE:{DEADLINE:%Y%m%d}" in text
    assert "UID:reply-" in text
    assert focal.get("/en/deadlines/calendar.ics").content.decode().replace("\r\n ", "") == text
    # Neither the secret nor its hash leads back to the other.
    assert CalendarAddress.objects.get(user=user).token_hash not in address
    focal.post("/en/deadlines/address/")
    assert Client().get(path).status_code == 404
    path = re.sub(r"^https?://[^/]+", "", focal.get("/en/deadlines/").context["address"])
    assert Client().get(path).status_code == 200
    focal.post("/en/deadlines/address/revoke/")
    assert Client().get(path).status_code == 404


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_one_mail_a_week_for_whoever_prefers_it() -> None:
    factories.make_instance()
    ministry = factories.make_institution()
    focal, user = client_of(Role.FOCAL_POINT, ministry)
    focal.post("/en/me/", {"language": "en", "mail_pace": "weekly"})
    user.refresh_from_db()
    assert user.mail_pace == MailPace.WEEKLY
    first = factories.make_assignment(AssignmentState.PROPOSED, institution=ministry)
    second = factories.make_assignment(AssignmentState.PROPOSED, institution=ministry)
    seen = factories.make_assignment(AssignmentState.PROPOSED, institution=ministry)
    assert not OutboxMail.objects.filter(notification__recipient=user).exists()
    Notification.objects.filter(url_args=[seen.recommendation_id]).update(read_at=timezone.now())
    monday = datetime(2031, 3, 31, 6, 0, tzinfo=UTC)
    for _twice in range(2):
        send_digests(int(monday.timestamp()))
    digest = Notification.objects.get(recipient=user, code=DIGEST)
    assert digest.told.count() == 2
    OutboxMail.objects.exclude(notification=digest).update(state=MailState.SENT, sent_at=timezone.now())
    send_waiting_mail()
    (message,) = mail.outbox
    assert message.to == [user.email]
    assert message.subject == "Your week in Tawsiya, 31 Mar 2031"
    for row in (first, second):
        assert f"/recommendations/{row.recommendation_id}/" in message.body
    assert f"/recommendations/{seen.recommendation_id}/" not in message.body
    # The list of notifications is not lengthened by the mail that repeats it.
    assert focal.get("/en/notifications/").context["count"] == 3
    # A week without news brings no mail.
    send_digests(int((monday + timedelta(days=7)).timestamp()))
    assert Notification.objects.filter(code=DIGEST).count() == 1
