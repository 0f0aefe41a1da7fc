"""What the text analysis hands out."""

from typing import Literal, NamedTuple, get_args

Language = Literal["ar", "fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Query = list[list[str]]
"""One list of alternative lexemes per word: a text matches when it holds one alternative of each word."""


class Token(NamedTuple):
    """One word of a text.

    Attributes:
        lexemes: what is stored for the word, the likeliest reading first; never empty.
        start: offset of its first character in the original text.
        end: offset after its last character, so that ``text[start:end] == surface``.
        surface: the word as written.
    """

    lexemes: tuple[str, ...]
    start: int
    end: int
    surface: str


class Piece(NamedTuple):
    """A part of a written word that is analysed by itself; offsets count from the word's beginning."""

    start: int
    end: int
    stems: tuple[str, ...]
