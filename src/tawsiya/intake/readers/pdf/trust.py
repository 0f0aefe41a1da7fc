"""Whether the words of a text layer can be trusted.

A PDF shows shapes; which letters they stand for is a table beside them, and that table can be
wrong while the page looks right. Scans have no letters at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ARABIC = re.compile(r"[\u0620-\u064a]+")
_SWAPPED = ("امل", "احل", "اجل", "اخل", "اإل", "األ")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd\u0000-\u0008\u000e-\u001f]")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_LETTERS = 200
_ODD_SHARE = 0.01
_SWAPPED_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Trust:
    """``letters``: letters found; ``damaged``: their table is wrong in places."""

    letters: int
    damaged: bool


def judge(lines: Sequence[str]) -> Trust:
    """Look at all lines of a document."""
    text = "\n".join(lines)
    letters = len(_LETTER.findall(text))
    if letters < _LEAST_LETTERS:
        return Trust(letters, damaged=False)
    odd = len(_ODD.findall(text))
    return Trust(letters, odd > letters * _ODD_SHARE or _arabic_is_damaged(text) or _latin_is_damaged(text))


def _arabic_is_damaged(text: str) -> bool:
    """Ligatures of lam taken apart in the wrong order ("امل" for "الم"), words torn by stray alefs.

    No Arabic text of some length begins one word in fifty so.
    """
    words: list[str] = _ARABIC.findall(text)
    if len(words) < 100:
        return False
    swapped = sum(word.startswith(_SWAPPED) for word in words)
    torn = sum("اا" in word for word in words)
    single = sum(len(word) == 1 and word != "و" for word in words)
    return max(swapped, torn, single) > len(words) * _SWAPPED_SHARE


def _latin_is_damaged(text: str) -> bool:
    """Letters of the wrong table: few vowels, or symbols among the letters."""
    latin = [c for c in text if c.isascii() and c.isalpha()]
    if len(latin) < _LEAST_LETTERS:
        return False
    vowels = sum(c in "aeiouyAEIOUY" for c in latin)
    return not 0.25 < vowels / len(latin) < 0.6
