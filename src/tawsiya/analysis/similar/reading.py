"""What a text asks for: its concepts, its acts, its words, each with its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawsiya.analysis.similar.lexicon import (
    Pattern,
    function_words,
    generic_words,
    patterns_by_word,
)
from tawsiya.core import text
from tawsiya.core.text.types import Language, Token

_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[a-zàâçéèêëîïôöûü]+")
# What stands before the request itself: the committee's references, then "recommends that the State party:".
_ASKING = (
    "recommande|demande|invite|exhorte|encourage|engage|prie|appelle|recommends|urges|calls|encourages|invites|requests"
    "|توصي|تحث|تدعو|تشجع|يوصي|تطلب"
)
# With a colon, or without one: "in the light of its general comment, the Committee recommends that it end".
_PREAMBLE = re.compile(
    rf"^.{{0,700}}?(?:\b(?:{_ASKING})\b[^.;:\n]{{0,90}}:\s"
    rf"|\b(?:Comité|Rapporteur|Rapporteuse|Committee)\b[^.;:\n]{{0,60}}?\b(?:{_ASKING})\b"
    r"[^.;:\n]{0,60}?(?:\b(?:de|to|that|que)\s|\b(?:d|qu)['’])"
    rf"|\b(?:{_ASKING})\s+(?:اللجنة|المقرر)\b[^.;:\n]{{0,60}}?\s(?:ب|أن\s))",
    re.DOTALL,
)
# Words that English and French do not share.
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "in",
        "with",
        "that",
        "for",
        "on",
        "by",
        "its",
        "their",
        "all",
        "be",
        "should",
        "ensure",
        "as",
        "rights",
        "is",
    ]
)
_FRENCH = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "de",
        "et",
        "à",
        "aux",
        "en",
        "dans",
        "pour",
        "que",
        "qui",
        "une",
        "un",
        "par",
        "sur",
        "droits",
        "est",
        "au",
        "son",
    ]
)

# In words: how long the beginning is, how fast the weight falls after it, how far a preamble stands.
_LEAD, _FADE, _FAR = 5, 10.0, 25

# Characters by which a language is known.
_ENOUGH = 400

Span = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A concept or an act in a text: how early it stands, in words, and the words that say it."""

    position: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Reading:
    """A text as the comparison sees it.

    Attributes:
        concepts, acts: by their place in the lexicon.
        words: weight of its lexemes, function words and words that every recommendation has left out.
        length: number of full words.
    """

    language: Language
    concepts: dict[int, Found]
    acts: dict[int, Found]
    words: dict[str, float]
    length: int


def guess_language(content: str) -> Language:
    """Return the language of a text by its script and its smallest words; French where nothing tells."""
    words = _LATIN.findall(content[:_ENOUGH])
    if len(_ARABIC.findall(content[:_ENOUGH])) > 3 * len(words):
        return "ar"
    english = sum(word in _ENGLISH for word in words)
    french = sum(word in _FRENCH for word in words)
    return "en" if english > french else "fr"


def read(content: str, language: Language | None = None) -> Reading:
    """Read one text. Never fails, whatever the characters.

    Args:
        language: guessed where it is not given.
    """
    language = language or guess_language(content)
    stop, generic = function_words(language), generic_words(language)
    tokens = [t for t in text.analyse(content, language) if t.lexemes[0] not in stop]
    begin = _request(content)
    before = sum(1 for token in tokens if token.start < begin)
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        for lexeme in token.lexemes:
            places.setdefault(lexeme, []).append(place)
    words: dict[str, float] = {}
    for place, token in enumerate(tokens):
        lexeme = token.lexemes[0]
        if lexeme not in generic and len(lexeme) > 1:
            words[lexeme] = words.get(lexeme, 0.0) + weight_at(_distance(place, before))
    return Reading(
        language,
        _search(patterns_by_word("concepts", language), places, tokens, before),
        _search(patterns_by_word("acts", language), places, tokens, before),
        words,
        len(tokens),
    )


def _request(content: str) -> int:
    """Return where the request begins: after the preamble of a committee, where that leaves half the text."""
    found = _PREAMBLE.match(content)
    return found.end() if found and found.end() <= len(content) * 2 / 3 else 0


def _search(
    index: dict[str, tuple[Pattern, ...]],
    places: dict[str, list[int]],
    tokens: Sequence[Token],
    before: int,
) -> dict[int, Found]:
    found: dict[int, Found] = {}
    known = places.keys()
    for lexeme, positions in places.items():
        for pattern in index.get(lexeme, ()):
            if any(word.isdisjoint(known) for word in pattern.words[1:]):
                continue
            for hit in _hits(pattern, positions, places):
                position, earlier = _distance(hit[0], before), found.get(pattern.entry)
                if earlier is None or position < earlier.position:
                    spans = tuple((tokens[at].start, tokens[at].end) for at in sorted(hit))
                    found[pattern.entry] = Found(position, spans)
    return found


def _distance(place: int, before: int) -> int:
    """Return how far a word stands from the beginning of the request; the preamble counts as far."""
    return place - before if place >= before else _FAR


def weight_at(position: int) -> float:
    """Return how much a word counts: in full at the beginning of a request, less the later it comes."""
    return 1.0 / (1.0 + max(0, position - _LEAD) / _FADE)


def _hits(
    pattern: Pattern, positions: Sequence[int], places: dict[str, list[int]]
) -> Iterator[tuple[int, ...]]:
    """Yield the places of a pattern's words where all stand close to its rarest one."""
    for at in positions:
        hit = [at]
        for word in pattern.words[1:]:
            near = _nearest(word, at, pattern.window, places)
            if near is None:
                break
            hit.append(near)
        else:
            yield tuple(hit)


def _nearest(word: frozenset[str], at: int, window: int, places: dict[str, list[int]]) -> int | None:
    best: int | None = None
    for lexeme in word:
        for place in places.get(lexeme, ()):
            if (
                place != at
                and abs(place - at) <= window
                and (best is None or abs(place - at) < abs(best - at))
            ):
                best = place
    return best
