"""Comparable forms of text: case, diacritics, punctuation and Arabic variants folded away."""

from __future__ import annotations

import re
import sys
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ـ": None})
_INDIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MARKS = {point: None for point in range(sys.maxunicode + 1) if unicodedata.combining(chr(point))}
"""Every combining mark, to be taken out."""


def fold(text: str) -> str:
    """Words of ``text`` in lower case without diacritics, one blank apart."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    variants = text.translate(_ARABIC).translate(_INDIC_DIGITS)
    decomposed = unicodedata.normalize("NFKD", variants).casefold()
    return _NOT_WORD.sub(" ", decomposed.translate(_MARKS)).strip()


def one_line(text: str) -> str:
    """``text`` with every run of blanks and breaks as one blank, stripped."""
    if "  " not in text and text.isprintable():
        return text.strip()  # no other blank is printable
    return " ".join(text.split())


def western_digits(text: str) -> str:
    """``text`` with Arabic-Indic digits as 0–9, of the same length."""
    return text if text.isascii() else text.translate(_INDIC_DIGITS)
