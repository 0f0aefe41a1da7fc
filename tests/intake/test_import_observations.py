"""Concluding observations and visit reports enter the database with their parts and clocks."""

from datetime import date

from tawsiya.accounts.reader import Reader
from tawsiya.intake.commands import import_file
from tawsiya.intake.commands.apply import Outcome
from tawsiya.mechanisms.models import Document, Edition
from tawsiya.recommendations.models import Recommendation
from tests.intake.readers.observations import files as made
from tests.intake.readers.observations import texts, visit_texts


def enter(by: Reader, data: bytes, name: str) -> Outcome:
    return import_file(data=data, file_name=name, state="XTM", by=by)


def test_concluding_observations_enter_whole(by: Reader) -> None:
    outcome = enter(by, made.typed(texts.ENGLISH), "observations.docx")

    assert {row.action.value for row in outcome.plan.rows} == {"create"}
    document = Document.objects.get(symbol="CAT/C/XTM/CO/2")
    assert (document.type, document.body.code) == ("concluding_observations", "CAT")
    assert document.titles == {"en": "Concluding observations on the second periodic report of Tamourt"}
    assert document.published_on == date(2023, 6, 12)
    assert document.review is not None
    assert (document.review.kind, document.review.held_on) == ("treaty_review", date(2023, 5, 11))
    assert Edition.objects.get(document=document).kind == "final"
    items = Recommendation.objects.filter(document=document)
    assert items.count() == len(texts.ENGLISH_RECORDS)
    chosen = items.filter(is_follow_up_priority=True).order_by("sort_key")
    assert [(i.paragraph, i.subparagraph, i.ordinal) for i in chosen] == [
        ("4", "b", 1),
        ("4", "b", 2),
        ("4", "b.i", 1),
        ("4", "b.ii", 1),
        ("7", "", 1),
    ]
    assert {i.follow_up_due_on for i in chosen} == {date(2024, 5, 11)}
    part = items.get(paragraph="4", subparagraph="a", ordinal=2)
    assert part.kind == "recommendation"
    assert part.parent is not None
    assert (part.parent.paragraph, part.parent.ordinal, part.parent.kind) == ("4", 2, "recommendation")


def test_the_pdf_of_the_same_document_changes_nothing(by: Reader) -> None:
    enter(by, made.typed(texts.ENGLISH), "observations.docx")

    outcome = enter(by, made.pdf(texts.ENGLISH, "CAT/C/XTM/CO/2"), "observations.pdf")

    assert {row.action.value for row in outcome.plan.rows} == {"unchanged"}


def test_a_visit_report_enters_with_its_addressees(by: Reader) -> None:
    enter(by, made.automatic(visit_texts.ENGLISH), "visit.docx")

    document = Document.objects.get(symbol="A/HRC/52/99/Add.2")
    assert (document.type, document.body.code) == ("visit_report", "SR-EDUCATION")
    items = Recommendation.objects.filter(document=document, kind="recommendation", subparagraph="")
    assert {i.paragraph: i.addressee for i in items} == {
        "5": "Government of Tamourt",
        "6": "Parliament",
        "7": "international community",
        "8": "United Nations country team",
    }
