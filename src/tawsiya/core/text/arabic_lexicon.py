"""The Arabic lexicon: every written form it knows, with the lemmas that the form can stand for."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tawsiya.core.text.arabic_verbs import conjugate
from tawsiya.core.text.data import entries

LISTED, DERIVED, LOOSE = range(3)

_KEY = str.maketrans("أإآؤئىة", "اااوييه")
_HAMZA = re.compile("(?<=.)[ؤئأء]")


class Reading(NamedTuple):
    """What a written form can stand for.

    Attributes:
        lemma: the name of the lemma.
        form: the form in full spelling (hamzas, ة, ى).
        rank: LISTED in the lexicon, DERIVED by an ending that is certain, or LOOSE.
        verb: whether it is a verb (which takes no article).
    """

    lemma: str
    form: str
    rank: int
    verb: bool


class Lexicon:
    """Readings by the key of the written form."""

    def __init__(self) -> None:
        self._readings: dict[str, list[Reading]] = {}

    def find(self, form: str) -> tuple[Reading, ...]:
        """Return the best readings of a form.

        Readings spelt exactly as the form go before others (إعلام is not أعلام, but اعلام may be either);
        among these, listed ones before derived ones.
        """
        found = self._readings.get(key(form))
        if not found:
            return ()
        exact = [r for r in found if r.form == form]
        rank = min(r.rank for r in exact or found)
        return tuple(r for r in exact or found if r.rank == rank)

    def add(self, reading: Reading) -> None:
        """Add a reading, unless the same lemma has the form at least as surely."""
        readings = self._readings.setdefault(key(reading.form), [])
        same = [
            r
            for r in readings
            if r.lemma == reading.lemma and r.form == reading.form and r.rank <= reading.rank
        ]
        if not same:
            readings.append(reading)

    def add_forms(self, lemma: str, forms: Iterable[str], rank: int, *, verb: bool = False) -> None:
        """Add forms of one lemma, with the spellings in which a hamza is put elsewhere or left out."""
        for form in forms:
            self.add(Reading(lemma, form, rank, verb))
            found = _HAMZA.search(form)
            if found:
                for letter in "اوي" if found.end() < len(form) else ("", "ا"):
                    self.add(
                        Reading(lemma, form[: found.start()] + letter + form[found.end() :], LOOSE, verb)
                    )


def key(word: str) -> str:
    """Fold the letters that Arabic writers interchange: أ إ آ, ى and ي, ة and ه, seats of the hamza."""
    return word.translate(_KEY)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, built at first use (about a tenth of a second)."""
    known = Lexicon()
    for name in ("ar_nouns", "ar_words"):
        for words in entries(name):
            for word in words:
                known.add_forms(words[0], [word], LISTED)
                known.add_forms(words[0], _noun_forms(word), DERIVED)
                known.add_forms(words[0], _construct(word), LOOSE)
    for words in entries("ar_adjectives"):
        for word in words:
            known.add_forms(words[0], [word], LISTED)
            known.add_forms(words[0], _adjective_forms(word), DERIVED)
            known.add_forms(words[0], _construct(word), LOOSE)
    for masdar, perfect, imperfect in entries("ar_verbs"):
        known.add_forms(masdar, [masdar], LISTED)
        known.add_forms(masdar, _noun_forms(masdar), DERIVED)
        known.add_forms(masdar, conjugate(perfect, imperfect), DERIVED, verb=True)
    return known


def _noun_forms(word: str) -> list[str]:
    if word.endswith("ة"):
        return [word[:-1] + ending for ending in ("ت", "ات", "تان", "تين", "تا", "تي")]
    forms = [word + ending for ending in ("ان", "ين", "ون", "ات")]
    if word[-1] not in "اىء":
        forms.append(word + "ا")
    if word[-1] == "ى":
        forms += [word[:-1] + ending for ending in ("ا", "يات", "يان", "يين")]
    if word.endswith("اء"):
        forms += [word[:-1] + ending for ending in ("ئي", "ؤ", "ئ")]
    return forms


def _adjective_forms(word: str) -> list[str]:
    if word[-1] in "ىاءة":
        return []
    return [word + ending for ending in ("ة", "ات", "ان", "ين", "ون", "تان", "تين", "ا", "ت")]


def _construct(word: str) -> list[str]:
    """Return the forms before a genitive: معلمو المدرسة, معلمي المدرسة."""
    return [word + "و", word + "ي"] if word[0] == "م" and word[-1] not in "ةىياء" else []
