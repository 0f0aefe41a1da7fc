"""Document symbols of the UN: parsing, finding in text, completing what a person typed.

The patterns follow the symbols in use since 2006 and the older forms of the treaty bodies.
A symbol says only what it certainly says: ``A/HRC/21/3`` may be any report to the Human
Rights Council, so its body is None and its kind the ambiguous ``hrc_report``; what it really
is comes from its front page or the register of reviews. Pure functions, no Django.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from tawsiya.mechanisms import states
from tawsiya.mechanisms.paragraphs import paragraph_key

__all__ = [
    "Kind",
    "Symbol",
    "find_all",
    "normalise_query",
    "paragraph_key",
    "parse",
    "upr_cycle_of_wg_session",
]


class Kind(StrEnum):
    """What a document is, as far as its symbol alone tells."""

    UPR_NATIONAL_REPORT = "upr_national_report"
    UPR_COMPILATION = "upr_compilation"
    UPR_STAKEHOLDERS = "upr_stakeholders"
    HRC_REPORT = "hrc_report"
    HRC_REPORT_ADDENDUM = "hrc_report_addendum"
    STATE_REPORT = "state_report"
    LIST_OF_ISSUES = "list_of_issues"
    REPLIES = "replies"
    LIST_OF_ISSUES_PRIOR = "list_of_issues_prior"
    CONCLUDING_OBSERVATIONS = "concluding_observations"
    FOLLOW_UP_REPORT = "follow_up_report"
    CORE_DOCUMENT = "core_document"
    DECISION = "decision"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A parsed symbol.

    ``text`` is canonical: capitals except the UN's own "Add.", "Corr.", "Rev."; single
    slashes, plain hyphens. ``state`` is the alpha-3 code of a State (old codes translated),
    ``state_code`` the code as written, also for entities that are not UN States (COK, EU).
    ``number``/``number_to`` are the ends of a combined report ("19-21"); ``addendum``,
    ``corrigendum``, ``revision`` the figures after "Add.", "Corr.", "Rev.". ``session`` is
    the one written in the symbol: for ``A/HRC/59/15`` the Council's, for ``A/HRC/WG.6/48/…``
    the Working Group's. ``valid`` is False when the text is no well-formed symbol, or its
    State is unknown, or its range runs backwards.
    """

    text: str
    series: str = ""
    body: str | None = None
    kind: Kind = Kind.OTHER
    state: str | None = None
    state_code: str | None = None
    session: int | None = None
    number: int | None = None
    number_to: int | None = None
    addendum: int | None = None
    corrigendum: int | None = None
    revision: int | None = None
    year: int | None = None
    valid: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """The symbol in capitals throughout, for comparison without regard to case."""
        return self.text.upper()

    @property
    def upr_cycle(self) -> int | None:
        """Cycle of the UPR, known only for documents of its Working Group."""
        if self.series != "A/HRC/WG.6" or self.session is None:
            return None
        return upr_cycle_of_wg_session(self.session)


_TREATY = r"(?:CERD|CCPR|CEDAW|CAT|CRC|CMW|CRPD|CED)"
# Codes used before ISO 3166 alpha-3 became the rule, where they leave no doubt.
_OLD_CODES = {
    "AUL": "AUS", "BUL": "BGR", "CHI": "CHL", "CRO": "HRV", "DEN": "DNK", "GER": "DEU",
    "GRE": "GRC", "ICE": "ISL", "MOR": "MAR", "NET": "NLD", "PHI": "PHL", "POR": "PRT",
    "ROM": "ROU", "SCG": "SRB", "SPA": "ESP", "TMP": "TLS", "UK": "GBR", "URU": "URY",
    "YUG": "SRB", "ZAR": "COD", "CHN-HKG": "CHN", "CHN-MAC": "CHN", "HKG": "CHN",
    "MAC": "CHN",
}  # fmt: skip
# Entities that report to treaty bodies without being UN members or observer States.
_OTHER_PARTIES = {"COK", "NIU", "EU", "UNK"}
# Words that stand where a State code may stand: general comments, decisions, records …
_NOT_CODES = {
    "GC",
    "DEC",
    "SR",
    "SP",
    "CRP",
    "INF",
    "NGO",
    "RES",
    "ADR",
    "IO",
    "REP",
    "L",
    "GUI",
}
_SUFFIX = re.compile(r"/(ADD|CORR|REV)\.(\d{1,4})$")
_STATE = r"(?P<state>[A-Z]{2,3}(?:-[A-Z]{3})?)"
_NUMBER = r"(?P<number>\d{1,4})(?:-(?P<number_to>\d{1,4}))?"
_SESSION = r"(?P<session>\d{1,3})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_BODY_SERIES = rf"(?P<series>{_TREATY}/C(?:/OPAC|/OPSC)?|E/C\.12)"

