"""Where words, numbers and symbols of documents stand in a text.

A symbol (CERD/C/MAR/CO/19-21) and a number with its parts (144.25) are one token each. Words are cut at
hyphens and apostrophes, so that "non-discrimination" and "l'État" are found by their words. Cutting looks at
nothing but the word itself: a word taken out of a text is cut as it was in the text.
"""

import re

from tawsiya.core.text.chars import MARKS

MARK = "¦"
"""Ends a lexeme whose letters, met in a text, would be read as another word."""

BODIES = "CCPR|CERD|CESCR|CEDAW|CRC|CRPD|CAT|CMW|CED|HRI|HRC|SPT"
_SEPARATOR = r"[.\-\u2010-\u2013()_*]"
_SEGMENT = rf"[A-Za-z0-9]+(?:{_SEPARATOR}[A-Za-z0-9]+)*"
_WITH_FIGURE = rf"(?=[A-Za-z]*(?:{_SEPARATOR}[A-Za-z]+)*{_SEPARATOR}?[0-9]){_SEGMENT}"
_SYMBOL = (
    rf"(?<![^\W_])(?:(?:{BODIES})(?:/{_SEGMENT})+"
    rf"|(?:A|E|S|ST|TD|INT)(?:/{_SEGMENT})*?/{_WITH_FIGURE}(?:/{_SEGMENT})*)"
)
_NUMBER = rf"\d+(?:[.,\u066b\u066c]\d+)+(?![^\W_]|[{MARKS}])"
_WORD = rf"[^\W_](?:[^\W_]|[{MARKS}])*{MARK}?"

TOKEN = re.compile(f"(?ai:{_SYMBOL})|{_NUMBER}|{_WORD}")
WORD = re.compile(_WORD)

_LOOSE_SYMBOLS = (
    # CERD C MAR CO 19-21, cerdcmarco19-21
    (
        re.compile(
            r"(?<![^\W_])(CCPR|CERD|CEDAW|CRC|CRPD|CAT|CMW|CED)[\s/.-]*C[\s/.-]*([A-Z]{3})[\s/.-]*(CO|Q|QPR|FCO|RFU|NIR)"
            r"[\s/.-]*(\d+(?:[-\u2010-\u2013]\d+)?)(?![^\W_])",
            re.IGNORECASE,
        ),
        "{0}/c/{1}/{2}/{3}",
    ),
    (
        re.compile(
            r"(?<![^\W_])E[\s/.-]*C[\s/.-]*12[\s/.-]*([A-Z]{3})[\s/.-]*(CO|Q)[\s/.-]*(\d+(?:[-\u2010-\u2013]\d+)?)(?![^\W_])",
            re.IGNORECASE,
        ),
        "e/c.12/{0}/{1}/{2}",
    ),
    (
        re.compile(r"(?<![^\W_])A[\s/.-]+HRC[\s/.-]+(\d+)[\s/.-]+(\d+)(?![^\W_])", re.IGNORECASE),
        "a/hrc/{0}/{1}",
    ),
)
_DASHES = re.compile("[\u2010-\u2013]")


def canonical_symbol(surface: str) -> str:
    """Return a symbol in lower case with ASCII hyphens."""
    return _DASHES.sub("-", surface).lower()


def loose_symbols(text: str) -> list[tuple[int, int, str]]:
    """Find symbols typed without slashes; return start, end and symbol of each."""
    return [
        (found.start(), found.end(), canonical_symbol(shape.format(*found.groups())))
        for pattern, shape in _LOOSE_SYMBOLS
        for found in pattern.finditer(text)
    ]
