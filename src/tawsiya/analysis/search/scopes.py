"""The tabs of the search: for each, what is found, its facets, its columns, and how a row is shown.

All of them hand out lists of ids that have passed the reader's visibility, best first, and read rows by page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.search import answers
from tawsiya.analysis.search.answers import Answer
from tawsiya.analysis.search.passages import Marker
from tawsiya.analysis.search.results import Search, among, contributions_found, documents_found, ranked
from tawsiya.core import facets as plain_facets
from tawsiya.core.errors import Message
from tawsiya.core.facets import Facet
from tawsiya.core.tables import Column
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

RELEVANCE = "relevance"
BEST_FIRST: tuple[str, Message] = (RELEVANCE, _("Best first"))
RECENT_FIRST: tuple[str, Message] = ("recent", _("Most recent first"))


class InOrder(Sequence[Any]):
    """Rows in the order of their ids, read when they are needed: what `core.tables.respond` pages through."""

    def __init__(self, ids: Sequence[int], rows: QuerySet[Any, Any]) -> None:
        self.ids = ids
        self._rows = rows

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return self._read(self.ids[place])
        return self._read([self.ids[place]])[0]

    def iterator(self, chunk_size: int) -> Iterator[Any]:
        """Yield every row, read in chunks."""
        for start in range(0, len(self.ids), chunk_size):
            yield from self._read(self.ids[start : start + chunk_size])

    def _read(self, ids: Sequence[int]) -> list[Any]:
        # What has gone meanwhile is left out.
        found = {row.pk: row for row in self._rows.filter(pk__in=among(ids))}
        return [found[pk] for pk in ids if pk in found]


@dataclass
class Result:
    """What one tab holds for one reader and one address.

    Attributes:
        ids: of everything found and seen, in order.
        rows: the same, as rows.
        facets, chips: as the components take them; worked out when the page needs them.
        orders: codes and labels, the first one being what holds where none is asked for.
        columns: of CSV and JSON.
        show: rows as answers.
    """

    ids: list[int]
    rows: InOrder
    columns: Sequence[Column]
    show: Callable[[Sequence[Any]], list[Answer]]
    orders: Sequence[tuple[str, Message]]
    facets: Callable[[], list[dict[str, Any]]]
    chips: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


def _orders(search: Search, others: Sequence[tuple[str, Message]]) -> list[tuple[str, Message]]:
    return list(others) if search.asked.is_empty else [BEST_FIRST, *others]


def _recommendations(reader: Reader, search: Search, query: QueryDict) -> Result:
    words = "" if search.asked.is_empty else search.query
    found: Found = {words: sorted(search.recommendations)} if words else {}
    query = query.copy()
    query["q"] = words
    orders = _orders(search, list(ORDER_LABELS.items()))
    rows = matching(reader, query, found)
    ids = list(rows.values_list("pk", flat=True))
    if _order(query, orders) == RELEVANCE:
        ids = ranked(ids, search.recommendations)
    marker = Marker(search.asked)
    return Result(
        ids=ids,
        rows=InOrder(ids, with_parts(recommendations_for(reader), reader)),
        columns=columns_for(reader),
        show=lambda page: [answers.of_recommendation(marker, row) for row in page],
        orders=orders,
        facets=lambda: recommendation_facets.facets_for(reader, query, found),
        chips=lambda facets: recommendation_facets.chips(facets, query, words_too=False),
    )


def _order(query: QueryDict, orders: Sequence[tuple[str, Message]]) -> str:
    asked = query.get("sort", "")
    return asked if asked in dict(orders) else orders[0][0]


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
    orders = _orders(search, [RECENT_FIRST])
    recent = rows.order_by(F("published_on").desc(nulls_last=True), "symbol")
    ids = list(dict.fromkeys(recent.values_list("pk", flat=True)))
    if _order(query, orders) == RELEVANCE:
        ids = ranked(ids, search.documents)
    marker = Marker(search.asked)
    return Result(
        ids=ids,
        rows=InOrder(ids, documents_for(reader)),
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
    orders = _orders(search, [RECENT_FIRST])
    ids = list(dict.fromkeys(rows.values_list("pk", flat=True)))
    if _order(query, orders) == RELEVANCE:
        ids = ranked(ids, search.contributions)
    full = contributions_for(reader).prefetch_related("recommendation__texts")

    def show(page: Sequence[Any]) -> list[Answer]:
        marker = Marker(search.asked)
        files: dict[int, list[Evidence]] = {row.pk: [] for row in page}
        seen = evidence_for(reader).filter(pk__in=among(search.evidence), contribution_id__in=list(files))
        for file in seen.order_by("pk"):
            files[file.contribution_id].append(file)
        return [answers.of_contribution(marker, row, files[row.pk]) for row in page]

    return Result(
        ids=ids,
        rows=InOrder(ids, full),
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
}


def scopes_for(reader: Reader) -> list[Scope]:
    """Return the tabs a reader has: contributions only for those who take part in follow-up or observe it."""
    inside = bool(reader.own_institutions) or reader.is_delegation or reader.is_observer
    return [scope for scope in _RESULTS if inside or scope != Scope.CONTRIBUTIONS]


def scope_of(reader: Reader, query: QueryDict) -> Scope:
    """Return the tab of an address; that of recommendations where it names none that the reader has."""
    wanted = query.get("scope", "")
    return next((scope for scope in scopes_for(reader) if scope == wanted), Scope.RECOMMENDATIONS)


def result_of(scope: Scope, reader: Reader, search: Search, query: QueryDict) -> Result:
    """Return what a tab holds for an address."""
    return _RESULTS[scope](reader, search, query)


def count_in(scope: Scope, reader: Reader, search: Search) -> int:
    """Return how much the words of a query find in a tab, before any filter."""
    return len(result_of(scope, reader, search, QueryDict()).ids)


