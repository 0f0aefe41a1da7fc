"""What stands in a cell of a table of values: numbers, yes and no, marks of missing ones, status. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬−", "01234567890123456789.,-")
_MARKS = frozenset(
    {"", "..", "...", "…", ":", "-", "–", "—", "n/a", "na", "n.a.", "nd", "n.d.", "nan", "null"}
)
_YES = frozenset({"yes", "oui", "نعم", "true", "vrai"})
_NO = frozenset({"no", "non", "لا", "false", "faux"})
_REGION = 60
AGES = re.compile(
    r"^Y(?:(?P<one>\d{1,3})|(?P<low>\d{1,3})T(?P<high>\d{1,3})|_(?P<way>GE|LT)(?P<edge>\d{1,3}))$"
)
"""Ages as SDMX writes them: Y17, Y0T14, Y_GE65, Y_LT5."""
_ARABIC = str.maketrans("أإآىة", "ااايه")


class Refused(ValueError):
    """A cell cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Status:
    """What a status says: SDMX's code, how firm a value is, or why it is missing."""

    code: str = ""
    quality: str = ""
    missing: str = ""

    @property
    def says_missing(self) -> bool:
        """There is no value."""
        return bool(self.missing) or self.code == "M"


# SDMX's code list CL_OBS_STATUS, as far as this system tells things apart.
OBS_STATUS = {
    "A": Status("A", "final"),
    "B": Status("B", "final"),
    "E": Status("E", "estimated"),
    "I": Status("I", "estimated"),
    "F": Status("F", "estimated"),
    "P": Status("P", "provisional"),
    "L": Status("L", missing="not_collected"),
    "Q": Status("Q", missing="withheld"),
    "O": Status("O", missing="not_yet"),
    "H": Status("O", missing="not_yet"),
    "M": Status("M"),
}
_WORDS = {
    "final": "A",
    "definitif": "A",
    "نهائي": "A",
    "provisional": "P",
    "provisoire": "P",
    "موقت": "P",
    "مؤقت": "P",
    "estimated": "E",
    "estime": "E",
    "estimation": "E",
    "تقديري": "E",
    "missing": "O",
    "manquant": "O",
    "manquante": "O",
    "ناقص": "O",
    "not_yet": "O",
    "not_collected": "L",
    "non_collectee": "L",
    "withheld": "Q",
    "not_applicable": "M",
    "sans_objet": "M",
    "لا_ينطبق": "M",
    "break": "B",
    "rupture": "B",
}


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return a word as it is compared: lower case, no accents, one underscore between its parts."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold().translate(_ARABIC))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\s'’\-]+", "_", bare).translate(_ARABIC)


_FOLDED = {folded(name): code for name, code in _WORDS.items()}


def status_of(text: str) -> Status:
    """Return what a status says; nothing for an empty one.

    Raises:
        Refused: `status`, it is none.
    """
    if not text.strip():
        return Status()
    code = text.strip().upper()
    if code in OBS_STATUS:
        return OBS_STATUS[code]
    word = _FOLDED.get(folded(text))
    if word is None:
        raise Refused("status")
    return OBS_STATUS[word]


def read_value(text: str) -> Decimal | None:
    """Return the number of a cell, 1 and 0 for yes and no; None for an empty one or a mark of a missing one.

    Raises:
        Refused: `value`, it is no number; `ambiguous`, `1,234` can be two numbers.
    """
    given = text.strip()
    if given.casefold() in _MARKS:
        return None
    if given.casefold() in _YES:
        return Decimal(1)
    if given.casefold() in _NO:
        return Decimal(0)
    bare = re.sub(r"[\s\u00a0\u202f\u200e\u200f'’]", "", given.translate(_DIGITS)).rstrip("%٪")
    if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", bare):
        raise Refused("ambiguous")
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d+,\d+", bare):
        bare = bare.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d{1,2})?", bare):
        raise Refused("value")
    try:
        number = round(Decimal(bare), 4)
    except InvalidOperation:
        raise Refused("value") from None
    if abs(number) >= 10**14:
        raise Refused("value")
    return number


def age_code(text: str) -> str:
    """Return the code of an age band (`Y0T14`, also written `0-14` or `65+`); "" for anything else."""
    text = re.sub(r"\s*([-–+])\s*", r"\1", " ".join(text.translate(_DIGITS).split()).upper())
    if band := re.match(r"^(\d{1,3})[-–](\d{1,3})$", text):
        text = f"Y{band[1]}T{band[2]}"
    elif older := re.match(r"^(\d{1,3})\+$", text):
        text = f"Y_GE{older[1]}"
    match = AGES.match(text)
    if match is None or (match["low"] and int(match["low"]) > int(match["high"])):
        return ""
    return text


def region_code(text: str) -> str:
    """Return a region's code or name as it stands; "" for what can be none."""
    text = " ".join(text.split())
    return text if 0 < len(text) <= _REGION and not set(text) & set(";=") else ""
