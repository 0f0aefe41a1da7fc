"""A list of issues in a file becomes the questions of a questionnaire: as they were chosen and edited."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.audit.models import Event
from tawsiya.audit.sentences import render
from tawsiya.followup.commands.questionnaires import prepare_questionnaire
from tawsiya.followup.models import Question, Questionnaire
from tests import factories
from tests.followup.asking import facts
from tests.intake.readers import bombs
from tests.intake.readers.issues import texts
from tests.intake.readers.observations.files import pdf, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Questionnaire:
    factories.make_instance()
    return prepare_questionnaire(
        facts=facts(), institutions=[factories.make_institution()], by=factories.coordinator()
    )


@pytest.fixture
def desk(draft: Questionnaire) -> Client:
    return factories.signed_in(Role.COORDINATOR)


def _send(desk: Client, draft: Questionnaire, data: bytes, language: str = "en") -> HttpResponse:
    upload = SimpleUploadedFile("issues.docx", data)
    return desk.post(f"/{language}/questionnaires/{draft.pk}/read/", {"file": upload})


def _form(answer: HttpResponse) -> dict[str, str]:
    """Return what the form of the preview would send."""
    page = BeautifulSoup(answer.content, "html.parser")
    form = page.select_one("form[action$='/read/apply/']")
    assert form is not None
    sent = {}
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") == "checkbox":
            if field.has_attr("checked"):
                sent[field["name"]] = "on"
        else:
            sent[field["name"]] = field.text.strip() if field.name == "textarea" else field.get("value", "")
    return sent


def test_from_the_file_to_the_questions(desk: Client, draft: Questionnaire) -> None:
    link = f"/en/questionnaires/{draft.pk}/read/"
    assert link in desk.get(f"/en/questionnaires/{draft.pk}/questions/").content.decode()
    assert desk.get(link).status_code == 200
    answer = _send(desk, draft, pdf(texts.ENGLISH, "CCPR/C/XTM/Q/3"))
    sent = _form(answer)
    assert [sent[f"issues-{n}-text"] for n in range(8)] == [row[1] for row in texts.ENGLISH_QUESTIONS]
    assert "CCPR/C/XTM/Q/3" in BeautifulSoup(answer.content, "html.parser").main.get_text()
    # Nothing stands before it is applied; then what was chosen, as it was edited.
    assert not Question.objects.exists()
    del sent["issues-4-take"]
    sent["issues-0-text"] = "Which courts apply the Covenant?"
    sent["issues-1-number"] = "2 a"
    assert desk.post(f"{link}apply/", sent).status_code == 302
    rows = Question.objects.order_by("order")
    assert list(rows.values_list("number", flat=True)) == [
        "1", "2 a", "2 (b) (i)", "2 (b) (ii)", "3 (a)", "3 (b)", "4",
    ]  # fmt: skip
    assert rows[0].text == "Which courts apply the Covenant?"
    assert rows[1].text == texts.ENGLISH_QUESTIONS[1][1]
    event = Event.objects.get(code="questionnaire.questions_taken")
    assert render(event).endswith(
        "took 7 questions of Mid-term report from the file issues.docx: 2 of them edited, 1 left out"
    )
    # A second click takes nothing twice, and shows the preview with what was edited.
    again = desk.post(f"{link}apply/", sent)
    assert (again.status_code, Question.objects.count()) == (409, 7)
    assert _form(again)["issues-0-text"] == "Which courts apply the Covenant?"


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "لا رمزها ولا عنوانها"), ("fr", "Ni sa cote ni son titre")],
)
def test_a_file_of_another_kind_is_read_with_a_warning(
    desk: Client, draft: Questionnaire, language: str, words: str
) -> None:
    blocks = [("main", "1", "The minister said so."), ("main", "2", "The others did not.")]
    page = _send(desk, draft, typed(blocks), language).content.decode()
    assert "issues-1-text" in page
    assert words in page


def test_a_question_taken_without_words_is_refused_and_stays(desk: Client, draft: Questionnaire) -> None:
    sent = _form(_send(desk, draft, typed(texts.FRENCH, "fr"))) | {"issues-0-text": " "}
    sent["issues-1-text"] = "Changé"
    link = f"/en/questionnaires/{draft.pk}/read/apply/"
    refused = desk.post(link, sent)
    assert refused.status_code == 422
    assert "A question needs its words" in refused.content.decode()
    assert _form(refused)["issues-1-text"] == "Changé"
    nothing = {name: value for name, value in sent.items() if not name.endswith("-take")}
    refused = desk.post(link, nothing)
    assert (refused.status_code, Question.objects.count()) == (422, 0)
    assert "Choose at least one question." in refused.content.decode()


def test_what_a_preview_holds_is_for_its_reader_and_its_questionnaire(
    desk: Client, draft: Questionnaire
) -> None:
    sent = _form(_send(desk, draft, typed(texts.ARABIC, "ar")))
    other = prepare_questionnaire(
        facts=facts(title="Another"), institutions=[factories.make_institution()], by=factories.coordinator()
    )
    for client, row, payload in (
        (factories.signed_in(Role.COORDINATOR), draft, sent),
        (desk, other, sent),
        (desk, draft, sent | {"issues": "rubbish"}),
    ):
        answer = client.post(f"/en/questionnaires/{row.pk}/read/apply/", payload)
        assert (answer.status_code, Question.objects.count()) == (302, 0)
    # The page cannot send more lines than were read.
    more = sent | {"issues-TOTAL_FORMS": "9", "issues-8-take": "on", "issues-8-text": "Smuggled"}
    desk.post(f"/en/questionnaires/{draft.pk}/read/apply/", more)
    assert Question.objects.count() == len(texts.ARABIC_QUESTIONS)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"1. What was done?", "This is a plain text; a list of issues is a Word (.docx) or PDF file."),
        (b"%PDF-1.7\nno more", "The file is damaged: it is no complete PDF file."),
        (b"PK\x03\x04 no package", "The file is damaged"),
    ],
)
def test_bad_files_are_refused_in_words(desk: Client, draft: Questionnaire, data: bytes, words: str) -> None:
    answer = _send(desk, draft, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("make", [bombs.declared_huge, bombs.zip_in_zip, bombs.blowup])
def test_hostile_files_are_refused(desk: Client, draft: Questionnaire, make: Callable[[], bytes]) -> None:
    assert _send(desk, draft, make()).status_code == 422
    assert not Question.objects.exists()
