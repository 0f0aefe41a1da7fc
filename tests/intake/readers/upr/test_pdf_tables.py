"""Addenda that answer in a table (recommendation, position, comment) and come as PDF."""

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.pdf import document
from tests.intake.readers.upr import long, typeset
from tests.intake.readers.upr.test_addenda import FRONT
from tests.intake.readers.upr.test_addenda_languages import ARABIC_FRONT, FRENCH_FRONT

ROWS = 40
FRONTS = {"en": tuple(text for _, text in FRONT), "fr": FRENCH_FRONT, "ar": ARABIC_FRONT}
HEADS = {
    "en": ("Recommendation", "Position", "Comment"),
    "fr": ("Recommandation", "Position", "Commentaire"),
    "ar": ("التوصية", "الموقف", "التعليق"),
}
ANSWERS = {
    "en": ("Supported", "Noted", "Partially supported", "Not supported"),
    "fr": ("Acceptée", "Notée", "Partiellement acceptée", "N’est pas acceptée"),
    "ar": ("مقبولة", "أُحيط بها علماً", "مقبولة جزئياً", "غير مقبولة"),
}
POSITIONS = ("supported", "noted", "supported/noted", "noted")
WORDING = {
    "en": ("Plant trees along the roads of the country and keep them healthy", "(Chile);"),
    "fr": ("Planter des arbres le long des routes du pays et les garder en bonne santé", "(Chili) ;"),
    "ar": ("غرس الأشجار على جوانب طرق البلد والحفاظ على صحتها", "(شيلي)؛"),
}
COMMENTS = {
    "en": ("Done.", "This comment goes on for a while, so that it needs several lines in its narrow column."),
    "fr": (
        "Fait.",
        "Ce commentaire continue un moment, si bien qu’il lui faut plusieurs lignes dans sa colonne.",
    ),
    "ar": ("تم ذلك.", "هذا تعليق طويل يحتاج إلى عدة أسطر في عموده الضيق من الجدول الموجود هنا."),
}


def rows(language):
    """A head and forty rows: two in three with their wording, every second with a long comment."""
    text, states = WORDING[language]
    dash = "-" if language == "ar" else "."
    yield HEADS[language]
    for n in range(1, ROWS + 1):
        wording = f" {text} {states}" if n % 3 else ""
        yield f"140{dash}{n}{wording}", ANSWERS[language][n % 4], COMMENTS[language][n % 2]


@pytest.mark.parametrize(("language", "front"), FRONTS.items(), ids=FRONTS)
def test_every_row(language, front):
    data = typeset.table(front, list(rows(language)), language, "A/HRC/59/99/Add.1")
    found = {r.paragraph: r for r in detect.read(data).records if r.kind == "recommendation"}
    assert list(found) == [f"140.{n}" for n in range(1, ROWS + 1)]
    for n in range(1, ROWS + 1):
        record = found[f"140.{n}"]
        assert (n, record.position) == (n, POSITIONS[n % 4])
        assert (n, record.comment) == (n, COMMENTS[language][n % 2])
        assert (n, record.text) == (n, WORDING[language][0] if n % 3 else "")
        assert record.boxes


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_report_is_no_table(language):
    blocks, _ = long.report(language)
    loaded = document.load(typeset.report(blocks, language))
    assert {page.columns for page in loaded.pages} == {()}
