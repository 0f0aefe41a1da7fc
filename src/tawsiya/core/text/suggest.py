"""Spelling suggestions from the words that a reader may see."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from tawsiya.core.text.arabic_lexicon import key
from tawsiya.core.text.chars import fold

_SHORT, _LONG = 4, 8


def suggest(word: str, vocabulary: Mapping[str, int], limit: int = 3) -> list[str]:
    """Return words of a vocabulary that a misspelt word may have meant, the likeliest first.

    Args:
        word: as typed.
        vocabulary: the words that may be shown to this reader, each with how often it occurs; it decides what
            can be suggested, so a suggestion never tells of a text that its reader may not see.
        limit: how many words at most.

    Returns: words as they stand in the vocabulary, without the word itself. One slip (a letter more, less,
        other, or two swapped) is allowed up to four letters, two up to eight, three beyond; fewer slips go
        first, then words that begin alike, then frequent ones.
    """
    typed = _plain(word)
    if not typed:
        return []
    allowed = 1 if len(typed) <= _SHORT else 2 if len(typed) <= _LONG else 3
    plain = {candidate: _plain(candidate) for candidate in vocabulary}
    near = process.extract(
        typed, plain, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None, processor=None
    )
    ranked = sorted(
        near, key=lambda found: (found[1], found[0][:1] != typed[:1], -vocabulary[found[2]], found[2])
    )
    return [candidate for _, _, candidate in ranked if candidate != word][:limit]


def _plain(word: str) -> str:
    return key(fold(word))
