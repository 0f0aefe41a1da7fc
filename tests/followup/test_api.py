"""The API of what others say gives what the pages give, each kind apart and on its own scale."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.followup.commands.voices import Asked, Assessed, Said, submit
from tawsiya.portal.commands import accept_submission, record_grade, save_question
from tawsiya.recommendations.choices import Status
from tests import factories
from tests.queries import counted_anew

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def paragraph():
    factories.make_instance()
    document = factories.make_document("CCPR/C/XTM/CO/6", body="CCPR", published_on=date(2016, 12, 1))
    item = factories.make_recommendation(document, paragraph="24")
    factories.make_assessment(item, Status.IMPLEMENTED)
    return item


def _get(reader: Reader, path: str, status: int = 200) -> Any:
    client = Client()
    client.force_login(User.objects.get(pk=reader.user_id), backend=BACKEND)
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status
    return answer.json()


def test_a_un_grade_comes_with_the_scale_of_its_body_on_that_day(paragraph) -> None:
    assessed = Assessed("C", "CCPR/C/127/2/Add.4", date(2019, 11, 8), "(a)–(d)", "Nothing was said.")
    record_grade(recommendation=paragraph, assessed=assessed, by=factories.coordinator())
    (row,) = _get(factories.make_reader(Role.NHRI), "un-grades/")["results"]
    assert row["recommendation"] == {"id": paragraph.pk, "symbol": "CCPR/C/XTM/CO/6", "cited_as": "24"}
    assert (row["body"]["code"], row["grade"], row["limb"]) == ("CCPR", "C", "(a)–(d)")
    assert (row["symbol"], row["assessed_on"]) == ("CCPR/C/127/2/Add.4", "2019-11-08")
    scale = {one["code"]: one["names"] for one in row["scale"]}
    assert set(scale) == {"A", "B", "B1", "B2", "C", "C1", "C2", "D", "D1", "D2", "E"}
    assert scale["C"]["en"] == "not satisfactory"
    assert "status" not in row


def test_a_submission_is_read_as_its_page_is(paragraph) -> None:
    author, by = factories.make_reader(Role.NHRI), factories.coordinator()
    said = Said("The law is not applied.", "en", "not_started")
    waiting = submit(recommendation=paragraph, said=said, by=author)
    accepted = submit(recommendation=paragraph, said=said, by=author)
    accept_submission(submission=accepted, seen_version=1, by=by)
    everybody = {waiting.pk, accepted.pk}
    outside = factories.make_reader(Role.FOCAL_POINT)
    for reader, seen in ((author, everybody), (by, everybody), (outside, {accepted.pk})):
        rows = _get(reader, f"submissions/?recommendation={paragraph.pk}")["results"]
        assert {row["id"] for row in rows} == seen
    row = _get(outside, f"submissions/{accepted.pk}/")
    assert (row["own_assessment"], row["author"]["kind"]) == ("not_started", "nhri")
    assert row["scale"] == [
        "not_started",
        "in_progress",
        "partly_implemented",
        "implemented",
        "no_longer_applicable",
    ]
    _get(outside, f"submissions/{waiting.pk}/", status=404)
    # The State's own status is told by another address, and is as it was.
    status = _get(outside, f"recommendations/{paragraph.pk}/")["status"]
    assert status == "implemented"


def test_a_question_of_parliament_names_its_recommendations(paragraph) -> None:
    other = factories.make_recommendation()
    asked = Asked("Q-12", date(2026, 3, 1), "Deputy Amal", "Group", "When?", "en")
    save_question(asked=asked, items=[paragraph, other], by=factories.coordinator())
    reader = factories.make_reader(Role.OBSERVER)
    (row,) = _get(reader, f"parliament-questions/?recommendation={other.pk}")["results"]
    assert {item["id"] for item in row["recommendations"]} == {paragraph.pk, other.pk}
    assert (row["number"], row["answer"], row["answered_on"]) == ("Q-12", "", None)


@pytest.mark.parametrize("kind", ["un-grades", "submissions", "parliament-questions"])
@pytest.mark.parametrize("asked", ["x", "0", "9" * 18, "9" * 19, "9" * 40, "-1"])
def test_a_strange_recommendation_finds_nothing(paragraph, kind: str, asked: str) -> None:
    reader = factories.make_reader(Role.OBSERVER)
    assert _get(reader, f"{kind}/?recommendation={asked}")["count"] == 0


def test_nobody_reads_without_a_role(paragraph) -> None:
    for kind in ("un-grades", "submissions", "parliament-questions"):
        assert Client().get(f"/api/v1/{kind}/").status_code == 403


def test_the_number_of_queries_does_not_grow(paragraph) -> None:
    by, author, reader = factories.coordinator(), factories.make_reader(Role.NHRI), Role.OBSERVER
    observer = factories.make_reader(reader)

    def say(number: int) -> None:
        day = date(2019, 11, number)
        grade = Assessed("C", f"CCPR/C/127/{number}", day)
        record_grade(recommendation=paragraph, assessed=grade, by=by)
        row = submit(recommendation=paragraph, said=Said("Not so.", "en"), by=author)
        accept_submission(submission=row, seen_version=1, by=by)
        save_question(asked=Asked(f"Q-{number}", day, "A", "", "When?", "en"), items=[paragraph], by=by)

    client = Client()
    client.force_login(User.objects.get(pk=observer.user_id), backend=BACKEND)
    counts: dict[str, list[int]] = {}
    for number in (1, 2, 3):
        say(number)
        for kind in ("un-grades", "submissions", "parliament-questions"):
            with counted_anew() as queries:
                assert client.get(f"/api/v1/{kind}/").json()["count"] == number
            counts.setdefault(kind, []).append(len(queries))
    for kind, found in counts.items():
        assert found[1] == found[2], kind