# (pattern of the symbol without its suffixes, kind, kind once an addendum follows).
# None for the first kind: the form exists with an addendum only.
_FORMS: tuple[tuple[re.Pattern[str], Kind | None, Kind | None], ...] = tuple(
    (re.compile(pattern), kind, with_addendum)
    for pattern, kind, with_addendum in (
        (rf"(?P<series>A/HRC/WG\.6)/{_SESSION}/{_STATE}/(?P<number>1)",
         Kind.UPR_NATIONAL_REPORT, None),
        (rf"(?P<series>A/HRC/WG\.6)/{_SESSION}/{_STATE}/(?P<number>2)",
         Kind.UPR_COMPILATION, None),
        (rf"(?P<series>A/HRC/WG\.6)/{_SESSION}/{_STATE}/(?P<number>3)",
         Kind.UPR_STAKEHOLDERS, None),
        (rf"(?P<series>A/HRC/WG\.6)/{_SESSION}/{_STATE}/(?P<number>\d+)", Kind.OTHER, None),
        (rf"(?P<series>A/HRC/WG\.6)/{_SESSION}/L\.(?P<number>\d+)", Kind.OTHER, None),
        (rf"(?P<series>A/HRC)/{_SESSION}/(?P<number>\d{{1,4}})",
         Kind.HRC_REPORT, Kind.HRC_REPORT_ADDENDUM),
        (r"(?P<series>E/C\.12/1|CCPR/C/79|CRC/C/15|CERD/C/304)",
         None, Kind.CONCLUDING_OBSERVATIONS),
        (r"(?P<series>E/1990/5|E/1990/6|E/1994/104)", None, Kind.STATE_REPORT),
        (rf"(?P<series>HRI/CORE)/{_STATE}/{_YEAR}", Kind.CORE_DOCUMENT, None),
        (rf"(?P<series>HRI/CORE)/{_STATE}", Kind.CORE_DOCUMENT, None),
        (r"(?P<series>HRI/CORE)/1", None, Kind.CORE_DOCUMENT),
        (rf"{_BODY_SERIES}/{_STATE}/CO/{_NUMBER}",
         Kind.CONCLUDING_OBSERVATIONS, Kind.FOLLOW_UP_REPORT),
        (rf"{_BODY_SERIES}/{_STATE}/FCO/{_NUMBER}", Kind.FOLLOW_UP_REPORT, None),
        # Before "RQ" came into use, an addendum to the list of issues carried the replies.
        (rf"{_BODY_SERIES}/{_STATE}/Q/{_NUMBER}", Kind.LIST_OF_ISSUES, Kind.REPLIES),
        (rf"{_BODY_SERIES}/{_STATE}/RQ/{_NUMBER}", Kind.REPLIES, None),
        (rf"{_BODY_SERIES}/{_STATE}/QPR/{_NUMBER}", Kind.LIST_OF_ISSUES_PRIOR, None),
        (rf"{_BODY_SERIES}/{_STATE}/{_YEAR}/{_NUMBER}", Kind.STATE_REPORT, None),
        (rf"{_BODY_SERIES}/{_STATE}/{_NUMBER}", Kind.STATE_REPORT, None),
        (rf"(?P<series>CRC/C|E/C\.12)/Q/{_STATE}/{_NUMBER}", Kind.LIST_OF_ISSUES, Kind.REPLIES),
        (rf"(?P<series>CCPR/C)/{_SESSION}/L/{_STATE}", Kind.LIST_OF_ISSUES, None),
        (rf"(?P<series>CCPR/CO)/{_SESSION}/{_STATE}",
         Kind.CONCLUDING_OBSERVATIONS, Kind.FOLLOW_UP_REPORT),
        (rf"(?P<series>CERD/C)/{_SESSION}/CO/{_NUMBER}",
         Kind.CONCLUDING_OBSERVATIONS, Kind.FOLLOW_UP_REPORT),
        (rf"(?P<series>CAT/C)/CR/{_SESSION}/{_NUMBER}",
         Kind.CONCLUDING_OBSERVATIONS, Kind.FOLLOW_UP_REPORT),
        (rf"{_BODY_SERIES}/{_SESSION}/D/{_NUMBER}/{_YEAR}", Kind.DECISION, None),
        (rf"(?P<series>{_TREATY}/C)/{_SESSION}/(?P<number>\d+)", Kind.OTHER, None),
        (rf"(?P<series>CAT/OP)/{_STATE}/{_NUMBER}", Kind.OTHER, None),
        (rf"(?P<series>CAT/OP)/{_STATE}/[A-Z]+[./]{_NUMBER}", Kind.OTHER, None),
    )
)  # fmt: skip
_WELL_FORMED = re.compile(
    rf"(?:A|E|S|ST|HRI|HR|{_TREATY})(?:/[A-Z]*\d*(?:[.-][A-Z0-9]+)*){{2,9}}(?:\s?\([A-Z]+\))?"
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
_TRIM = " \t\r\n.,;:*)]}>\"'(\u00ab\u00bb\u201c\u201d\u2018\u2019[{<"
_MAX_LENGTH = 120
_CONVENTIONAL = {"ADD": "Add", "CORR": "Corr", "REV": "Rev", "CONCL": "Concl"}
_UPR_LAST_SESSION_OF_CYCLE = ((12, 1), (26, 2), (40, 3), (54, 4))


def upr_cycle_of_wg_session(session: int) -> int | None:
    """Cycle of a session of the UPR Working Group; None outside sessions 1 to 54.

    The number is the Working Group's, never the Council session of ``A/HRC/{session}/…``.
    """
    if session < 1:
        return None
    return next((cycle for last, cycle in _UPR_LAST_SESSION_OF_CYCLE if session <= last), None)


def _visible(text: str) -> str:
    """Compatibility-normalised text without format characters, dashes made plain."""
    normal = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(c for c in normal if unicodedata.category(c) != "Cf")


def _upper(text: str) -> str:
    """Capitals, slashes and dots as a symbol has them."""
    squeezed = re.sub(r"\s+", "", text.replace("\\", "/")).upper()
    squeezed = re.sub(r"(?<=[A-Z]),(?=\d)", ".", squeezed)  # "WG,6", a frequent misprint
    return re.sub(r"/{2,}", "/", squeezed).strip(_TRIM + "/-")


def _canonical(upper: str) -> str:
    return re.sub(
        r"/(ADD|CORR|REV|CONCL)\.(?=\d)",
        lambda m: f"/{_CONVENTIONAL[m.group(1)]}.",
        upper,
    )


def parse(text: str) -> Symbol:
    """Parse one symbol, tolerant of case, spaces, dashes and punctuation around it.

    Never raises: what is no symbol comes back with ``valid`` False.
    Two symbols of one joint document ("A/HRC/41/3–E/CN.6/2019/7") stay one text; the first
    gives the parts.
    """
    upper = _upper(_visible(text[: _MAX_LENGTH * 4]))
    canonical = _canonical(upper)
    if not upper.isascii() or len(upper) > _MAX_LENGTH:
        return Symbol(text=text.strip())
    if not upper:
        return Symbol(text="")
    first = re.split(r"-(?=(?:A|E|S|ST)/)", upper, maxsplit=1)[0]
    suffixes: dict[str, int] = {}
    while (match := _SUFFIX.search(first)) is not None:
        suffixes.setdefault(match.group(1), int(match.group(2)))
        first = first[: match.start()]
    return _from_forms(canonical, first, suffixes) or _from_shape(canonical, upper, suffixes)


def _from_forms(canonical: str, base: str, suffixes: dict[str, int]) -> Symbol | None:
    for pattern, kind, with_addendum in _FORMS:
        match = pattern.fullmatch(base)
        if match is None or (kind is None and "ADD" not in suffixes):
            continue
        parts = match.groupdict()
        code = parts.get("state")
        if code in _NOT_CODES:
            continue
        chosen = (with_addendum or kind) if "ADD" in suffixes else kind
        return _build(canonical, parts, chosen or Kind.OTHER, suffixes)
    return None


def _build(canonical: str, parts: dict[str, str | None], kind: Kind, suffixes: dict[str, int]) -> Symbol:
    code = parts.get("state")
    state = state_of_code(code) if code else None
    number, number_to = _integer(parts.get("number")), _integer(parts.get("number_to"))
    known = code is None or state is not None or code in _OTHER_PARTIES
    ordered = number is None or number_to is None or number < number_to
    series = parts["series"] or ""
    return Symbol(
        text=canonical,
        series=series,
        body=_body(series),
        kind=kind,
        state=state,
        state_code=code,
        session=_integer(parts.get("session")),
        number=number,
        number_to=number_to,
        addendum=suffixes.get("ADD"),
        corrigendum=suffixes.get("CORR"),
        revision=suffixes.get("REV"),
        year=_integer(parts.get("year")),
        valid=known and ordered,
    )


def _from_shape(canonical: str, upper: str, suffixes: dict[str, int]) -> Symbol:
    """A symbol whose form is not listed: its series, and whether it is well formed."""
    well_formed = bool(_WELL_FORMED.fullmatch(upper)) and any(c.isdigit() for c in upper)
    if not well_formed:
        return Symbol(text=canonical)
    series = _series_of(upper)
    session = re.match(r"A/HRC/(\d{1,3})/", upper)
    return Symbol(
        text=canonical,
        series=series,
        body=_body(series),
        session=int(session.group(1)) if session else None,
        addendum=suffixes.get("ADD"),
        corrigendum=suffixes.get("CORR"),
        revision=suffixes.get("REV"),
        valid=True,
    )


def _series_of(upper: str) -> str:
    known = re.match(rf"A/HRC(?:/WG\.\d+)?|E/C\.12|E/CN\.\d+|CAT/OP|{_TREATY}/C|HRI/\w+", upper)
    return known.group(0) if known else upper.split("/", maxsplit=1)[0]


def _body(series: str) -> str | None:
    if series == "A/HRC/WG.6":
        return "UPR"
    if series == "CAT/OP":
        return "SPT"
    if series.startswith(("E/C.12", "E/1990/5", "E/1990/6", "E/1994/104")):
        return "CESCR"
    head = series.split("/", maxsplit=1)[0]
    return head if re.fullmatch(_TREATY, head) else None


def state_of_code(code: str) -> str | None:
    """Alpha-3 code of the State that a code in a symbol stands for, old codes included."""
    if len(code) == 3 and (found := states.from_code(code)):
        return found
    return _OLD_CODES.get(code)


def _integer(text: str | None) -> int | None:
    return int(text) if text else None


_SEGMENT = r"(?:(?:ADD|Add|add|CORR|Corr|REV|Rev|Concl)\.\s?\d+|[A-Z]+[.,]\d+|[A-Z0-9]+)"
_IN_TEXT = re.compile(
    rf"(?<![\w/.])(?:A|E|S|ST|HRI|HR|{_TREATY})"
    rf"(?:/{_SEGMENT}(?:-[A-Z0-9]+)?){{2,12}}(?![\w/])"
)


def find_all(text: str) -> list[Symbol]:
    """The valid symbols in running text, in order of first appearance, without repetition."""
    found: dict[str, Symbol] = {}
    for match in _IN_TEXT.finditer(_visible(text)):
        symbol = parse(match.group(0))
        if symbol.valid:
            found.setdefault(symbol.text, symbol)
    return list(found.values())


_BEGINNING = re.compile(rf"(?:{_TREATY}|HRI|A HRC|E C(?:\.| )?12) ")


def normalise_query(text: str) -> str | None:
    """The canonical symbol a person meant, or None when the words are not one.

    Slashes and capitals may be missing ("cerd c mar co 19-21", "e c.12 mar co 4",
    "a hrc 36 6 add 1"), also the "C" after a treaty body ("ccpr mar co 6").
    """
    upper = re.sub(r"\s*-\s*", "-", _visible(text[: _MAX_LENGTH * 4]).strip(_TRIM).upper())
    words = [w for w in re.split(r"[\s/\\_]+", upper) if w]
    if len(words) < 3:
        return None
    if "/" not in text and not _BEGINNING.match(" ".join(words)):
        return None  # "a" and "e" alone are words of a sentence
    candidate = "/".join(words)
    candidate = re.sub(r"/(ADD|CORR|REV|WG|CRP|L)[/.]?(\d+)(?=/|$)", r"/\1.\2", candidate)
    candidate = re.sub(r"^E/C[/.]?12/", "E/C.12/", candidate)
    candidate = re.sub(r"(/(?:CO|Q|RQ|QPR|FCO)/\d+)/(\d+)(?=/|$)", r"\1-\2", candidate)
    if re.match(rf"{_TREATY}/(?!C/|CO/|OP/|SP/|PSWG/)", candidate):
        head, _, rest = candidate.partition("/")
        candidate = f"{head}/C/{rest}"
    symbol = parse(candidate)
    return symbol.text if symbol.valid else None
