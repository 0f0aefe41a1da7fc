"""Every list is one queryset, one set of columns, and three forms: page, `.csv` and `.json`.

A view returns `respond(...)`; its addresses come from `twins(...)`, so that no list can forget
a form, and all three pass through the same filter.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from tawsiya.core.errors import Message

PAGE_SIZE = 50
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column of a list: its stable key, its label, and how to read it from a row.

    `value` returns plain data: str, number, date, bool, None, or a list of str.
    """

    key: str
    label: Message
    value: Callable[[Any], Any]


class Listed(list[Any]):
    """Rows that were worked out rather than queried, for `respond`."""

    def iterator(self, chunk_size: int = 0) -> Iterator[Any]:
        """Yield the rows, as a queryset does."""
        return iter(self)


class _Echo:
    """A file that gives back what is written: csv's writer needs one."""

    def write(self, value: str) -> str:
        return value


def twins(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """Return the addresses of a list: `things/`, `things.csv`, `things.json`; names `name[-csv|-json]`."""
    stem = route.rstrip("/")
    return [
        path(route, view, {"form": "html"}, name=name),
        path(f"{stem}.csv", view, {"form": "csv"}, name=f"{name}-csv"),
        path(f"{stem}.json", view, {"form": "json"}, name=f"{name}-json"),
    ]


def safe_cell(value: Any) -> str:
    """Return a cell for a spreadsheet: text that would run as a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return safe_cell("; ".join(str(item) for item in value))
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def _csv_lines(rows: QuerySet[Any] | Listed, columns: Sequence[Column]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # spreadsheets recognise UTF-8 by it; without it Arabic arrives broken
    yield writer.writerow([column.key for column in columns])
    for row in rows.iterator(chunk_size=500):
        yield writer.writerow([safe_cell(column.value(row)) for column in columns])


REFUSED = ("sheet", "row", "column", "content", "problem")
"""The head of a file of cells that were left out, to be corrected."""


def csv_file(name: str, head: Sequence[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Answer rows as a CSV file to be kept, written as the CSV of lists is."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return response


def respond(
    request: HttpRequest,
    *,
    rows: QuerySet[Any, Any] | Listed,
    columns: Sequence[Column],
    form: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    page_size: int = PAGE_SIZE,
    count: int | None = None,
) -> HttpResponse | StreamingHttpResponse:
    """Answer a list as page, CSV or JSON.

    Args:
        rows: already filtered by what the reader may see.
        columns: of the CSV and JSON; the page's template lays out its own, from `page`.
        form: `html`, `csv` or `json`.
        count: how many rows there are, where it is known already.
        template: receives `page` (Django's paginator page), `count`, `columns` and `context`.
    """
    if form == "csv":
        response = StreamingHttpResponse(_csv_lines(rows, columns), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{_file_stem(request)}.csv"'
        return response
    if form == "json":
        results = [
            {column.key: _plain(column.value(row)) for column in columns}
            for row in rows.iterator(chunk_size=500)
        ]
        return JsonResponse(
            {"count": len(results), "results": results}, json_dumps_params={"ensure_ascii": False}
        )
    paginator: Paginator[Model] = Paginator(rows, page_size)
    if count is not None:
        paginator.count = count
    page = paginator.get_page(request.GET.get("page"))
    return render(
        request,
        template,
        {"page": page, "count": paginator.count, "columns": columns, **(context or {})},
    )


def _file_stem(request: HttpRequest) -> str:
    return request.path.rsplit("/", 1)[-1].removesuffix(".csv")
