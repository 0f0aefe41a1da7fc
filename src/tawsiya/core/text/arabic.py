"""Arabic words to lemmas: particles and pronouns taken off, forms looked up, patterns tried last.

A word is split in every way that its letters allow into particles, a core and a pronoun. Splits whose core
the lexicon knows are kept, those with the fewest parts first. A word that the lexicon does not know loses
the endings of inflection, and gets the singular or the masdar that its pattern suggests beside its own stem;
its root is never taken, since words of one root differ in meaning.
"""

import re

from tawsiya.core.text.arabic_lexicon import LISTED, LOOSE, Lexicon, Reading, key, lexicon

_ARTICLE = ("ال", "بال", "كال")
_PREPOSITIONS = ("ب", "ك", "ل", "س")
_PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ني", "ه", "ك")
_LONG_PRONOUNS = tuple(p for p in _PRONOUNS if len(p) > 1)
# With the letters that must be left: قانون, تحسين and ميدان are no plurals or duals.
_ENDINGS = (
    *((ending, 3) for ending in ("تين", "تان", "ات")),
    *((ending, 4) for ending in ("ون", "ين", "ان", "وا")),
    *((ending, 3) for ending in ("ة", "ه", "ا", "ت")),
)
_SHORTEST = 3

_Patterns = tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
_GUESSES = 4  # the first that fit: the patterns go from the particular to the general

_BROKEN: _Patterns = (
    (re.compile("(..)ا(.[^ة])"), (r"\1\2",)),  # مفاعل, فعالل
    (re.compile("(..)ا(.)[يى](.)"), (r"\1\2و\3", r"\1\2ا\3", r"\1\2ي\3")),  # مفاعيل, فعاليل
    (re.compile("(..)ائ(.)"), (r"\1ي\2", r"\1ا\2")),  # فعائل
    (re.compile("(.)وا(.)(.)"), (r"\1ا\2\3",)),  # فواعل
    (re.compile("(.)وا(.)ي(.)"), (r"\1ا\2و\3",)),  # فواعيل
    (re.compile("أ(..)ا(.)"), (r"\1\2",)),  # أفعال
    (re.compile("آ(.)ا(.)"), (r"أ\1\2",)),  # the same of a root in hamza: آفاق
    (re.compile("أ(..)(.)ة"), (r"\1ا\2", r"\1ي\2")),  # أفعلة
    (re.compile("(..)(.)اء"), (r"\1ي\2",)),  # فعلاء
)
_VERBS: _Patterns = (
    (re.compile("[يت]ست(.)(.)"), (r"است\1\2ا\2", r"است\1ا\2ة")),
    (re.compile("[يت]ست(..)(.)"), (r"است\1ا\2",)),
    (re.compile("[يت](.)ت(.)(.)"), (r"ا\1ت\2ا\3",)),
    (re.compile("[يت]ن(..)(.)"), (r"ان\1ا\2",)),
    (re.compile("[يت]ت(.ا?..)"), (r"ت\1",)),
    (re.compile("[يت](.)ا(..)"), (r"م\1ا\2",)),
    (re.compile("[يت](..)[يى]"), (r"\1اية", r"إ\1اء", r"ت\1ية", r"\1ي")),
    (re.compile("[يت](..)(.)"), (r"ت\1ي\2", r"إ\1ا\2")),
    (re.compile("است(..)(.)"), (r"است\1ا\2",)),
    (re.compile("ا(.)ت(.)(.)"), (r"ا\1ت\2ا\3",)),
    (re.compile("أ(..)(.)"), (r"إ\1ا\2",)),
)
_SIMPLE = (r"\1\2", r"\1\2ة", r"\1و\2", r"\1ا\2ة", r"\1ا\2")
_SIMPLE_VERB = re.compile("[يت](..)(.)")
# Known for a verb by the ت of the feminine: دربت, واصلت.
_PERFECT: _Patterns = (
    (re.compile("(..)([^ايوى])ت"), (r"ت\1ي\2",)),
    (re.compile("(.)ا(..)ت"), (r"م\1ا\2ة",)),
)


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
        found.update(dict.fromkeys(r.lemma for r in known.find(word[:-1]) if r.rank == LISTED))
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
    if form[-1] in "توي":
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
    for particle in ("وبال", "وكال", "فبال", "وال", "بال", "كال", "فال", "ال"):
        if word.startswith(particle) and len(word) - len(particle) >= _SHORTEST:
            return [word[len(particle) :]]
    for particle in ("ولل", "فلل", "لل"):
        if word.startswith(particle) and len(word) - len(particle) >= _SHORTEST:
            return [word[len(particle) :], word[len(particle) - 1 :]]  # the ل may be the noun's own
    cores = [word]
    if word[0] in "وف" and len(word) > _SHORTEST:
        cores.append(word[1:])
    last = cores[-1]
    if last[0] in "بكلس" and len(last) > _SHORTEST:
        cores.append(last[1:])
    return cores


def _without_endings(core: str) -> str:
    """Take off one pronoun and one ending of number or gender, leaving three letters at least."""
    for pronoun in _LONG_PRONOUNS:
        if core.endswith(pronoun) and len(core) - len(pronoun) >= _SHORTEST:
            core = core[: -len(pronoun)]
            core = core[:-1] + "ى" if core[-1] == "ا" else core
            break
    for ending, shortest in _ENDINGS:
        if core.endswith(ending) and len(core) - len(ending) >= shortest:
            rest = core[: -len(ending)]
            # سياساته, سياسته: the ه was a pronoun, and an ending stands before it.
            if ending == "ه" and rest.endswith(("ات", "ت")) and len(rest) > _SHORTEST + 1:
                return rest.removesuffix("ت").removesuffix("ا")
            return rest
    return core


def _guesses(core: str, known: Lexicon, *, verb: bool) -> list[str]:
    """Return singulars and masdars that the pattern of an unknown word suggests."""
    stem = _without_endings(core)
    whole = core.endswith(("ة", "اء"))  # these endings belong to the patterns
    guesses = [
        g for form in dict.fromkeys((core,) if whole else (core, stem)) for g in _shapes(form, _BROKEN)
    ]
    named = list[str]()
    if verb:
        # The ن of تتعاون is no ending: a form that fits as it is goes first.
        guesses += (_shapes(core, _VERBS) or _shapes(stem, _VERBS))[:_GUESSES] + _shapes(core, _PERFECT)
        simple = _shapes(stem, ((_SIMPLE_VERB, _SIMPLE),))
        named = [reading.lemma for form in simple for reading in known.find(form) if not reading.verb]
    return named + [lemma for guess in guesses for lemma in _named(guess, known)]


def _shapes(form: str, patterns: _Patterns) -> list[str]:
    """Return what the patterns that fit a form make of it."""
    fitting = ((pattern.fullmatch(form), shapes) for pattern, shapes in patterns)
    return [found.expand(shape) for found, shapes in fitting if found for shape in shapes]


def _named(guess: str, known: Lexicon) -> list[str]:
    """Return the lemmas of a guessed word, or its own stem."""
    readings = [r for r in known.find(guess) if r.form == guess and not r.verb and r.rank < LOOSE]
    return [r.lemma for r in readings] or [key(_without_endings(guess))]
