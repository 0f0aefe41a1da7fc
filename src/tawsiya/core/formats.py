"""Dates and numbers as the State writes them: Babel's locale of the State, not only of the language.

Morocco's Arabic says غشت where most Arabic says أغسطس, and keeps Western digits; Django's own
formats know one Arabic. The first half is pure and takes a locale; the second asks the instance.
"""

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date as _babel_date
from babel.dates import format_skeleton, format_timedelta, get_datetime_format
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language

Style = Literal["short", "medium", "long", "full"]
Number = int | float | Decimal
FALLBACK = "en_001"
# A bare "en" would write the month before the day; UN documents in English write the day first.
_WITHOUT_TERRITORY = {"en": FALLBACK}
# Beyond this, "three months ago" says less than the date.
_RELATIVE_LIMIT = dt.timedelta(days=30)
_LEFT_TO_RIGHT_MARK = "\u200e"


@lru_cache(maxsize=64)
def parse_locale(code: str) -> Locale:
    """Return Babel's locale of a code such as `ar_MA` or `fr`.

    A territory Babel does not know falls back to the language, an unknown language to English.
    """
    language = code.replace("-", "_").split("_")[0]
    for candidate in (_WITHOUT_TERRITORY.get(code, code), language, FALLBACK):
        try:
            return Locale.parse(candidate.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel ships English")


@lru_cache(maxsize=4096)
def date_text(value: dt.date, locale: str, style: Style = "medium") -> str:
    """Write a date. `short` is all digits, `medium` and `long` name the month, `full` the weekday too.

    Arabic has no abbreviated months, and French of Morocco cuts both juin and juillet to `jui.`:
    their `medium` is their `long`.
    """
    where = parse_locale(locale)
    if style == "medium" and where.language in {"ar", "fr"}:
        style = "long"
    day = value.date() if isinstance(value, dt.datetime) else value
    return _babel_date(day, format=style, locale=where)


def datetime_text(value: dt.datetime, locale: str, style: Style = "medium") -> str:
    """Write a moment with its hour on 24 hours, in the time zone the value already has."""
    where = parse_locale(locale)
    clock = format_skeleton("Hm", value.replace(tzinfo=None), locale=where)
    pattern = str(get_datetime_format("medium", locale=where)).replace("'", "")
    return pattern.replace("{1}", date_text(value, locale, style)).replace("{0}", clock)


def ago_text(value: dt.datetime, now: dt.datetime, locale: str) -> str:
    """Write how long ago (or in how long) a moment is; the date when more than thirty days away."""
    delta = value - now
    if abs(delta) > _RELATIVE_LIMIT:
        return date_text(value, locale)
    return format_timedelta(delta, add_direction=True, locale=parse_locale(locale))


@lru_cache(maxsize=4096, typed=True)
def number_text(value: Number, locale: str, decimals: int | None = None) -> str:
    """Write a number with the locale's separators.

    Args:
        value: the number.
        locale: a Babel locale code.
        decimals: exactly so many decimals; as many as the number has (three at most) when omitted.
    """
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return _isolate_sign(format_decimal(value, format=pattern, locale=parse_locale(locale)))


@lru_cache(maxsize=1024, typed=True)
def percent_text(share: Number, locale: str, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage, for example `0.456` as `46%`."""
    where = parse_locale(locale)
    pattern = where.percent_formats[None].pattern
    if decimals:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * decimals)
    return _isolate_sign(format_percent(share, format=pattern, locale=where))


def _isolate_sign(text: str) -> str:
    """Keep a minus before its number in right-to-left text."""
    return _LEFT_TO_RIGHT_MARK + text if text.startswith(("-", "\u2212")) else text


def current_locale(language: str | None = None) -> str:
    """Return the instance's locale of a language (the active one when omitted), else the bare language."""
    from tawsiya.core import (
        instance,  # models must not load with this module's pure half
    )

    code = (language or get_language() or "en").split("-")[0]
    row = instance.current()
    locales = row.locales if row is not None else {}
    return str(locales.get(code, code))


def localise_date(value: dt.date, style: Style = "medium") -> str:
    """Write a date, or the local day of a moment, for the reader."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_text(value, current_locale(), style)


def localise_datetime(value: dt.datetime, style: Style = "medium") -> str:
    """Write a moment in local time for the reader."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return datetime_text(local, current_locale(), style)


def localise_ago(value: dt.datetime) -> str:
    """Write how long ago a moment is, for the reader."""
    aware = value if timezone.is_aware(value) else timezone.make_aware(value)
    return ago_text(timezone.localtime(aware), timezone.localtime(), current_locale())


def localise_number(value: Number, decimals: int | None = None) -> str:
    """Write a number for the reader."""
    return number_text(value, current_locale(), decimals)


def localise_percent(share: Number, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage for the reader."""
    return percent_text(share, current_locale(), decimals)
