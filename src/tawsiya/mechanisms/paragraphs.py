"""Paragraph labels of UN documents ("140.7 bis", "31(b)(ii)") as keys that sort as text."""

from __future__ import annotations

import re
import unicodedata

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LIMIT = 999_999
_MAX_PARTS = 8
_TATWEEL = "\u0640"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
"""Order of lettered items in Arabic documents; hamza is dropped before looking up."""
_INSERTED = {
    word: rank
    for rank, words in enumerate(
        (
            ("bis", "مكرر", "مكررا"),
            ("ter", "مكررثانيا"),
            ("quater",),
            ("quinquies",),
            ("sexies",),
            ("septies",),
            ("octies",),
        ),
        start=2,
    )
    for word in words
}
_ROMAN = {"i": 1, "v": 5, "x": 10}


def _plain(word: str) -> str:
    """Lower case without marks: hamza, tanwin, stretching and accents do not count."""
    decomposed = unicodedata.normalize("NFKD", word)
    kept = (c for c in decomposed if not unicodedata.combining(c) and c != _TATWEEL)
    return "".join(kept).casefold()


def _roman(word: str) -> int | None:
    if not word or any(c not in _ROMAN for c in word):
        return None
    values = [_ROMAN[c] for c in word]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def _letters(word: str, *, under_letter: bool) -> int | None:
    """Rank of a lettered item. Roman figures are expected only under a letter."""
    roman = _roman(word)
    if roman is not None and (under_letter or (len(word) > 1 and len(set(word)) > 1)):
        return roman
    if len(set(word)) != 1:
        return None
    # "(aa)" follows "(z)": the alphabet is gone through once per repetition.
    rounds = 100 * (len(word) - 1)
    if "a" <= word[0] <= "z":
        return rounds + ord(word[0]) - ord("a") + 1
    position = _plain(_ABJAD).find(word[0])
    return rounds + position + 1 if position >= 0 else None


def paragraph_key(label: str) -> str:
    """Sort key of a paragraph label: digits only, seven per part, the same in any collation.

    "12" < "140.7" < "140.7 (a)" < "140.7 (b)" < "140.7 bis" < "140.8"; a paragraph comes
    before its parts. Under a letter, "(i)", "(ii)", "(iv)" are Roman figures; directly under
    a number a single letter is a letter. Arabic items follow the abjad order. Words that are
    no numbering come last; a label without letters or figures gives an empty key.
    """
    parts: list[str] = []
    under_letter = False
    for token in _TOKEN.findall(label)[:_MAX_PARTS]:
        word = _plain(token)
        if word in _INSERTED:
            parts.append(f"9{_INSERTED[word]:06d}")
        elif token.isdecimal():
            parts.append(f"5{min(int(token[:12]), _LIMIT):06d}")
            under_letter = False
        elif (rank := _letters(word, under_letter=under_letter)) is not None:
            parts.append(f"6{min(rank, _LIMIT):06d}")
            under_letter = True
        else:
            parts.append("8000000")
    return "".join(parts)
