"""Snowball stems of folded words, brought to rest: stemming a stem changes nothing."""

from functools import cache

import snowballstemmer

_ROUNDS = 4


def stem(word: str, algorithm: str) -> str:
    """Return the stem of a folded word.

    Args:
        word: in lower case without accents.
        algorithm: Snowball's name of the language, as "french".
    """
    for _ in range(_ROUNDS):
        shorter = _stemmer(algorithm).stemWord(word)
        if shorter == word or len(shorter) < 2:
            return word
        word = shorter
    return word


@cache
def _stemmer(algorithm: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(algorithm)
