"""The pages of programmes, as people use them."""

import json
from datetime import date
from typing import Any

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.programme import smart
from tawsiya.programme.choices import Audience
from tawsiya.programme.commands.measures import MilestoneFacts
from tawsiya.programme.coverage import counts, uncovered
from tawsiya.programme.forms import named_item
from tawsiya.programme.models import Measure, MeasureAnswer, Milestone, Version
from tawsiya.programme.queries import measures_for, with_everything
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db
NO_LINES = {
    f"{prefix}-{name}_FORMS": "0"
    for prefix in ("milestones", "budget", "legislation")
    for name in ("TOTAL", "INITIAL")
}


def _lines(prefix: str, *rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for place, row in enumerate(rows):
        data |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return data


def test_from_recommendations_to_a_report_that_each_of_them_shows() -> None:
    factories.make_instance()
    lead = factories.make_institution()
    items = [factories.make_recommendation() for _ in range(2)]
    desk = factories.signed_in(Role.COORDINATOR, factories.the_delegation())
    desk.post("/en/programmes/add/", {"name_en": "Plan of Tamourt", "name_fr": "Plan"})
    version = Version.objects.get()
    desk.post(
        f"/en/programmes/versions/{version.pk}/axes/add/", {"code": "1", "kind": "axis", "name_en": "Justice"}
    )
    node = version.nodes.get()
    chosen = desk.post("/en/programmes/plan/", {"selected": [item.pk for item in items]})
    assert b"2 recommendations selected" in chosen.content
    ids = ",".join(str(item.pk) for item in items)
    answer = desk.post(
        "/en/programmes/plan/",
        {"step": "apply", "ids": ids, "node": node.pk, "title": "Train all judges on evidence"},
    )
    measure = Measure.objects.get()
    assert answer["Location"] == f"/en/programmes/measures/{measure.pk}/edit/"
    assert measure.code == "1.1"
    answer = desk.post(
        answer["Location"],
        {
            **NO_LINES,
            "code": "1.1",
            "node": node.pk,
            "title_en": "Train all judges on evidence",
            "lead": lead.pk,
            "answers": [item.pk for item in items],
            "ends_on": "2028-12-31",
            "reach": "commune",
            "places": "Tala\nAsif",
            "seen_version": 1,
            **_lines("milestones", {"title": "First course", "due_on": "2027-03-01"}, {}),
            **_lines(
                "budget",
                {"kind": "planned"},  # an empty line as a browser sends it
                {
                    "year": 2027,
                    "kind": "planned",
                    "amount": "1000",
                    "currency": "MAD",
                    "source": "State budget",
                },
            ),
            **_lines(
                "legislation",
                {"title": "Law on evidence", "kind": "law", "stage": "prepared"},
                {"kind": "law", "stage": "prepared"},
            ),
        },
    )
    assert answer.status_code == 302
    measure.refresh_from_db()
    assert (measure.places, measure.ends_on) == (["Tala", "Asif"], date(2028, 12, 31))
    step = Milestone.objects.get(measure=measure)
    page = desk.get(f"/en/programmes/measures/{measure.pk}/").content.decode()
    assert "First course" in page and "Law on evidence" in page and "as far as can be told" in page
    desk.post(
        f"/en/programmes/versions/{version.pk}/adopt/", {"act_number": "2-26-1", "act_date": "2026-01-05"}
    )
    writer, approver = factories.signed_in(Role.FOCAL_POINT, lead), factories.signed_in(Role.VALIDATOR, lead)
    report = {"progress": "under_way", "text": "The first course was held", "language": "en"}
    reached = {"milestone": step.pk, "reached_on": "2026-02-01", "proof": "List 12"}
    writer.post(f"/en/programmes/measures/{measure.pk}/report/", report | reached)
    for item in items:
        assert b"The first course was held" not in desk.get(f"/en/recommendations/{item.pk}/").content
    approver.post(f"/en/programmes/reports/{measure.reports.get().pk}/approve/")
    for item in items:
        assert b"The first course was held" in desk.get(f"/en/recommendations/{item.pk}/").content


def test_a_group_is_planned_as_one() -> None:
    factories.make_instance()
    items = [factories.make_recommendation() for _ in range(2)]
    group = factories.make_group(*items)
    measure = making.make_measure(making.make_version())
    desk = factories.signed_in(Role.ANALYST, factories.the_delegation())
    assert b"2 recommendations selected" in desk.get(f"/en/programmes/plan/?group={group.pk}").content
    ids = ",".join(str(item.pk) for item in items)
    desk.post("/en/programmes/plan/", {"step": "apply", "ids": ids, "measure": measure.pk})
    assert MeasureAnswer.objects.filter(measure=measure).count() == 2


def test_errors_of_a_measure_are_shown_and_nothing_is_written() -> None:
    factories.make_instance()
    version = making.make_version()
    desk = factories.signed_in(Role.COORDINATOR, factories.the_delegation())
    data = {
        **NO_LINES,
        "code": "1.1",
        "node": version.nodes.get().pk,
        "title_en": "Train",
        "reach": "national",
    }
    wrong = {"targets": "99.9", "more_answers": "A/HRC/1/1 § 4"} | _lines("milestones", {"title": "No date"})
    answer = desk.post(f"/en/programmes/versions/{version.pk}/measures/add/", data | wrong)
    page = answer.content.decode()
    assert "This is no SDG target: 99.9" in page
    assert "No recommendation is called “A/HRC/1/1 § 4”." in page
    assert "This field is required" in page
    assert not Measure.objects.exists()


def test_the_twins_of_a_version_say_what_its_page_shows() -> None:
    factories.make_instance()
    version, lead = making.make_version(), factories.make_institution()
    making.make_measure(version, lead=lead, ends_on=date(2028, 1, 1))
    making.make_measure(version, title="Write a law on evidence")
    desk = factories.signed_in(Role.ANALYST, factories.the_delegation())
    rows = json.loads(desk.get(f"/en/programmes/versions/{version.pk}.json?gap=lead").content)
    assert [(row["number"], row["title"]) for row in rows["results"]] == [("1.2", "Write a law on evidence")]
    page = desk.get(f"/en/programmes/versions/{version.pk}/?gap=lead").content.decode()
    assert "Write a law on evidence" in page and "Train all judges" not in page
    rows = json.loads(desk.get("/en/programmes.json").content)
    assert [(row["programme"], row["state"]) for row in rows["results"]] == [("Plan of Tamourt", "draft")]


def test_what_a_version_leaves_open() -> None:
    version, item, part_of = (
        making.make_version(),
        factories.make_recommendation(),
        factories.make_recommendation(),
    )
    part = factories.make_recommendation(part_of.document, paragraph=part_of.paragraph, subparagraph="a")
    part.parent = part_of
    bare = factories.make_recommendation()
    making.make_measure(version, answers=(item,))
    desk = factories.coordinator()
    open_now = set(uncovered(desk, version).values_list("pk", flat=True))
    assert {part_of.pk, bare.pk} <= open_now and item.pk not in open_now
    found = {gap.code: number for gap, number in counts(measures_for(desk).filter(version=version))}
    assert found == {"lead": 1, "date": 1, "milestone": 0, "money": 1, "indicator": 1, "answer": 0}


@pytest.mark.parametrize(
    ("titles", "letters"),
    [
        ({"en": "Train all judges on evidence"}, "AART"),
        ({"en": "Strengthen the rule of law"}, "SAART"),
        ({"fr": "Renforcer les capacités des juges"}, "SAART"),
        ({"ar": "تعزيز قدرات القضاة في الإثبات"}, "SAART"),
        ({"en": "Judges"}, "SAART"),
    ],
)
def test_the_check_says_what_is_vague(titles: dict[str, str], letters: str) -> None:
    version = making.make_version()
    measure = making.make_measure(version)
    Measure(pk=measure.pk, titles=titles)
    row = with_everything(Measure.objects.filter(pk=measure.pk)).get()
    row.titles = titles
    assert "".join(note.letter for note in smart.check(row)) == letters


def test_a_milestone_after_the_end_is_said() -> None:
    late = (MilestoneFacts({"en": "After all"}, date(2029, 1, 1)),)
    measure = making.make_measure(making.make_version(), ends_on=date(2028, 1, 1), milestones=late)
    texts = [
        str(note.text) for note in smart.check(with_everything(Measure.objects.filter(pk=measure.pk)).get())
    ]
    assert "A milestone comes after the end of the measure." in texts


def test_recommendations_are_found_by_symbol_and_paragraph() -> None:
    item = factories.make_recommendation(paragraph="140.77")
    reader = factories.coordinator()
    symbol = item.document.symbol
    assert named_item(reader, f"{symbol} § 140.77") == item
    assert named_item(reader, f"{symbol.lower()} 140.77") == item
    assert named_item(reader, f"{symbol} 140.78") is None
    assert named_item(reader, "140.77") is None


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_pages_speak_three_languages(language: str) -> None:
    factories.make_instance()
    version = making.make_version()
    measure = making.make_measure(version)
    making.consult(version, Audience.NHRI)
    desk = factories.signed_in(Role.COORDINATOR, factories.the_delegation())
    for address in (
        "",
        "add/",
        f"versions/{version.pk}/",
        f"versions/{version.pk}/coverage/",
        f"measures/{measure.pk}/",
    ):
        answer = desk.get(f"/{language}/programmes/{address}")
        assert answer.status_code == 200, address
