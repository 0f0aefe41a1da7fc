"""Texts and queries to lexemes, with the place of every word in the original text.

One analysis serves both sides. What a word stands for depends on nothing but the word, so it is worked
out once and kept; and a query of a word matches every text that contains it.
"""

import re
from collections.abc import Callable
from functools import cache

from tawsiya.core.text import arabic, english, french
from tawsiya.core.text.arabic_lexicon import alef_key
from tawsiya.core.text.chars import ARABIC, fold
from tawsiya.core.text.data import words
from tawsiya.core.text.pieces import cut
from tawsiya.core.text.tokens import MARK, TOKEN, WORD, canonical_symbol, loose_symbols
from tawsiya.core.text.types import Language, Piece, Query, Token

ANALYSIS_VERSION = 3
"""Raised with every change that gives a text other lexemes: what is stored is then analysed again."""

_HAMZA_ON_ALEF = re.compile("[أإ]")
_NOT_JOINED = frozenset({"ولي"})  # a guardian, before "and to me"
_REMEMBERED = 200_000
_SEPARATORS = str.maketrans("\u066b\u066c", ".,")
_STEMS: dict[Language, Callable[[str], tuple[str, ...]]] = {"fr": french.stems, "en": english.stems}


def analyse(text: str, language: Language) -> list[Token]:
    """Return the words of a text in order, with offsets into the text as it is.

    Never fails, whatever the characters. Function words are kept, so that phrases can be found.
    """
    remembered = _analyser(language).pieces
    tokens = []
    for found in TOKEN.finditer(text):
        surface, offset = found.group(), found.start()
        for piece in remembered(surface):
            start, end = offset + piece.start, offset + piece.end
            tokens.append(Token(piece.stems, start, end, text[start:end]))
    return tokens


def lexemes(text: str, language: Language) -> list[str]:
    """Return the lexemes stored for a text, each once, in the order of their first word."""
    remembered = _analyser(language).pieces
    found = dict[str, None]()
    for surface in TOKEN.findall(text):
        for piece in remembered(surface):
            found.update(dict.fromkeys(piece.stems))
    return list(found)


def query(text: str, language: Language) -> Query:
    """Return what a query asks for: for each word, the lexemes that satisfy it.

    Function words are left out unless the query has nothing else. A symbol may be typed without slashes.
    """
    tokens = analyse(text, language)
    symbols = loose_symbols(text)
    full = [t for t in tokens if not _analyser(language).is_stop(t.surface) or _within(t, symbols)]
    asked: Query = []
    for token in full or tokens:
        alternatives = [*token.lexemes, *_analyser(language).meant(token.surface), *_within(token, symbols)]
        alternatives = list(dict.fromkeys(alternatives))
        if alternatives not in asked:
            asked.append(alternatives)
    return asked


def matches(text: str, asked: str, language: Language) -> bool:
    """Tell whether a text has, for each word of a query, one of its alternatives."""
    stored = set(lexemes(text, language))
    return all(not stored.isdisjoint(alternatives) for alternatives in query(asked, language))


def highlight_spans(text: str, asked: str, language: Language) -> list[tuple[int, int]]:
    """Return start and end of the words of a text that answer a word of a query, in order."""
    wanted = {lexeme for alternatives in query(asked, language) for lexeme in alternatives}
    return [(t.start, t.end) for t in analyse(text, language) if not wanted.isdisjoint(t.lexemes)]


def forget() -> None:
    """Forget the words worked out so far; for measuring."""
    _analyser.cache_clear()


def _within(token: Token, symbols: list[tuple[int, int, str]]) -> list[str]:
    return [symbol for start, end, symbol in symbols if start <= token.start and token.end <= end]


class _Analyser:
    """The analysis of one language, with what it has worked out so far."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        self._names: dict[str, str] = {}

    def pieces(self, surface: str) -> tuple[Piece, ...]:
        """Return the parts of a written word with their lexemes."""
        known = self._pieces.get(surface)
        if known is None:
            if len(self._pieces) > _REMEMBERED:
                self._pieces.clear()
                self._names.clear()
            known = self._pieces[surface] = self._named(surface)
        return known

    def meant(self, surface: str) -> list[str]:
        """Return the lexemes that a word of a query may mean besides its own."""
        return [self._name(stem) for stem in french.meant(surface)] if self._language == "fr" else []

    def is_stop(self, surface: str) -> bool:
        """Tell whether a written word is a function word of the language."""
        if self._language == "fr" and french.accented(surface):
            return False
        word = fold(surface)
        if ARABIC.search(word):
            return _arabic_stop(word) is not None
        return (self._language == "fr" and french.is_stop(word)) or (
            self._language == "en" and english.is_stop(word)
        )

    def _named(self, surface: str) -> tuple[Piece, ...]:
        if surface.endswith(MARK):
            # A lexeme given back: it stands for itself alone.
            stem = fold(surface[:-1])
            if WORD.fullmatch(stem):
                return (Piece(0, len(surface), (self._name(stem),)),)
        return tuple(
            Piece(start, end, tuple(dict.fromkeys(self._name(stem) for stem in stems)))
            for start, end, stems in self._stems(surface.removesuffix(MARK))
        )

    def _stems(self, surface: str) -> list[tuple[int, int, tuple[str, ...]]]:
        if "/" in surface:
            return [(0, len(surface), (canonical_symbol(surface),))]
        if surface[0].isdecimal() and not surface.isalnum():
            number = fold(surface.translate(_SEPARATORS))
            if number[-1].isdecimal() and not any(c.isalpha() for c in number):
                return [(0, len(surface), (number,))]
        told_apart = french.accented(surface) if self._language == "fr" else ()
        if told_apart:
            return [(0, len(surface), told_apart)]
        return [(start, end, self._word_stems(word)) for start, end, word in cut(surface, self._language)]

    def _word_stems(self, word: str) -> tuple[str, ...]:
        if ARABIC.search(word):
            stop = _arabic_stop(word)
            return (stop,) if stop else arabic.stems(word)
        if word.isalpha() and self._language in _STEMS and not self.is_stop(word):
            return _STEMS[self._language](word)
        return (word,)

    def _name(self, stem: str) -> str:
        """Return the lexeme of a stem: itself, or marked where the stem as a word would stand for another."""
        name = self._names.get(stem)
        if name is None:
            whole = TOKEN.fullmatch(stem) and self._stems(stem) == [(0, len(stem), (stem,))]
            name = self._names[stem] = stem if whole else stem + MARK
        return name


@cache
def _analyser(language: Language) -> _Analyser:
    return _Analyser(language)


@cache
def _arabic_stop_words() -> dict[str, frozenset[str]]:
    spelt = words("ar_stop")
    return {alef_key(word): frozenset(w for w in spelt if alef_key(w) == alef_key(word)) for word in spelt}


def _arabic_stop(word: str) -> str | None:
    """Return an Arabic function word without the conjunction before it; None for other words."""
    for candidate in (word, word[1:] if word[0] in "وف" and word not in _NOT_JOINED else ""):
        folded = alef_key(candidate)
        spellings = _arabic_stop_words().get(folded, frozenset())
        # Hamzas that are written decide: إمام is not أمام.
        if candidate in spellings or (spellings and not _HAMZA_ON_ALEF.search(candidate)):
            return folded
    return None
