"""The draft of a report and the report itself: two symbols, two numberings, one review."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.intake.commands import import_file, preview_import, undo_import
from tawsiya.intake.commands.preview import plan_file
from tawsiya.intake.models import ImportRun
from tawsiya.intake.readers import detect
from tests.intake.matrices import SYMBOL, matrix
from tests.intake.readers.matrixbuilder import docx, paragraph

DRAFT = "A/HRC/WG.6/46/L.3"
TWICE = ({"code": "another_report", "params": {"symbol": DRAFT}},)


def report(symbol: str, number: int, cycle: str = "forty-sixth") -> bytes:
    """Return a report with two recommendations under paragraph `number`."""
    lines = (
        symbol,
        "8 May 2024",
        "Report of the Working Group on the Universal Periodic Review",
        "Tamourt",
        f"1. The Working Group held its {cycle} session. The review of Tamourt was held at the 4th meeting.",
        "II. Conclusions and/or recommendations",
        f"{number}. The following recommendations will be examined by Tamourt:",
        f"{number}.1 Build schools in the mountains (Chile);",
        f"{number}.2 Open the prisons to visits (Norway) (Ghana);",
    )
    return docx("".join(paragraph(line) for line in lines))


def brought_in(data: bytes, by: Reader) -> ImportRun:
    outcome = import_file(data=data, file_name="report.docx", state="XTM", by=by)
    assert outcome.run is not None
    return outcome.run


def notes(data: bytes) -> tuple[dict[str, object], ...]:
    return plan_file(detect.read(data), state="XTM").notes


def test_the_report_says_that_its_draft_is_here(by: Reader) -> None:
    assert notes(report(DRAFT, 6)) == ()
    brought_in(report(DRAFT, 6), by)

    assert notes(report(SYMBOL, 147)) == TWICE
    assert notes(matrix()) == TWICE
    assert notes(report(DRAFT, 6)) == ()


def test_the_draft_says_that_the_report_is_here(by: Reader) -> None:
    brought_in(report(SYMBOL, 147), by)

    assert notes(report(DRAFT, 6)) == ({"code": "another_report", "params": {"symbol": SYMBOL}},)
    assert notes(matrix()) == ()


def test_reviews_of_other_cycles_and_undone_imports_say_nothing(by: Reader) -> None:
    run = brought_in(report(DRAFT, 6), by)
    assert notes(report("A/HRC/35/9", 120, "twenty-sixth")) == ()

    undo_import(run, reason="The report itself is here", by=by)

    assert notes(report(SYMBOL, 147)) == ()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "would stand twice"), ("fr", "en double"), ("ar", "مرتين")]
)
def test_the_preview_says_it_in_words(by: Reader, language: str, words: str) -> None:
    brought_in(report(DRAFT, 6), by)
    run = preview_import(data=report(SYMBOL, 147), file_name="report.docx", state="XTM", by=by)
    client = Client()
    client.force_login(
        User.objects.get(pk=by.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    page = BeautifulSoup(client.get(f"/{language}/imports/{run.pk}/").content, "html.parser")

    said = [line.text for line in page.select("main li") if DRAFT in line.text]
    assert len(said) == 1
    assert words in said[0]
