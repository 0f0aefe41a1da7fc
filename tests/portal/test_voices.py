"""What others say as open data: of published recommendations only, apart from the State's status."""

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.followup.commands.voices import Asked, Assessed, Said, submit
from tawsiya.portal.choices import TEXT_ONLY
from tawsiya.portal.commands import (
    accept_submission,
    publish,
    record_grade,
    save_question,
    withdraw_publication,
    withdraw_submission,
)
from tawsiya.portal.voices import COLUMNS
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.models import Recommendation
from tests import factories
from tests.portal.test_open_data import DOCUMENT
from tests.queries import counted_anew

pytestmark = pytest.mark.django_db
API = "/api/v1/public/voices/"


@pytest.fixture
def item() -> Recommendation:
    """A published paragraph, implemented as the State says; and another that is not public."""
    factories.make_instance()
    by = factories.coordinator()
    document = factories.make_document("CCPR/C/XTM/CO/6", body="CCPR", published_on=date(2016, 12, 1))
    published = factories.make_recommendation(document, paragraph="24", texts={"en": "Abolish it"})
    hidden = factories.make_recommendation(document, paragraph="25", texts={"en": "Repeal it"})
    factories.make_assessment(published, Status.IMPLEMENTED)
    publish(recommendation=published, selection=TEXT_ONLY, by=by)
    for row, reasons in ((published, "Nothing was said."), (hidden, "Of what is hidden.")):
        assessed = Assessed("C", "CCPR/C/127/2/Add.4", date(2019, 11, 8), "(a)", reasons)
        record_grade(recommendation=row, assessed=assessed, by=by)
    asked = Asked("Q-12", date(2026, 3, 1), "Deputy Amal", "Reform", "When?", "en", "Soon.", date(2026, 4, 1))
    save_question(asked=asked, items=[published, hidden], by=by)
    return published


def _accepted(item: Recommendation):
    author = factories.make_reader(Role.NHRI)
    row = submit(recommendation=item, said=Said("It is not applied.", "en", "not_started"), by=author)
    return author, accept_submission(submission=row, seen_version=1, by=factories.coordinator())


def _rows(path: str = "/en/public/voices.json") -> list[dict[str, object]]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return list(json.loads(answer.content)["results"])


def test_each_voice_is_a_row_with_its_scale(item: Recommendation) -> None:
    _accepted(item)
    rows = {str(row["kind"]): row for row in _rows()}
    assert set(rows) == {"grade", "submission", "question"}
    assert {row["id"] for row in rows.values()} == {item.pk}
    grade, own, question = rows["grade"], rows["submission"], rows["question"]
    assert (grade["assessment"], grade["limb"], grade["document"]) == ("C", "(a)", "CCPR/C/127/2/Add.4")
    assert sorted(grade["scale"]) == ["A", "B", "B1", "B2", "C", "C1", "C2", "D", "D1", "D2", "E"]
    assert (own["assessment"], own["text"]) == ("not_started", "It is not applied.")
    assert own["scale"][0] == "not_started"  # type: ignore[index]
    assert (question["speaker"], question["group"]) == ("Deputy Amal", "Reform")
    assert (question["answer"], question["answered_on"]) == ("Soon.", "2026-04-01")
    assert (question["assessment"], question["scale"]) == (None, [])
    assert str(own["url"]).endswith(f"/en/public/recommendations/{item.pk}/#voices")


def test_the_csv_has_the_same_rows(item: Recommendation) -> None:
    body = b"".join(Client().get("/fr/public/voices.csv").streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert sorted(row["kind"] for row in rows) == ["grade", "question"]
    assert list(rows[0]) == [column.key for column in COLUMNS]


def test_no_file_mixes_them_with_the_states_status(item: Recommendation) -> None:
    _accepted(item)
    for row in _rows():
        assert "status" not in row
    (own,) = _rows("/en/public/recommendations.json")
    assert own["status"] is None, "nothing was published of it, whatever others say"
    assert "not_started" not in json.dumps(own)


def test_the_api_gives_them_in_every_language_and_narrows(item: Recommendation) -> None:
    _accepted(item)
    assert Client().get(API).json()["count"] == 3
    (grade,) = Client().get(API, {"kind": "grade"}).json()["results"]
    assert grade["assessment_names"]["fr"]
    assert (grade["recommendation"], grade["date"]) == (item.pk, "2019-11-08")
    assert Client().get(API, {"recommendation": item.pk, "limit": 1}).json()["count"] == 3
    for strange in ("x", "0", "9" * 19, "9" * 40):
        assert Client().get(API, {"recommendation": strange}).json()["count"] == 0
    assert Client().get(API, {"kind": "status"}).json()["count"] == 0


def test_what_is_withdrawn_is_in_none_of_them(item: Recommendation) -> None:
    author, row = _accepted(item)
    withdraw_submission(submission=row, reason="It is applied now.", by=author)
    assert {one["kind"] for one in _rows()} == {"grade", "question"}
    withdraw_publication(recommendation=item, reason="By mistake", by=factories.coordinator())
    assert _rows() == []
    assert Client().get(API).json()["count"] == 0


def test_the_number_of_queries_does_not_grow(item: Recommendation) -> None:
    def count() -> int:
        with counted_anew() as queries:
            Client().get(API)
        return len(queries)

    _accepted(item)
    few = count()
    for _n in range(3):
        _accepted(item)
    assert count() == few


def test_every_column_is_described() -> None:
    for column in COLUMNS:
        assert f"`{column.key}`" in DOCUMENT
