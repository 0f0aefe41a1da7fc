"""Comparable forms of text: case, diacritics, punctuation and Arabic variants folded away."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ـ": None})
_INDIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_BLANKS = re.compile(r"\s+")


def fold(text: str) -> str:
    """Words of ``text`` in lower case without diacritics, one blank apart."""
    variants = text.translate(_ARABIC).translate(_INDIC_DIGITS)
    decomposed = unicodedata.normalize("NFKD", variants).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare).strip()


def one_line(text: str) -> str:
    """``text`` with every run of blanks and breaks as one blank, stripped."""
    return _BLANKS.sub(" ", text).strip()


def western_digits(text: str) -> str:
    """``text`` with Arabic-Indic digits as 0–9, of the same length."""
    return text.translate(_INDIC_DIGITS)
