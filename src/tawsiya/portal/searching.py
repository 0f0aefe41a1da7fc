"""Fold texts so that people find what they mean: case, accents, and the letters Arabic writers exchange."""

import unicodedata

_TATWEEL = "\u0640"
# Final ta marbuta and ha, alef maksura and ya. The hamza on an alef falls with the accents.
_EXCHANGED = str.maketrans({"\u0629": "\u0647", "\u0649": "\u064a", "\u0671": "\u0627"})


def fold(text: str) -> str:
    """Return the text as the search compares it."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c for c in spread if not unicodedata.combining(c) and c != _TATWEEL)
    return kept.translate(_EXCHANGED)


def words_of(query: str, limit: int = 12) -> list[str]:
    """Return the folded words of a query, each of which a text must hold."""
    return fold(query).split()[:limit]
