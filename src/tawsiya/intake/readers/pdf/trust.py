"""Whether the words of a text layer can be trusted.

A PDF shows shapes; which letters they stand for is a table beside them, and that table can be
wrong while the page looks right. Scans have no letters at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ARABIC = re.compile(r"[\u0620-\u064a]+")
_LETTERED = re.compile(r"[()]\s?[\u0621-\u064a]\u0640?\s?[()]")
"""Letters that count the items of a list, whichever way the brackets came out."""
_SWAPPED = ("امل", "احل", "اجل", "اخل", "اإل", "األ")
_ONLY_LAST = ("ة", "ى")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd]")
_LEAST_LETTERS = 200
_ENOUGH_LETTERS = 10_000
"""Letters, taken all over a document, that tell the share of vowels to half a per cent."""
_ODD_SHARE = 0.01
_SWAPPED_SHARE = 0.02
_LEAST_WORDS = 100
_VOWELS = (0.25, 0.6)
"""Share of vowels among the letters of any language written in Latin letters: 0.36 to 0.48."""
_NO_LETTERS = bytes(c for c in range(256) if not chr(c).isalpha() or c > 127)
_NO_ARABIC = bytes({*range(256)} - {0xD8, 0xD9})
"""All bytes but the first of the Arabic letters in UTF-8."""
_NO_ASCII = bytes(range(128, 256))
_NO_VOWELS = bytes(c for c in range(256) if chr(c) not in "aeiouyAEIOUY")


@dataclass(frozen=True, slots=True)
class Trust:
    """``letters``: letters found; ``damaged``: their table is wrong in places."""

    letters: int
    damaged: bool


def judge(lines: Sequence[str]) -> Trust:
    """Look at all lines of a document."""
    text = "\n".join(lines)
    latin = text.encode("utf-8", "surrogatepass").translate(None, _NO_LETTERS)
    other = "" if text.isascii() else "\n".join(line for line in lines if not line.isascii())
    # Nearly all that is not ASCII is a letter where another script is used.
    encoded = other.encode("utf-8", "surrogatepass")
    letters = len(latin) + len(other) - len(encoded.translate(None, _NO_ASCII))
    if letters < _LEAST_LETTERS:
        return Trust(letters, damaged=False)
    odd = len(_ODD.findall(other)) if b"\xee" in encoded or b"\xef" in encoded else 0
    arabic = bool(encoded.translate(None, _NO_ARABIC)) and _arabic_is_damaged(other)
    damaged = odd > letters * _ODD_SHARE or arabic or _latin_is_damaged(latin)
    return Trust(letters, damaged)


def _arabic_is_damaged(text: str) -> bool:
    """Ligatures of lam taken apart in the wrong order ("امل" for "الم"), words torn by stray alefs,
    words written backwards (they begin with a letter that only ends words, or end with the article).

    No Arabic text of some length begins one word in fifty so.
    """
    words: list[str] = _ARABIC.findall(_LETTERED.sub(" ", text))
    if len(words) < _LEAST_WORDS:
        return False
    swapped = sum(word.startswith(_SWAPPED) for word in words)
    torn = sum("اا" in word for word in words)
    single = sum(len(word) == 1 and word != "و" for word in words)
    backwards = sum(word.startswith(_ONLY_LAST) or _ends_with_article(word) for word in words)
    return max(swapped, torn, single, backwards) > len(words) * _SWAPPED_SHARE


def _ends_with_article(word: str) -> bool:
    return len(word) > 4 and word.endswith("لا") and not word.startswith("ا")


def _latin_is_damaged(letters: bytes) -> bool:
    """Letters of the wrong table: too few or too many vowels."""
    if len(letters) < _LEAST_LETTERS:
        return False
    least, most = _VOWELS
    sample = letters[:: max(1, len(letters) // _ENOUGH_LETTERS)]
    return not least < len(sample.translate(None, _NO_VOWELS)) / len(sample) < most
