"""Rows of a queryset shown as lines of another shape, page by page."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet


class Lines:
    """Lines made of rows only when they are shown: what `core.tables.respond` asks of a queryset."""

    def __init__(self, rows: QuerySet[Any, Any], line: Callable[[Any], Any]) -> None:
        self._rows, self._line = rows, line

    def count(self) -> int:
        """Return how many there are."""
        return self._rows.order_by().count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[Any]:
        return [self._line(row) for row in self._rows[wanted]]

    def iterator(self, chunk_size: int) -> Iterator[Any]:
        """Yield all, read in chunks."""
        return map(self._line, self._rows.iterator(chunk_size=chunk_size))
