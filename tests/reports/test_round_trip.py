"""A matrix is exported, filled in, and read back as drafts; nothing that was written is lost."""

import io
import zipfile
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from docx.document import Document
from docx.oxml.ns import qn

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.followup.choices import AssignmentState, ContributionState
from tawsiya.followup.commands.contributions import Content, edit_contribution
from tawsiya.followup.models import Contribution
from tawsiya.recommendations.models import Recommendation
from tests.factories import (
    coordinator,
    make_assignment,
    make_contribution,
    make_document,
    make_instance,
    make_institution,
    make_person,
    make_recommendation,
    reader_in,
    the_delegation,
)
from tests.reports import filling
from tests.reports.filling import MEASURES, OBSTACLES, STEPS

SYMBOL = "A/HRC/36/950"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FRENCH = "La loi relative à la protection des témoins a été adoptée par le Parlement en 2024."
ARABIC = "صدر القانون المتعلق بحماية الشهود في الجريدة الرسمية سنة 2024، ودخل حيز التنفيذ."


@dataclass
class Ministry:
    """A ministry with three accepted recommendations, its focal point, and one it has not accepted."""

    institution: Institution
    reader: Reader
    client: Client
    items: dict[str, Recommendation]

    def name(self, paragraph: str) -> str:
        return f"{SYMBOL} § {paragraph}"

    def export(self, language: str = "en") -> bytes:
        answer = self.client.get(f"/{language}/exports/matrix.docx")
        assert (answer.status_code, answer["Content-Type"]) == (200, WORD)
        return answer.content

    def send(self, data: bytes, language: str = "en") -> HttpResponse:
        return self.client.post(f"/{language}/matrix/", {"file": SimpleUploadedFile("matrix.docx", data)})

    def apply(
        self, preview: HttpResponse, language: str = "en", rows: list[str] | None = None
    ) -> HttpResponse:
        form = page(preview).select_one("form#filled")
        assert form is not None
        chosen = [box["value"] for box in form.select("input[name=row][checked]")] if rows is None else rows
        payload = form.select_one("input[name=matrix]")
        assert payload is not None
        return self.client.post(f"/{language}/matrix/apply/", {"matrix": payload["value"], "row": chosen})


