"""French words to lemmas: a list of irregular forms, families of verb and noun, Snowball for the rest.

Words come without accents, as people type them in capitals and on foreign keyboards. Snowball's French rules
count on accents only for past participles, which are shortened beforehand.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from tawsiya.core.text.chars import fold
from tawsiya.core.text.data import entries, words
from tawsiya.core.text.snowball import stem

_PARTICIPLE = re.compile(r"(?<=.{3}e)e\Z")
_PLURAL = re.compile(r"(?<=[a-z]{2}[a-rt-z])s\Z")
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
    # Répondre, répondu: Snowball knows no verb in -re; nor that revenir, revient and revenu are one.
    (re.compile(r"(?<=[a-z]{2}[aeo][nr]d)(?:re|ra|ront|rait|ant|ent|ait|aient|ons|ez|us?|ues?)\Z"), ""),
    (
        re.compile(r"(?<=[a-z])([tv])(?:ien(?:t|nent|dra|dront|drait)|en(?:ir|ant|ait|aient|u|ue|ez|ons))\Z"),
        r"\1en",
    ),
)
_ACTION = re.compile(r"ation\Z")
# Ils adoptent: an ending that Snowball does not know. Nouns and adjectives in -ent are listed, of the words
# in -ment the verbs.
_THIRD_PLURAL = re.compile(r"(?<=[a-z]{2})(?<!ai|ss|ti|vi)ent\Z")
_CONJUGATION = {
    "er": ("e", "es", "ee", "ees", "ent", "ant", "ait", "aient", "era", "eront", "erait"),
    "ir": ("i", "ie", "is", "ies", "it", "issent", "issant", "issait", "ira", "iront"),
}
_SHORTEST_STEM = 4
_BARE = "~"
"""Marks words that are often typed without their accents."""
# Prefixes written joined, with a hyphen or apart: antiterroriste, anti-terroriste.
_PREFIXED = re.compile(
    r"(anti(?!cip|biot|dat|dot|thes|llais|lop|qu|corps|semit|path)|socio(?!log)"
    r"|(?:multi|pluri)(?=sector|discip|cultur|ling|ethn|dimens|parti|annue|nation|later|form|confes|religi|acteur)"
    r"|micro(?!sc|ph|b)|macro|psycho(?=soci|trau|peda|affec|mot)|medico|politico|cyber|agro|audio|supra|infra(?!ction)"
    r"|bio(?=divers|medic|ethi|degrad|techn|carb|mass)|eco(?=touris|system|respons|citoy)|geo(?=politi|locali|therm|spat)"
    r"|tele(?=travail|medec|commun|enseign|servic|surveil)|mono(?=parent)"
    r"|auto(?=financ|determ|evalu|gest|regul|suffis|defens|organis|entrepren|discip|critiq|saisin|emplo))"
    r"([^\W_]{5,})"
    r"|(extra|intra|post|pre(?!judic)|neo|peri|co|sur|trans|contre)((?:judic|territ|scol|famil|conflit|univers|traum|natal"
    r"|elector|coloni|urb|auteur|financ|gest|defend|accus|presid|propri|popul|endett|exploit|front|genre|terror"
    r"|espion|expert|mesur|parent|produc|organis|pilot|signat|condit|retrait|adolesc|consomm|pouvoir|partum|secondaire"
    r"|electr|sahar|regul|product|represent)[^\W_]*)"
    r"|(inter)((?:minist|cultur|relig|gouvern|institution|ethn|agence|sector|communaut|region|parlement|generation"
    r"|confession|organis|etat|disciplin|person|profession|universit|syndic|americ|africain|arabe|commun(?!i)|connex|depend)"
    r"[^\W_]*)"
    r"|(sous)((?:trait|develop|represent|comite|commission|region|secteur|aliment|emploi|equip|estim|effectif|evalu"
    r"|famil|prefect|utilis|financ|groupe|titre|nutri|declar|direct|categor|marin|enten)[^\W_]*)"
    r"|(non)((?:discrimin|gouvernement|refoulement|respect|ingerence|violen|retour|paiement|lieu|droit|conform|assist"
    r"|execut|resid|inscri|align|prolif|applic|alphab|musul|ressortis)[^\W_]*)"
)
_JOINED = {
    "bienetre": (4, "bien", "etre"),
    "plateforme": (5, "plate", "forme"),
    "plateformes": (5, "plate", "formes"),
    "weekend": (4, "week", "end"),
    "porteparole": (5, "porte", "parole"),
    "maindoeuvre": (5, "main", "oeuvre"),
}


def stems(word: str) -> tuple[str, ...]:
    """Return the lemma or stem of a folded French word; both where it may be of two words (privé)."""
    singular = _singular(word)
    form = _infinitive(word) or singular
    listed = _irregular().get(word) or _irregular().get(form)
    if listed:
        return tuple(listed.split("+"))
    short = _stem(form)
    # Danse is not dans.
    return (_families().get(short, form if short in _stop() else short),)


def accented(surface: str) -> tuple[str, ...]:
    """Return what a word stands for whose accents tell it from another one; nothing for other words.

    A marché is no marche, and MARCHE may be either. Only pairs of which both words are in use are listed:
    elsewhere a word without its accents is the same word.
    """
    if surface.isascii():
        word = surface.lower()
        named = _accents().get(word) if surface.isupper() and len(word) > 1 and not is_stop(word) else None
        return (*stems(word), named) if named else ()
    named = _accents().get(unicodedata.normalize("NFC", surface).lower())
    return (named,) if named else ()


def meant(surface: str) -> tuple[str, ...]:
    """Return what a word of a query may mean besides, being typed without accents: traite for traité."""
    named = _often_bare().get(surface.lower()) if surface.isascii() else None
    return (named,) if named else ()


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


def _singular(word: str) -> str:
    """Take the s of the plural off, unless it is part of the word (procès)."""
    return word if word in _with_s() else _PLURAL.sub("", word)


def _infinitive(word: str) -> str | None:
    """Return the infinitive of a verb in -ent (ils adoptent, first conjugation); None for other words."""
    verb = _THIRD_PLURAL.search(word) and (word in _verbs_in_ment() or not word.endswith("ment"))
    return word[:-3] + "er" if verb and word not in _nouns_in_ent() else None


def _stem(word: str) -> str:
    for ending, kept in _ENDINGS:
        shorter, changed = ending.subn(kept, word)
        if changed:
            return shorter
    short = stem(_PARTICIPLE.sub("", word), "french")
    if short.endswith("at") and _ACTION.search(word):
        short = short[:-2]  # Snowball leaves dotation whole, being short
    return _LAST.sub("", short)


def _conjugated(form: str) -> list[str]:
    """Return a form, and where it is a regular infinitive its other forms."""
    return [form, *(form[:-2] + ending for ending in _CONJUGATION.get(form[-2:], ()))]


def _derived(entry: list[str]) -> Iterator[str]:
    """Yield the forms that follow from those of an irregular verb: promu(e), mis(e), tiennent and tienne."""
    infinitives = tuple(form for form in entry if form.endswith(("ir", "re")))
    if not infinitives:
        return
    for infinitive in infinitives:
        if infinitive.endswith("re"):
            yield from (infinitive[:-1] + ending for ending in ("a", "ont", "ait", "aient"))
    for form in entry[1:]:
        participle = (
            form.endswith(("u", "is"))
            or (form.endswith("it") and any(i.endswith("ire") for i in infinitives))
            or (form.endswith("int") and any(i.endswith("indre") for i in infinitives))
        )
        if participle:
            yield from (form + ending for ending in (("e",) if form.endswith("s") else ("e", "s")))
        elif form.endswith(("ent", "ant")):
            yield from (form[:-3] + ending for ending in ("e", "ent", "ant", "ait", "aient"))


@cache
def _family_forms() -> tuple[tuple[str, str, str], ...]:
    """Return the forms of all families: lemma, form, stem."""
    return tuple((entry[0], form, _stem(form)) for entry in entries("fr_families") for form in entry)


@cache
def _irregular() -> dict[str, str]:
    # Of a family, the forms with a short stem are known as they are: the stem may be another word's.
    listed, short, derived = dict[str, str](), dict[str, str](), dict[str, str]()
    for lemma, form, stemmed in _family_forms():
        if len(stemmed) < _SHORTEST_STEM:
            short.update(dict.fromkeys(_conjugated(form), lemma))
    for entry in entries("fr_families"):
        for form in _derived(entry):
            derived.setdefault(form, entry[0])
    for entry in entries("fr_irregular"):
        listed |= dict.fromkeys(entry, entry[0])
    return derived | short | listed


@cache
def _families() -> dict[str, str]:
    listed = {form for entry in entries("fr_irregular") for form in entry}
    families = dict[str, str]()
    for lemma, form, stemmed in _family_forms():
        if form not in listed and len(stemmed) >= _SHORTEST_STEM:
            families.setdefault(stemmed, lemma)
    return families


@cache
def _accents() -> dict[str, str]:
    """Return lemmas by the spelling with accents, and by the same in ASCII."""
    table = dict[str, str]()
    for marked, *forms in entries("fr_accents"):
        lemma = marked.removeprefix(_BARE)
        for form in (lemma, *forms):
            table.setdefault(fold(form), lemma)
            table[form] = lemma
    return table


@cache
def _often_bare() -> dict[str, str]:
    """Return lemmas by the spelling in ASCII, of words that are often typed so."""
    marked = (entry for entry in entries("fr_accents") if entry[0].startswith(_BARE))
    return {
        fold(form): lemma.removeprefix(_BARE)
        for lemma, *forms in marked
        for form in (lemma.removeprefix(_BARE), *forms)
    }


@cache
def _with_s() -> frozenset[str]:
    return words("fr_final_s")


@cache
def _nouns_in_ent() -> frozenset[str]:
    return frozenset(word for word in words("fr_final_ent") if not word.endswith("ment"))


@cache
def _verbs_in_ment() -> frozenset[str]:
    return frozenset(word for word in words("fr_final_ent") if word.endswith("ment"))


@cache
def _stop() -> frozenset[str]:
    return words("fr_stop")
