"""A written word cut into the parts that are analysed by themselves."""

import re

from tawsiya.core.text import french
from tawsiya.core.text.chars import ARABIC, fold
from tawsiya.core.text.types import Language

_ARABIC_AND_DIGITS = re.compile(r"\d+|\D+")
_FOOTNOTE = re.compile(r"([^\W\d_]{4,})(\d{1,3})")
_PLAIN = re.compile(r"[^\W_]+")


def cut(surface: str, language: Language) -> list[tuple[int, int, str]]:
    """Return start, end and folded text of each part of a word.

    Cut off are figures that stand at a word (the mark of a footnote), and in French the prefixes that are
    also written with a hyphen. A character that stands for several words gives them all its own place.
    """
    if ARABIC.search(surface):
        found = [(m.start(), m.end(), m.group()) for m in _ARABIC_AND_DIGITS.finditer(surface)]
    else:
        note = _FOOTNOTE.fullmatch(surface)
        spans = [note.span(1), note.span(2)] if note else [(0, len(surface))]
        found = [(start, end, surface[start:end]) for start, end in spans]
    return [
        part
        for start, end, text in found
        for word in _PLAIN.findall(fold(text))
        for part in _in_language(start, end, word, language, whole=len(word) == end - start)
    ]


def _in_language(
    start: int, end: int, word: str, language: Language, *, whole: bool
) -> list[tuple[int, int, str]]:
    parts = french.parts(word) if language == "fr" else [(0, len(word), word)]
    if not whole:
        return [(start, end, text) for _, _, text in parts]
    return [(start + first, start + last, text) for first, last, text in parts]
