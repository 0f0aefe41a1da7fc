"""The small fixed vocabulary of matrices: numbers, positions, the words before a heading or list.

OHCHR writes English matrices; States circulate French, Spanish and Arabic ones.
"""

from __future__ import annotations

import re

from tawsiya.intake.readers.folding import fold, one_line, western_digits

SUPPORTED = "supported"
NOTED = "noted"
BOTH = "supported/noted"

_NUMBER = re.compile(
    r"""\s*(?:[-–•*]\s{0,3})?(?:(?:para(?:graph(?:e)?)?|recommendation|rec)\.?\s{1,3})?
    (?P<label>\d{1,3}\s{0,2}(?:\.\s{0,2}|[-‑–]\s{0,2}(?=\d))\d{1,4}(?:\.\d{1,4})?
        (?:\s?(?:bis|ter|quater)\b)?
      | \d{1,3}(?=\s{0,2}[.)\]](?!\d)))
    (?P<end>\s{0,2}[.):\]]{0,2}(?:\s{0,3}[-–—](?=\s))?)\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_NUMBER_AFTER = re.compile(r"[\d%°,]|\s*(?:per cent|percent|pour cent)\b", re.IGNORECASE)
_LABEL_DASH = re.compile(r"\s*[-‑–.]\s*")

_HEADING = re.compile(
    r"""^(?:full\s+list\s+of\s+)?
    (?:themes?|th[eè]mes?|temas?|right\s*(?:or|/)\s*area|right|area|droit\s*ou\s*domaine|domaine
      |derecho\s*o\s*(?:[aá]mbito|esfera|tema)|thematic\s+area|issue|الموضوع|الموضوعات
      |الحق\s*أو\s*المجال)
    (?:\(s\))?\s*(?:[:\uff1a]|[-–]\s)\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_PERSONS = re.compile(
    r"""^[-–•\s]*(?:affected\s+(?:persons?|groups?)|groups?\s+of\s+persons?|persons?\s+affected
      |(?:personnes?|groupes?)\s+(?:concern[ée]e?s?|touch[ée]e?s?|de\s+personnes)
      |(?:personas|grupos)\s+(?:afectad[ao]s|de\s+personas)
      |الأشخاص\s+المتضررون|الأشخاص\s+المتأثرون|الأشخاص\s+المعنيون|فئات\s+الأشخاص|الفئات\s+المعنية)
    (?:\(s\))?\s*(?:[:\uff1a]\s*|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_GOALS = re.compile(
    r"""^[-–•\s]*(?:(?:relevant\s+)?SDGs?|sustainable\s+development\s+goals?|ODDs?|ODS
      |objectifs?\s+de\s+d[ée]veloppement\s+durable|objetivos\s+de\s+desarrollo\s+sostenible
      |أهداف\s+التنمية\s+المستدامة)
    (?:\(s\))?\s*(?:[:\uff1a]\s*|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_SOURCE = re.compile(
    r"""\b(?:sources?\s+(?:of|for)\s+(?:the\s+)?(?:position|response|reply)s?
      |sources?\s+de\s+(?:la\s+)?(?:position|r[ée]ponse)s?
      |fuentes?\s+de\s+la\s+(?:posici[oó]n|respuesta)
      |مصدر\s+(?:الموقف|الرد))\s*[:\uff1a\-–]?\s*""",
    re.VERBOSE | re.IGNORECASE,
)

_NEGATED = re.compile(
    r"\b(?:not?|non|ne|n|pas|cannot|without)\b(?: \w+){0,3}? ?\b"
    r"(?:support|accept|endors|agree|appu|soutien|soutenu|adhesion|acept|apoy)"
    r"|(?:لا|لم|غير) (?:\w+ ){0,2}?\w*(?:تاييد|مقبول|مويد|قبول)"
)
_SUPPORT = re.compile(
    r"\b(?:support(?:ed|s|ing)?|accept(?:ed|s|ees?|e|es)?|endorsed?|agreed?|appuyees?|appuyes?|appuie"
    r"|soutien|soutenu\w*|soutient|adhesion|aceptad[oa]s?|acepta|apoyad[oa]s?|apoya|apoyo|aprobad[oa]s?)\b|مقبول|مويد|تاييد|قبول|поддерж"
)
_NOTE = re.compile(
    r"\b(?:noted?|takes? note|taken note|note[es]*|noter|pris\w* note|prend\w* note|anotad\w*"
    r"|toma\w* nota|tomad\w* nota|nota|rejet\w*|rejec\w*|refus\w*|rechaz\w*|declin\w*)\b"
    r"|احيط|احاط|علما|مرفوض|رفض|сведению|отклон"
)
_PARTIAL = re.compile(r"\b(?:partial\w*|partiel\w*|partly|parcial\w*|in part|en partie|en parte)\b|جزيي")
_DIGITS = re.compile(r"\d+")
_MAX_POSITION = 160
_MAX_SHORT = 60
_RECOMMEND = ("recommend", "recommand", "recomend", "توصي", "التوصي")


def paragraph_number(text: str) -> tuple[str | None, str]:
    """The number that begins ``text`` ("140.7", "12", "140.7 bis") and the text after it.

    A number is N.M however it is closed, N-M (Arabic editions), or a plain N closed by a dot or
    bracket. (None, text) if there is none.
    """
    plain = western_digits(text)
    match = _NUMBER.match(plain)
    if match is None or _NOT_NUMBER_AFTER.match(plain[match.end("label") :]):
        return None, text
    label = one_line(_LABEL_DASH.sub(".", match["label"])).rstrip(".")
    return label.lower(), text[match.end() :]


def parse_position(text: str) -> str | None:
    """``supported``, ``noted`` or ``supported/noted`` for a position as written; None if neither.

    Rejected and "not supported" are ``noted`` in the Council's vocabulary; partly accepted is both.
    """
    if len(text) > _MAX_POSITION:
        return None
    folded = _DIGITS.sub(" ", fold(text))  # the figure of a footnote is no part of a word
    noted = bool(_NOTE.search(folded))
    negated = bool(_NEGATED.search(folded))
    supported = bool(_SUPPORT.search(folded))
    if _PARTIAL.search(folded) and (supported or noted):
        return BOTH
    if supported and not negated:
        return BOTH if noted else SUPPORTED
    return NOTED if noted or negated else None


def is_position(text: str) -> bool:
    """Whether a cell holds a position and little else."""
    return 0 < len(text) <= _MAX_SHORT and parse_position(text) is not None


def section_position(heading: str) -> str | None:
    """The position in a heading such as "Supported recommendations"; None for any other."""
    words = fold(heading).split()
    short = len(words) <= 2 or any(word.startswith(_RECOMMEND) for word in words)
    return parse_position(heading) if short and len(heading) <= _MAX_SHORT * 2 else None


def heading_text(text: str) -> tuple[str, bool]:
    """A heading without its "Theme:" and whether it had one."""
    line = one_line(text)
    match = _HEADING.match(line)
    return (line[match.end() :], True) if match else (line, False)


def persons_marker(line: str) -> str | None:
    """What follows "Affected persons:" or "Groups of Persons:" on its line; None if not such."""
    match = _PERSONS.match(line)
    return line[match.end() :] if match else None


def goals_marker(line: str) -> str | None:
    """What follows "SDGs:" on its line; None if the line is no such marker."""
    match = _GOALS.match(line)
    return line[match.end() :] if match else None


def split_source(line: str) -> tuple[str, str] | None:
    """The text before and after "Source of position:"; None if the line has no such words."""
    match = _SOURCE.search(line)
    return (line[: match.start()].rstrip(" [("), line[match.end() :]) if match else None
