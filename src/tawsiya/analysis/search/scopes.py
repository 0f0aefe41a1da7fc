"""The tabs of the search: for each, what is found, its facets, its columns, and how a row is shown.

All of them hand out lists of ids that have passed the reader's visibility, best first, and read rows by page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.search import answers, conversations, programme
from tawsiya.analysis.search.answers import Answer
from tawsiya.analysis.search.filtering import filtered, result
from tawsiya.analysis.search.passages import Marker
from tawsiya.analysis.search.result import RECENT_FIRST, RELEVANCE, Result, in_order, order_of, orders_of
from tawsiya.analysis.search.results import Search, contributions_found, documents_found, given, ranked
from tawsiya.analysis.search.world import scope as world
from tawsiya.followup.filters import CONTRIBUTION_FACETS, ContributionFilter
from tawsiya.followup.queries import contributions_for, evidence_for, references_for
from tawsiya.followup.views.contributions import COLUMNS as CONTRIBUTION_COLUMNS
from tawsiya.mechanisms.filters import DOCUMENT_FACETS, DocumentFilter
from tawsiya.mechanisms.queries import documents_for
from tawsiya.mechanisms.views import DOCUMENT_COLUMNS
from tawsiya.recommendations import facets as recommendation_facets
from tawsiya.recommendations.columns import columns_for
from tawsiya.recommendations.filters import ORDER_LABELS, Found, matching
from tawsiya.recommendations.queries import recommendations_for, with_parts


def _recommendations(reader: Reader, search: Search, query: QueryDict) -> Result:
    words = "" if search.asked.is_empty else search.query
    found: Found = {words: sorted(search.recommendations)} if words else {}
    query = query.copy()
    query["q"] = words
    orders = orders_of(search, list(ORDER_LABELS.items()))
    rows = matching(reader, query, found)
    ids = list(rows.values_list("pk", flat=True))
    if order_of(query, orders) == RELEVANCE:
        ids = ranked(ids, search.recommendations)
    marker = Marker(search.asked)
    return Result(
        ids=ids,
        rows=in_order(ids, with_parts(recommendations_for(reader), reader)),
        columns=columns_for(reader),
        show=lambda page: [answers.of_recommendation(marker, row) for row in page],
        orders=orders,
        facets=lambda: recommendation_facets.facets_for(reader, query, found),
        chips=lambda facets: recommendation_facets.chips(facets, query, words_too=False),
    )


def _documents(reader: Reader, search: Search, query: QueryDict) -> Result:
    rows, facets = filtered(documents_found(reader, search), query, DocumentFilter, DOCUMENT_FACETS)
    recent = rows.order_by(F("published_on").desc(nulls_last=True), "symbol")
    marker = Marker(search.asked)
    return result(
        search,
        query,
        found=(recent, facets),
        hits=search.documents,
        full=documents_for(reader),
        columns=DOCUMENT_COLUMNS,
        show=lambda page: [answers.titled(marker, row, row.titles) for row in page],
        order=RECENT_FIRST,
    )


def _contributions(reader: Reader, search: Search, query: QueryDict) -> Result:
    def show(page: Sequence[Any]) -> list[Answer]:
        marker, ids = Marker(search.asked), [row.pk for row in page]
        files = _by_contribution(evidence_for(reader), search.evidence, ids)
        cited = _by_contribution(references_for(reader), search.references, ids)
        return [answers.of_contribution(marker, row, files[row.pk], cited[row.pk]) for row in page]

    return result(
        search,
        query,
        found=filtered(contributions_found(reader, search), query, ContributionFilter, CONTRIBUTION_FACETS),
        hits={**search.restricted, **search.contributions},
        full=contributions_for(reader).prefetch_related("recommendation__texts"),
        columns=CONTRIBUTION_COLUMNS,
        show=show,
        order=RECENT_FIRST,
    )


def _by_contribution(rows: QuerySet[Any, Any], found: Iterable[int], ids: list[int]) -> dict[int, list[Any]]:
    """Return what was found beside contributions (by id), of what the reader sees."""
    by_id: dict[int, list[Any]] = {pk: [] for pk in ids}
    for row in rows.filter(pk__in=given(found), contribution_id__in=ids).order_by("pk"):
        by_id[row.contribution_id].append(row)
    return by_id


_RESULTS: Mapping[Scope, Callable[[Reader, Search, QueryDict], Result]] = {
    Scope.RECOMMENDATIONS: _recommendations,
    Scope.DOCUMENTS: _documents,
    Scope.CONTRIBUTIONS: _contributions,
    Scope.MEASURES: programme.measures,
    Scope.INDICATORS: programme.indicators,
    Scope.LAWS: programme.laws,
    Scope.CONVERSATIONS: conversations.messages,
    Scope.WORLD: world.result,
}


def scopes_for(reader: Reader) -> list[Scope]:
    """Return the tabs a reader has.

    Contributions only for those who take part in follow-up or observe it, conversations for those who take
    part; programmes and their indicators for everyone with a role; other States only where their records are
    loaded.
    """
    hidden = set()
    takes_part = bool(reader.own_institutions or reader.is_delegation)
    if not (takes_part or reader.is_observer):
        hidden.add(Scope.CONTRIBUTIONS)
    if not takes_part:
        hidden.add(Scope.CONVERSATIONS)
    if reader.is_public:
        hidden |= {Scope.MEASURES, Scope.INDICATORS, Scope.LAWS}
    if not world.is_there():
        hidden.add(Scope.WORLD)
    return [scope for scope in _RESULTS if scope not in hidden]


def scope_of(scopes: Sequence[Scope], query: QueryDict) -> Scope:
    """Return the tab of an address; that of recommendations where it names none of the reader's `scopes`."""
    wanted = query.get("scope", "")
    return next((scope for scope in scopes if scope == wanted), Scope.RECOMMENDATIONS)


def result_of(scope: Scope, reader: Reader, search: Search, query: QueryDict) -> Result:
    """Return what a tab holds for an address."""
    return _RESULTS[scope](reader, search, query)


def count_in(scope: Scope, reader: Reader, search: Search) -> int:
    """Return how much the words of a query find in a tab, before any filter."""
    return len(result_of(scope, reader, search, QueryDict()).ids)
