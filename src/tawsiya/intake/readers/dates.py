"""Dates and spans of time as UN documents write them, in English, French, Arabic and Spanish."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date

from tawsiya.intake.readers.folding import fold, western_digits

_DAY = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|º|°)?\s+(?:de\s+)?"
    r"([^\W\d_]+(?:\s(?:الأول|الثاني|الاول))?)(?:\s?/\s?[^\W\d_]+)?\s+(?:de\s+)?((?:19|20)\d\d)(?!\d)"
)
_MONTH_ONLY = re.compile(
    r"(?<![\w/])([^\W\d_]+(?:\s(?:الأول|الثاني|الاول))?)(?:\s?/\s?[^\W\d_]+)?\s+(?:de\s+)?((?:19|"
    r"20)\d\d)(?!\d)"
)
_MONTHS = (
    "january janvier enero يناير كانون_الثاني",
    "february fevrier febrero فبراير شباط",
    "march mars marzo مارس اذار",
    "april avril abril ابريل نيسان",
    "may mai mayo مايو ايار",
    "june juin junio يونيه حزيران يونيو",
    "july juillet julio يوليه تموز يوليو",
    "august aout agosto اغسطس اب",
    "september septembre septiembre سبتمبر ايلول",
    "october octobre octubre اكتوبر تشرين_الاول",
    "november novembre noviembre نوفمبر تشرين_الثاني",
    "december decembre diciembre ديسمبر كانون_الاول",
)
_MONTH = {
    word.replace("_", " "): number for number, words in enumerate(_MONTHS, start=1) for word in words.split()
}
_MAX_LINE = 60
_WORDS = (
    "one un une an سنه عام واحده واحد",
    "two deux dos سنتين عامين سنتان",
    "three trois tres ثلاث ثلاثه",
    "four quatre cuatro اربع اربعه",
    "five cinq cinco خمس خمسه",
    "six seis ست سته",
    "seven sept siete سبع",
    "eight huit ocho ثماني",
    "nine neuf nueve تسع",
    "ten dix diez عشر",
    "eleven onze once",
    "twelve douze doce",
)
_NUMBER = {word: number for number, words in enumerate(_WORDS, start=1) for word in words.split()}
_NUMBER |= {"eighteen": 18, "dix huit": 18, "ثمانيه عشر": 18, "اثني عشر": 12, "اثنا عشر": 12}
_NUMBER |= {"twenty four": 24, "vingt quatre": 24, "thirty six": 36}
_YEARS = r"(?:years?|ans?|annees?|anos?|سنوات|سنه|سنتين|عامين|عام)"
_MONTH_WORDS = r"(?:months?|mois|mes(?:es)?|شهرا|اشهر|شهر)"
_COUNT = r"(?P<count>\d{1,2}|" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")"
_SPAN = re.compile(
    r"\b(?:within|in|dans (?:un |le )?(?:delai |(?:l )?espace )?(?:maximum |maximal )?(?:d |de |des )?|sous|"
    r"d ici a|en (?:un )?plazo (?:maximo )?de|dentro de|"
    r"(?:في )?غضون|خلال|في (?:اجل|مهله|ظرف))\s?"
    r"(?:the |a |period of |next |maximum |les |la |فتره |مده )*"
    rf"{_COUNT}(?: (?P<unit>{_YEARS}|{_MONTH_WORDS}))?\b"
)
_DUAL = frozenset({"سنتين", "عامين", "سنه", "عام"})


def find_dates(text: str) -> Iterator[tuple[int, date]]:
    """Whole dates in ``text`` with the place where each begins; impossible ones are passed over."""
    for match in _DAY.finditer(western_digits(text)):
        found = _made(int(match[3]), _month(match[2]), int(match[1]))
        if found is not None:
            yield match.start(), found


def find_month(text: str) -> date | None:
    """The last day of the first "July 2026" in ``text``; None if there is none."""
    for match in _MONTH_ONLY.finditer(western_digits(text)):
        month = _month(match[1])
        if month is not None:
            year = int(match[2])
            return date(year, month, calendar.monthrange(year, month)[1])
    return None


def first_date(lines: Iterable[str]) -> date | None:
    """The first date that stands in a short line: on a front page the date of distribution."""
    for line in lines:
        if len(line) <= _MAX_LINE:
            for _place, found in find_dates(line):
                return found
    return None


def find_span(text: str) -> int | None:
    """The months of "within one year", "dans un délai de deux ans", "في غضون 18 شهرا"; None if none."""
    for match in _SPAN.finditer(fold(text)):
        counted = match["count"]
        count = int(counted) if counted.isdigit() else _NUMBER[counted]
        unit = match["unit"] or ""
        if re.fullmatch(_MONTH_WORDS, unit):
            return count
        if unit or counted in _DUAL or counted == "an":
            return count * 12
    return None


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month(name: str) -> int | None:
    folded = fold(name)
    return _MONTH.get(folded) or _MONTH.get(folded.split(" ")[0])


def _made(year: int, month: int | None, day: int) -> date | None:
    try:
        return date(year, month, day) if month else None
    except ValueError:
        return None
