"""What one tab of the search holds, whatever it is a tab of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tawsiya.analysis.search.answers import Answer
from tawsiya.analysis.search.results import Search, given
from tawsiya.core.errors import Message
from tawsiya.core.tables import Column

RELEVANCE = "relevance"
BEST_FIRST: tuple[str, Message] = (RELEVANCE, _("Best first"))
RECENT_FIRST: tuple[str, Message] = ("recent", _("Most recent first"))


class Rows(Sequence[Any]):
    """Rows in the order of their ids, read when they are needed: what `core.tables.respond` pages through.

    Args:
        ids: in order.
        read: from ids to rows by id; what has gone meanwhile is left out.
    """

    def __init__(self, ids: Sequence[int], read: Callable[[Sequence[int]], Mapping[int, Any]]) -> None:
        self.ids = ids
        self._found = read

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
        found = self._found(ids)
        return [found[pk] for pk in ids if pk in found]


def in_order(ids: Sequence[int], rows: QuerySet[Any, Any]) -> Rows:
    """Return rows of a queryset in the order of ids."""
    return Rows(ids, lambda wanted: {row.pk: row for row in rows.filter(pk__in=given(wanted))})


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
        same: from ids to those under which alerts know the things: one that stands in several versions is
            announced once. None where each thing is its own.
        behind: what is searched is being indexed, and nothing can be found yet.
    """

    ids: Sequence[int]
    rows: Rows
    columns: Sequence[Column]
    show: Callable[[Sequence[Any]], list[Answer]]
    orders: Sequence[tuple[str, Message]]
    facets: Callable[[], list[dict[str, Any]]]
    chips: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
    same: Callable[[Iterable[int]], Mapping[int, int]] | None = None
    behind: bool = False


def orders_of(search: Search, others: Sequence[tuple[str, Message]]) -> list[tuple[str, Message]]:
    """Return the orders of a tab, the best first where something is asked."""
    return list(others) if search.asked.is_empty else [BEST_FIRST, *others]


def order_of(query: QueryDict, orders: Sequence[tuple[str, Message]]) -> str:
    """Return the order of an address; the first where it names none there is."""
    asked = query.get("sort", "")
    return asked if asked in dict(orders) else orders[0][0]
