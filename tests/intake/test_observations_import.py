"""Concluding observations from the file to the register: paragraphs, parts, what is due and when."""

import pytest

from tawsiya.accounts.reader import Reader
from tawsiya.intake.commands import import_file
from tawsiya.mechanisms.models import Document, Obligation
from tawsiya.recommendations.models import Recommendation
from tests.intake.readers.observations import files, texts

SYMBOL = "CAT/C/XTM/CO/2"


@pytest.fixture
def imported(by: Reader) -> Document:
    import_file(data=files.typed(texts.ENGLISH), file_name="observations.docx", state="XTM", by=by)
    return Document.objects.get(symbol=SYMBOL)


def test_the_document_belongs_to_its_committee_and_its_review(imported: Document) -> None:
    assert (imported.type, imported.body.code, str(imported.published_on)) == (
        "concluding_observations",
        "CAT",
        "2023-06-12",
    )
    assert imported.review is not None
    assert str(imported.review.held_on) == "2023-05-11"


def test_parts_stand_under_the_paragraph_of_their_kind(imported: Document) -> None:
    parts = Recommendation.objects.filter(document=imported, paragraph="4").exclude(parent=None)
    found = {(row.label, row.ordinal): (row.kind, row.parent.kind) for row in parts if row.parent}
    assert found == {
        ("4 (a)", 1): ("concern", "concern"),
        ("4 (b)", 1): ("concern", "concern"),
        ("4 (b) (i)", 1): ("concern", "concern"),
        ("4 (b) (ii)", 1): ("concern", "concern"),
        ("4 (a)", 2): ("recommendation", "recommendation"),
        ("4 (b)", 2): ("recommendation", "recommendation"),
    }


def test_what_is_due_becomes_obligations_and_follow_up_dates(imported: Document) -> None:
    owed = [(o.kind, str(o.due_on), o.paragraph, o.items) for o in Obligation.objects.filter(source=imported)]
    assert owed == [
        ("follow_up", "2024-05-11", "8", ["4 (b)", "7"]),
        ("report", "2027-05-11", "10", []),
    ]
    chosen = Recommendation.objects.filter(
        document=imported, kind="recommendation", is_follow_up_priority=True
    )
    assert {(row.label, str(row.follow_up_due_on)) for row in chosen} == {
        ("4 (b)", "2024-05-11"),
        ("7", "2024-05-11"),
    }


def test_a_later_edition_changes_a_sentence_and_doubles_nothing(by: Reader, imported: Document) -> None:
    later = tuple(
        ("main", "7", "The Committee urges the State party to close the old fort at once.")
        if block[:2] == ("main", "7")
        else block
        for block in texts.ENGLISH
    )
    before = Recommendation.objects.filter(document=imported).count()
    import_file(data=files.typed(later), file_name="later.docx", state="XTM", by=by)
    assert Recommendation.objects.filter(document=imported).count() == before
    assert Obligation.objects.filter(source=imported).count() == 2
    seven = Recommendation.objects.get(document=imported, paragraph="7")
    assert seven.texts.get().text == "The Committee urges the State party to close the old fort at once."
