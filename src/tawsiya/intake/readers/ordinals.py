"""Numbers in words as UN documents number sessions: "forty-eighth", "vingt et unième", "الحادية والعشرين"."""

from __future__ import annotations

import re

_ENGLISH_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ENGLISH_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_ENGLISH_TENS = ["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet", "hundred"]
_FRENCH_UNITS = [
    "premiere",
    "deuxieme",
    "troisieme",
    "quatrieme",
    "cinquieme",
    "sixieme",
    "septieme",
    "huitieme",
    "neuvieme",
]
_FRENCH_TEENS = [
    "dixieme",
    "onzieme",
    "douzieme",
    "treizieme",
    "quatorzieme",
    "quinzieme",
    "seizieme",
    "dix_septieme",
    "dix_huitieme",
    "dix_neuvieme",
]
_FRENCH_TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "soixante dix": 70,
    "quatre vingt": 80,
    "quatre vingt dix": 90,
    "cent": 100,
}
_ARABIC_UNITS = ["اولي", "ثانيه", "ثالثه", "رابعه", "خامسه", "سادسه", "سابعه", "ثامنه", "تاسعه", "عاشره"]
_ARABIC_TENS = ["عشر", "عشرين", "ثلاثين", "اربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين", "مايه"]
_BELOW_TWENTY = {word: n for n, word in enumerate([*_ENGLISH_UNITS, *_ENGLISH_TEENS], start=1)}
_BELOW_TWENTY |= {
    word.replace("_", " "): n for n, word in enumerate([*_FRENCH_UNITS, *_FRENCH_TEENS], start=1)
}
_BELOW_TWENTY |= {"unieme": 1, "seconde": 2}
_ARABIC = {word: n for n, word in enumerate(_ARABIC_UNITS, start=1)} | {"حاديه": 1}


def ordinal_in(folded: str) -> int | None:
    """The number at the end of folded words ("its forty eighth"); None if there is none."""
    words = [word for word in folded.split() if word not in ("and", "et")]
    figures = re.search(r"\b(\d{1,3})(?:st|nd|rd|th|e|eme)?$", folded.strip())
    if figures:
        return int(figures[1])
    return _latin(words) or _arabic(words)


def _latin(words: list[str]) -> int | None:
    for size in (2, 1):
        value = _BELOW_TWENTY.get(" ".join(words[-size:])) if len(words) >= size else None
        if value is not None:
            return value + _tens(words[:-size])
    last = words[-1] if words else ""
    for place, stem in enumerate(_ENGLISH_TENS, start=2):
        if last in (f"{stem}ieth", "hundredth") and (last != "hundredth" or stem == "hundred"):
            return place * 10
    for name, value in _FRENCH_TENS.items():
        if " ".join(words[-len(name.split()) :]) in (f"{name}ieme", f"{name[:-1]}ieme"):
            return value
    return None


def _tens(before: list[str]) -> int:
    """The tens, or the hundred, that stand before the last word."""
    last = before[-1] if before else ""
    if last == "hundred":
        return 100
    for place, stem in enumerate(_ENGLISH_TENS, start=2):
        if last == f"{stem}y":
            return place * 10
    for size in (3, 2, 1):
        value = _FRENCH_TENS.get(" ".join(before[-size:])) if len(before) >= size else None
        if value is not None:
            return value
    return 0


def _arabic(words: list[str]) -> int | None:
    total = 0
    for word in words:
        plain = word if word in _ARABIC else word.removeprefix("و").removeprefix("ال")
        if word == "بعد":
            continue
        if plain in _ARABIC:
            total += _ARABIC[plain]
        elif plain in _ARABIC_TENS or plain == "عشره":
            total += 10 * (_ARABIC_TENS.index(plain) + 1) if plain != "عشره" else 10
        elif total:
            break
    return total or None
