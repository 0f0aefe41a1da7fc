"""A draft before everybody: read and commented on while it lasts, answered in public, and never longer."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.audit.models import Event
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.portal.commands import publish_answers
from tawsiya.portal.models import ConsultationSnapshot
from tawsiya.programme.choices import Audience
from tawsiya.programme.commands.comments import (
    PublicWords,
    answer_comment,
    comment_from_the_public,
    decide_on_comment,
)
from tawsiya.programme.commands.versions import close_consultation, open_consultation
from tawsiya.programme.models import Comment, CommentContact, Consultation, Version
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_limit_reached_before() -> None:
    cache.clear()


@pytest.fixture
def plan() -> Version:
    """A draft laid before everybody since yesterday, for ten days."""
    factories.make_instance()
    version = making.make_version()
    making.make_measure(
        version, lead=factories.make_institution(names={"en": "Ministry of Justice"}), risks="A secret risk"
    )
    return making.consult(version, Audience.PUBLIC)


def _address(version: Version) -> str:
    return f"/en/public/consultations/{version.consultations.get().pk}/"


def _said(version: Version, text: str = "Name the courts", **more: str) -> Comment:
    return comment_from_the_public(
        consultation_id=version.consultations.get().pk, code="1.1", said=PublicWords(text, "en", **more)
    )


def test_everybody_reads_the_draft_while_it_lasts_and_nothing_that_stays_inside(
    plan: Version, client: Client
) -> None:
    address = _address(plan)
    page, measure = client.get(address).content.decode(), client.get(f"{address}1.1/").content.decode()
    assert "Train all judges on evidence" in page and "Ministry of Justice" in page
    assert "First course held" in measure and 'name="text"' in measure
    assert address in client.get("/en/").content.decode()
    assert address in client.get("/en/public/consultations/").content.decode()
    assert "secret risk" not in page + measure
    assert client.get("/en/public/consultations.json").json()["results"][0]["open"] is True
    assert client.get(f"{address}9.9/").status_code == 404


def _laid_before_everybody(since: timedelta, until: timedelta) -> Version:
    """Open a draft to everybody between two moments told from now."""
    version, now = making.make_version(), clock.now()
    making.make_measure(version)
    with clock.at(now + min(since, timedelta(0))):
        open_consultation(
            version=version,
            audiences=[Audience.PUBLIC],
            opens_at=now + since,
            closes_at=now + until,
            by=factories.coordinator(),
        )
    return version


def test_a_draft_is_not_read_before_the_hour_of_its_opening(client: Client) -> None:
    factories.make_instance()
    address = _address(_laid_before_everybody(HOUR, 3 * HOUR))
    assert client.get(address).status_code == 404
    assert address not in client.get("/en/").content.decode()
    with clock.at(clock.now() + 2 * HOUR):  # the database has a clock of its own
        assert client.get(address).status_code == 404


def test_a_draft_is_not_read_after_the_hour_of_its_closing(client: Client) -> None:
    factories.make_instance()
    version = _laid_before_everybody(-3 * HOUR, -HOUR)
    address = _address(version)
    # Nobody has closed it: the hour alone does.
    page = client.get(address).content.decode()
    assert "Train all judges" not in page
    assert "This consultation ended on" in page
    assert client.get(f"{address}1.1/").status_code == 404
    assert client.post(f"{address}1.1/comment/", {"text": "Late"}).status_code == 404
    with pytest.raises(RuleViolated, match="closed"):
        _said(version)


def test_no_draft_before_others_is_public(client: Client) -> None:
    factories.make_instance()
    version = making.make_version()
    making.make_measure(version)
    making.consult(version, Audience.NHRI)
    assert client.get(_address(version)).status_code == 404
    assert not ConsultationSnapshot.objects.exists()
    with pytest.raises(RuleViolated, match="closed"):
        _said(version)


def test_anybody_comments_by_the_form_and_nobody_reads_it_before_it_is_decided(
    plan: Version, client: Client
) -> None:
    address = f"{_address(plan)}1.1/"
    answer = client.post(
        f"{address}comment/", {"text": "Name the courts", "author": "A judge", "email": "judge@example.org"}
    )
    assert answer.status_code == 302
    page = client.get(address).content.decode()
    assert "Your comment has arrived" in page and "Name the courts" not in page
    comment = Comment.objects.get()
    assert (comment.state, comment.author, comment.institution, comment.language) == (
        "received",
        "A judge",
        None,
        "en",
    )
    event = Event.objects.get(code="measure.commented_by_public")
    assert (event.actor, event.state) == (None, "received")
    assert "courts" not in f"{event.subject_name}{event.after}"
    assert CommentContact.objects.get().email == "judge@example.org"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (" ", "This field is required"),
        ("See https://example.org", "links and markup are not taken"),
        ("See www.example.org", "links and markup are not taken"),
        ("<b>Name</b> the courts", "links and markup are not taken"),
        ("x" * 4001, "at most 4000 characters"),
    ],
)
def test_what_is_not_taken_comes_back_with_its_reason(
    plan: Version, client: Client, text: str, why: str
) -> None:
    answer = client.post(f"{_address(plan)}1.1/comment/", {"text": text})
    assert answer.status_code == 422 and why in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_machine_is_thanked_and_not_heard(plan: Version, client: Client) -> None:
    answer = client.post(
        f"{_address(plan)}1.1/comment/", {"text": "Buy now", "website": "https://example.org"}
    )
    assert answer.status_code == 302 and not Comment.objects.exists()


def test_the_twenty_first_comment_of_an_hour_waits(plan: Version, client: Client) -> None:
    codes = [
        client.post(f"{_address(plan)}1.1/comment/", {"text": f"Comment {number}"}).status_code
        for number in range(21)
    ]
    assert codes == [302] * 20 + [429]
    assert Comment.objects.count() == 20


def test_a_coordinator_decides_and_only_for_insult_or_personal_data(plan: Version) -> None:
    comment, desk = _said(plan, email="judge@example.org"), factories.coordinator()
    with pytest.raises(PermissionRefused):
        decide_on_comment(comment=comment, accept=True, by=factories.reader_in(None, Role.ANALYST))
    with pytest.raises(RuleViolated, match="insult or personal data"):
        decide_on_comment(comment=comment, accept=False, ground="opinion", reason="No", by=desk)
    with pytest.raises(RuleViolated, match="Give the reason"):
        decide_on_comment(comment=comment, accept=False, ground="insult", reason=" ", by=desk)
    with pytest.raises(RuleViolated, match="once a coordinator accepted"):
        answer_comment(comment=comment, text="Yes", language="en", by=desk)
    decide_on_comment(comment=comment, accept=False, ground="insult", reason="It names a judge", by=desk)
    comment.refresh_from_db()
    assert (comment.state, comment.ground, comment.reason) == ("refused", "insult", "It names a judge")
    assert not CommentContact.objects.exists()
    assert Event.objects.get(code="comment.refused").reason == "It names a judge"
    with pytest.raises(PermissionRefused):
        decide_on_comment(comment=comment, accept=True, by=desk)


def test_answers_are_public_at_the_close_and_later_ones_when_published(plan: Version, client: Client) -> None:
    desk, address = factories.coordinator(), _address(plan)
    first, second, unanswered = (
        _said(plan, text, author="A judge", email="judge@example.org")
        for text in ("First", "Second", "Third")
    )
    for comment in (first, second, unanswered):
        decide_on_comment(comment=comment, accept=True, by=desk)
    answer_comment(comment=first, text="They are named", language="en", by=desk)
    assert "First" not in client.get(address).content.decode()
    consultation = Consultation.objects.get()
    with pytest.raises(RuleViolated, match="once the consultation of the public is closed"):
        publish_answers(consultation=consultation, by=desk)
    close_consultation(version=plan, by=desk)
    page = client.get(address).content.decode()
    assert "They are named" in page and "A judge" in page and "1.1" in page
    assert "Second" not in page and "First course held" not in page and "judge@example.org" not in page
    assert CommentContact.objects.count() == 2  # of those that wait for their answer
    answer_comment(comment=second, text="It will be", language="en", by=desk)
    assert "It will be" not in client.get(address).content.decode()
    with pytest.raises(PermissionRefused):
        publish_answers(consultation=consultation, by=factories.reader_in(None, Role.ANALYST))
    publish_answers(consultation=consultation, by=desk)
    with pytest.raises(RuleViolated, match="Nothing has changed"):
        publish_answers(consultation=consultation, by=desk)
    rows = client.get(f"{address.rstrip('/')}.json").json()["results"]
    assert [(row["number"], row["comment"], row["answer"]) for row in rows] == [
        ("1.1", "First", "They are named"),
        ("1.1", "Second", "It will be"),
    ]
    assert client.get(f"{address.rstrip('/')}.csv").status_code == 200
    assert [row.publication for row in ConsultationSnapshot.objects.order_by("pk")] == [1, 2, 3]


def test_adopting_ends_the_consultation_of_the_public(plan: Version, client: Client) -> None:
    address = _address(plan)
    making.adopted(plan)
    assert "Train all judges" not in client.get(address).content.decode()
    assert ConsultationSnapshot.objects.order_by("publication").last().is_over  # type: ignore[union-attr]


def test_the_desk_sees_decides_and_answers_in_its_pages(plan: Version) -> None:
    _said(plan, author="A judge", email="judge@example.org")
    desk = Client()
    person = factories.make_person(Role.COORDINATOR)
    desk.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    listed = f"/en/programmes/versions/{plan.pk}/comments/"
    page = desk.get(f"{listed}?step=received").content.decode()
    assert "Name the courts" in page and "A judge" in page and "judge@example.org" not in page
    assert "judge@example.org" not in desk.get(listed.rstrip("/") + ".json").content.decode()
    comment = Comment.objects.get()
    desk.post(f"/en/programmes/comments/{comment.pk}/accept/")
    assert "judge@example.org" in desk.get(f"/en/programmes/measures/{comment.measure_id}/").content.decode()
    desk.post(f"/en/programmes/comments/{comment.pk}/answer/", {"text": "They are named"})
    desk.post(f"/en/programmes/versions/{plan.pk}/close/")
    assert "Publish the answers" in desk.get(listed).content.decode()
    comment.refresh_from_db()
    assert (comment.state, comment.answer) == ("accepted", "They are named")
