"""Reports of the Working Group: the same document as PDF and as Word gives the same records."""

import pytest

from tawsiya.intake.readers import detect
from tests.intake.readers.upr import pdf, word
from tests.intake.readers.upr.texts import ARABIC, ENGLISH, FRENCH

ENGLISH_RECORDS = [
    # kind, paragraph, part, position, States
    ("other", "1", None, None, ()),
    ("other", "2", None, None, ()),
    ("other", "3", None, None, ()),
    ("other", "4", None, None, ()),
    ("recommendation", "4.1", None, "supported", ("CHL", "KOR", "COG", "COD")),
    ("recommendation", "4.2", None, "supported", ("ESP", "PSE", "TUR")),
    ("other", "5", None, None, ()),
    ("recommendation", "5.1", None, "supported", ("IRN", "BOL")),
    ("other", "6", None, None, ()),
    ("recommendation", "6.1", None, None, ("NOR",)),
    ("other", "7", None, None, ()),
    ("recommendation", "7.1", None, "noted", ()),
    ("other", "8", None, None, ()),
    ("pledge", "9", None, None, ()),
    ("pledge", "9", "a", None, ()),
    ("pledge", "9", "b", None, ()),
    ("other", "1", None, None, ()),
]
OTHER_LANGUAGES = [
    ("other", "1", None, None, ()),
    ("other", "2", None, None, ()),
    ("other", "3", None, None, ()),
    ("recommendation", "3.1", None, "supported", ("CHL", "KOR", "CIV")),
    ("other", "4", None, None, ()),
    ("recommendation", "4.1", None, None, None),
    ("recommendation", "4.2", None, None, ("NLD",)),
    ("other", "5", None, None, ()),
    ("recommendation", "5.1", None, "noted", None),
    ("other", "6", None, None, ()),
    ("recommendation", "6.1", None, "noted", None),
    ("pledge", "7", None, None, ()),
]
FORMS = {
    "english-pdf": (lambda: pdf.report(ENGLISH), "en"),
    "english-first-cycle": (lambda: pdf.report(ENGLISH, first_cycle=True), "en"),
    "english-word-typed": (lambda: word.typed(ENGLISH), "en"),
    "english-word-automatic": (lambda: word.automatic(ENGLISH), "en"),
    "french-pdf": (lambda: pdf.report(FRENCH), "fr"),
    "french-word-typed": (lambda: word.typed(FRENCH), "fr"),
    "french-word-automatic": (lambda: word.automatic(FRENCH), "fr"),
    "arabic-word-typed": (lambda: word.typed(ARABIC, dash=True), "ar"),
    "arabic-word-automatic": (lambda: word.automatic(ARABIC), "ar"),
}
FRONT = (
    ("front", "A/HRC/8/99"),
    ("front", "22 May 2008"),
    ("front", "Report of the Working Group on the Universal Periodic Review"),
    ("front", "Norway"),
)


def read(*blocks, **options):
    return detect.read(pdf.report((*FRONT, *blocks), **options))


def by_number(result):
    return {record.paragraph: record for record in result.records}


@pytest.mark.parametrize(("make", "language"), FORMS.values(), ids=FORMS)
def test_every_paragraph_with_its_kind_position_and_states(make, language):
    records = detect.read(make()).records
    expected = ENGLISH_RECORDS if language == "en" else OTHER_LANGUAGES
    found = [(r.kind, r.paragraph, r.subparagraph, r.position, r.recommending_states) for r in records]
    if language != "en":  # hand-written States differ between the two languages: see below
        found = [(*f[:4], f[4] if e[4] is not None else None) for f, e in zip(found, expected, strict=True)]
    assert found == expected
    assert {r.language for r in records} == {language}
    assert {r.symbol for r in records} == {"A/HRC/52/99"}
    assert {r.mechanism for r in records} == {"UPR"}


def test_states_in_french_and_arabic():
    french = by_number(detect.read(word.typed(FRENCH)))
    arabic = by_number(detect.read(word.typed(ARABIC, dash=True)))
    names = ("4.1", "5.1", "6.1")
    assert [french[n].recommending_states for n in names] == [("TUR",), ("NOR",), ("ESP",)]
    assert [arabic[n].recommending_states for n in names] == [("NOR",), ("ESP",), ("DZA",)]


@pytest.mark.parametrize(("make", "language"), FORMS.values(), ids=FORMS)
def test_the_front_page(make, language):
    document = detect.read(make()).document
    assert document.type == "upr_report"
    assert document.date.isoformat() == "2023-01-06"
    assert (document.review.cycle, document.review.session, document.review.state) == (4, 41, "MAR")
    title = {
        "en": "Report of the Working Group on the Universal Periodic Review – Morocco",
        "fr": "Rapport du Groupe de travail sur l’Examen périodique universel – Maroc",
        "ar": "تقرير الفريق العامل المعني بالاستعراض الدوري الشامل – المغرب",
    }
    assert document.title == title[language]


