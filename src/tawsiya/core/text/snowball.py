"""Snowball stems of folded words."""

from functools import cache

import snowballstemmer


def stem(word: str, algorithm: str) -> str:
    """Return the stem of a folded word.

    Args:
        word: in lower case without accents.
        algorithm: Snowball's name of the language, as "french".
    """
    return str(_stemmer(algorithm).stemWord(word)) or word


@cache
def _stemmer(algorithm: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(algorithm)
