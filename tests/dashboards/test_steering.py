"""The steering page: its figures by hand, each a link to its rows, who sees it, and the page on paper."""

import io
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core import paper as core_paper
from tawsiya.core.sandbox import MIB, Limits
from tawsiya.dashboards.steering.pace import Pace, paces_of
from tawsiya.dashboards.steering.page import Steering, steering_of
from tawsiya.followup.choices import AssignmentState, ContributionState
from tawsiya.followup.commands.voices import Said, submit
from tawsiya.mechanisms.choices import DocumentType, MechanismKind, ObligationKind, ReviewKind
from tawsiya.mechanisms.commands import (
    DocumentFacts,
    ReviewFacts,
    register_body,
    register_document,
    register_obligation,
    register_review,
)
from tawsiya.mechanisms.models import Document
from tawsiya.portal.commands import accept_submission
from tawsiya.recommendations.choices import Status, Taxonomy
from tawsiya.recommendations.issued import register_tag
from tawsiya.recommendations.models import Recommendation
from tests import factories
from tests.queries import counted_anew

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = timedelta(days=1)


@dataclass
class World:
    """Six recommendations in force of three documents, and what two ministries did about them."""

    rivers: Institution
    roads: Institution
    visit: Document


def _visit_report() -> Document:
    with audit.change("document.registered", by=audit.SYSTEM) as event:
        body = register_body(
            code="SR-WATER",
            mechanism=MechanismKind.SPECIAL_PROCEDURE,
            names={"en": "Special Rapporteur on water"},
        )
        event.subject = document = register_document(
            facts=DocumentFacts(
                symbol="A/HRC/50/7/Add.1",
                type=DocumentType.VISIT_REPORT,
                titles={"en": "Visit"},
                published_on=date(2022, 5, 2),
                authentic_language="en",
            ),
            body=body,
            review=register_review(
                body=body, facts=ReviewFacts(kind=ReviewKind.VISIT, year=2021, held_on=date(2021, 9, 6))
            ),
        )
    return document


@pytest.fixture
def world(db) -> World:
    factories.make_instance()
    rivers = factories.make_institution(
        key="rivers", names={"en": "Ministry of Rivers", "ar": "وزارة الأنهار"}
    )
    roads = factories.make_institution(key="roads", names={"en": "Ministry of Roads", "ar": "وزارة الطرق"})
    with audit.change("instance.created", by=audit.SYSTEM):
        water = register_tag(Taxonomy.AXIS, "1", {"en": "Water"}, sort_key="01")
        wells = register_tag(Taxonomy.AXIS, "1.2", {"en": "Wells"}, parent=water, sort_key="01.02")
        justice = register_tag(Taxonomy.AXIS, "2", {"en": "Justice"}, sort_key="02")
    upr, treaty, visit = factories.make_document(), factories.make_document(body="CEDAW"), _visit_report()
    one = factories.make_recommendation(upr, paragraph="140.1", tags=(water,))
    two = factories.make_recommendation(upr, paragraph="140.2", tags=(wells, justice))
    three = factories.make_recommendation(treaty, paragraph="11", tags=(justice,))
    four = factories.make_recommendation(treaty, paragraph="12")
    factories.make_recommendation(visit, paragraph="70", tags=(wells,))
    six = factories.make_recommendation(visit, paragraph="71")
    gone = factories.make_recommendation(upr, paragraph="140.3", tags=(water,))
    now, today = timezone.now(), timezone.localdate()
    with clock.at(now - 100 * DAY):
        factories.make_assignment(
            AssignmentState.PROPOSED, recommendation=one, institution=rivers, deadline=today - 9 * DAY
        )
        factories.make_assignment(
            AssignmentState.PROPOSED, recommendation=two, institution=rivers, deadline=today + 20 * DAY
        )
        factories.make_assignment(
            AssignmentState.PROPOSED, recommendation=three, institution=roads, deadline=today - 2 * DAY
        )
        factories.make_assignment(
            AssignmentState.PROPOSED, recommendation=four, institution=roads, deadline=today + 60 * DAY
        )
    _answer(one, rivers, now - 96 * DAY)
    _answer(two, rivers, now - 90 * DAY)
    _answer(three, roads, now - 50 * DAY)
    with clock.at(now - 40 * DAY):
        factories.make_contribution(
            ContributionState.WITH_DELEGATION, recommendation=three, institution=roads
        )
    with clock.at(now - 10 * DAY):
        factories.make_contribution(ContributionState.VALIDATED, recommendation=two, institution=rivers)
    with clock.at(now - 60 * DAY):
        factories.make_assessment(one, Status.NOT_STARTED)
        factories.make_assessment(two, Status.IMPLEMENTED)
        factories.make_assessment(gone, Status.IMPLEMENTED)
    with clock.at(now - 5 * DAY):
        factories.make_assessment(one, Status.IN_PROGRESS)
        factories.make_assessment(six, Status.IMPLEMENTED)
    with audit.change("recommendation.imported", by=audit.SYSTEM, subject=gone):
        Recommendation.objects.filter(pk=gone.pk).update(withdrawn_at=now)
    with audit.change("document.registered", by=audit.SYSTEM):
        for kind, days in ((ObligationKind.FOLLOW_UP, 15), (ObligationKind.REPORT, 200)):
            register_obligation(body=treaty.body, kind=kind, due_on=today + days * DAY, source=treaty)
    return World(rivers, roads, visit)


