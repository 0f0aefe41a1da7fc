"""Reports on visits: what is recommended, and to whom."""

import gzip
import json

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.upr_report_source import Part, Source
from tawsiya.intake.readers.visit_front import read_visit_front
from tests.intake.readers.matrixpeer import shared_data
from tests.intake.readers.observations import files, visit_texts

FORMS = {
    "english-pdf": (lambda: files.pdf(visit_texts.ENGLISH, "A/HRC/52/99/Add.2"), "ENGLISH"),
    "english-word": (lambda: files.typed(visit_texts.ENGLISH), "ENGLISH"),
    "english-word-automatic": (lambda: files.automatic(visit_texts.ENGLISH), "ENGLISH"),
    "french-word": (lambda: files.typed(visit_texts.FRENCH, "fr"), "FRENCH"),
    "arabic-word-automatic": (lambda: files.automatic(visit_texts.ARABIC, "ar"), "ARABIC"),
    "arabic-pdf": (lambda: files.arabic_pdf(visit_texts.ARABIC, "A/HRC/49/97/Add.3"), "ARABIC"),
}
ABOUT = {
    "ENGLISH": ("SR-EDUCATION", "A/HRC/52/99/Add.2", "2023-02-14"),
    "FRENCH": ("WG-ARBITRARY-DETENTION", "A/HRC/50/98/Add.1", "2022-05-04"),
    "ARABIC": ("SR-MIGRANTS", "A/HRC/49/97/Add.3", "2022-03-08"),
}


@pytest.mark.parametrize("form", FORMS)
def test_records(form):
    made, language = FORMS[form]
    result = detect.read(made())
    found = [(r.kind, r.paragraph, r.subparagraph, r.addressee) for r in result.records]
    assert found == getattr(visit_texts, f"{language}_RECORDS")
    mandate, symbol, day = ABOUT[language]
    info = result.document
    assert {(r.mechanism, r.symbol) for r in result.records} == {(mandate, symbol)}
    assert info.date is not None
    assert (info.type, info.review.state, info.date.isoformat()) == ("visit_report", "XTM", day)
    assert result.warnings == ()


def front_of(*lines):
    return read_visit_front(Source(tuple(Part(line) for line in lines), lines))


def test_answers_of_the_state_to_a_report_are_none():
    assert front_of("A/HRC/45/12/Add.3", "Report of the Special Rapporteur on the right to food on his visit to"
                    " Tamourt", "Comments by the State") is None  # fmt: skip


def test_a_mandate_on_one_country_has_no_code():
    front = front_of("A/HRC/10/19", "Report of the Special Rapporteur on the situation of human rights in Tamourt"
                     " on his mission to Tamourt")  # fmt: skip
    assert front is not None
    assert front.mechanism is None


@pytest.mark.skipif(
    shared_data() is None, reason="The real front pages are not here: set TAWSIYA_SHARED_DATA"
)
def test_real_front_pages():
    """Of 800 first pages, those of reports on visits, each with mandate, State and own symbol."""
    folder = shared_data()
    assert folder is not None
    with gzip.open(folder / "front_pages" / "symbols.json.gz", "rt", encoding="utf-8") as stream:
        pages = json.load(stream)
    found = {}
    for page in pages:
        front = front_of(*(line for line in page["text"].split("\n") if line.strip()))
        if front is not None:
            found[page["label"]] = front
    assert {label: front.symbol for label, front in found.items()} == {label: label for label in found}
    assert len(found) == 37
    assert [label for label, front in found.items() if front.mechanism is None] == []
    states = {found[label].info.review.state for label in ("A/HRC/36/46/Add.1", "A/HRC/41/39/Add.2")}
    assert states == {"USA", "LAO"}
