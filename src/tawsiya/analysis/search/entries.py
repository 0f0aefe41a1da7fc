"""What the index holds of a text: its lexemes with their places, and its words as written. No Django."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tawsiya.core import text
from tawsiya.core.text.arabic_lexicon import key
from tawsiya.core.text.chars import fold

# Weights of PostgreSQL: what counts most has A.
MAIN, TITLE, ASIDE, LEAST = "A", "B", "C", "D"
NAMED: tuple[text.Language, ...] = ("ar", "fr", "en")
"""The languages in which States, bodies and parts of programmes have names."""
FIELD_BREAK = "¶"
"""Stands between fields in `surface`, so that no phrase runs from one into the next."""
_GAP = 8
_LONGEST_LEXEME = 400
_LAST_PLACE = 16_383  # PostgreSQL counts no further


class Field(NamedTuple):
    """A part of what is indexed, with the weight of its words."""

    weight: str
    text: str


class Source(NamedTuple):
    """The fields of one thing in one language."""

    object_id: int
    language: str
    fields: list[Field]


class Prepared(NamedTuple):
    """An entry ready to be stored: a `tsvector` as PostgreSQL reads it, and the folded words."""

    lexemes: str
    surface: str


def analysis_of(language: str) -> text.Language:
    """Return the analysis of a text's language: that of Arabic only folds what is not Arabic."""
    return language if language in text.LANGUAGES else "ar"


def languages_of(content: str) -> tuple[text.Language, ...]:
    """Return the languages a text may be of, by its letters: for what is kept without its language."""
    letters = [char for char in content if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc" for char in letters)
    return ("ar",) if 2 * arabic > len(letters) else ("fr", "en")


def plain(word: str) -> str:
    """Return a word as phrases compare it: without capitals, marks and the letters that Arabic exchanges."""
    return key(fold(word))


def quoted(lexeme: str) -> str:
    """Return a lexeme as the input of `tsvector` and `tsquery` takes it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def prepare(fields: Iterable[Field], language: str) -> Prepared:
    """Analyse the fields of one thing in one language."""
    analysis = analysis_of(language)
    places: defaultdict[str, list[str]] = defaultdict(list)
    words: list[str] = [FIELD_BREAK]
    place = 0
    for weight, content in fields:
        for token in text.analyse(content, analysis):
            place += 1
            words.append(plain(token.surface))
            for lexeme in token.lexemes:
                places[lexeme].append(f"{min(place, _LAST_PLACE)}{weight}")
        words.append(FIELD_BREAK)
        place += _GAP
    vector = " ".join(
        f"{quoted(lexeme)}:{','.join(dict.fromkeys(found))}"
        for lexeme, found in places.items()
        if len(lexeme) <= _LONGEST_LEXEME
    )
    return Prepared(vector, f" {' '.join(words)} ")


def phrase_in_surface(phrase: str, language: str) -> str:
    """Return the words of a phrase as they stand in `surface`; "" where it has no word."""
    words = [plain(token.surface) for token in text.analyse(phrase, analysis_of(language))]
    return f" {' '.join(words)} " if words else ""