def _answer(item, institution: Institution, at) -> None:
    from tawsiya.followup.commands.assignments import act_on_assignment
    from tawsiya.followup.models import Assignment

    assignment = Assignment.objects.get(recommendation=item, institution=institution)
    with clock.at(at):
        act_on_assignment(
            assignment=assignment, action="accept", by=factories.reader_in(institution, Role.FOCAL_POINT)
        )


def _address(name: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"dashboards:{name}")


def _page(role: Role = Role.COORDINATOR, days: int = 30) -> Steering:
    return steering_of(factories.make_reader(role), days)


def _figures(crossing) -> dict[str, dict[str, int]]:
    """Return the rows in words, each with the number of every status and of all."""
    return {
        str(row.label): {"all": row.count}
        | {
            column.code: crossing.cells[i, j].count
            for j, column in enumerate(crossing.columns)
            if (i, j) in crossing.cells
        }
        for i, row in enumerate(crossing.rows)
    }


def test_the_status_by_axis_counts_sub_axes_under_their_axis(world: World) -> None:
    crossing = _page().standing.crossings["axis"]
    assert _figures(crossing) == {
        "Water": {"all": 3, "in_progress": 1, "implemented": 1, "none": 1},
        "Justice": {"all": 2, "implemented": 1, "none": 1},
    }
    assert crossing.without == 2


def test_the_status_by_body_leaves_out_what_was_withdrawn(world: World) -> None:
    assert _figures(_page().standing.crossings["body"]) == {
        "UPR": {"all": 2, "in_progress": 1, "implemented": 1},
        "CEDAW": {"all": 2, "none": 2},
        "Special Rapporteur on water": {"all": 2, "implemented": 1, "none": 1},
    }


def test_the_status_by_visit_knows_visits_only(world: World) -> None:
    crossing = _page().standing.crossings["review"]
    assert _figures(crossing) == {
        "Special Rapporteur on water · 2021": {"all": 2, "implemented": 1, "none": 1}
    }
    assert crossing.total == 2


def test_the_status_by_institution_ends_with_what_nobody_leads(world: World) -> None:
    assert _figures(_page().standing.crossings["institution"]) == {
        "Ministry of Rivers": {"all": 2, "in_progress": 1, "implemented": 1},
        "Ministry of Roads": {"all": 2, "none": 2},
        "No lead institution": {"all": 2, "implemented": 1, "none": 1},
    }


def test_the_headline_figures(world: World) -> None:
    page = _page()
    assert {str(tile["label"]): tile["value"] for tile in page.tiles} == {
        "Recommendations in force": 6,
        "Implemented or acted upon": 2,
        "Under way": 1,
        "No status yet": 3,
        "Overdue assignments": 1,
        "Institutions that are late": 1,
    }


def _by_name(rows: list[Pace]) -> dict[str, tuple[object, ...]]:
    return {
        row.name: (row.open, row.late, row.answered, row.answer_days, row.reported, row.report_days)
        for row in rows
    }


