"""Lines put together to running text: broken words, ligatures, mirrored brackets, invisible marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from tawsiya.intake.readers.pdf.page import HYPHEN

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_]+")
_HYPHENS = "-‐‑\u00ad"
_COMPATIBLE = re.compile(r"[\ufb00-\ufdff\ufe70-\ufefc]")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b\u200e\u200f\u061c\u2060\u202a-\u202e"
    r"\u2066-\u2069\ufeff\ufffe]"
)
_BLANK = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_RUN = re.compile(r"\s{2,}")
_MIRROR = str.maketrans("()[]{}«»", ")(][}{»«")
_RTL_LETTER = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FIRST_PARTS = """
anti auto bi bio co counter cross cyber de e eco ex extra geo half high ill inter intra long low macro
mal mega micro mid mini mono multi neo non off on out over para per poly post pre pro pseudo quasi re
self semi short socio sous sub super supra sur trans tri ultra un under up vice well
"""
_PREFIXES = frozenset(_FIRST_PARTS.split())
"""First parts of compounds, which keep their hyphen at the end of a line."""


class Words:
    """The words of a document, by which a hyphen at the end of a line is judged."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(lines)
        self._known: frozenset[str] | None = None

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether "left-right", divided at the end of a line, is written with a hyphen.

        It is unless the document writes the joined word elsewhere, or ``left`` is no word of
        its own: UN documents are not hyphenated by rule, so most such hyphens are their own.
        """
        known = self._words()
        left, right = left.lower(), right.lower()
        if f"{left}-{right}" in known:
            return True
        if left + right in known:
            return False
        return left in _PREFIXES or left in known or not right or right in known

    def _words(self) -> frozenset[str]:
        if self._known is None:
            found: set[str] = set()
            for line in self._lines:
                # Both halves of a divided word are left out: they prove nothing.
                found.update(_WORD.findall(line.removesuffix(HYPHEN).lower()))
            self._known = frozenset(found)
        return self._known


def joined(lines: Sequence[str], words: Words) -> str:
    """The text of a paragraph on one line."""
    text = lines[0] if lines else ""
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
    if text.isascii() and "\x00" not in text:
        return _RUN.sub(" ", text).strip()
    if _COMPATIBLE.search(text):
        text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _INVISIBLE.sub("", _BLANK.sub(" ", text))
    return _RUN.sub(" ", text).strip()


def upright(line: str) -> str:
    """A line of a right-to-left script whose brackets the engine left as they are drawn."""
    return line.translate(_MIRROR) if is_mirrored(line) else line


def is_rtl(text: str) -> bool:
    """Whether more than a third of the letters belong to a right-to-left script."""
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and len(_RTL_LETTER.findall(text)) * 3 > letters


def is_mirrored(line: str) -> bool:
    """Whether the first bracket closes before any opened: ")أ( text"."""
    if not _RTL_LETTER.search(line):
        return False
    first = next((c for c in line if c in "()"), "")
    return first == ")"
