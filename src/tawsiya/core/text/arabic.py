"""Arabic words to lemmas: particles and pronouns taken off, forms looked up, patterns tried last.

A word is split in every way that its letters allow into particles, a core and a pronoun. Splits whose core
the lexicon knows are kept, those with the fewest parts first. A word that the lexicon does not know loses
the endings of inflection, and gets the singular or the masdar that its pattern suggests beside its own stem;
its root is never taken, since words of one root differ in meaning.
"""

import re

from tawsiya.core.text.arabic_lexicon import LOOSE, Lexicon, Reading, key, lexicon

_ARTICLE = ("ال", "بال", "كال")
_PREPOSITIONS = ("ب", "ك", "ل", "س")
_PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ني", "ه", "ك")
_ENDINGS = ("تين", "تان", "ات", "ون", "ين", "ان", "وا", "ة", "ه", "ا", "ى", "ت")
_SHORTEST = 3

_BROKEN = (
    (re.compile("(..)ا(..)"), (r"\1\2",)),  # مفاعل, فعالل
    (re.compile("(..)ا(.)[يى](.)"), (r"\1\2و\3", r"\1\2ا\3", r"\1\2ي\3")),  # مفاعيل, فعاليل
    (re.compile("(..)ائ(.)"), (r"\1ي\2", r"\1ا\2")),  # فعائل
    (re.compile("(.)وا(.)(.)"), (r"\1ا\2\3",)),  # فواعل
    (re.compile("(.)وا(.)ي(.)"), (r"\1ا\2و\3",)),  # فواعيل
    (re.compile("أ(..)ا(.)"), (r"\1\2",)),  # أفعال
    (re.compile("أ(..)(.)ة"), (r"\1ا\2", r"\1ي\2")),  # أفعلة
    (re.compile("(..)(.)اء"), (r"\1ي\2",)),  # فعلاء
)
_VERBS = (
    (re.compile("[يت]ست(..)(.)"), (r"است\1ا\2",)),
    (re.compile("[يت](.)ت(.)(.)"), (r"ا\1ت\2ا\3",)),
    (re.compile("[يت]ن(..)(.)"), (r"ان\1ا\2",)),
    (re.compile("[يت]ت(.ا?..)"), (r"ت\1",)),
    (re.compile("[يت](.)ا(..)"), (r"م\1ا\2",)),
    (re.compile("[يت](..)(.)"), (r"ت\1ي\2", r"إ\1ا\2")),
    (re.compile("است(..)(.)"), (r"است\1ا\2",)),
    (re.compile("ا(.)ت(.)(.)"), (r"ا\1ت\2ا\3",)),
    (re.compile("أ(..)(.)"), (r"إ\1ا\2",)),
)
_SIMPLE = (r"\1\2", r"\1\2ة", r"\1و\2", r"\1ا\2ة", r"\1ا\2")
_SIMPLE_VERB = re.compile("ي(..)(.)")


def stems(word: str) -> tuple[str, ...]:
    """Return what a folded Arabic word may stand for: lemmas of the lexicon, else stems by pattern."""
    known = lexicon()
    listed = _lemmas(word, known)
    return listed or _by_pattern(word, known)


def _lemmas(word: str, known: Lexicon) -> tuple[str, ...]:
    best, found = 99, dict[str, None]()
    for cost, core, article in _cores(word):
        for extra, readings in _with_pronouns(core, known, article=article):
            if not readings:
                continue
            # A loose reading costs a part: a better split of the word goes before it.
            total = 2 * (cost + extra) + (1 if readings[0].rank == LOOSE else 0)
            if core.startswith("ال") and (readings[0].verb or readings[0].form != core):
                total += 1  # الحق is the right before it is a verb (ألحق)
            if total < best:
                best, found = total, {}
            if total == best:
                found.update(dict.fromkeys(r.lemma for r in readings))
    if best == 0 and word.endswith("ه"):  # كتابه: writing, spelt without its dots, or his book
        found.update(
            dict.fromkeys(r.lemma for r in _nouns(known.find(word[:-1]), article=False) if r.rank < LOOSE)
        )
    return tuple(found)