def test_the_pace_of_each_institution(world: World) -> None:
    rows = paces_of(factories.make_reader(Role.ANALYST))
    assert _by_name(rows) == {
        # Answered after 4 and 10 days; contributed after 90.
        "Ministry of Rivers": (2, 1, 2, 7, 1, 90),
        # One of two answered, after 50 days; contributed after 60: not late.
        "Ministry of Roads": (2, 0, 1, 50, 1, 60),
    }
    assert rows[0].oldest == timezone.localdate() - 9 * DAY


def test_an_observer_learns_nothing_of_a_contribution_before_it_is_validated(world: World) -> None:
    rows = _by_name(paces_of(factories.make_reader(Role.OBSERVER)))
    # What Roads sent waits with the delegation: to an observer it is late, and has not contributed.
    assert rows["Ministry of Roads"] == (2, 1, 1, 50, 0, None)
    assert rows["Ministry of Rivers"] == (2, 1, 2, 7, 1, 90)


def test_what_moved_and_what_falls_due(world: World) -> None:
    month, quarter = _page(days=30), _page(days=90)
    assert month.moved == {"status": 2, "validated": 1, "given": 0, "accepted": 0, "refused": 0, "heard": 0}
    # The first day counts whole: Rivers accepted ninety days ago, ten after it was asked.
    assert quarter.moved == {"status": 5, "validated": 1, "given": 0, "accepted": 2, "refused": 0, "heard": 0}
    assert [(move.item.label, move.before, move.after) for move in month.moves] == [
        ("71", "", "implemented"),
        ("140.1", "not_started", "in_progress"),
    ]
    assert (month.newly_done, quarter.newly_done) == (1, 3)
    # Rivers has handed in what is due in twenty days: it does not fall due any more.
    assert month.due_counts == {"assignment": 0, "reply": 0, "obligation": 1}
    assert quarter.due_counts == {"assignment": 1, "reply": 0, "obligation": 1}
    assert [(row.paragraph, row.who) for row in quarter.dues] == [("12", "Ministry of Roads")]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OBSERVER])
def test_what_others_say_stands_beside_what_the_state_says(world: World, role: Role) -> None:
    item = Recommendation.objects.get(paragraph="71")
    said = Said("The pumps stand still.", "en", "not_started")
    waiting, accepted = (
        submit(recommendation=item, said=said, by=factories.make_reader(role))
        for role in (Role.CIVIL_SOCIETY, Role.NHRI)
    )
    accept_submission(submission=accepted, seen_version=accepted.version, by=factories.coordinator())
    rows = json.loads(factories.signed_in(role).get(_address("moved-json") + "?what=heard").content)[
        "results"
    ]
    assert [(row["paragraph"], row["after"]) for row in rows] == [("71", "not_started")]
    assert waiting.state == "submitted"
    # It changes no status and no figure of one.
    assert next((move.item.label, move.after) for move in _page(days=30).moves) == ("71", "implemented")
    assert _page(days=30).moved["heard"] == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OBSERVER])
def test_every_figure_leads_to_the_rows_it_counts(world: World, role: Role) -> None:
    client = factories.signed_in(role)
    page = BeautifulSoup(client.get(_address("steering") + "?days=90").content, "html.parser")
    links = {
        (link["href"], int(re.findall(r"\d+", link.get_text(" ", strip=True))[0]))
        for link in page.select("main .tw-stat[href], main table td.tw-num a, main .tw-legend a")
    }
    assert len(links) > 30
    opened = 0
    for href, number in sorted(links):
        address = urlsplit(href)
        if "institution" in parse_qs(address.query) and address.path.endswith("/answers/"):
            continue  # a median: its rows are tested below
        rows = json.loads(client.get(f"{address.path.removesuffix('/')}.json?{address.query}").content)[
            "count"
        ]
        assert rows == number, href
        opened += 1
    assert opened > 25


def test_the_days_behind_a_median(world: World) -> None:
    answer = factories.signed_in(Role.COORDINATOR).get(_address("answers-json") + "?institution=rivers")
    rows = json.loads(answer.content)["results"]
    assert sorted((row["paragraph"], row["answer_days"], row["report_days"]) for row in rows) == [
        ("140.1", 4, None),
        ("140.2", 10, 90),
    ]


