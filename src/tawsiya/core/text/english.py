"""English words to stems: a list of irregular forms, one spelling of -ise and -our, Snowball for the rest."""

import re
from functools import cache

from tawsiya.core.text.data import entries, words
from tawsiya.core.text.snowball import stem

_ISE = re.compile(r"(?<=[a-z]{4}[a-z])is(e[ds]?|ing|ation|ations|er|ers)\Z")
_NOT_ISE = re.compile(
    r"(?:exerc|superv|prom|advert|televis|rev|expert|enterpr|comprom|franch|prec|prac|surpr)is", re.A
)
_OUR = re.compile(r"(?<=lab|col|hav|hon)our|(?<=harb)our|(?<=neighb)our|(?<=behavi)our|(?<=fav)our")


def stems(word: str) -> tuple[str, ...]:
    """Return the one lemma or stem of a folded English word."""
    listed = _irregular().get(word)
    if listed:
        return (listed,)
    short = _stem(word)
    return (_families().get(short, short),)


def is_stop(word: str) -> bool:
    """Tell whether a folded word only joins others."""
    return word in _stop()


def _stem(word: str) -> str:
    if not _NOT_ISE.match(word):
        word = _ISE.sub(r"iz\1", word)
    return stem(_OUR.sub("or", word), "english")


@cache
def _irregular() -> dict[str, str]:
    return {form: entry[0] for entry in entries("en_irregular") for form in entry}


@cache
def _families() -> dict[str, str]:
    return {_stem(form): entry[0] for entry in entries("en_irregular") for form in entry}


@cache
def _stop() -> frozenset[str]:
    return words("en_stop")
