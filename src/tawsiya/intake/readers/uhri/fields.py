"""Single values of an export, whichever way they are written: labels, countries, bodies, goals, dates.

Every function is total: what is not understood comes back as None, or as written, never as a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from tawsiya.intake.readers.labels import parse_position
from tawsiya.mechanisms import states
from tawsiya.mechanisms.reference import loaders
from tawsiya.mechanisms.symbols import upr_cycle_of_wg_session

MAX_LABEL = 300
MAX_VALUES = 400
"""Values of one field; a UPR recommendation of a group has about 60 States."""
_MANY = 65_536

_DASH = re.compile(r"^[\s\-–•*]+(?=\S)")
_GUID = re.compile(r"\s*[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\s*")
_GOAL = re.compile(r"\s*(?:SDG\s*|Goal\s*)?(\d{1,2})(?:\.(\d{1,2}|[a-zA-Z])\b)?", re.IGNORECASE)
_MARKS = re.compile(r"[*†‡\s]+$")
_MANDATE = re.compile(
    r"(SR|IE|WG)\s+(?:on\s+(?:the\s+)?(?:situation\s+of\s+)?human\s+rights\s+in\s+)?(.+)", re.IGNORECASE
)
_COUNTRY_MANDATE = re.compile(
    r"(Special Rapporteur|Independent Expert)\s+on\s+the\s+(?:situation\s+of\s+)?human\s+rights"
    r"\s+(?:situation\s+)?in\s+(.+)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]\s*")
_FIGURE = re.compile(r"\d{1,2}")
_ISO_DATE = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""Serial days of spreadsheets from 1954 to 2119."""
_EARLIEST, _LATEST = 1946, 2100


def values(raw: Any) -> tuple[str, ...]:
    """The values of a field: a list, or a text with one per line; without dashes, blanks and repetitions."""
    if not raw:
        return ()
    if isinstance(raw, list):
        try:
            return _listed(tuple(raw[:MAX_VALUES]))
        except TypeError:  # a list or an object among the values
            return _listed(tuple(item for item in raw[:MAX_VALUES] if isinstance(item, str)))
    return _lines(raw) if isinstance(raw, str) and len(raw) <= _MANY else ()


@lru_cache(maxsize=20_000)
def _listed(items: tuple[object, ...]) -> tuple[str, ...]:
    found = dict.fromkeys(label(item) for item in items if isinstance(item, str))
    return tuple(item for item in found if item)


@lru_cache(maxsize=5_000)
def _lines(text: str) -> tuple[str, ...]:
    return _listed(tuple(text.splitlines()[:MAX_VALUES]))


@lru_cache(maxsize=5_000)
def label(text: str) -> str:
    """One label without the list dash and stray blanks; "" for an empty one such as ``"- "``."""
    return " ".join(_DASH.sub("", text[: MAX_LABEL * 4]).split()).strip("-– ")[:MAX_LABEL]


@cache
def identifiers() -> dict[str, dict[str, Any]]:
    """The identifiers of the live interface by what they name (``uhri_ids.json``)."""
    found: dict[str, dict[str, Any]] = loaders.read("uhri_ids.json")
    return found


def identifier(family: str, text: Any) -> Any:
    """What an identifier of the live interface stands for, None if it is not known."""
    return identifiers()[family].get(text.strip().lower()) if isinstance(text, str) else None


def is_identifier(text: str) -> bool:
    """Whether a text is a GUID."""
    return _GUID.fullmatch(text) is not None


@lru_cache(maxsize=1_000)
def kind(text: str) -> str:
    """``recommendation``, ``concern`` or ``other`` for an AnnotationType; a GUID or "-" says nothing."""
    if _GUID.fullmatch(text):
        return str(identifier("kinds", text) or "other")
    plain = label(text).casefold()
    if plain.startswith(("recommend", "recommand", "recomend", "توصي", "рекоменд", "建议")):
        return "recommendation"
    if plain.startswith(("concern", "observation", "préoccup", "preoccup", "preocup", "озабоч")):
        return "concern"
    return "other"


@lru_cache(maxsize=2_000)
def body(text: str) -> str | None:
    """The code of the body a label names, old or new spelling; None if it names none with certainty."""
    plain = label(text)
    if _GUID.fullmatch(plain):
        found = identifier("bodies", plain)
        return str(found) if found else None
    within = _BRACKETED.fullmatch(plain)
    for candidate in (plain, *(within.groups() if within else ())):
        known = loaders.recognise_mechanism(candidate)
        if known is not None:
            return known.code
    return _country_mandate(plain)


def _country_mandate(plain: str) -> str | None:
    """``SR-MMR`` for "SR Myanmar": a mandate on one State, which no list of themes has."""
    found = _COUNTRY_MANDATE.fullmatch(plain) or _MANDATE.fullmatch(plain)
    state = country(found[2]) if found else None
    if found is None or state is None:
        return None
    short = {"special rapporteur": "SR", "independent expert": "IE"}.get(found[1].lower(), found[1].upper())
    return f"{short}-{state}"