@pytest.mark.parametrize("name", ["steering", "steering-pdf", "institutions", "answers", "moved", "due"])
def test_the_page_is_the_delegations_and_observers(world: World, name: str) -> None:
    assert factories.signed_in(Role.OBSERVER).get(_address(name)).status_code == 200
    for role in (Role.FOCAL_POINT, Role.VALIDATOR):
        assert factories.signed_in(role, world.rivers).get(_address(name)).status_code == 403
    for role in (Role.NHRI, Role.CIVIL_SOCIETY):
        assert factories.signed_in(role).get(_address(name)).status_code == 403


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    client = factories.signed_in(Role.COORDINATOR)
    address = _address("steering")
    client.get(address)
    factories.make_institution()  # an act that changes no figure: everything is counted anew
    with counted_anew() as few:
        client.get(address)
    for _ in range(4):
        factories.make_contribution(ContributionState.VALIDATED)
    client.get(address)  # asks for the drawings of the new figures
    factories.make_institution()
    with counted_anew() as many:
        client.get(address)
    assert len(many) == len(few)
    assert len(few) <= 42
    with CaptureQueriesContext(connection) as kept:
        client.get(address)
    # Who reads, the last act, the drawings, the bell, the unread conversations: nothing is counted again.
    assert len(kept) <= 11


def test_an_empty_state_says_so(db) -> None:
    factories.make_instance()
    page = factories.signed_in(Role.COORDINATOR).get(_address("steering")).content.decode()
    assert "No recommendations yet" in page


@pytest.mark.parametrize(
    "query", ["days=0", "days=-3", "days=abc", "days=99999999", "what=nothing", "page=9"]
)
def test_a_strange_address_is_answered(world: World, query: str) -> None:
    client = factories.signed_in(Role.COORDINATOR)
    for name in ("steering", "moved", "due", "answers", "institutions"):
        assert client.get(f"{_address(name)}?{query}").status_code == 200


def _paper(language: str) -> bytes:
    answer = factories.signed_in(Role.COORDINATOR).get(_address("steering-pdf", language))
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", ["متابعة التوصيات", "وزارة الطرق", "الوضعية حسب المحور", "المؤسسات المتأخرة"]),
        ("fr", ["Suivi des recommandations", "État par axe", "Ministry of Rivers"]),
    ],
)
def test_the_paper_has_two_pages_whose_words_can_be_read(
    world: World, language: str, said: list[str]
) -> None:
    data = _paper(language)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 2
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    for words in said:
        assert words in text


def test_the_paper_is_tagged_and_carries_its_fonts(world: World) -> None:
    reader = PdfReader(io.BytesIO(_paper("ar")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == "ar"
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font["/DescendantFonts"][0]
            fonts[str(below["/BaseFont"]).split("+")[-1]] = below["/FontDescriptor"]
    assert any(name.startswith("IBMPlexSansArabic") for name in fonts)
    for name, descriptor in fonts.items():
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, name


def test_a_paper_that_takes_more_than_one_may_is_refused_and_the_page_lives(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = factories.signed_in(Role.COORDINATOR)
    monkeypatch.setattr(core_paper, "LIMITS", Limits(memory=32 * MIB))
    answer = client.get(_address("steering-pdf"), follow=True)
    assert answer.status_code == 200
    assert "The PDF could not be made" in answer.content.decode()
    monkeypatch.undo()
    assert client.get(_address("steering-pdf")).content.startswith(b"%PDF")


def test_long_names_leave_two_pages(db) -> None:
    factories.make_instance()
    for number in range(14):
        # And a letter that no font holds.
        names = {"en": f"Ministry number {number} 部 " + "of many long words " * 8}
        body = factories.make_document(body=f"BODY {number} " + "X" * 30)
        factories.make_contribution(
            ContributionState.VALIDATED,
            institution=factories.make_institution(names=names),
            recommendation=factories.make_recommendation(body),
        )
    answer = factories.signed_in(Role.COORDINATOR).get(_address("steering-pdf"))
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
