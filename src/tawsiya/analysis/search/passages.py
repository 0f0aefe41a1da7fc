"""Why something was found: the words that answered, marked where they stand in the text as it is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tawsiya.analysis.search.asking import Asked, Wanted, wanted
from tawsiya.analysis.search.entries import analysis_of, plain
from tawsiya.core import text
from tawsiya.core.text import Language, Token

Span = tuple[int, int]
_LENGTH = 320
_BEFORE = 90
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Marked:
    """A text with the places that answer, and how many of the words asked for they are."""

    content: str
    spans: tuple[Span, ...]
    words: int

    @property
    def whole(self) -> SafeString:
        """The whole text as HTML, the places marked."""
        return _html(self.content, self.spans, 0, len(self.content))

    @property
    def passage(self) -> SafeString:
        """The stretch that holds most of the places, as HTML; a short text whole."""
        if len(self.content) <= _LENGTH:
            return self.whole
        start = _start(self.content, self.spans)
        end = _end(self.content, start)
        return _html(self.content, self.spans, start, end)


class Marker:
    """Marks texts for one query."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    @cached_property
    def _wanted(self) -> dict[Language, Wanted]:
        return {language: wanted(self._asked, language) for language in text.LANGUAGES}

    def mark(self, content: str, language: str) -> Marked:
        """Return a text with what answers the query in it; free words anywhere, phrases word for word."""
        if not self._asked.has_words:
            return Marked(content, (), 0)
        analysis = analysis_of(language)
        tokens = text.analyse(content, analysis)
        spans, found = set[Span](), set[str | int]()
        for number, alternatives in enumerate(text.query(self._asked.words, analysis)):
            places = [t for t in tokens if not set(alternatives).isdisjoint(t.lexemes)]
            spans |= {(t.start, t.end) for t in places}
            found |= {number} if places else set()
        for phrase in self._asked.phrases:
            places_of_phrase = _phrases(tokens, phrase, analysis)
            spans |= set(places_of_phrase)
            found |= {phrase} if places_of_phrase else set()
        return Marked(content, tuple(_merged(spans)), len(found))


def _phrases(tokens: list[Token], phrase: str, language: Language) -> list[Span]:
    words = [plain(token.surface) for token in text.analyse(phrase, language)]
    surfaces = [plain(token.surface) for token in tokens]
    length = len(words)
    return [
        (tokens[at].start, tokens[at + length - 1].end)
        for at in range(len(tokens) - length + 1)
        if length and surfaces[at : at + length] == words
    ]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _start(content: str, spans: tuple[Span, ...]) -> int:
    """Return where the stretch with most marks begins, a little before its first one, at a word."""
    if not spans:
        return 0
    best = max(
        spans, key=lambda one: (sum(one[0] <= s < one[0] + _LENGTH - _BEFORE for s, _ in spans), -one[0])
    )
    start = max(0, best[0] - _BEFORE)
    if start == 0:
        return 0
    blank = content.find(" ", start, best[0])
    return blank + 1 if blank >= 0 else best[0]


def _end(content: str, start: int) -> int:
    if start + _LENGTH >= len(content):
        return len(content)
    blank = content.rfind(" ", start, start + _LENGTH)
    return blank if blank > start else start + _LENGTH


def _html(content: str, spans: Iterable[Span], start: int, end: int) -> SafeString:
    parts, place = [_ELLIPSIS if start else ""], start
    for first, last in spans:
        if first < place or last > end:
            continue
        parts += [escape(content[place:first]), "<mark>", escape(content[first:last]), "</mark>"]
        place = last
    parts += [escape(content[place:end]), _ELLIPSIS if end < len(content) else ""]
    return mark_safe("".join(parts))  # noqa: S308 - every piece of the text went through escape
