"""What a person leaves: owed, said, exchanged, with its evidence; and what the successor may not see."""

import io
from dataclasses import dataclass
from datetime import timedelta

import docx
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from docx.opc.constants import RELATIONSHIP_TYPE

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.followup.choices import (
    AssignmentState,
    Circle,
    ContributionState,
    EvidenceMark,
    QuestionKind,
    ReferenceKind,
)
from tawsiya.followup.commands.assignments import act_on_assignment
from tawsiya.followup.commands.contributions import act_on_contribution, start_contribution
from tawsiya.followup.commands.messages import write_message
from tawsiya.followup.commands.questionnaires import (
    QuestionFacts,
    act_on_questionnaire,
    prepare_questionnaire,
    set_questions,
)
from tawsiya.followup.commands.references import Cited, add_reference
from tawsiya.followup.content import Content
from tawsiya.followup.models import Assignment
from tawsiya.recommendations.models import Recommendation
from tawsiya.reports.handover import Handover, handover_of
from tests import factories
from tests.followup import asking
from tests.programme import measuring

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """A focal point who leaves a ministry, with work of each kind, and another ministry beside."""

    ministry: Institution
    other: Institution
    leaving: User


@pytest.fixture
def world(db) -> World:
    factories.make_instance()
    ministry = factories.make_institution(key="rivers", names={"en": "Ministry of Rivers"})
    other = factories.make_institution(key="roads", names={"en": "Ministry of Roads"})
    leaving = factories.make_person(Role.FOCAL_POINT, ministry, name="Leila Leaves")
    document = factories.make_document("A/HRC/36/6")
    items = {
        number: factories.make_recommendation(document, paragraph=f"140.{number}") for number in range(1, 8)
    }
    today = timezone.localdate()
    factories.make_assignment(AssignmentState.PROPOSED, recommendation=items[1], institution=ministry)
    factories.make_assignment(
        recommendation=items[2], institution=ministry, deadline=today - timedelta(days=3)
    )
    factories.make_contribution(
        ContributionState.DRAFT,
        recommendation=items[3],
        institution=ministry,
        measures_taken="A draft of rivers",
    )
    factories.make_contribution(
        ContributionState.RETURNED_BY_DELEGATION, recommendation=items[4], institution=ministry
    )
    proven = factories.make_contribution(
        recommendation=items[5], institution=ministry, measures_taken="The dams were inspected"
    )
    factories.make_evidence(proven, title="Report on the dams")
    factories.make_evidence(proven, title="List of inspectors", mark=EvidenceMark.RESTRICTED)
    for title, mark in (("Law on dams", EvidenceMark.INTERNAL), ("Inner circular", EvidenceMark.RESTRICTED)):
        add_reference(
            contribution=proven,
            cited=Cited(ReferenceKind.LAW, title, number="12-34", mark=mark),
            by=factories.reader_in(ministry, Role.FOCAL_POINT),
        )
    for action, role in (("submit", Role.FOCAL_POINT), ("approve", Role.VALIDATOR)):
        proven = act_on_contribution(
            contribution=proven, action=action, by=factories.reader_in(ministry, role)
        )
    act_on_contribution(contribution=proven, action="validate", by=factories.coordinator())
    # The other ministry supports on the same item, and has drafts of its own.
    factories.make_contribution(
        ContributionState.DRAFT, recommendation=items[5], institution=other, measures_taken="A draft of roads"
    )
    factories.make_contribution(
        ContributionState.WITH_DELEGATION,
        recommendation=items[6],
        institution=other,
        measures_taken="Sent by roads",
    )
    factories.make_assignment(AssignmentState.PROPOSED, recommendation=items[7], institution=other)
    return World(ministry, other, leaving)


def _labels(rows) -> list[str]:
    return [row.recommendation.label for row in rows]


def _told(world: World, user: User) -> Handover:
    return handover_of(reader_for(user), world.leaving)


