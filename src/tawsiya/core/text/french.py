"""French words to lemmas: a list of irregular forms, families of verb and noun, Snowball for the rest.

Words come without accents, as people type them in capitals and on foreign keyboards. Snowball's French rules
count on accents only for past participles, which are shortened beforehand.
"""

import re
from functools import cache

from tawsiya.core.text.data import entries, words
from tawsiya.core.text.snowball import stem

_PARTICIPLE = re.compile(r"(?<=.{3}e)es?\Z")
_PLURAL = re.compile(r"(?<=[a-z]{4}[aiou])s\Z")  # Snowball takes such an s for part of the word
_LAST = re.compile(r"(?<=[a-z]{4})i\Z")  # ratifie, ratifier
# Endings that Snowball would take off with more than number and gender (exécutif is not exécution), or of
# which it sees the masculine alone.
_ENDINGS = (
    (re.compile(r"(?<=[a-z]{3})i(?:f|ve)s?\Z"), "if"),
    (re.compile(r"(?<=[a-z]{3})at(?:eur|eure|euse|rice)s?\Z"), "ateur"),
    (re.compile(r"(?<=[a-z]{2})eu(?:x|s|r|rs|re|res|se|ses)?\Z"), "eu"),
    (re.compile(r"(?<=[a-z]{2})(ai|oi)(?:s|se|ses)?\Z"), r"\1"),
    (re.compile(r"(?<=[a-z]{2})ifications?\Z"), "if"),
    (re.compile(r"(?<=[a-z]{2})ifi(?:er|e|es|ee|ees|ent|ant|ait|aient|era|eront|erait)\Z"), "if"),
    (re.compile(r"(?<=[a-z]{3})ications?\Z"), "iqu"),
    (re.compile(r"(?<=[a-z]{3})ier(?:e|s|es)?\Z"), "ier"),
)
_ACTION = re.compile(r"ations?\Z")
_THIRD_PLURAL = re.compile(r"(?<=[a-z]{3})ent\Z")
_CONJUGATION = {
    "er": ("e", "es", "ee", "ees", "ent", "ant", "ait", "aient", "era", "eront", "erait"),
    "ir": ("i", "ie", "is", "ies", "it", "issent", "issant", "issait", "ira", "iront"),
}
_SHORTEST_STEM = 4
# Prefixes written joined, with a hyphen or apart: antiterroriste, anti-terroriste.
_PREFIXED = re.compile(
    r"(anti|socio(?!log)|(?:multi|pluri)(?=sector|discip|cultur|ling|ethn|dimens|parti|annue|nation|later)"
    r"|micro|psycho(?=soci|trau)|medico|politico|auto(?=financ|determ|evalu|gest|regul))"
    r"([^\W_]{5,})"
    r"|(extra|intra|post|pre(?!judic)|neo|peri|co|sur|trans|contre)((?:judic|territ|scol|famil|conflit|univers|traum|natal"
    r"|elector|coloni|urb|auteur|financ|gest|defend|accus|presid|propri|popul|endett|exploit|front|genre|terror"
    r"|espion|expert|mesur)[^\W_]*)"
    r"|(inter)((?:minist|cultur|relig|gouvern|institution|ethn|agence|sector|communaut|region|parlement|generation"
    r"|confession|organis|etat|disciplin|person)[^\W_]*)"
    r"|(sous)((?:trait|develop|represent|comite|commission|region|secteur|aliment|emploi)[^\W_]*)"
    r"|(non)((?:discrimin|gouvernement|refoulement|respect|ingerence|violen|retour|paiement|lieu)[^\W_]*)"
)
_JOINED = {
    "bienetre": (4, "bien", "etre"),
    "weekend": (4, "week", "end"),
    "porteparole": (5, "porte", "parole"),
    "maindoeuvre": (5, "main", "oeuvre"),
}


def stems(word: str) -> tuple[str, ...]:
    """Return the one lemma or stem of a folded French word."""
    listed = _irregular().get(word)
    if listed:
        return (listed,)
    short = _stem(word)
    family = _families().get(short)
    if family is None and _THIRD_PLURAL.search(word):
        family = _families().get(_stem(_THIRD_PLURAL.sub("er", word)))
    return (family or short,)


def is_stop(word: str) -> bool:
    """Tell whether a folded word only joins others."""
    return word in _stop()


def parts(word: str) -> list[tuple[int, int, str]]:
    """Cut a folded word at a prefix that is also written with a hyphen; start, end and text of each part."""
    known = _JOINED.get(word)
    if known:
        return [(0, known[0], known[1]), (known[0], len(word), known[2])]
    found = _PREFIXED.fullmatch(word)
    if not found:
        return [(0, len(word), word)]
    prefix, rest = (part for part in found.groups() if part)
    return [(0, len(prefix), prefix), (len(prefix), len(word), rest)]


def _stem(word: str) -> str:
    for ending, kept in _ENDINGS:
        shorter, changed = ending.subn(kept, word)
        if changed:
            return shorter
    short = stem(_PLURAL.sub("", _PARTICIPLE.sub("", word)), "french")
    if short.endswith("at") and _ACTION.search(word):
        short = short[:-2]  # Snowball leaves dotation whole, being short
    return _LAST.sub("", short)


def _conjugated(form: str) -> list[str]:
    """Return a form, and where it is a regular infinitive its other forms."""
    return [form, *(form[:-2] + ending for ending in _CONJUGATION.get(form[-2:], ()))]


@cache
def _irregular() -> dict[str, str]:
    # Of a family, the forms with a short stem are known as they are: the stem may be another word's.
    short = {
        conjugated: entry[0]
        for entry in entries("fr_families")
        for form in entry
        if len(_stem(form)) < _SHORTEST_STEM
        for conjugated in _conjugated(form)
    }
    listed = dict[str, str]()
    for entry in entries("fr_irregular"):
        if len(entry) == 1 and entry[0][-1] not in "sxz":
            listed[entry[0] + "s"] = entry[0]
        listed |= dict.fromkeys(entry, entry[0])
    return short | listed


@cache
def _families() -> dict[str, str]:
    families = dict[str, str]()
    for entry in entries("fr_families"):
        for form in entry:
            short = _stem(form)
            if form not in _irregular() and len(short) >= _SHORTEST_STEM:
                families.setdefault(short, entry[0])
    return families


@cache
def _stop() -> frozenset[str]:
    return words("fr_stop")
