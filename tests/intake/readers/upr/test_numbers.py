"""Numbers at the head of a paragraph."""

import pytest

from tawsiya.intake.readers.upr_report_numbers import label_of, letter_of


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("140.7 Ratify", "140.7", "Ratify"),
        ("140.7. Ratify", "140.7", "Ratify"),
        ("90.10.\tRatify", "90.10", "Ratify"),
        ("129.1.2 Ratify", "129.1.2", "Ratify"),
        ("124.63bis Ratify", "124.63 bis", "Ratify"),
        ("97.6a. Ratify", "97.6a", "Ratify"),
        ("12. The delegation", "12", "The delegation"),
        ("(3) The delegation", "3", "The delegation"),
        ("7) The delegation", "7", "The delegation"),
        ("-١ نظرت", "1", "نظرت"),
        ("١٤٠-٧ التصديق", "140.7", "التصديق"),
        ("12-\tنظر", "12", "نظر"),
    ],
)
def test_numbers(text, label, rest):
    found, after = label_of(text)
    assert found is not None
    assert (found.text, after) == (label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "2012 was a good year",
        "1,500 schools",
        "30 per cent of all",
        "12/2004 is the law",
        "Ratify",
        "",
        "12.5%",
    ],
)
def test_figures_that_number_nothing(text):
    assert label_of(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "letter", "rest"),
    [
        ("(a) Plant", "a", "Plant"),
        ("b) Plant", "b", "Plant"),
        ("(iv) Plant", "iv", "Plant"),
        ("(أ) غرس", "أ", "غرس"),
        ("(Chile) Plant", None, "(Chile) Plant"),
        ("A) lone capital in a text", "a", "lone capital in a text"),
    ],
)
def test_letters(text, letter, rest):
    assert letter_of(text) == (letter, rest)
