"""Dates, spans of time, session numbers and cited paragraphs, as closing paragraphs print them."""

from datetime import date

import pytest

from tawsiya.intake.readers.cited_paragraphs import cited
from tawsiya.intake.readers.dates import add_months, find_dates, find_month, find_span
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.ordinals import ordinal_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by 13 September 2018, then on 1 May 2019", [date(2018, 9, 13), date(2019, 5, 1)]),
        ("avant le 1er octobre 2014", [date(2014, 10, 1)]),
        ("في موعد أقصاه 7 تشرين الأول/أكتوبر ٢٠٢٤", [date(2024, 10, 7)]),
        ("في 1 كانون الثاني/يناير 2025", [date(2025, 1, 1)]),
        ("في 30 كانون الأول 2025", [date(2025, 12, 30)]),
        ("31 February 2020, No. 12 of 2020", []),
    ],
)
def test_dates(text, expected):
    assert [day for _place, day in find_dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("within one year of the adoption", 12),
        ("within 24 months", 24),
        ("within a period of two years", 24),
        ("dans un délai d’un an", 12),
        ("dans les dix-huit mois", 18),
        ("dans un délai de deux ans", 24),
        ("في غضون سنة واحدة", 12),
        ("في غضون سنتين", 24),
        ("خلال 12 شهراً", 12),
        ("in one of the paragraphs", None),
    ],
)
def test_spans(text, months):
    assert find_span(text) == months


def test_the_end_of_a_month():
    assert find_month("which is due in July 2026") == date(2026, 7, 31)
    assert find_month("en février 2024") == date(2024, 2, 29)
    assert find_month("in 2024") is None
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twentieth", 20),
        ("forty-eighth", 48),
        ("one hundred and sixth", 106),
        ("106th", 106),
        ("vingt et unième", 21),
        ("quatre-vingt-deuxième", 82),
        ("soixante-douzième", 72),
        ("الحادية والعشرين", 21),
        ("السادسة عشرة", 16),
        ("الرابعة بعد المائة", 104),
        ("present", None),
    ],
)
def test_ordinals(words, number):
    assert ordinal_in(fold(words)) == number


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("in paragraphs 13 (a), 21 and 29 (c) above", ["13 (a)", "21", "29 (c)"]),
        ("rule 75, paragraph 1, of the rules: paragraphs 16 (forts) and 32 (wells)", ["16", "32"]),
        (
            "on wells (see para. 15 (b) above) and forts (paras. 31 and 33–35)",
            ["15 (b)", "31", "33", "34", "35"],
        ),
        ("as before (CERD/C/XTM/CO/16-20, para. 8), paragraphs 19 and 21", ["19", "21"]),
        ("paragraph 1 of article 9: paragraphs 11 and 20", ["11", "20"]),
        ("paragraphs 9 (a)–(c) and 51 (a) and (b)", ["9 (a)", "9 (b)", "9 (c)", "51 (a)", "51 (b)"]),
        ("paragraph 7 (a) (ii)", ["7 (a) (ii)"]),
        ("in paragraphs 30 and 31, on forts, and 41, on wells", ["30", "31", "41"]),
        ("aux paragraphes 15 b) et c), 23 a) et 31 ci-dessus", ["15 (b)", "15 (c)", "23 (a)", "31"]),
        ("الفقرات 13(أ) و21(ب) و29 أعلاه", ["13 (a)", "21 (b)", "29"]),
        ("الفقرتين ١٥ و٢٣", ["15", "23"]),
        ("within 12 months, 30 per cent", []),
    ],
)
def test_cited_paragraphs(sentence, items):
    assert list(cited(sentence)) == items
