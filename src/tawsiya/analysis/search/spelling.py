"""What may have been meant where nothing is found: from the words of what the UN issued, and nothing else.

Everybody with a role reads these texts (DOMAIN §9), so that no suggestion tells of a draft or a
conversation; and only what finds something for this very reader is offered.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from django.db.models import Count, Max

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import EntryKind
from tawsiya.analysis.models import SearchEntry
from tawsiya.analysis.search.asking import Asked
from tawsiya.analysis.search.entries import plain
from tawsiya.analysis.search.finding import find
from tawsiya.core.text import suggest
from tawsiya.core.text.tokens import WORD
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.models import RecommendationText

_ISSUED = (EntryKind.RECOMMENDATION, EntryKind.DOCUMENT)
_SHORTEST = 3
_OFFERED = 3


def vocabulary() -> Mapping[str, int]:
    """Return the words of recommendations as issued and of documents' titles, with how often they stand."""
    state = SearchEntry.objects.filter(kind__in=_ISSUED).aggregate(Max("pk"), Count("pk"))
    return _vocabulary(state["pk__max"], state["pk__count"])


@lru_cache(maxsize=1)
def _vocabulary(last: int | None, number: int) -> Mapping[str, int]:
    # Entries are written anew whenever their texts change: the last one and their number tell.
    words = Counter[str]()
    for content in RecommendationText.objects.values_list("text", flat=True).iterator(chunk_size=2000):
        words.update(WORD.findall(content.lower()))
    for titles in Document.objects.values_list("titles", flat=True):
        for title in titles.values():
            words.update(WORD.findall(title.lower()))
    return {word: count for word, count in words.items() if len(word) >= _SHORTEST and word.isalpha()}


def _spellings(word: str) -> list[str]:
    """Return the likeliest spellings, of those that accents alone tell apart the first."""
    apart: dict[str, str] = {}
    for spelling in suggest(word, vocabulary(), limit=2 * _OFFERED):
        apart.setdefault(plain(spelling), spelling)
    return list(apart.values())[:_OFFERED]


def suggestions(reader: Reader, asked: Asked, count: Callable[[str], int]) -> list[str]:
    """Return queries, the likeliest first, with other spellings of the words that no issued text holds.

    Args:
        reader: the public gets none.
        asked: the query that found nothing; one with a symbol, a phrase or an exclusion is left alone.
        count: how much a query finds for this reader; those that find nothing are not offered.
    """
    if reader.is_public or not asked.words or replace(asked, words="") != Asked():
        return []
    queries = [""]
    changed = False
    for word in asked.words.split():
        known = find(Asked(words=word), EntryKind.RECOMMENDATION, only_ids=True)
        near = [] if known else _spellings(word)
        changed |= bool(near)
        queries = [f"{query} {choice}".strip() for query in queries for choice in near or [word]][:9]
    if not changed:
        return []
    return [query for query in queries if count(query)][:_OFFERED]
