"""Lists of issues: which questions they hold, whatever the language and the format of the file."""

from collections.abc import Callable

import pytest

from tawsiya.intake.readers import detect, sandbox
from tawsiya.intake.readers.issues import LONGEST
from tawsiya.intake.readers.records import UnreadableFile
from tests.intake.readers.issues import texts
from tests.intake.readers.matrixbuilder import docx, paragraph
from tests.intake.readers.observations import texts as observations
from tests.intake.readers.observations.files import automatic, pdf, typed


@pytest.mark.parametrize(
    "make",
    [typed, automatic, lambda blocks: pdf(blocks, "CCPR/C/XTM/Q/3")],
    ids=["numbers typed", "numbers of Word", "PDF"],
)
def test_every_paragraph_and_lettered_part_is_a_question(make: Callable[..., bytes]) -> None:
    found = detect.read_issues(make(texts.ENGLISH))
    assert [(row.number, row.text, row.heading) for row in found.rows] == texts.ENGLISH_QUESTIONS
    assert (found.symbol, found.known, found.language, found.damaged) == ("CCPR/C/XTM/Q/3", True, "en", False)
    assert (found.title or "").startswith("List of issues in relation to the third periodic report")
    assert found.missing == ()


@pytest.mark.parametrize(
    ("blocks", "language", "symbol", "questions"),
    [
        (texts.FRENCH, "fr", "CEDAW/C/XTM/QPR/5", texts.FRENCH_QUESTIONS),
        (texts.ARABIC, "ar", "CRPD/C/XTM/Q/1", texts.ARABIC_QUESTIONS),
    ],
)
@pytest.mark.parametrize("make", [typed, automatic])
def test_french_and_arabic_lists(
    make: Callable[..., bytes], blocks: tuple, language: str, symbol: str, questions: list
) -> None:
    found = detect.read_issues(make(blocks, language))
    assert [(row.number, row.text) for row in found.rows] == questions
    assert (found.symbol, found.known, found.language) == (symbol, True, language)
    if make is typed:  # else the lines of the front page stand in a table
        assert found.title == blocks[4][1]


def test_the_sandbox_tells_the_same() -> None:
    data = typed(texts.ENGLISH)
    assert sandbox.read_issues(data) == detect.read_issues(data)


def test_another_document_of_numbered_paragraphs_is_told_as_such() -> None:
    found = detect.read_issues(typed(observations.ENGLISH))
    assert (found.symbol, found.known) == ("CAT/C/XTM/CO/2", False)
    assert found.rows[0].number == "1"


def test_a_number_that_is_missing_and_a_text_that_is_too_long_are_told() -> None:
    blocks = (*texts.ENGLISH[:7], ("main", "3", "Please explain. " + "Why? " * 3000))
    found = detect.read_issues(typed(blocks))
    assert found.missing == ("2",)
    assert [(row.number, len(row.text), row.cut) for row in found.rows][-1] == ("3", LONGEST, True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"1. What was done?", "other_kind"),
        (b"%PDF-1.7\nno more", "pdf_broken"),
        (docx(paragraph("A letter without any number.")), "no_numbered_paragraphs"),
    ],
)
def test_what_asks_nothing_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read_issues(data)
    assert refusal.value.code == code