def test_the_successor_learns_what_is_owed_said_and_proven(world: World) -> None:
    successor = factories.make_person(Role.FOCAL_POINT, world.ministry)
    told = _told(world, successor)
    assert [row.key for row in told.institutions] == ["rivers"]
    assert _labels(told.to_answer) == ["140.1"]
    assert _labels(told.to_write) == ["140.2"]
    assert [(row.recommendation.label, row.state) for row in told.unfinished] == [
        ("140.3", "draft"),
        ("140.4", "returned_by_delegation"),
    ]
    assert told.owed == 4
    assert [(said.row.recommendation.label, [file.title for file in said.files]) for said in told.said] == [
        ("140.5", ["Report on the dams", "List of inspectors"]),
        ("140.4", []),
        ("140.3", []),
    ]
    codes = {event.code for event in told.exchanges}
    assert {"contribution.returned_by_delegation", "contribution.validated", "assignment.accepted"} <= codes
    assert {event.institution_id for event in told.exchanges} == {world.ministry.pk}
    assert {row.user for row in told.colleagues} >= {successor}
    assert world.leaving not in {row.user for row in told.colleagues}


def test_the_delegations_file_holds_no_draft(world: World) -> None:
    told = handover_of(factories.coordinator(), world.leaving)
    assert [row.state for row in told.unfinished] == ["returned_by_delegation"]
    assert [said.row.recommendation.label for said in told.said] == ["140.5", "140.4"]


def test_an_administrators_file_holds_what_an_observer_sees(world: World) -> None:
    told = handover_of(factories.make_reader(Role.ADMINISTRATOR), world.leaving)
    assert told.unfinished == ()
    (said,) = told.said
    assert [file.title for file in said.files] == ["Report on the dams"]
    assert [law.title for law in said.references] == ["Law on dams"]


def test_what_the_successor_may_not_see_is_left_out_of_a_wider_readers_file(world: World) -> None:
    # A coordinator who works in both: the file is for the successor in Rivers all the same.
    told = handover_of(factories.coordinator(), world.leaving)
    pieces = [
        *told.to_answer,
        *told.to_write,
        *told.unfinished,
        *told.waiting,
        *(said.row for said in told.said),
    ]
    assert {row.institution.key for row in pieces} == {"rivers"}


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def _address(name: str, pk: int, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"reports:{name}", args=[pk])


