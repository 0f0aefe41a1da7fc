"""Lexemes of many texts at once: the same as `analysis.lexemes` gives, several times as fast.

A word's lexemes depend on nothing but the word, so a word is worked out once; and where a text has no
symbol, number with parts, or mark, its words are found by a simpler pattern.
"""

import re

from tawsiya.core.text.analysis import lexemes
from tawsiya.core.text.chars import MARKS
from tawsiya.core.text.tokens import MARK, TOKEN
from tawsiya.core.text.types import Language

_NOT_PLAIN = re.compile(f"[/{MARKS}{MARK}]|[.,\u066b\u066c]\\d")
_PLAIN = re.compile(r"[^\W_]+")
_REMEMBERED = 150_000
_LONGEST = 500
"""Characters; PostgreSQL takes lexemes of at most 2,046 bytes."""


class BulkAnalyser:
    """The lexemes of texts in one language, as sets and as literals of PostgreSQL's `tsvector`."""

    def __init__(self, language: Language) -> None:
        self._known = _Known(language)

    def lexemes(self, text: str) -> set[str]:
        """Return the lexemes of a text; those longer than an index takes are left out."""
        return {quoted[1:-1].replace("''", "'").replace("\\\\", "\\") for quoted in self._quoted(text)}

    def vector(self, text: str) -> str:
        """Return the `tsvector` literal of a text, its lexemes quoted, in no order."""
        return " ".join(self._quoted(text))

    def _quoted(self, text: str) -> set[str]:
        words = (TOKEN if _NOT_PLAIN.search(text) else _PLAIN).findall(text)
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        return set[str]().union(*map(self._known.__getitem__, set(words)))


class _Known(dict[str, frozenset[str]]):
    """Word → its lexemes, quoted; worked out at the first asking."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, surface: str) -> frozenset[str]:
        found = frozenset(_quote(stem) for stem in lexemes(surface, self._language) if len(stem) <= _LONGEST)
        self[surface] = found
        return found


def _quote(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"