def signed_in(user_id: int | None) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(pk=user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def page(response: HttpResponse) -> BeautifulSoup:
    assert response.status_code in (200, 422), response.status_code
    return BeautifulSoup(response.content, "html.parser")


def outcomes(response: HttpResponse) -> dict[str, str]:
    """By recommendation: what the preview says will happen."""
    rows = page(response).select("form#filled tbody tr")
    return {
        row.select("td")[1].text.strip(): row.select("td")[3].select_one(".tw-status").text.strip()
        for row in rows
    }


@pytest.fixture
def ministry(db: None) -> Ministry:
    return make_ministry()


def make_ministry() -> Ministry:
    make_instance()
    institution = make_institution(
        key="justice", names={"en": "Ministry of Justice", "fr": "Justice", "ar": "العدل"}
    )
    document = make_document(SYMBOL)
    items = {
        paragraph: make_recommendation(document, paragraph=paragraph, position=position)
        for paragraph, position in (("140.1", "supported"), ("140.2", "noted"), ("140.3", "supported"))
    }
    for item in items.values():
        make_assignment(recommendation=item, institution=institution)
    reader = reader_in(institution, Role.FOCAL_POINT)
    return Ministry(institution, reader, signed_in(reader.user_id), items)


# The file


def test_the_matrix_lists_what_is_assigned_and_nothing_else(ministry: Ministry) -> None:
    make_assignment(recommendation=make_recommendation(make_document("A/HRC/36/951"), paragraph="9.9"))

    document = filling.opened(ministry.export())

    first = [row.cells[0]._tc.xpath("string(.)") for row in document.tables[0].rows]
    assert len(first) == 4
    assert first[0] == "Recommendation"
    assert first[1].startswith(f"{SYMBOL} § 140.1Adopt law number")
    assert "France" in first[1]
    assert "9.9" not in "".join(first)


def test_every_row_and_column_and_the_document_carry_their_marks(ministry: Ministry) -> None:
    tags = filling.tags(filling.opened(ministry.export("fr")))

    assert all(len(tag) <= 64 for tag in tags)
    assert [tag for tag in tags if tag.startswith("tw1.col.")] == [
        "tw1.col.item",
        "tw1.col.position",
        "tw1.col.measures_taken",
        "tw1.col.obstacles",
        "tw1.col.next_steps",
        "tw1.col.status",
    ]
    rows = [tag.split(".")[1:4] for tag in tags if tag.split(".")[1].isdecimal()]
    assert rows == [
        [str(item.pk), str(item.version), str(ministry.institution.pk)] for item in ministry.items.values()
    ]
    assert [tag.split(".")[:4] for tag in tags if tag.startswith("tw1.doc.")] == [
        ["tw1", "doc", "fr", str(ministry.institution.pk)]
    ]


def test_the_arabic_file_reads_from_the_right(ministry: Ministry) -> None:
    xml = zipfile.ZipFile(io.BytesIO(ministry.export("ar"))).read("word/document.xml").decode()
    document = filling.opened(ministry.export("ar"))

    assert "<w:bidiVisual" in xml
    cells = document.tables[0].rows[1].cells
    assert all(
        paragraph._p.find(f".//{qn('w:bidi')}") is not None for cell in cells for paragraph in cell.paragraphs
    )
    assert "اعتماد القانون رقم" in cells[0]._tc.xpath("string(.)")
    assert (
        "<w:bidiVisual"
        not in zipfile.ZipFile(io.BytesIO(ministry.export("fr"))).read("word/document.xml").decode()
    )


def test_the_page_is_landscape_and_its_header_row_repeats(ministry: Ministry) -> None:
    document = filling.opened(ministry.export())

    section = document.sections[0]
    assert section.page_width > section.page_height
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_list_of_statuses_follows_the_position(ministry: Ministry) -> None:
    document = filling.opened(ministry.export())

    def offered(paragraph: str) -> list[str]:
        row = filling.row_of(document, ministry.name(paragraph))
        return [node.get(qn("w:value")) for node in row.cells[5]._tc.iter(qn("w:listItem"))]

    assert offered("140.1") == [
        "not_started",
        "in_progress",
        "partly_implemented",
        "implemented",
        "no_longer_applicable",
    ]
    assert offered("140.2") == ["no_action", "under_study", "acted_upon"]


def test_an_own_draft_is_in_the_ministrys_file_and_not_in_the_delegations(ministry: Ministry) -> None:
    make_contribution(
        recommendation=ministry.items["140.1"],
        institution=ministry.institution,
        measures_taken="Bill drafted.",
    )
    delegation = signed_in(coordinator().user_id)

    own = ministry.export()
    theirs = delegation.get("/en/exports/matrix.docx?for=justice").content

    assert filling.row_of(filling.opened(own), ministry.name("140.1")).cells[2].text == "Bill drafted."
    assert filling.row_of(filling.opened(theirs), ministry.name("140.1")).cells[2].text == ""


# The round trip


@pytest.mark.parametrize(
    ("language", "text", "status", "noted"),
    [
        ("fr", FRENCH, "Partiellement réalisée", "À l’étude"),
        ("ar", ARABIC, "في طور الإنجاز", "قيد الدراسة"),
        ("en", "The law was adopted by parliament and is in force.", "Implemented", "Under study"),
    ],
)
def test_a_filled_matrix_becomes_drafts(
    ministry: Ministry, language: str, text: str, status: str, noted: str
) -> None:
    data = ministry.export(language)
    data = filling.fill(
        data, ministry.name("140.1"), {MEASURES: f"{text}\n{text}", OBSTACLES: "—", STEPS: text}, status
    )
    data = filling.fill(data, ministry.name("140.2"), {MEASURES: text}, noted)

    preview = ministry.send(data, language)
    assert Contribution.objects.count() == 0
    answer = ministry.apply(preview, language)

    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/contributions/")
    first, second = Contribution.objects.order_by("recommendation__paragraph")
    assert (first.state, first.language, first.institution) == ("draft", language, ministry.institution)
    assert (first.measures_taken, first.obstacles, first.next_steps) == (f"{text}\n{text}", "—", text)
    assert (
        first.proposed_status
        == {"fr": "partly_implemented", "ar": "in_progress", "en": "implemented"}[language]
    )
    assert second.proposed_status == "under_study"
    events = Event.objects.filter(code="contribution.started")
    assert {event.actor_id for event in events} == {ministry.reader.user_id}


def test_the_same_file_twice_changes_nothing(ministry: Ministry) -> None:
    data = filling.fill(
        ministry.export(), ministry.name("140.1"), {MEASURES: "The law was adopted."}, "Implemented"
    )
    ministry.apply(ministry.send(data))

    again = ministry.send(data)

    assert outcomes(again) == {
        ministry.name("140.1"): "Unchanged",
        ministry.name("140.2"): "Empty, skipped",
        ministry.name("140.3"): "Empty, skipped",
    }
    assert "Write the chosen drafts" not in page(again).text
    assert Contribution.objects.get().version == 1


def test_a_draft_of_ones_own_is_changed(ministry: Ministry) -> None:
    make_contribution(
        recommendation=ministry.items["140.1"],
        institution=ministry.institution,
        measures_taken="Bill drafted.",
    )
    data = filling.fill(ministry.export(), ministry.name("140.1"), {MEASURES: "Bill adopted."})

    preview = ministry.send(data)
    assert outcomes(preview)[ministry.name("140.1")] == "Draft changed"
    ministry.apply(preview)

    contribution = Contribution.objects.get()
    assert (contribution.measures_taken, contribution.version) == ("Bill adopted.", 2)


def test_words_written_since_the_export_are_not_replaced_unasked(ministry: Ministry) -> None:
    data = filling.fill(ministry.export(), ministry.name("140.1"), {MEASURES: "From the matrix."})
    make_contribution(
        recommendation=ministry.items["140.1"], institution=ministry.institution, measures_taken="Typed here."
    )

    preview = ministry.send(data)

    assert "written or changed since the matrix was exported" in page(preview).text
    assert not page(preview).select("input[name=row][checked]")
    ministry.apply(preview)
    assert Contribution.objects.get().measures_taken == "Typed here."
    box = page(preview).select_one("input[name=row]")
    assert box is not None
    ministry.apply(preview, rows=[str(box["value"])])
    assert Contribution.objects.get().measures_taken == "From the matrix."


def test_a_draft_changed_between_preview_and_writing_stops_it_by_name(ministry: Ministry) -> None:
    contribution = make_contribution(
        recommendation=ministry.items["140.1"], institution=ministry.institution, measures_taken="First."
    )
    data = filling.fill(ministry.export(), ministry.name("140.1"), {MEASURES: "From the matrix."})
    data = filling.fill(data, ministry.name("140.3"), {MEASURES: "Another."})
    preview = ministry.send(data)
    edit_contribution(
        contribution=contribution,
        content=Content(language="en", measures_taken="Typed meanwhile."),
        seen_version=1,
        by=ministry.reader,
    )

    refused = ministry.apply(preview)

    assert f"Changed since the preview: {ministry.name('140.1')}." in page(refused).text
    assert Contribution.objects.get().measures_taken == "Typed meanwhile."


@pytest.mark.parametrize("state", [ContributionState.WITH_VALIDATOR, ContributionState.WITH_DELEGATION])
def test_a_contribution_that_is_being_decided_is_left_alone(
    ministry: Ministry, state: ContributionState
) -> None:
    data = filling.fill(ministry.export(), ministry.name("140.1"), {MEASURES: "More words."})
    make_contribution(state, recommendation=ministry.items["140.1"], institution=ministry.institution)

    preview = ministry.send(data)

    assert outcomes(preview)[ministry.name("140.1")] == "Not read"
    assert "More words." in page(preview).text


def test_after_a_validated_contribution_a_new_draft_begins(ministry: Ministry) -> None:
    make_contribution(
        ContributionState.VALIDATED, recommendation=ministry.items["140.1"], institution=ministry.institution
    )
    data = filling.fill(ministry.export(), ministry.name("140.1"), {MEASURES: "News of this year."})

    ministry.apply(ministry.send(data))

    states = Contribution.objects.order_by("pk").values_list("state", "measures_taken")
    assert list(states)[1] == ("draft", "News of this year.")


# What cannot be read


def refused_with(ministry: Ministry, data: bytes, sentence: str, words: str) -> None:
    """The row is refused for the reason, its words are shown, and nothing can be written."""
    preview = ministry.send(data)
    shown = page(preview).text
    assert sentence in shown
    assert words in shown
    assert not page(preview).select("input[name=row]")
    assert not Contribution.objects.exists()


def one_row(ministry: Ministry, status: str = "") -> bytes:
    return filling.fill(ministry.export(), ministry.name("140.1"), {MEASURES: "Words to keep."}, status)


def test_an_altered_mark_is_refused(ministry: Ministry) -> None:
    other = str(ministry.items["140.3"].pk)

    def alter(document: Document) -> None:
        tag = next(filling.row_of(document, ministry.name("140.1")).cells[0]._tc.iter(qn("w:tag")))
        parts = tag.get(qn("w:val")).split(".")
        tag.set(qn("w:val"), ".".join([parts[0], other, *parts[2:]]))

    refused_with(
        ministry, filling.changed(one_row(ministry), alter), "mark of the row was altered", "Words to keep."
    )


def test_a_mark_that_contradicts_the_printed_number_is_refused(ministry: Ministry) -> None:
    def rename(document: Document) -> None:
        text = next(filling.row_of(document, ministry.name("140.1")).cells[0]._tc.iter(qn("w:t")))
        text.text = ministry.name("140.3")

    refused_with(ministry, filling.changed(one_row(ministry), rename), "but its mark says", "Words to keep.")


def test_a_row_without_mark_is_known_by_symbol_and_paragraph(ministry: Ministry) -> None:
    def unmark(document: Document) -> None:
        for tag in list(document.element.body.iter(qn("w:tag"))):
            tag.getparent().remove(tag)

    ministry.apply(ministry.send(filling.changed(one_row(ministry), unmark)))

    assert Contribution.objects.get().recommendation == ministry.items["140.1"]


def test_an_unknown_row_is_listed_with_its_words(ministry: Ministry) -> None:
    def add(document: Document) -> None:
        row = document.tables[0].add_row()
        row.cells[0].text = "Our own remark"
        row.cells[MEASURES].text = "Words to keep."

    refused_with(
        ministry,
        filling.changed(ministry.export(), add),
        "No recommendation is known by this row",
        "Words to keep.",
    )


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("almost", "“almost” is no status of implementation."),
        ("Sans suite", "“Sans suite” does not fit the State's position"),
        ("Implemented / in progress", "is no status of implementation."),
    ],
)
def test_a_status_that_is_not_understood_is_refused(ministry: Ministry, status: str, sentence: str) -> None:
    refused_with(ministry, one_row(ministry, status), sentence, "Words to keep.")