def _cores(word: str) -> list[tuple[int, str, bool]]:
    """Return the ways to take particles off: how many parts went, what is left, whether the article went."""
    found = [(0, word, False)]
    for conjunction in ("", "و", "ف"):
        if not word.startswith(conjunction):
            continue
        rest, parts = word[len(conjunction) :], len(conjunction)
        if parts:
            found.append((parts, rest, False))
        for article in _ARTICLE:
            if rest.startswith(article):
                found.append((parts + len(article) - 2, rest[len(article) :], True))
        if rest.startswith("لل"):
            found += [(parts + 1, rest[2:], True), (parts + 1, rest[1:], True)]
        found += [(parts + 1, rest[1:], False) for p in _PREPOSITIONS if rest.startswith(p)]
    return [(cost, core, article) for cost, core, article in found if len(core) >= 2]


def _with_pronouns(core: str, known: Lexicon, *, article: bool) -> list[tuple[int, list[Reading]]]:
    found = [(0, _nouns(known.find(core), article=article))]
    if article:
        return found
    for pronoun in _PRONOUNS:
        if core.endswith(pronoun) and len(core) - len(pronoun) >= 2:
            found += [(1, list(known.find(form))) for form in _before_pronoun(core[: -len(pronoun)])]
    return found


def _before_pronoun(form: str) -> list[str]:
    """Return how a form is written once its pronoun is gone: أبنائهم of أبناء, مستواه of مستوى."""
    if form[-1] in "ئؤ":
        return [form, form[:-1] + "ء"]
    if form[-1] == "ا":
        return [form, form[:-1] + "ى"]
    if form[-1] in "تو":
        return [form, form + "-"]
    return [form]


def _nouns(readings: tuple[Reading, ...], *, article: bool) -> list[Reading]:
    return [r for r in readings if not (article and r.verb)]


def _by_pattern(word: str, known: Lexicon) -> tuple[str, ...]:
    found = dict[str, None]()
    cores = _unknown_cores(word)
    for core in cores:
        found[key(_without_endings(core))] = None
        verb = core == word or not word.endswith(("ال" + core, "لل" + core))
        found.update(dict.fromkeys(_guesses(core, known, verb=verb)))
    return tuple(found)


def _unknown_cores(word: str) -> list[str]:
    for particle in ("وبال", "وكال", "فبال", "وال", "بال", "كال", "فال", "ولل", "ال", "لل"):
        if word.startswith(particle) and len(word) - len(particle) >= _SHORTEST:
            return [word[len(particle) :]]
    cores = [word]
    if word[0] in "وف" and len(word) > _SHORTEST + 1:
        cores.append(word[1:])
    last = cores[-1]
    if last[0] in "بكلس" and len(last) > _SHORTEST + 1:
        cores.append(last[1:])
    return cores


def _without_endings(core: str) -> str:
    """Take off one pronoun and one ending of number or gender, leaving three letters at least."""
    for pronoun in _PRONOUNS[:-1]:
        if core.endswith(pronoun) and len(core) - len(pronoun) >= _SHORTEST + (len(pronoun) == 1):
            core = core[: -len(pronoun)]
            break
    for ending in _ENDINGS:
        if core.endswith(ending) and len(core) - len(ending) >= _SHORTEST:
            return core[: -len(ending)]
    return core


def _guesses(core: str, known: Lexicon, *, verb: bool) -> list[str]:
    """Return singulars and masdars that the pattern of an unknown word suggests."""
    guesses = []
    for pattern, shapes in _BROKEN:
        for form in (core,) if core.endswith(("ة", "اء")) else (core, _without_endings(core)):
            found = pattern.fullmatch(form)
            if found:
                guesses += [found.expand(shape) for shape in shapes]
    if not verb:
        return [lemma for guess in guesses for lemma in _named(guess, known)]
    stem = _without_endings(core)
    for pattern, shapes in _VERBS:
        found = pattern.fullmatch(stem)
        if found:
            guesses += [found.expand(shape) for shape in shapes]
            break
    simple = _SIMPLE_VERB.fullmatch(stem)
    listed = [simple.expand(shape) for shape in _SIMPLE] if simple else []
    named = [reading.lemma for form in listed for reading in known.find(form) if not reading.verb]
    return named + [lemma for guess in guesses for lemma in _named(guess, known)]


def _named(guess: str, known: Lexicon) -> list[str]:
    """Return the lemmas of a guessed word, or its own stem."""
    readings = [r for r in known.find(guess) if r.form == guess and not r.verb and r.rank < LOOSE]
    return [r.lemma for r in readings] or [key(guess)]
