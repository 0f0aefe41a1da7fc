"""Dates and numbers, expected values written by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from tawsiya.core import formats

DAY = dt.date(2025, 8, 3)
MOMENT = dt.datetime(2025, 8, 3, 14, 5)


MONTHS = [
    *["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو"],
    *["يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"],
]


@pytest.mark.parametrize(("month", "name"), list(enumerate(MONTHS, start=1)))
def test_arabic_of_morocco_names_its_own_months(month: int, name: str) -> None:
    assert formats.date_text(dt.date(2025, month, 9), "ar_MA") == f"9 {name} 2025"


@pytest.mark.parametrize(
    ("locale", "style", "text"),
    [
        ("ar_MA", "short", "3\u200f/8\u200f/2025"),
        ("ar_MA", "full", "الأحد، 3 غشت 2025"),
        ("ar", "medium", "3 أغسطس 2025"),
        ("fr_MA", "short", "03/08/2025"),
        ("fr_MA", "medium", "3 août 2025"),
        ("fr-MA", "medium", "3 août 2025"),
        ("en", "short", "03/08/2025"),
        ("en", "medium", "3 Aug 2025"),
        ("en", "full", "Sunday, 3 August 2025"),
        ("en_US", "medium", "Aug 3, 2025"),
    ],
)
def test_dates(locale: str, style: formats.Style, text: str) -> None:
    assert formats.date_text(DAY, locale, style) == text


def test_months_of_french_are_never_cut_to_the_same_letters() -> None:
    assert formats.date_text(dt.date(2025, 6, 1), "fr_MA") == "1 juin 2025"
    assert formats.date_text(dt.date(2025, 7, 1), "fr_MA") == "1 juillet 2025"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("ar_MA", "3 غشت 2025، 14:05"),
        ("fr_MA", "3 août 2025, 14:05"),
        ("en", "3 Aug 2025, 14:05"),
    ],
)
def test_moments_use_24_hours(locale: str, text: str) -> None:
    assert formats.datetime_text(MOMENT, locale) == text


@pytest.mark.parametrize(
    ("value", "locale", "decimals", "text"),
    [
        (1234567.5, "ar_MA", None, "1.234.567,5"),
        (1234567, "fr_MA", None, "1\u202f234\u202f567"),
        (1234567, "en", None, "1,234,567"),
        (Decimal("2.5"), "fr_MA", 2, "2,50"),
        (2.5, "en", 0, "2"),
        (-3, "ar_MA", None, "\u200e-3"),
    ],
)
def test_numbers(value: formats.Number, locale: str, decimals: int | None, text: str) -> None:
    assert formats.number_text(value, locale, decimals) == text


@pytest.mark.parametrize(
    ("locale", "decimals", "text"),
    [("ar_MA", 0, "46%"), ("fr_MA", 0, "46\xa0%"), ("en", 1, "45.6%")],
)
def test_percentages(locale: str, decimals: int, text: str) -> None:
    assert formats.percent_text(0.456, locale, decimals) == text


@pytest.mark.parametrize(
    ("delta", "locale", "text"),
    [
        (dt.timedelta(days=-2), "ar_MA", "قبل يومين"),
        (dt.timedelta(hours=-5), "fr_MA", "il y a 5 heures"),
        (dt.timedelta(days=1), "en", "in 1 day"),
        (dt.timedelta(days=-50), "fr_MA", "14 juin 2025"),
    ],
)
def test_near_moments_are_told_by_their_distance(delta: dt.timedelta, locale: str, text: str) -> None:
    assert formats.ago_text(MOMENT + delta, MOMENT, locale) == text


@pytest.mark.parametrize(("code", "language"), [("ar_XX", "ar"), ("xx", "en"), ("", "en"), ("zgh", "zgh")])
def test_unknown_locales_fall_back(code: str, language: str) -> None:
    assert formats.parse_locale(code).language == language
