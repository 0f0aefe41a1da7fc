"""Concluding observations: the same document as PDF and as Word gives the same records."""

from datetime import date

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.records import UnreadableFile
from tests.intake.readers.matrixbuilder import docx, numbered, numbering, paragraph
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


CHILD = (
    ("front", "CRC/C/XTM/CO/5"),
    ("front", "3 March 2021"),
    ("front", "Concluding observations on the fifth periodic report of Tamourt"),
    ("main", "1", "The Committee adopted the present observations on 5 February 2021."),
    ("heading", "III. Main areas of concern and recommendations"),
    ("main", "2", ("The Committee draws attention to the areas in which urgent measures must be taken: names"
     " (para. 4), schools (paras. 5 (a) and 6).")),
    ("heading", "A. General measures"),
    ("heading", "1. Legislation"),
    ("main", "3", "The Committee notes that no law on names exists."),
    ("main", "4", "Recalling its general comment No. 5 (2003), the Committee:"),
    ("item", "a", "Urges the State party to adopt one;"),
    ("item", "b", "Recommends that it be published."),
    ("main", "5", "The Committee is concerned about:"),
    ("item", "a", "Schools without a roof. The State party should cover them;"),
    ("item", "b", "Lessons which should be free."),
    ("main", "6", "The Committee will communicate the due date of the next report in due course."),
)  # fmt: skip


def test_items_that_ask_by_themselves_and_urgent_areas():
    result = detect.read(files.typed(CHILD))
    assert [(r.paragraph, r.subparagraph, r.kind) for r in result.records] == [
        ("1", None, "other"),
        ("2", None, "recommendation"),
        ("3", None, "concern"),
        ("4", None, "recommendation"),
        ("4", "a", "recommendation"),
        ("4", "b", "recommendation"),
        ("5", None, "concern"),
        ("5", "a", "recommendation"),
        ("5", "b", "concern"),
        ("6", None, "other"),
    ]
    assert [(d.kind, d.due, d.items) for d in result.deadlines] == [("follow_up", None, ("4", "5 (a)", "6"))]
    assert result.records[2].heading == "A. General measures › 1. Legislation"
    assert (result.document.adopted, result.document.date) == (date(2021, 2, 5), date(2021, 3, 3))


OLD = (
    ("front", "E/C.12/1/Add.99"),
    ("front", "12 May 2004"),
    ("front", "CONSIDERATION OF REPORTS SUBMITTED BY STATES PARTIES"),
    ("front", "Concluding observations of the Committee on Economic, Social and Cultural Rights"),
    ("front", "TAMOURT"),
    ("main", "1", "The Committee considered the initial report of Tamourt."),
    ("heading", "D. Principal subjects of concern"),
    ("main", "2", "The Committee is concerned about rents."),
    ("heading", "E. Suggestions and recommendations"),
    ("main", "3", "Rents are to be lowered without delay."),
    (
        "main",
        "4",
        "The Committee requests the State party to submit its second periodic report by 30 June 2009.",
    ),
)


def test_an_old_symbol_and_a_chapter_of_recommendations_alone():
    result = detect.read(files.typed(OLD))
    assert [(r.paragraph, r.kind) for r in result.records] == [
        ("1", "other"),
        ("2", "concern"),
        ("3", "recommendation"),
        ("4", "recommendation"),
    ]
    assert {(r.mechanism, r.symbol) for r in result.records} == {("CESCR", "E/C.12/1/Add.99")}
    assert result.document.review.state == "XTM"
    assert [(d.kind, d.due) for d in result.deadlines] == [("report", date(2009, 6, 30))]


def test_parts_chosen_for_follow_up_that_do_not_exist_are_named():
    blocks = [b for b in texts.ENGLISH if b[0] != "item" or b[1] != "b"]
    result = detect.read(files.typed(blocks))
    assert [(w.code, w.params) for w in result.warnings] == [("follow_up_not_found", {"numbers": ("4 (b)",)})]


@pytest.mark.parametrize(
    "front",
    [
        # A State's answer, a list of issues and a report name concluding observations too.
        (
            "CCPR/C/XTM/CO/6/Add.1",
            "Information received from Tamourt on follow-up to the concluding observations",
        ),
        ("CAT/C/XTM/Q/3", "List of issues; see the concluding observations of 2010"),
        ("CRC/C/XTM/5", "Fifth periodic report, written after the concluding observations of 2015"),
        ("اللجنة المعنية بحقوق الإنسان", "قائمة المسائل المتصلة بالملاحظات الختامية بشأن تامورت"),
    ],
)
def test_other_documents_are_refused(front):
    blocks = [*(("front", line) for line in front), ("main", "1", "A paragraph."), ("main", "2", "Another.")]
    with pytest.raises(UnreadableFile):
        detect.read(files.typed(blocks))


def test_a_report_in_reply_to_a_list_still_to_come_has_no_date():
    blocks = [
        *texts.ENGLISH[:-1],
        ("main", "10", ("The State party will receive in 2030 the list of issues prior to the submission of its report"
         " and will be expected to submit within one year its replies, which will constitute its third periodic"
         " report.")),
    ]  # fmt: skip
    result = detect.read(files.typed(blocks))
    last = result.deadlines[-1]
    assert (last.kind, last.due, last.within_months, last.paragraph) == ("report", None, None, "10")
    assert result.records[-1].kind == "recommendation"


def test_words_own_numbers_may_show_no_dot_and_text_may_begin_with_figures():
    body = (
        paragraph("CAT/C/XTM/CO/2")
        + paragraph("Concluding observations on the second periodic report of Tamourt")
        + numbered("The Committee considered the report.")
        + numbered("2030 is the year by which the State party should:")
        + numbered("2,000 lamps be lit;", level=1)
        + numbered("Close the fort.", level=1)
    )
    shapes = numbering(("decimal", "%1"), ("lowerLetter", "%2"))
    result = detect.read(docx(body, more={"numbering": shapes}))
    assert [(r.paragraph, r.subparagraph, r.text) for r in result.records] == [
        ("1", None, "The Committee considered the report."),
        ("2", None, "2030 is the year by which the State party should:"),
        ("2", "a", "2,000 lamps be lit;"),
        ("2", "b", "Close the fort."),
    ]


def test_closing_chapters_hold_no_concerns_by_default():
    blocks = [
        *texts.ENGLISH,
        ("heading", "Follow-up and dissemination"),
        ("main", "11", "No visit is planned."),
    ]
    assert detect.read(files.typed(blocks)).records[-1].kind == "other"
