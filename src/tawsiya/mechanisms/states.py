"""States: recognising a State's name as UN documents write it, and naming it.

Names come from UN M49 and UNTERM (``reference/states.json``): the 193 members and the two
observer States, plus the fictional State used in training (code XTM, user-assigned in
ISO 3166). Pure functions, no Django, no database.

Recognition is exact up to typography: case, diacritics, apostrophes, dashes, spaces (even a
stray one inside a word, as Word files often have), punctuation, a leading or trailing article.
A misspelt name is not recognised; :func:`suggest` then offers what may have been meant.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

FICTIONAL = "XTM"
"""Code of the fictional State "Tamourt" of the training data."""

# The apostrophes found in documents: straight, curly, modifier letter, accents.
_APOSTROPHES = "'\u2019\u2018\u02bc`\u00b4"
_LEADING_ARTICLE = re.compile(rf"^(?:the|la|le|les)\s+|^l\s*[{_APOSTROPHES}]\s*", re.IGNORECASE)
_TRAILING_ARTICLE = re.compile(rf"\s*\((?:the|la|le|les|l[{_APOSTROPHES}])\)\s*$", re.IGNORECASE)
# \u0629 is final ta marbuta, \u0649 alef maksura: writers exchange them with ha and ya.
_ARABIC_VARIANTS = str.maketrans({"\u0629": "\u0647", "\u0649": "\u064a", "\u0671": "\u0627"})
_SUGGESTION_CUTOFF = 0.78
_MAX_NAME = 200
_ABBREVIATION_MAX = 6


@dataclass(frozen=True, slots=True)
class State:
    """A State. ``names`` and ``formal_names`` are keyed by language (``en``, ``fr``, ``ar``).

    ``iso3`` and ``iso2`` are ISO 3166 codes, ``m49`` the UN code (None for the fictional
    State), ``region`` a key of :func:`regions`, ``status`` one of ``member``, ``observer``,
    ``fictional``.
    """

    iso3: str
    iso2: str
    m49: str | None
    names: dict[str, str]
    formal_names: dict[str, str]
    region: str | None
    status: str

    @property
    def fictional(self) -> bool:
        """True for the training State only."""
        return self.status == "fictional"


@cache
def _document() -> dict[str, dict[str, dict[str, object]]]:
    path = resources.files("tawsiya.mechanisms.reference").joinpath("states.json")
    loaded: dict[str, dict[str, dict[str, object]]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _texts(value: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


@cache
def _states() -> dict[str, State]:
    return {
        code: State(
            iso3=code,
            iso2=str(row["iso2"]),
            m49=str(row["m49"]) if row["m49"] else None,
            names=_texts(row["names"]),
            formal_names=_texts(row["formal"]),
            region=str(row["region"]) if row["region"] else None,
            status=str(row["status"]),
        )
        for code, row in _document()["states"].items()
    }


def _key(text: str) -> str:
    """Letters and digits of ``text`` only, without case, diacritics or typographic variants."""
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    return "".join(c for c in decomposed if c.isalnum() and c != "\u0640").translate(_ARABIC_VARIANTS)


def _without_articles(text: str) -> str:
    return _LEADING_ARTICLE.sub("", _TRAILING_ARTICLE.sub("", text.strip()), count=1)


@cache
def _index() -> dict[str, str]:
    """Every known spelling, as a key, to its State. Abbreviations are kept apart."""
    index: dict[str, str] = {}
    for code, row in _document()["states"].items():
        names = [*_texts(row["names"]).values(), *_texts(row["formal"]).values()]
        for spelling in [*names, *_strings(row["aliases"])]:
            for key in {_key(spelling), _key(_without_articles(spelling))}:
                if index.setdefault(key, code) != code:
                    raise ValueError(f"{spelling!r} names both {index[key]} and {code}")
    return index


@cache
def _abbreviations() -> dict[str, str]:
    return {
        abbreviation: code
        for code, row in _document()["states"].items()
        for abbreviation in _strings(row["abbreviations"])
    }


@lru_cache(maxsize=4096)
def recognise(name: str) -> str | None:
    """ISO 3166 alpha-3 code of the State called ``name`` in English, French or Arabic.

    Returns None when the name is not certainly one State's: misspellings, territories,
    groups of States and names shared by two States ("Korea"). Abbreviations ("UK", "DPRK")
    count only in capitals. ISO codes are not names: see :func:`from_code`.
    """
    if len(name) > _MAX_NAME:
        return None
    plain = unicodedata.normalize("NFKC", name).strip()
    if len(plain) <= _ABBREVIATION_MAX + 4:
        found = _abbreviations().get(re.sub(r"[^\w]", "", plain))
        if found:
            return found
    index = _index()
    return index.get(_key(plain)) or index.get(_key(_without_articles(plain)))


def suggest(name: str, limit: int = 3) -> list[str]:
    """Codes of the States whose names resemble ``name`` most, best first (may be empty)."""
    if len(name) > _MAX_NAME:
        return []
    key = _key(_without_articles(name))
    found: list[str] = []
    for close in difflib.get_close_matches(key, _index(), n=limit * 4, cutoff=_SUGGESTION_CUTOFF):
        code = _index()[close]
        if code not in found:
            found.append(code)
    return found[:limit]


def from_code(code: str) -> str | None:
    """Alpha-3 code for an ISO 3166 alpha-3 or alpha-2 code in any case; None if unknown."""
    wanted = code.strip().upper()
    if wanted in _states():
        return wanted
    return next((s.iso3 for s in _states().values() if s.iso2 == wanted), None)


def get(iso3: str) -> State:
    """The State of that alpha-3 code. Raises KeyError if there is none."""
    return _states()[iso3]


def name(iso3: str, language: str = "en") -> str:
    """UN short name in ``language``; English for a language the UN names are not kept in.

    Raises KeyError for an unknown code.
    """
    names = _states()[iso3].names
    return names.get(language, names["en"])


def formal_name(iso3: str, language: str = "en") -> str:
    """Formal name, with its article where the UN lists one. Raises KeyError as :func:`name`."""
    names = _states()[iso3].formal_names
    return names.get(language, names["en"])


def all_states(*, include_fictional: bool = False) -> tuple[State, ...]:
    """The 195 States (members and observers), in code order, and the fictional one if asked."""
    return tuple(s for s in _states().values() if include_fictional or not s.fictional)


def region(iso3: str) -> str | None:
    """UN M49 region key of a State: africa, americas, asia, europe, oceania.

    None for the fictional State. Raises KeyError for an unknown code.
    """
    return _states()[iso3].region


def regions() -> dict[str, dict[str, str]]:
    """Region keys with their names by language."""
    return {key: _texts(names) for key, names in _document()["regions"].items()}
