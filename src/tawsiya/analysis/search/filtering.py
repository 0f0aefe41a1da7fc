"""The filters of a tab over a queryset, its facets, and its order: what most tabs share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import FilterSet

from tawsiya.analysis.search.answers import Answer
from tawsiya.analysis.search.finding import Hits
from tawsiya.analysis.search.result import RELEVANCE, Result, in_order, order_of, orders_of
from tawsiya.analysis.search.results import Search, ranked
from tawsiya.core import facets as plain_facets
from tawsiya.core.errors import Message
from tawsiya.core.facets import Facet
from tawsiya.core.query import without
from tawsiya.core.tables import Column

Facets = Callable[[], list[dict[str, Any]]]


def filtered(
    base: QuerySet[Any, Any], query: QueryDict, filterset: type[FilterSet], facets: Sequence[Facet]
) -> tuple[QuerySet[Any, Any], Facets]:
    """Return the rows after the filters of an address, its words apart, and their facets."""
    others = without(query, "q")
    return filterset(others, queryset=base).qs, lambda: [
        facet for facet in plain_facets.facet_rows(facets, filterset, others, base) if facet["options"]
    ]


def result(
    search: Search,
    query: QueryDict,
    *,
    found: tuple[QuerySet[Any, Any], Facets],
    hits: Hits,
    full: QuerySet[Any, Any],
    columns: Sequence[Column],
    show: Callable[[Sequence[Any]], list[Answer]],
    order: tuple[str, Message],
    same: Callable[[Iterable[int]], Mapping[int, int]] | None = None,
) -> Result:
    """Return what a tab holds, best first where words are asked for, else in its own order.

    Args:
        found: of `filtered`; the rows in the tab's own order.
        hits: how well each answers.
        full: every row the reader sees, with what is shown of one.
        order: code and label of the tab's own order.
        same: as in `Result`.
    """
    rows, facets = found
    orders = orders_of(search, [order])
    ids = list(dict.fromkeys(rows.values_list("pk", flat=True)))
    if order_of(query, orders) == RELEVANCE:
        ids = ranked(ids, hits)
    return Result(
        ids=ids,
        rows=in_order(ids, full),
        columns=columns,
        show=show,
        orders=orders,
        facets=facets,
        chips=lambda shown: plain_facets.chips(shown, query),
        same=same,
    )