def test_an_assignment_that_ended_is_refused(ministry: Ministry) -> None:
    from tawsiya.followup.commands.assignments import act_on_assignment

    data = one_row(ministry)
    assignment = ministry.items["140.1"].assignments.get()
    act_on_assignment(assignment=assignment, action="end", by=coordinator(), reason="Given to another")

    refused_with(ministry, data, "has not accepted this recommendation", "Words to keep.")


def test_an_assignment_awaiting_an_answer_is_exported_but_not_read_back(db: None) -> None:
    make_instance()
    assignment = make_assignment(AssignmentState.PROPOSED)
    reader = reader_in(assignment.institution, Role.FOCAL_POINT)
    item = assignment.recommendation
    ministry = Ministry(assignment.institution, reader, signed_in(reader.user_id), {})
    name = f"{item.document.symbol} § {item.paragraph}"

    data = filling.fill(ministry.export(), name, {MEASURES: "Words to keep."})

    refused_with(ministry, data, "has not accepted this recommendation", "Words to keep.")


def test_a_withdrawn_recommendation_is_refused(ministry: Ministry) -> None:
    from django.utils import timezone

    data = one_row(ministry)
    with audit.change("recommendation.withdrawn", by=audit.SYSTEM):
        Recommendation.objects.filter(pk=ministry.items["140.1"].pk).update(withdrawn_at=timezone.now())

    refused_with(ministry, data, "was withdrawn from its document", "Words to keep.")


