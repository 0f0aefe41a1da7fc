"""Lines put together to running text: broken words, ligatures, mirrored brackets, invisible marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from operator import itemgetter

from tawsiya.intake.readers.pdf.page import HYPHEN

_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_]+")
_HYPHENS = "-‐‑\u00ad"
_DIVIDING = frozenset(f"{_HYPHENS}{HYPHEN}/")
"""Characters after which a line may go on without a blank."""
_last_of = itemgetter(-1)
_COMPATIBLE = re.compile(r"[\ufb00-\ufdff\ufe70-\ufefc]")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b\u200e\u200f\u061c\u2060\u202a-\u202e"
    r"\u2066-\u2069\ufeff\ufffe]"
)
_BLANK = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_RUN = re.compile(r"\s{2,}")
_MAYBE_FORMS = b"\xef"
"""The first byte of ligatures and presentation forms, which are printable, in UTF-8."""
MIRROR = str.maketrans("()[]{}«»", ")(][}{»«")
"""Brackets and their mirror images."""
_RTL_LETTER = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FIRST_PARTS = """
anti auto bi bio co counter cross cyber de e eco ex extra geo half high ill inter intra long low macro
mal mega micro mid mini mono multi neo non off on out over para per poly post pre pro pseudo quasi re
self semi short socio sous sub super supra sur trans tri ultra un under up vice well
"""
_HYPHENATED = 0.03
"""Share of lines ending in a hyphen above which a document is hyphenated by rule."""
_PREFIXES = frozenset(_FIRST_PARTS.split())
"""First parts of compounds, which keep their hyphen at the end of a line."""


class Words:
    """The words of a document, by which a hyphen at the end of a line is judged."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(lines)
        self._text: str | None = None
        broken = sum(line.endswith(HYPHEN) for line in self._lines)
        self._hyphenated = broken > max(10, len(self._lines) * _HYPHENATED)

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether "left-right", divided at the end of a line, is written with a hyphen.

        It is unless the document writes the joined word elsewhere: UN documents are not
        hyphenated by rule. In one that is, the halves must be words of their own.
        """
        left, right = left.lower(), right.lower()
        if self._has(f"{left}-{right}"):
            return True
        if self._has(f"{left}{right}"):
            return False
        return not self._hyphenated or left in _PREFIXES or (self._has(left) and self._has(right))

    def _has(self, word: str) -> bool:
        """Whether ``word`` stands in the document, not as half of a divided word."""
        if self._text is None:
            self._text = "\n".join(self._lines).lower()
        text = self._text
        place = text.find(word)
        while place >= 0:
            end = place + len(word)
            alone = not text[place - 1 : place].isalpha() and not text[end : end + 1].isalpha()
            divided = text[end : end + 1] == HYPHEN or text[place - 2 : place] == f"{HYPHEN}\n"
            if alone and not divided:
                return True
            place = text.find(word, place + 1)
        return False


def joined(lines: Sequence[str], words: Words) -> str:
    """The text of a paragraph on one line."""
    if _DIVIDING.isdisjoint(map(_last_of, lines)):
        return clean(" ".join(lines))
    text = lines[0]
    for line in lines[1:]:
        text = _two(text, line, words)
    return clean(text.replace(HYPHEN, "-"))


def _two(text: str, line: str, words: Words) -> str:
    if text.endswith(HYPHEN):
        body = text[:-1]
        left, right = _LAST.search(body), _FIRST.match(line)
        if left is None or right is None:
            return f"{body}-{line}"
        # A capital after the hyphen ("Inter-Ministerial") begins a word of its own.
        keep = right[0][0].isupper() or words.keeps_hyphen(left[0], right[0])
        return f"{body}-{line}" if keep else f"{body}{line}"
    if text[-1:] in _HYPHENS and text[-2:-1].isalnum() and line[:1].isalnum():
        return f"{text}{line}"
    if text.endswith("/") and not text.endswith(" /"):
        return f"{text}{line}"
    return f"{text} {line}"


def clean(text: str) -> str:
    """Plain blanks, no invisible marks, ligatures and Arabic presentation forms as letters."""
    if not text.isprintable() or (not text.isascii() and _MAYBE_FORMS in text.encode()):
        if _COMPATIBLE.search(text):
            text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        text = _INVISIBLE.sub("", _BLANK.sub(" ", text))
    return _RUN.sub(" ", text).strip() if "  " in text else text.strip()


def is_mirrored(line: str) -> bool | None:
    """Whether the first bracket of a right-to-left line closes before any opened: ")أ( text".

    None for a line without brackets or of another script.
    """
    if not ("(" in line or ")" in line) or not _RTL_LETTER.search(line):
        return None
    return next(c for c in line if c in "()") == ")"
