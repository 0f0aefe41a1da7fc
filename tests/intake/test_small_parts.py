"""Marks, words of statuses, differences between texts."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawsiya.core.worddiff import compare
from tawsiya.intake import markers, messages, status_words
from tawsiya.intake.filled_messages import REASONS
from tawsiya.intake.markers import DocumentMark, Mark
from tawsiya.intake.readers import messages as readers
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.recommendations.choices import Status

# Machines that test are often busy: how long an example takes says nothing here.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.integers(min_value=0, max_value=10**9)


@calmly
@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_a_mark_says_what_was_written(a: int, b: int, c: int, d: int, e: int) -> None:
    mark = Mark(a, b, c, d, e)

    assert markers.read(markers.write(mark)) == mark


def test_marks_fit_into_a_content_control() -> None:
    assert len(markers.write(Mark(9_999_999, 9_999, 99_999, 9_999_999, 9_999))) <= 64


@calmly
@given(st.text(max_size=80))
def test_any_other_text_is_no_mark(text: str) -> None:
    assert markers.read(text) is None
    assert markers.read_document(text) is None


@pytest.mark.parametrize("place", range(6))
def test_a_mark_with_one_figure_changed_is_none(place: int) -> None:
    parts = markers.write(Mark(11, 1, 12, 13, 1)).split(".")
    parts[place] = "tw2" if place == 0 else "7"

    assert markers.read(".".join(parts)) is None


def test_the_documents_mark_says_its_language_and_institution() -> None:
    text = markers.write_document(DocumentMark("ar", 12))

    assert markers.read_document(text) == DocumentMark("ar", 12)
    assert markers.read_document(text.replace(".ar.", ".fr.")) is None
    assert markers.read(text) is None


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Implemented", Status.IMPLEMENTED),
        (" RÉALISÉE ", Status.IMPLEMENTED),
        ("Realisee", Status.IMPLEMENTED),
        ("منجزة", Status.IMPLEMENTED),
        ("منجزة جزئيًّا", Status.PARTLY_IMPLEMENTED),
        ("partiellement réalisée", Status.PARTLY_IMPLEMENTED),
        ("في طور الإنجاز", Status.IN_PROGRESS),
        ("En cours.", Status.IN_PROGRESS),
        ("non entamée", Status.NOT_STARTED),
        ("لم يشرع فيها", Status.NOT_STARTED),
        ("sans objet", Status.NO_LONGER_APPLICABLE),
        ("suivie d'effet", Status.ACTED_UPON),
        ("à l’étude", Status.UNDER_STUDY),
        ("بدون إجراء", Status.NO_ACTION),
        ("partly_implemented", Status.PARTLY_IMPLEMENTED),
        ("réalisée en partie, en cours", None),
        ("oui", None),
        ("", None),
    ],
)
def test_a_status_is_understood_in_three_languages(words: str, status: Status | None) -> None:
    assert status_words.understand(words) == status


@calmly
@given(st.text(max_size=200), st.text(max_size=200))
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    segments = compare(old, new)

    assert "".join(segment.text for segment in segments if segment.kind != "added") == old
    assert "".join(segment.text for segment in segments if segment.kind != "removed") == new


def test_a_difference_goes_by_words() -> None:
    assert [(segment.kind, segment.text) for segment in compare("Adopt the law.", "Adopt the new law.")] == [
        ("same", "Adopt the "),
        ("added", "new "),
        ("same", "law."),
    ]


def test_a_change_is_one_change_across_the_blanks_in_it() -> None:
    shown = compare("Adopt the old bad law on prisons", "Adopt the new good law on prisons")

    assert [(segment.kind, segment.text) for segment in shown] == [
        ("same", "Adopt the "),
        ("removed", "old bad"),
        ("added", "new good"),
        ("same", " law on prisons"),
    ]


def test_texts_without_much_in_common_stand_one_after_the_other() -> None:
    shown = compare("The bill was drafted in 2019", "صدر القانون سنة 2019")

    assert [segment.kind for segment in shown] == ["removed", "added"]


def test_very_long_texts_stand_side_by_side() -> None:
    old, new = "word " * 3000, "other " * 3000

    assert [segment.kind for segment in compare(old, new)] == ["removed", "added"]


@pytest.mark.parametrize("code", sorted(readers.ERRORS))
def test_every_refusal_of_a_reader_has_words(code: str) -> None:
    params = dict.fromkeys(re.findall(r"%\((\w+)\)s", readers.ERRORS[code]), "x")
    if "kind" in params:
        params["kind_code"] = "kind_pdf"

    assert messages.refusal(UnreadableFile(code, **params)) == readers.ERRORS[code] % (
        params | {"kind": "a PDF file"}
    )


def test_reasons_of_rows_are_sentences() -> None:
    for sentence in (*messages.REASONS.values(), *REASONS.values()):
        assert str(sentence).endswith(".")
