"""The language of a text, by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "en": "the of and to in on its with for by that all from their other as continue ensure take"
    " measures strengthen efforts rights ratify promote this which are is be",
    "fr": "le la les des du de et à en pour dans sur que ses au aux une un par avec droits"
    " poursuivre prendre mesures renforcer afin l d toutes tous leur est",
    "es": "el la los las del de y en para con por que sus una un al derechos seguir adoptar"
    " medidas garantizar todas todos se contra su esfuerzos",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = (
    ("ar", 0x0600, 0x06FF),
    ("ru", 0x0400, 0x04FF),
    ("zh", 0x4E00, 0x9FFF),
)
_FIRST_OF_OTHER_SCRIPTS = "\u0400"
_MAX = 20_000
_SURE_HITS = 3


def detect(text: str, *, least: int = _SURE_HITS) -> str | None:
    """``en``, ``fr``, ``es``, ``ar``, ``ru`` or ``zh``; None where the words do not tell.

    ``least`` is how many common words must be found; a whole document can do with fewer.
    """
    sample = text[:_MAX]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    for language, first, last in () if max(sample) < _FIRST_OF_OTHER_SCRIPTS else _SCRIPTS:
        if sum(first <= ord(c) <= last for c in sample) * 2 > letters:
            return language
    counts = Counter(word.lower() for word in _WORD.findall(sample))
    hits = {language: sum(counts[word] for word in words) for language, words in _WORDS.items()}
    ranked = sorted(hits, key=lambda language: hits[language], reverse=True)
    best, second = hits[ranked[0]], hits[ranked[1]]
    if best < least or best * 2 < second * 3:
        return None
    return ranked[0]