def test_the_matrix_of_another_institution_is_refused(ministry: Ministry) -> None:
    other = make_institution()
    make_assignment(recommendation=make_recommendation(), institution=other)
    stranger = reader_in(other, Role.FOCAL_POINT)
    theirs = Ministry(other, stranger, signed_in(stranger.user_id), {})

    refused_with(theirs, one_row(ministry), "made for an institution that is not yours", "Words to keep.")


def test_a_row_that_stands_twice_is_read_once(ministry: Ministry) -> None:
    from copy import deepcopy

    def double(document: Document) -> None:
        row = filling.row_of(document, ministry.name("140.1"))
        row._tr.addnext(deepcopy(row._tr))

    preview = ministry.send(filling.changed(one_row(ministry), double))

    assert f"{ministry.name('140.1')} stands in the matrix more than once." in page(preview).text
    ministry.apply(preview)
    assert Contribution.objects.count() == 1


def test_text_in_a_column_of_the_ministrys_own_is_shown(ministry: Ministry) -> None:
    from docx.shared import Cm

    def widen(document: Document) -> None:
        document.tables[0].add_column(Cm(3))
        filling.row_of(document, ministry.name("140.1")).cells[6].text = "See our annex."

    preview = ministry.send(filling.changed(one_row(ministry), widen))

    assert "Text in a column of your own is not read." in page(preview).text
    assert "See our annex." in page(preview).text


