"""Text analysis for Arabic, French and English: pure Python, without Django (see docs/text-analysis.md)."""

from tawsiya.core.text.analysis import (
    ANALYSIS_VERSION,
    analyse,
    highlight_spans,
    lexemes,
    matches,
    query,
)
from tawsiya.core.text.suggest import suggest
from tawsiya.core.text.types import LANGUAGES, Language, Query, Token

__all__ = [
    "ANALYSIS_VERSION",
    "LANGUAGES",
    "Language",
    "Query",
    "Token",
    "analyse",
    "highlight_spans",
    "lexemes",
    "matches",
    "query",
    "suggest",
]