def test_clean_texts_and_what_is_said_about_them():
    records = by_number(detect.read(pdf.report(ENGLISH)))
    assert records["4.1"].text == "Build schools in the mountains"
    assert records["4.1"].source_of_position == "A/HRC/52/99 - Para. 4"
    assert records["4.2"].text == "Plant trees or consider planting hedges along the roads"
    assert [w.code for w in records["4.2"].warnings] == ["several_recommendations"]
    assert records["5.1"].comment.startswith(
        "The following recommendations enjoy the support of Morocco, which"
    )
    assert records["4.1"].comment is None
    assert records["6.1"].text == "Ratify the convention on seeds (CS)"
    assert records["6.1"].source_of_position is None
    assert records["7.1"].recommending_states_unrecognised == ("Atlantis",)
    assert records["2"].text == (
        "The troika was selected by drawing of lots: (a) The first member came from Africa;"
        " (b) The second member came from Asia."
    )
    assert records["3"].heading == "A. Presentation by the State under review"
    assert records["7.1"].heading == "II. Conclusions and/or recommendations"


def test_a_record_knows_its_rectangle():
    record = by_number(detect.read(pdf.report(ENGLISH)))["4.1"]
    (page, left, top, right, bottom) = record.boxes[0]
    assert (record.page, page) == (2, 2)
    assert 141 <= left <= 143
    assert 400 < right < 500
    assert 15 < bottom - top < 30  # two lines of ten points
    assert record.as_json()["boxes"] == [list(box) for box in record.boxes]


def test_a_recommendation_over_a_page_break_has_two_rectangles_and_no_header():
    filler = [("plain", "Morocco spoke.")] * 30
    result = read(
        ("main", "1", "The report begins."),
        *filler,
        ("heading", "II. Conclusions and/or recommendations"),
        ("main", "2", "The following recommendations enjoy the support of Norway:"),
        ("item", "2.1", "Keep " + "very " * 60 + "long promises (Chile);"),
        ("item", "2.2", "Keep short ones (Spain)."),
    )
    record = by_number(result)["2.1"]
    assert [box[0] for box in record.boxes] == [2, 3]
    assert record.text == "Keep " + "very " * 60 + "long promises"
    assert record.recommending_states == ("CHL",)


def test_footnotes_leave_the_text_and_are_named():
    result = read(
        ("main", "1", "The report begins."),
        ("heading", "II. Conclusions and/or recommendations"),
        ("main", "2", "The following recommendations enjoy the support of Norway:"),
        ("item", "2.1", "Plant trees (Chile);"),
        ("note", "1", "As read during the dialogue: “Plant many trees”."),
        ("item", "2.2", "Keep promises (Spain)."),
    )
    first, second = by_number(result)["2.1"], by_number(result)["2.2"]
    assert (first.text, first.recommending_states) == ("Plant trees", ("CHL",))
    assert [(w.code, w.params) for w in first.warnings] == [
        ("footnote", {"text": "As read during the dialogue: “Plant many trees”."})
    ]
    assert second.warnings == ()


def test_a_sentence_after_the_list_gives_the_position():
    result = read(
        ("main", "1", "The report begins."),
        ("heading", "II. CONCLUSIONS AND/OR RECOMMENDATIONS"),
        ("main", "2", "In the discussion, the following recommendations were made to Norway:"),
        ("item", "2.1", "Plant trees (Chile);"),
        ("item", "2.2", "Keep promises (Spain)."),
        ("plain", "The recommendations listed above enjoy the support of Norway."),
        ("main", "3", "Other recommendations noted in paragraph 1 above will be examined by Norway."),
        first_cycle=True,
    )
    assert [(r.kind, r.paragraph, r.position) for r in result.records] == [
        ("other", "1", None),
        ("other", "2", None),
        ("recommendation", "2.1", "supported"),
        ("recommendation", "2.2", "supported"),
        ("other", "3", None),
    ]


