"""Sessions of the Working Group as reports write them, in words: "forty-first", "quarante et unième"."""

from __future__ import annotations

import re
from functools import cache

_LAST = 59
_ENGLISH_WORDS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth
"""
_ENGLISH = _ENGLISH_WORDS.split()
_ENGLISH_TENS = {2: "twent", 3: "thirt", 4: "fort", 5: "fift"}
_FRENCH_WORDS = """
premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme
treizieme quatorzieme quinzieme seizieme dix-septieme dix-huitieme dix-neuvieme
"""
_FRENCH = [word.replace("-", " ") for word in _FRENCH_WORDS.split()]
_FRENCH_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante"}
_ARABIC = ["الاولي", "الثانيه", "الثالثه", "الرابعه", "الخامسه", "السادسه", "السابعه", "الثامنه", "التاسعه"]
_ARABIC_TENS = {2: "عشر", 3: "ثلاث", 4: "اربع", 5: "خمس"}
_HELD = (
    re.compile(r"\bheld its (?P<words>[a-z]+(?: [a-z]+)?) session\b"),
    re.compile(r"\btenu sa (?P<words>[a-z]+(?: [a-z]+){0,2}) session\b"),
    re.compile(r"\bدورته (?P<words>\w+(?: \w+)?)"),
    re.compile(r"\bsu (?P<figures>\d{1,2}) ?[oa]? periodo de sesiones\b"),
)


def session_of(folded: str) -> int | None:
    """The session that a folded introduction says was held; None if it says none."""
    for pattern in _HELD:
        match = pattern.search(folded)
        if match is None:
            continue
        given = match.groupdict()
        if given.get("figures"):
            return int(given["figures"])
        words = (given.get("words") or "").split()
        for count in range(len(words), 0, -1):
            number = _ordinals().get(" ".join(words[:count]))
            if number is not None:
                return number
    return None


@cache
def _ordinals() -> dict[str, int]:
    """Folded ordinals of three languages to their numbers, 1 to 59."""
    found: dict[str, int] = {}
    for number in range(1, _LAST + 1):
        tens, unit = divmod(number, 10)
        for words in (
            *_english(number, tens, unit),
            *_french(number, tens, unit),
            *_arabic(number, tens, unit),
        ):
            found[words] = number
    return found


def _english(number: int, tens: int, unit: int) -> list[str]:
    if number < 20:
        return [_ENGLISH[number - 1]]
    stem = _ENGLISH_TENS[tens]
    return [f"{stem}y {_ENGLISH[unit - 1]}" if unit else f"{stem}ieth"]


def _french(number: int, tens: int, unit: int) -> list[str]:
    if number < 20:
        return [_FRENCH[number - 1]]
    stem = _FRENCH_TENS[tens]
    if not unit:
        return [f"{stem.removesuffix('e')}ieme"]
    return [f"{stem} et unieme" if unit == 1 else f"{stem} {_FRENCH[unit - 1]}"]


def _arabic(number: int, tens: int, unit: int) -> list[str]:
    """As they stand in a sentence, in either case: العشرون and العشرين."""
    if number == 10:
        return ["العاشره"]
    first = "الحاديه" if unit == 1 and tens else (_ARABIC[unit - 1] if unit else "")
    if tens < 2:
        return [f"{first} عشره"] if tens else [first]
    stems = [f"{_ARABIC_TENS[tens]}{ending}" for ending in ("ين", "ون")]
    return [f"{first} وال{stem}" if first else f"ال{stem}" for stem in stems]
