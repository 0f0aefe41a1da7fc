"""The Arabic lexicon: every written form it knows, with the lemmas that the form can stand for."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tawsiya.core.text.arabic_verbs import conjugate
from tawsiya.core.text.data import entries, words

LISTED, DERIVED, LOOSE = range(3)
_SHORT_NOUN = 2  # its dual is written as some verbs are: يدين
BEFORE_PRONOUN = "ت-"
"""How a feminine ends when a pronoun follows (سياستها); alone the same letters are a verb's (طلبت)."""

_KEY = str.maketrans("أإآؤئىة", "اااوييه")
_ALEF_KEY = str.maketrans("أإآى", "اااي")
_DEFECTIVE = re.compile("م?.ا.ي")
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
    """Readings by the key of the written form; and the masdars, each the lemma of its verb."""

    def __init__(self) -> None:
        # By key, then by lemma and form: the surest of several derivations counts.
        self._readings: dict[str, dict[tuple[str, str], Reading]] = {}
        self.masdars: set[str] = set()

    def find(self, form: str) -> tuple[Reading, ...]:
        """Return the best readings of a form.

        Listed readings go before derived ones; then those spelt exactly as the form (إعلام is not أعلام, but
        اعلام may be either); then nouns before verbs. A masdar in ت may be a verb of another stem as well.
        """
        found = self._readings.get(key(form))
        if not found:
            return ()
        ranked = [((r.rank, r.form != form, r.verb), r) for r in found.values() if _may_be(r, form)]
        if not ranked:
            return ()
        best = min(order for order, _ in ranked)
        chosen = [r for order, r in ranked if order == best]
        masdar = form[0] == "ت" and form in self.masdars and form not in _nouns_first()
        if masdar and best == (LISTED, False, False):
            chosen += [r for order, r in ranked if order == (DERIVED, False, True)]
        return tuple(chosen)

    def add_forms(self, lemma: str, forms: Iterable[str], rank: int, *, verb: bool = False) -> None:
        """Add forms of one lemma, with the spellings in which a hamza is put elsewhere or left out."""
        for form in forms:
            self._add(Reading(lemma, form, rank, verb))
            found = _HAMZA.search(form)
            if found:
                before, after = form[: found.start()], form[found.end() :]
                for letter in "اوي" if after else ("", "ا"):
                    self._add(Reading(lemma, before + letter + after, LOOSE, verb))

    def _add(self, reading: Reading) -> None:
        readings = self._readings.setdefault(key(reading.form), {})
        known = readings.get((reading.lemma, reading.form))
        if known is None or reading.rank < known.rank:
            readings[reading.lemma, reading.form] = reading


def alef_key(word: str) -> str:
    """Fold only what is left out most often: the hamza on an alef, the dots of a final ي."""
    return word.translate(_ALEF_KEY)


def key(word: str) -> str:
    """Fold the letters that Arabic writers interchange: أ إ آ, ى and ي, ة and ه, seats of the hamza."""
    return word.translate(_KEY).replace("يء", "ي")


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, built at first use (about a tenth of a second)."""
    known = Lexicon()
    for name in ("ar_nouns", "ar_words"):
        for lemma, *others in entries(name):
            known.add_forms(lemma, [lemma, *others], LISTED)
            known.add_forms(lemma, _noun_forms(lemma), DERIVED)
            known.add_forms(lemma, _loose_forms(lemma, regular=not others), LOOSE)
            for word in others:
                known.add_forms(lemma, _plural_forms(word), DERIVED)
    for lemma, *others in entries("ar_adjectives"):
        known.add_forms(lemma, [lemma, *others], LISTED)
        for word in (lemma, *others):
            known.add_forms(lemma, _adjective_forms(word), DERIVED)
            known.add_forms(lemma, _loose_forms(word, regular=True), LOOSE)
    for masdar, perfect, imperfect in entries("ar_verbs"):
        known.masdars.add(masdar)
        known.add_forms(masdar, [masdar], LISTED)
        known.add_forms(masdar, _noun_forms(masdar), DERIVED)
        known.add_forms(masdar, _loose_forms(masdar, regular=True), LOOSE)
        known.add_forms(masdar, conjugate(perfect, imperfect), DERIVED, verb=True)
    return known


def _may_be(reading: Reading, form: str) -> bool:
    """Tell whether a form may be a spelling of a reading: ه is written for ة, but not ة for ه."""
    return not (form[-1] == "ة" and reading.form[-1] == "ه")


@cache
def _nouns_first() -> frozenset[str]:
    return words("ar_masdars")


def _noun_forms(word: str) -> list[str]:
    if word.endswith("ة"):
        return [word[:-1] + ending for ending in (BEFORE_PRONOUN, "ات", "تان", "تين", "تا", "تي")]
    forms = [word + ending for ending in ("ان", "ين", "ون") if len(word) > _SHORT_NOUN]
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
    return [word + ending for ending in ("ة", "ات", "ان", "ين", "ون", "تان", "تين", "ا", BEFORE_PRONOUN)]


def _plural_forms(word: str) -> list[str]:
    """Return what a plural, or another form that is listed, becomes before a pronoun or when indefinite."""
    if word[-1] == "ة":
        return [word[:-1] + BEFORE_PRONOUN]
    forms = [] if word[-1] in "اىء" else [word + "ا"]
    return [*forms, word[:-1] + "ا"] if word[-1] == "ى" else forms


def _loose_forms(word: str, *, regular: bool) -> list[str]:
    """Return the forms before a genitive (معلمو المدرسة, معلمي المدرسة, والديهم), and the plural قرارات.

    Args:
        regular: whether no other plural is known.
    """
    if word[-1] in "ةى":
        return []
    forms = [word + "ات"] if regular else []
    if word[-1] in "ياء":
        # وال, جان: the defective noun loses its ي when indefinite.
        return [*forms, word[:-1]] if _DEFECTIVE.fullmatch(word) else forms
    return [*forms, word + "ي-", *([word + "و", word + "ي"] if word[0] == "م" else [])]