def test_first_cycle_numbers_may_pass_those_of_the_report():
    items = [("item", f"2.{n}", f"Plant tree number {n} (Chile);") for n in range(1, 6)]
    result = read(
        ("main", "1", "The report begins."),
        ("heading", "II. Conclusions and/or recommendations"),
        ("main", "2", "The recommendations listed below enjoy the support of Norway:"),
        *items,
        ("main", "3", "The recommendations below did not enjoy the support of Norway:"),
        ("item", "3.1", "Cut trees (Spain)."),
        ("main", "4", "All conclusions and recommendations reflect the position of their authors."),
        first_cycle=True,
    )
    assert [r.paragraph for r in result.records] == [
        "1", "2", "2.1", "2.2", "2.3", "2.4", "2.5", "3", "3.1", "4",
    ]  # fmt: skip
    assert by_number(result)["3.1"].position == "noted"


def test_a_wrong_number_is_kept_as_printed_and_said():
    result = read(
        ("main", "1", "The report begins."),
        ("heading", "II. Conclusions and/or recommendations"),
        ("main", "2", "The following recommendations enjoy the support of Norway:"),
        ("item", "2.1", "Plant trees (Chile);"),
        ("item", "3.2", "Keep promises (Spain);"),
        ("item", "2.3", "Build schools (Peru);"),
    )
    record = by_number(result)["3.2"]
    assert record.kind == "recommendation"
    assert [w.code for w in record.warnings] == ["number_unexpected"]
    assert [w.message for w in result.warnings] == [
        "Paragraphs that the numbering expects were not found: 2.2."
    ]


def test_lettered_and_unnumbered_recommendations():
    lettered = read(
        ("main", "1", "The report begins."),
        ("heading", "II. Conclusions and/or recommendations"),
        ("main", "2", "The following recommendations enjoy the support of Norway:"),
        ("plain", "(a) Plant trees (Chile);"),
        ("plain", "(b) Keep promises (Spain)."),
    )
    assert [(r.paragraph, r.subparagraph, r.text) for r in lettered.records[2:]] == [
        ("2", "a", "Plant trees"),
        ("2", "b", "Keep promises"),
    ]
    bare = read(
        ("main", "1", "The report begins."),
        ("heading", "II. Conclusions and/or recommendations"),
        ("main", "2", "The following recommendations enjoy the support of Norway:"),
        ("plain", "Plant trees (Chile);"),
        ("plain", "• Keep promises (Spain)."),
    )
    assert [(r.paragraph, r.text, r.warnings[0].code) for r in bare.records[2:]] == [
        ("2.1", "Plant trees", "number_by_order"),
        ("2.2", "Keep promises", "number_by_order"),
    ]


def test_parts_of_a_numbered_recommendation_stay_with_it():
    result = read(
        ("main", "1", "The report begins."),
        ("heading", "II. Conclusions and/or recommendations"),
        ("main", "2", "The following recommendations enjoy the support of Norway:"),
        ("item", "2.1", "Plant trees (Chile):"),
        ("plain", "(a) In the north (Peru);"),
        ("plain", "(b) In the south (Cuba);"),
        ("item", "2.2", "Keep promises (Spain);"),
        ("plain", "Keep all of them (Italy);"),
        ("item", "2.3", "Build schools (Togo)."),
    )
    found = by_number(result)
    assert [r.paragraph for r in result.records] == ["1", "2", "2.1", "2.2", "2.3"]
    assert found["2.1"].recommending_states == ("CHL", "PER", "CUB")
    assert "(b) In the south" in found["2.1"].text
    assert found["2.2"].recommending_states == ("ESP", "ITA")
    assert "unnumbered_joined" in [w.code for w in found["2.2"].warnings]


def test_a_figure_at_the_head_of_a_page_is_no_paragraph():
    result = read(
        ("main", "1", "The report begins."),
        ("main", "2", "The delegation met on"),
        ("page",),
        ("plain", "12. It then spoke of schools."),
        ("main", "3", "Norway thanked everybody."),
    )
    assert [r.paragraph for r in result.records] == ["1", "2", "3"]


def test_a_missing_bracket_is_mended():
    result = read(
        ("main", "1", "The report begins."),
        ("heading", "II. Conclusions and/or recommendations"),
        ("main", "2", "The following recommendations enjoy the support of Norway:"),
        ("item", "2.1", "Strengthen the rights of women Bangladesh);"),
    )
    record = by_number(result)["2.1"]
    assert (record.text, record.recommending_states) == ("Strengthen the rights of women", ("BGD",))
    assert [w.code for w in record.warnings] == ["unbalanced_brackets"]


def test_other_documents_are_no_reports():
    blocks = (
        ("front", "A/HRC/WG.6/41/MAR/1"),
        ("front", "Universal periodic review"),
        ("main", "1", "Text " * 40),
    )
    with pytest.raises(detect.UnreadableFile) as refusal:
        detect.read(pdf.report(blocks))
    assert refusal.value.code == "pdf_of_other_kind"
