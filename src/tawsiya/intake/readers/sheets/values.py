"""Single cells of a ministry's spreadsheet: numbers with parts, dates, kinds, lists of labels.

Every function is total: what is not understood comes back as None or as written, never as a guess.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from tawsiya.intake.readers.folding import fold, one_line, western_digits
from tawsiya.intake.readers.labels import paragraph_number
from tawsiya.mechanisms.reference import loaders

_PREFIX = re.compile(
    r"^\s*(?:§+\s*|¶\s*|r(?=\d)|n[°ºo]\s*|no\.?\s*|paras?\.?\s*|paragraph(?:e)?s?\s*|(?:ال)?فقرة\s*)+",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(\d{1,3}(?:\.\d{1,4}){0,2}(?:\s?(?:bis|ter|quater)\b)?)\s*[.):]?\s*(.*)", re.IGNORECASE | re.DOTALL
)
_LETTERS = re.compile(r"\s*[(\[]?\s*([ivxl]{1,5}|[a-z])\s*(?:[)\]]|$|\.)")
_PATH = re.compile(r"(?:[ivxl]{1,5}|[a-z])(?:\.(?:[ivxl]{1,5}|[a-z])){0,3}")
_ABJAD = str.maketrans("ابجدهوزحطيكلمنسعفصقرشتثخذض", "abcdefghijklmnopqrstuvwxyz", "ـ")
_ALEFS = str.maketrans("أإآ", "ااا")
"""Arabic parts are counted in abjad order, and named by the Latin letter of the same place."""
_BULLET = re.compile(r"^(?:[-–—•▪◦●*·]\s*)+")
_BREAK = re.compile(r"[\n;؛|•]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})")
_YEAR = re.compile(r"\d{4}")
_WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er)?\s+)?([^\W\d]+(?:\s[^\W\d]+)?)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_EARLIEST, _LATEST = 1946, 2100
_MONTHS = (
    "january jan janvier janv يناير كانون", "february feb fevrier fev fevr فبراير شباط",
    "march mar mars مارس اذار",
    "april apr avril avr ابريل نيسان", "may mai ماي مايو ايار", "june jun juin يونيو يونيه حزيران",
    "july jul juillet juil يوليوز يوليو يوليه تموز", "august aug aout غشت اغسطس اب",
    "september sep sept septembre شتنبر سبتمبر ايلول", "october oct octobre اكتوبر",
    "november nov novembre نونبر نوفمبر", "december dec decembre دجنبر ديسمبر",
)  # fmt: skip
_MONTH = {fold(word): number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_KINDS = (
    ("recommendation", ("recommend", "recommand", "توصي")),
    ("concern", ("concern", "observation", "preoccup", "قلق", "شواغل", "ملاحظ")),
    ("pledge", ("pledge", "commitment", "engagement", "تعهد", "التزام")),
    ("other", ("other", "autre", "اخر", "اخري")),
)
_MAX_PART = 20
MAX_VALUES = 200
MAX_LABEL = 300


def number_and_part(text: str) -> tuple[str | None, str, str]:
    """Paragraph, lettered part as a path ("a.i", "" for none), and what follows them in the cell.

    "132.90", "§ 23 (a) (i)", "23(a)", "R42", "Para. 15". None where no number begins the text.
    """
    plain = _PREFIX.sub("", western_digits(one_line(text)).replace("٫", "."))
    found = _PLAIN.fullmatch(plain)
    if found is None:
        number, rest = paragraph_number(plain)
        if number is None:
            return None, "", text
    else:
        number, rest = found[1].lower(), found[2]
    rest = _in_latin(rest) if len(rest) <= _MAX_PART else rest
    letters: list[str] = []
    while (step := _LETTERS.match(rest)) is not None and len(letters) < 4:
        letters.append(step[1].lower())
        rest = rest[step.end() :]
    return one_line(number), ".".join(letters), rest.strip()


def _in_latin(text: str) -> str:
    return text.translate(_ALEFS).translate(_ABJAD)


def part(text: str) -> str | None:
    """The path of a lettered part: a.i for "(a) (i)", a for "a)"; None if it is none, "" if empty."""
    plain = re.sub(r"[\s()\[\]]+", ".", _in_latin(text.strip().lower())[:_MAX_PART]).strip(".")
    if not plain:
        return ""
    return plain if _PATH.fullmatch(plain) else None


@lru_cache(maxsize=20_000)
def day(text: str) -> date | None:
    """A date: ISO, day first with figures or a month's name in three languages, a spreadsheet's serial.

    A year or a month alone is no date: which day it stands for is not ours to say.
    """
    plain = western_digits(one_line(text))
    if len(plain) > 40:
        return None
    if (found := _ISO.fullmatch(plain)) is not None:
        return _date(found[1], found[2], found[3]) if found[3] else None
    if (found := _DAY_FIRST.fullmatch(plain)) is not None:
        return _date(found[3], found[2], found[1])
    if (found := _WORDED.fullmatch(plain)) is not None and found[1]:
        month = _MONTH.get(fold(found[2]).split(" ")[0])
        return _date(found[3], month, found[1]) if month else None
    if (found := _MONTH_FIRST.fullmatch(plain)) is not None:
        month = _MONTH.get(fold(found[1]))
        return _date(found[3], month, found[2]) if month else None
    if plain.isascii() and plain.isdigit() and int(plain) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(plain))
    return None


def _date(year: str, month: str | int, days: str) -> date | None:
    if not _EARLIEST <= int(year) <= _LATEST:
        return None
    try:
        return date(int(year), int(month), int(days))
    except ValueError:
        return None


@lru_cache(maxsize=1_000)
def kind(text: str) -> str | None:
    """``recommendation``, ``concern``, ``pledge`` or ``other``; None for words that say none of them."""
    plain = fold(text)
    return next((code for code, starts in _KINDS if any(start in plain for start in starts)), None)


@lru_cache(maxsize=1_000)
def body(text: str) -> str | None:
    """The code of the body that a label names; None if it names none with certainty."""
    known = loaders.recognise_mechanism(one_line(text)[:MAX_LABEL])
    return known.code if known is not None else None


def labels(text: str) -> tuple[str, ...]:
    """Several values of a cell: one per line, or between semicolons or bars; each once, without bullets."""
    pieces = (one_line(_BULLET.sub("", piece.strip()))[:MAX_LABEL] for piece in _BREAK.split(text))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))[:MAX_VALUES]
