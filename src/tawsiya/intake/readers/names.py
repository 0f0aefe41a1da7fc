"""Names of recommending States as written: one or several in a bracket or a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tawsiya.intake.readers.folding import fold, one_line
from tawsiya.mechanisms import states

_SEPARATOR = re.compile(r"\s*(?:[;,|\n/،؛•]|(?<=\s)(?:and|et|y|&)(?=\s)|(?<=\s)و(?=\s?\w))\s*", re.IGNORECASE)
_BEHALF = re.compile(
    r"[\s,]*\b(?:on\s+behalf\s+of|au\s+nom\s+d(?:e|u|es)\b|en\s+nombre\s+de|en\s+representaci[oó]n\s+de)"
    r"\s*(?:the\s+)?|[\s،]*(?:باسم|بالنيابة\s+عن|نيابة\s+عن)\s*",
    re.IGNORECASE,
)
_NAME_TWICE = re.compile(r"([^()]{3,80}?)\s*\(([^()]{2,60})\)")
_MAX_JOINED = 7
"""Most pieces one State's name falls into ("Saint Vincent and the Grenadines" has two)."""
_MAX_TOKENS = 250
_MAX_NAME_WORDS = 7
_MAX_NAME = 120
_MAX_SUGGESTED = 60
_EDGES = " \t\n-–—*•.:;,«»\"“”'"
_LEGAL_WORDS = """
court convention protocol covenant treaty article articles art arts law laws act code committee
council commission office organization organisation agreement agenda plan strategy fund programme
program para paragraph section resolution decision rules principles goal goals sdg sdgs rights
ministry parliament cour loi pacte protocole comite conseil bureau accord droits ley corte convenio
protocolo pacto consejo articulo derechos etc including for example namely such as eg ie voir see
"""
_NOT_NAMES = frozenset(_LEGAL_WORDS.split())
"""Words of treaties, bodies and laws that a text may end with in brackets."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a list of names says.

    ``states`` are ISO3 codes, ``unrecognised`` names as written, ``written`` all names as
    written, ``respaced`` those recognised only without a stray blank, with their code.
    """

    states: tuple[str, ...] = ()
    unrecognised: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    respaced: tuple[tuple[str, str], ...] = ()
    on_behalf: bool = False

    @property
    def any(self) -> bool:
        """Whether anything was named."""
        return bool(self.states or self.unrecognised)

    @classmethod
    def union(cls, parts: Sequence[Names]) -> Names:
        """All names once, in order of first mention."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            _merged(p.states for p in parts),
            _merged(p.unrecognised for p in parts),
            _merged(p.written for p in parts),
            tuple(dict.fromkeys(pair for p in parts for pair in p.respaced)),
            any(p.on_behalf for p in parts),
        )


def _merged(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in part))


def united(listed: Names, bracketed: Names) -> Names:
    """A column's names and those in brackets; a bracket's misspelling of a listed State is none."""
    kept = tuple(name for name in bracketed.unrecognised if not set(suggestions(name)) & set(listed.states))
    return Names.union([listed, replace(bracketed, unrecognised=kept)])


def read_names(items: Iterable[str]) -> Names:
    """The States named by ``items``, each a bracket's content or a line of a cell."""
    return Names.union([_read_item(one_line(item).strip(_EDGES)) for item in items])


@lru_cache(maxsize=4096)
def _read_item(item: str) -> Names:
    if not item:
        return Names()
    if (whole := states.recognise(item)) is not None:
        return _recognised(item, whole)
    twice = _NAME_TWICE.fullmatch(item)  # "Democratic Republic of the Congo (DRC)"
    if twice is not None and (code := states.recognise(twice[1])) and code == states.recognise(twice[2]):
        return Names(states=(code,), written=(item,))
    speaker, *group = _BEHALF.split(item, maxsplit=1)
    if group:
        parts = [_read_list(speaker.strip(_EDGES)), _read_list(group[0].strip(_EDGES))]
        return replace(Names.union(parts), on_behalf=True)
    return _read_list(item)


def _recognised(written: str, code: str) -> Names:
    spaced = ((written, code),) if _has_stray_blank(written, code) else ()
    return Names(states=(code,), written=(written,), respaced=spaced)


def _has_stray_blank(written: str, code: str) -> bool:
    """Whether ``written`` is a name of the State but for a blank inside a word."""
    words = fold(written)
    state = states.get(code)
    names = [*state.names.values(), *state.formal_names.values()]
    spellings = [fold(name) for name in names]
    return words not in spellings and any(
        words.replace(" ", "") == name.replace(" ", "") and words.count(" ") > name.count(" ")
        for name in spellings
    )


def _read_list(item: str) -> Names:
    """Several names with separators; commas and "and" inside one State's name do not separate."""
    if not item:
        return Names()
    pieces = list(_pieces(item))
    found: list[Names] = []
    unknown = 0
    index = 0
    while index < len(pieces):
        for end in range(min(index + _MAX_JOINED, len(pieces)), index, -1):
            written = item[pieces[index][0] : pieces[end - 1][1]]
            code = states.recognise(written)
            if code is not None:
                found.append(_recognised(written, code))
                index = end
                break
        else:
            written = item[pieces[index][0] : pieces[index][1]]
            found.append(Names(unrecognised=(written,), written=(written,)))
            unknown += 1
            index += 1
    if unknown * 2 > len(found):
        return Names(unrecognised=(item,), written=(item,))
    return Names.union(found)


def _pieces(item: str) -> Iterator[tuple[int, int]]:
    """Start and end of each piece between separators."""
    start = 0
    for count, match in enumerate(_SEPARATOR.finditer(item)):
        if count >= _MAX_TOKENS:
            break
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(item):
        yield start, len(item)


@lru_cache(maxsize=1024)
def suggestions(name: str) -> tuple[str, ...]:
    """ISO3 codes of States whose name ``name`` may misspell; none for what is no name at all."""
    if len(name) > _MAX_SUGGESTED or not looks_like_name(name):
        return ()
    return tuple(states.suggest(name))


def looks_like_name(text: str) -> bool:
    """Whether ``text`` may be a State's or group's name: capitalised, no acronym, no legal term."""
    plain = text.strip(_EDGES)
    if len(plain) > _MAX_NAME:
        return False
    words = fold(plain).split()
    letters = [c for c in plain if c.isalpha()]
    if len(letters) < 3 or not 1 <= len(words) <= _MAX_NAME_WORDS or plain.isdecimal():
        return False
    if any(c.isdigit() for c in plain) or set(words) & _NOT_NAMES:
        return False
    cased = [c for c in letters if c.isupper() or c.islower()]
    if not cased:
        return True  # Arabic and other scripts without capitals
    if " " not in plain and sum(c.isupper() for c in cased) > 1 and "-" not in plain.strip("-"):
        return False  # ICPPED, CEDAW, OPs
    return cased[0].isupper() and any(c.islower() for c in cased)