def test_a_recommendation_amended_since_the_export_is_pointed_out(ministry: Ministry) -> None:
    data = one_row(ministry)
    with audit.change("recommendation.updated", by=audit.SYSTEM):
        Recommendation.objects.filter(pk=ministry.items["140.1"].pk).update(version=7)

    preview = ministry.send(data)

    assert "The recommendation changed since the matrix was exported." in page(preview).text
    assert outcomes(preview)[ministry.name("140.1")] == "New draft"


# Rights and hostile input


def test_a_preview_altered_on_its_way_is_refused(ministry: Ministry) -> None:
    preview = ministry.send(one_row(ministry))
    payload = page(preview).select_one("input[name=matrix]")
    assert payload is not None

    for sent in (str(payload["value"])[:-2] + "xx", "", "a:b:c"):
        answer = ministry.client.post("/en/matrix/apply/", {"matrix": sent, "row": ["2"]})
        assert (answer.status_code, answer["Location"]) == (302, "/en/matrix/")
    other = signed_in(make_person(Role.FOCAL_POINT, ministry.institution).pk)
    answer = other.post("/en/matrix/apply/", {"matrix": payload["value"], "row": ["2"]})
    assert (answer.status_code, answer["Location"]) == (302, "/en/matrix/")
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "role", [Role.COORDINATOR, Role.ANALYST, Role.OBSERVER, Role.ADMINISTRATOR, Role.NHRI]
)
def test_only_an_institutions_people_read_matrices_back(ministry: Ministry, role: Role) -> None:
    data = one_row(ministry)
    client = signed_in(make_person(role).pk)

    assert client.get("/en/matrix/").status_code == 403
    assert client.post("/en/matrix/", {"file": SimpleUploadedFile("m.docx", data)}).status_code == 403
    assert client.post("/en/matrix/apply/", {"matrix": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF file; a filled matrix is a Word (.docx) or Excel (.xlsx) file."),
        (b"PK\x03\x04 cut", "The file is damaged"),
    ],
)
def test_another_kind_of_file_is_refused(ministry: Ministry, data: bytes, sentence: str) -> None:
    refused = ministry.send(data)

    assert refused.status_code == 422
    assert sentence in page(refused).text