@lru_cache(maxsize=5_000)
def country(text: str) -> str | None:
    """ISO3 of a State by its name, ISO code or identifier, without asterisks; None for what is no State."""
    plain = _MARKS.sub("", label(text))
    if not plain:
        return None
    if len(plain) in (2, 3) and plain.isalpha() and plain.isupper():
        return states.from_code(plain) or states.recognise(plain)
    if _GUID.fullmatch(plain):
        found = identifier("states", plain)
        return str(found) if found else None
    return states.recognise(plain) or states.recognise(plain.replace("*", ""))


@lru_cache(maxsize=20_000)
def countries(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ISO3 codes of the names that are States, and the other names as written."""
    codes = [(country(name), _MARKS.sub("", name)) for name in names]
    return (
        tuple(dict.fromkeys(code for code, _ in codes if code)),
        tuple(
            dict.fromkeys(name for code, name in codes if code is None and name and not _GUID.fullmatch(name))
        ),
    )


@lru_cache(maxsize=20_000)
def sdg_codes(labels: Sequence[str]) -> tuple[str, ...]:
    """Goals and targets ("16", "16.2", "4.c") in their order: figures by number, letters last."""
    found = set()
    for text in labels:
        match = _GOAL.match(text) if not _GUID.fullmatch(text) else None
        code = identifier("sdgs", text) if match is None else goal_code(match[1], match[2])
        if code:
            found.add(code)
    return tuple(sorted(found, key=sdg_key))


def goal_code(goal: str, target: str | None) -> str | None:
    """ "16.2" of ("16", "2"); None where there is no such goal."""
    if not 1 <= int(goal) <= 17:
        return None
    return f"{int(goal)}.{target.lower() if target.isalpha() else int(target)}" if target else str(int(goal))


def sdg_key(code: str) -> tuple[int, int, int, str]:
    """Sorts "1" < "1.1" < "1.2" < "1.10" < "1.a" < "2"."""
    goal, _, target = code.partition(".")
    if target.isdigit():
        return int(goal), 1, int(target), ""
    return int(goal), 2 if target else 0, 0, target


@lru_cache(maxsize=1_000)
def position(labels: Sequence[str]) -> str | None:
    """``supported``, ``noted``, ``supported/noted``, None: two different positions are both."""
    found = {
        identifier("positions", text) if _GUID.fullmatch(text) else parse_position(text) for text in labels
    } - {None}
    if len(found) > 1:
        return "supported/noted"
    return next(iter(found), None)


@lru_cache(maxsize=1_000)
def session(labels: Sequence[str]) -> int | None:
    """Number of the session of the UPR Working Group; None where the label gives none."""
    for text in labels:
        if _GUID.fullmatch(text):
            number = identifier("sessions", text)
        else:
            match = _FIGURE.search(text)
            number = int(match[0]) if match else None
        if number and upr_cycle_of_wg_session(number):
            return int(number)
    return None


@lru_cache(maxsize=1_000)
def cycle(text: str, in_session: int | None) -> int | None:
    """UPR cycle from its label ("3rd cycle", "Third", "3") or else from the session."""
    if _GUID.fullmatch(text):
        known = identifier("cycles", text)
        return int(known) if known else _cycle_of(in_session)
    match = _FIGURE.search(text)
    if match and 1 <= int(match[0]) <= 9:
        return int(match[0])
    words = text.casefold().split()
    return next((n for word, n in _ORDINALS.items() if word in words), _cycle_of(in_session))


def _cycle_of(in_session: int | None) -> int | None:
    return upr_cycle_of_wg_session(in_session) if in_session else None


def day(raw: Any) -> date | None:
    """A date as ISO text, day/month/year, a spreadsheet's serial or a date; 1900-01-01 says nothing."""
    if isinstance(raw, date):
        found: date | None = date(raw.year, raw.month, raw.day)
    elif isinstance(raw, bool):
        found = None
    elif isinstance(raw, (int, float)):
        found = _serial(raw)
    else:
        found = _written_day(raw) if isinstance(raw, str) and len(raw) <= MAX_LABEL else None
    return found if found and _EARLIEST <= found.year <= _LATEST else None


def _serial(number: float) -> date | None:
    if not _SERIALS.start <= number < _SERIALS.stop:  # not-a-number is in no range either
        return None
    return _SERIAL_ZERO + timedelta(days=int(number))


@lru_cache(maxsize=20_000)
def _written_day(text: str) -> date | None:
    plain = text.strip()
    try:
        if match := _ISO_DATE.match(plain):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.match(plain):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return _serial(float(plain)) if plain.replace(".", "", 1).isdecimal() else None
    except (ValueError, OverflowError):
        return None


def first(items: Iterable[str]) -> str:
    """The first of some values, "" where there are none."""
    return next(iter(items), "")
