"""The lexicons of what is asked for (concepts) and of how (acts), compiled for one language."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tawsiya.core import text
from tawsiya.core.text.arabic_lexicon import alef_key
from tawsiya.core.text.data import words
from tawsiya.core.text.types import Language

DATA = Path(__file__).parent / "data"
_COLUMNS: dict[Language, int] = {"fr": 1, "en": 2, "ar": 3}
# Function words for the index that tell one request from another: born out of wedlock.
_TELLING = frozenset({"hors", "sans", "out", "without"})
INSTRUMENT, OBJECT, FIELD, PERSONS, ACT, GENERIC = "i", "o", "f", "p", "a", "g"


@dataclass(frozen=True)
class Entry:
    """One line of a lexicon: its name, its kind, its patterns by language."""

    name: str
    kind: str
    patterns: dict[Language, tuple[str, ...]]


@dataclass(frozen=True)
class Pattern:
    """Words that must stand close together; each word is the set of its lexemes.

    Attributes:
        entry: place of the concept or act in its lexicon.
        words: the words, the rarest in the lexicon first: it is looked for.
        window: how many words from the rarest one the others may stand.
    """

    entry: int
    words: tuple[frozenset[str], ...]
    window: int


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """Return a lexicon, `concepts` or `acts`, in the order of its file."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_entry(line) for line in lines if line and not line.startswith("#"))


def _entry(line: str) -> Entry:
    columns = [column.strip() for column in line.split("|")]
    label, kind = columns[0].split()
    patterns: dict[Language, tuple[str, ...]] = {
        language: tuple(p.strip() for p in columns[place].split(",") if p.strip())
        for language, place in _COLUMNS.items()
    }
    return Entry(label, kind, patterns)


@cache
def function_words(language: Language) -> frozenset[str]:
    """Return the lexemes of a language's function words."""
    if language == "ar":
        return frozenset(alef_key(word) for word in words("ar_stop"))
    return words(f"{language}_stop") - _TELLING


@cache
def generic_words(language: Language) -> frozenset[str]:
    """Return the lexemes that any recommendation may contain and that tell none from another."""
    patterns = (p for entry in entries("acts") if entry.kind == GENERIC for p in entry.patterns[language])
    return frozenset(lexeme for pattern in patterns for lexeme in text.lexemes(pattern, language))


@cache
def patterns_by_word(name: str, language: Language) -> dict[str, tuple[Pattern, ...]]:
    """Return the patterns of a lexicon in one language, by each lexeme of their rarest word."""
    found = list(_patterns(name, language))
    frequency = Counter(lexeme for _entry, parts in found for part in parts for lexeme in part)
    index = defaultdict(list)
    for entry, parts in found:
        ordered = sorted(parts, key=lambda part: min(frequency[lexeme] for lexeme in part))
        pattern = Pattern(entry, tuple(ordered), len(ordered) + 4)
        for lexeme in ordered[0]:
            index[lexeme].append(pattern)
    return {lexeme: tuple(patterns) for lexeme, patterns in index.items()}


def _patterns(name: str, language: Language) -> Iterator[tuple[int, list[frozenset[str]]]]:
    stop = function_words(language)
    for place, entry in enumerate(entries(name)):
        if entry.kind == GENERIC:
            continue
        for pattern in entry.patterns[language]:
            parts = [frozenset(token.lexemes) for token in text.analyse(pattern, language)]
            full = [part for part in parts if part.isdisjoint(stop)]
            yield place, full or parts
