"""Single cells: numbers with parts, dates, kinds, lists."""

from datetime import date

import pytest

from tawsiya.intake.readers.sheets import values


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("132.90", ("132.90", "", "")),
        ("§ 23 (a) (i)", ("23", "a.i", "")),
        ("23(a)", ("23", "a", "")),
        ("R42", ("42", "", "")),
        ("Para. 15", ("15", "", "")),
        ("الفقرة ١٥ (أ)", ("15", "a", "")),
        ("١٤٠٫٧", ("140.7", "", "")),
        ("140.7 bis", ("140.7 bis", "", "")),
        ("see annex", (None, "", "see annex")),
    ],
)
def test_numbers_with_parts(cell, read):
    assert values.number_and_part(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("(a) (i)", "a.i"),
        ("a.i", "a.i"),
        ("b)", "b"),
        ("(ج)", "c"),
        ("", ""),
        ("first of all", None),
        ("12", None),
    ],
)
def test_lettered_parts(cell, read):
    assert values.part(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2024-05-31", date(2024, 5, 31)),
        ("2024-05-31T00:00:00", date(2024, 5, 31)),
        ("31/05/2024", date(2024, 5, 31)),
        ("31.5.2024", date(2024, 5, 31)),
        ("31 mai 2024", date(2024, 5, 31)),
        ("1er juin 2024", date(2024, 6, 1)),
        ("May 31, 2024", date(2024, 5, 31)),
        ("31 ماي 2024", date(2024, 5, 31)),
        ("٣١ غشت ٢٠٢٤", date(2024, 8, 31)),
        ("45443", date(2024, 5, 31)),
        ("05/31/2024", None),
        ("2024", None),
        ("mai 2024", None),
        ("31/02/2024", None),
        ("soon", None),
    ],
)
def test_dates_are_whole_or_none(cell, read):
    assert values.day(cell) == read


def test_lists_and_kinds():
    assert values.labels("- Education\n• Girls; Girls") == ("Education", "Girls")
    assert [values.kind(word) for word in ("Recommandation", "قلق", "Concern", "?")] == [
        "recommendation",
        "concern",
        "concern",
        None,
    ]
    assert values.body("Human Rights Committee") == "CCPR"