def test_the_page_links_everything_it_names(world: World) -> None:
    successor = factories.make_person(Role.FOCAL_POINT, world.ministry)
    client = _client(successor)
    page = BeautifulSoup(client.get(_address("handover", world.leaving.pk)).content, "html.parser")
    text = page.get_text(" ", strip=True)
    for words in ("Handover of Leila Leaves", "Report on the dams", "Give the date of adoption"):
        assert words in text
    for words in ("A draft of roads", "Sent by roads", "Ministry of Roads", "140.7"):
        assert words not in text
    links = {link["href"] for link in page.select("#owed a, #said a, #exchanges a, #colleagues a")}
    assert len(links) >= 8
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_file_says_the_same_and_its_links_open(world: World) -> None:
    successor = factories.make_person(Role.FOCAL_POINT, world.ministry)
    answer = _client(successor).get(_address("handover-docx", world.leaving.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    document = docx.Document(io.BytesIO(answer.content))
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert heads == [
        "What is owed",
        "What was said, and with what evidence",
        "Figures that were given",
        "Open conversations",
        "What passed, and with whom",
        "Who else is there",
    ]
    said = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "The dams were inspected" in said
    assert "Law on dams · 12-34 (Internal)" in said
    assert "A draft of roads" not in said
    targets = {
        relation.target_ref
        for relation in document.part.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }
    evidence = [target for target in targets if "/evidence/" in target]
    assert len(evidence) == 2
    assert all(target.startswith("http://127.0.0.1:8000/en/") for target in targets)


def test_an_arabic_file_reads_from_the_right(world: World) -> None:
    successor = factories.make_person(Role.FOCAL_POINT, world.ministry)
    answer = _client(successor).get(_address("handover-docx", world.leaving.pk, "ar"))
    document = docx.Document(io.BytesIO(answer.content))
    assert all(paragraph._p.pPr.xpath("w:bidi") for paragraph in document.paragraphs)
    assert all(table._tbl.tblPr.xpath("w:bidiVisual") for table in document.tables)


def test_others_are_told_nothing(world: World) -> None:
    for role, home in ((Role.FOCAL_POINT, world.other), (Role.OBSERVER, None), (Role.NHRI, None)):
        client = _client(factories.make_person(role, home))
        for name in ("handover", "handover-docx"):
            assert client.get(_address(name, world.leaving.pk)).status_code == 404


def test_a_person_without_an_institution_leaves_nothing(world: World) -> None:
    analyst = factories.make_person(Role.ANALYST)
    answer = _client(factories.make_person(Role.COORDINATOR)).get(_address("handover", analyst.pk))
    assert "Nothing to hand over" in answer.content.decode()


def _talk(world: World, circle: Circle, text: str, *, by: Reader, number: str = "140.2") -> None:
    item = Recommendation.objects.get(paragraph=number)
    institution = None if circle == Circle.DELEGATION else world.ministry
    write_message(item=item, circle=circle, institution=institution, text=text, by=by)


def test_open_conversations_are_handed_over_and_what_awaits_an_answer_is_marked(world: World) -> None:
    coordinator, leaving = factories.coordinator(), reader_for(world.leaving)
    _talk(world, Circle.WITH_DELEGATION, "Where is the report?", by=coordinator)
    _talk(world, Circle.INSIDE, "Ask the river agency", by=leaving)
    _talk(world, Circle.DELEGATION, "A note of the delegation", by=coordinator)
    # Refused since: nothing is open on it any more.
    _talk(world, Circle.INSIDE, "About what is not ours", by=leaving, number="140.1")
    act_on_assignment(
        assignment=Assignment.objects.get(recommendation__paragraph="140.1", institution=world.ministry),
        action="refuse",
        reason="Not ours",
        by=leaving,
    )
    successor = factories.make_person(Role.FOCAL_POINT, world.ministry)
    told = _told(world, successor)
    assert [(talk.last.text, talk.awaits) for talk in told.talks] == [
        ("Ask the river agency", False),
        ("Where is the report?", True),
    ]
    # Each reads the conversations of one's own: the delegation not those inside, an administrator none.
    assert [talk.last.text for talk in handover_of(coordinator, world.leaving).talks] == [
        "Where is the report?"
    ]
    assert handover_of(factories.make_reader(Role.ADMINISTRATOR), world.leaving).talks == ()
    client = _client(successor)
    page = BeautifulSoup(client.get(_address("handover", world.leaving.pk)).content, "html.parser")
    links = [link["href"] for link in page.select("#talks a")]
    assert len(links) >= 2
    assert {client.get(link).status_code for link in links} == {200}
    assert "Awaits an answer" in page.select_one("#talks").get_text()
    answer = client.get(_address("handover-docx", world.leaving.pk))
    cells = [
        cell.text
        for table in docx.Document(io.BytesIO(answer.content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "Between the institution and the delegation\nAwaits an answer" in cells


def test_figures_that_were_given_are_handed_over_with_their_places(world: World) -> None:
    leaving, coordinator = reader_for(world.leaving), factories.coordinator()
    start_contribution(
        recommendation=Recommendation.objects.get(paragraph="140.2"),
        institution=world.ministry,
        content=Content(
            language="en",
            measures_taken="Dams were built",
            figures=[{"label": "Dams", "value": "12", "unit": "", "period": "2025", "source": ""}],
        ),
        by=leaving,
    )
    row = prepare_questionnaire(facts=asking.facts(), institutions=[world.ministry], by=coordinator)
    question = QuestionFacts("How many inspectors?", number="1", kind=QuestionKind.FIGURE)
    set_questions(questionnaire=row, questions=[question], by=coordinator)
    act_on_questionnaire(questionnaire=row, action="send", by=coordinator)
    asking.answer_all(asking.reply_of(world.ministry), by=leaving)
    indicator = measuring.make_indicator(world.ministry, units={"en": "dams"})
    measuring.record(indicator, "2024", "7", by=leaving)
    successor = factories.make_person(Role.FOCAL_POINT, world.ministry)
    told = _told(world, successor)
    assert {(figure.words, figure.source) for figure in told.figures} == {
        ("Dams: 12 (2025)", "A/HRC/36/6 § 140.2"),
        ("1 How many inspectors?: 412.5", "Mid-term report"),
        ("Completion of school, 2024: 7 dams", "EDU-1"),
    }
    client = _client(successor)
    for figure in told.figures:
        assert client.get(figure.path).status_code == 200
    # What is being written inside is no figure for the delegation; what was recorded is.
    outside = handover_of(coordinator, world.leaving).figures
    assert [figure.source for figure in outside] == ["EDU-1"]
