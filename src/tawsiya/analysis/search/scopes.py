"""The tabs of the search: for each, what is found, its facets, its columns, and how a row is shown.

All of them hand out lists of ids that have passed the reader's visibility, best first, and read rows by page.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django_filters import FilterSet

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.search import answers
from tawsiya.analysis.search.answers import Answer
from tawsiya.analysis.search.passages import Marker
from tawsiya.analysis.search.result import RECENT_FIRST, RELEVANCE, Result, in_order, order_of, orders_of
from tawsiya.analysis.search.results import Search, contributions_found, documents_found, given, ranked
from tawsiya.analysis.search.world import scope as world
from tawsiya.core import facets as plain_facets
from tawsiya.core.facets import Facet
from tawsiya.followup.filters import CONTRIBUTION_FACETS, ContributionFilter
from tawsiya.followup.models import Evidence
from tawsiya.followup.queries import contributions_for, evidence_for
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


def _filtered(
    base: QuerySet[Any, Any],
    query: QueryDict,
    filterset: type[FilterSet],
    facets: Sequence[Facet],
) -> tuple[QuerySet[Any, Any], Callable[[], list[dict[str, Any]]]]:
    """Return the rows after the filters of an address, its words apart, and their facets."""
    others = query.copy()
    others.pop("q", None)
    return filterset(others, queryset=base).qs, lambda: _offered(
        plain_facets.facet_rows(facets, filterset, others, base)
    )


def _offered(facets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [facet for facet in facets if facet["options"]]


def _documents(reader: Reader, search: Search, query: QueryDict) -> Result:
    rows, facets = _filtered(documents_found(reader, search), query, DocumentFilter, DOCUMENT_FACETS)
    orders = orders_of(search, [RECENT_FIRST])
    recent = rows.order_by(F("published_on").desc(nulls_last=True), "symbol")
    ids = list(dict.fromkeys(recent.values_list("pk", flat=True)))
    if order_of(query, orders) == RELEVANCE:
        ids = ranked(ids, search.documents)
    marker = Marker(search.asked)
    return Result(
        ids=ids,
        rows=in_order(ids, documents_for(reader)),
        columns=DOCUMENT_COLUMNS,
        show=lambda page: [answers.of_document(marker, row) for row in page],
        orders=orders,
        facets=facets,
        chips=lambda found: plain_facets.chips(found, query),
    )


def _contributions(reader: Reader, search: Search, query: QueryDict) -> Result:
    rows, facets = _filtered(
        contributions_found(reader, search), query, ContributionFilter, CONTRIBUTION_FACETS
    )
    orders = orders_of(search, [RECENT_FIRST])
    ids = list(dict.fromkeys(rows.values_list("pk", flat=True)))
    if order_of(query, orders) == RELEVANCE:
        ids = ranked(ids, search.contributions)
    full = contributions_for(reader).prefetch_related("recommendation__texts")

    def show(page: Sequence[Any]) -> list[Answer]:
        marker = Marker(search.asked)
        files: dict[int, list[Evidence]] = {row.pk: [] for row in page}
        seen = evidence_for(reader).filter(pk__in=given(search.evidence), contribution_id__in=list(files))
        for file in seen.order_by("pk"):
            files[file.contribution_id].append(file)
        return [answers.of_contribution(marker, row, files[row.pk]) for row in page]

    return Result(
        ids=ids,
        rows=in_order(ids, full),
        columns=CONTRIBUTION_COLUMNS,
        show=show,
        orders=orders,
        facets=facets,
        chips=lambda found: plain_facets.chips(found, query),
    )


_RESULTS: Mapping[Scope, Callable[[Reader, Search, QueryDict], Result]] = {
    Scope.RECOMMENDATIONS: _recommendations,
    Scope.DOCUMENTS: _documents,
    Scope.CONTRIBUTIONS: _contributions,
    Scope.WORLD: world.result,
}


def scopes_for(reader: Reader) -> list[Scope]:
    """Return the tabs a reader has.

    Contributions only for those who take part in follow-up or observe it; other States only where their
    records are loaded.
    """
    hidden = set()
    if not (reader.own_institutions or reader.is_delegation or reader.is_observer):
        hidden.add(Scope.CONTRIBUTIONS)
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
