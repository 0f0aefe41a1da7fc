"""Concluding observations: the same document as PDF and as Word gives the same records."""

import pytest

from tawsiya.intake.readers import detect
from tests.intake.readers.observations import files, texts

FORMS = {
    "english-pdf": (lambda: files.pdf(texts.ENGLISH, "CAT/C/XTM/CO/2"), "ENGLISH"),
    "english-word": (lambda: files.typed(texts.ENGLISH), "ENGLISH"),
    "french-pdf": (
        lambda: files.pdf(texts.FRENCH, "CEDAW/C/XTM/CO/4", "fr", note=texts.FRENCH_NOTE),
        "FRENCH",
    ),
    "french-word": (lambda: files.typed(texts.FRENCH, "fr", note=texts.FRENCH_NOTE), "FRENCH"),
    "french-word-automatic": (lambda: files.automatic(texts.FRENCH, "fr", note=texts.FRENCH_NOTE), "FRENCH"),
    "arabic-pdf": (lambda: files.arabic_pdf(texts.ARABIC, "CCPR/C/XTM/CO/3"), "ARABIC"),
    "arabic-word": (lambda: files.typed(texts.ARABIC, "ar"), "ARABIC"),
    "arabic-word-automatic": (lambda: files.automatic(texts.ARABIC, "ar"), "ARABIC"),
}


def iso(day):
    return day.isoformat() if day else None


@pytest.mark.parametrize("form", FORMS)
def test_records(form):
    made, language = FORMS[form]
    result = detect.read(made())
    found = [(r.kind, r.paragraph, r.subparagraph, r.ordinal, iso(r.follow_up)) for r in result.records]
    assert found == getattr(texts, f"{language}_RECORDS")
    assert result.warnings == ()
    blocks = [b for b in getattr(texts, language) if b[0] in ("main", "item", "plain")]
    assert [r.text for r in result.records] == [block[-1] for block in blocks]
    assert {r.language for r in result.records} == {language.lower()[:2]}


@pytest.mark.parametrize("form", FORMS)
def test_deadlines(form):
    made, language = FORMS[form]
    due = [(d.kind, iso(d.due), d.within_months, d.paragraph, d.items) for d in detect.read(made()).deadlines]
    assert due == getattr(texts, f"{language}_DEADLINES")