def test_a_document_of_the_un_is_no_filled_matrix_and_the_other_way_round(ministry: Ministry) -> None:
    from tests.intake.matrices import matrix

    assert "This file is no matrix to fill in" in page(ministry.send(matrix())).text
    delegation = signed_in(coordinator().user_id)
    sent = delegation.post("/en/imports/new/", {"file": SimpleUploadedFile("m.docx", ministry.export())})
    assert "This is a matrix that institutions fill in" in page(sent).text


# Who gets which matrix


def test_the_delegation_chooses_the_institution(ministry: Ministry) -> None:
    client = signed_in(coordinator().user_id)
    make_assignment(institution=make_institution(key="health"))

    asked = client.get("/en/exports/matrix.docx?position=noted")
    assert (asked.status_code, asked["Location"]) == (302, "/en/exports/matrix/?position=noted")

    links = [link["href"] for link in page(client.get("/en/exports/matrix/")).select("td a.btn")]
    assert links == [
        "/en/exports/matrix.docx?for=health",
        "/en/exports/matrix.xlsx?for=health",
        "/en/exports/matrix.docx?for=justice",
        "/en/exports/matrix.xlsx?for=justice",
    ]
    filtered = [link["href"] for link in page(client.get(asked["Location"])).select("td a.btn")]
    assert filtered == [
        "/en/exports/matrix.docx?position=noted&for=justice",
        "/en/exports/matrix.xlsx?position=noted&for=justice",
    ]
    rows = filling.opened(client.get(filtered[0]).content).tables[0].rows
    assert [row.cells[0]._tc.xpath("string(.)")[:19] for row in rows[1:]] == [f"{SYMBOL} § 140.2"[:19]]
    assert client.get("/en/exports/matrix.docx?for=nobody").status_code == 404


def test_an_institution_gets_no_matrix_of_another(ministry: Ministry) -> None:
    make_assignment(institution=make_institution(key="health"))

    assert ministry.client.get("/en/exports/matrix.docx?for=health").status_code == 404


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR, Role.NHRI, Role.CIVIL_SOCIETY, None])
def test_others_get_no_matrix(ministry: Ministry, role: Role | None) -> None:
    client = signed_in(make_person(role).pk)

    for path in ("exports/matrix/", "exports/matrix.docx", "exports/matrix.docx?for=justice"):
        assert client.get(f"/en/{path}").status_code == 403, path


def test_a_matrix_costs_a_constant_number_of_queries(
    ministry: Ministry, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    document = ministry.items["140.1"].document
    for number in range(20, 40):
        make_assignment(
            recommendation=make_recommendation(document, paragraph=f"140.{number}"),
            institution=ministry.institution,
        )

    with django_assert_max_num_queries(25):
        assert len(filling.opened(ministry.export()).tables[0].rows) == 24


def test_the_delegations_own_items_count_too(db: None) -> None:
    make_instance()
    make_assignment(institution=the_delegation())

    client = signed_in(reader_in(the_delegation(), Role.FOCAL_POINT).user_id)

    assert client.get("/en/exports/matrix.docx").status_code == 200
