"""Spelling suggestions."""

import pytest

from tawsiya.core.text import suggest

FRENCH = {"ratification": 9, "ratifier": 4, "réparation": 6, "mer": 2, "mère": 5}
ARABIC = {"التعذيب": 9, "التهذيب": 1, "حماية": 7}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ratificaton", ["ratification"]),
        ("ratifiction", ["ratification"]),
        ("reparation", ["réparation"]),
        ("mere", ["mère", "mer"]),
        ("zzzzz", []),
        ("", []),
    ],
)
def test_french(typed: str, expected: list[str]) -> None:
    assert suggest(typed, FRENCH) == expected


def test_arabic_goes_by_folded_letters_then_by_frequency() -> None:
    assert suggest("حمايه", ARABIC) == ["حماية"]
    assert suggest("التغذيب", ARABIC) == ["التعذيب", "التهذيب"]


def test_a_word_of_the_vocabulary_is_not_suggested_for_itself() -> None:
    assert suggest("mer", FRENCH) == ["mère"]


def test_no_more_than_asked() -> None:
    assert suggest("mere", FRENCH, limit=1) == ["mère"]
