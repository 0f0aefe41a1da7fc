"""Count recommendations by one dimension, or cross two: exact counts, each with the address of its rows.

A dimension is a facet of the list of recommendations, so that a figure and the list behind it agree by
construction. A dimension that is filtered shows the values chosen only; a recommendation with several
themes stands in several rows, so rows may add up to more than the whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import Message
from tawsiya.recommendations.facets import Answers, facet
from tawsiya.recommendations.filters import (
    NONE,
    SOURCES,
    WITH_NONE,
    Found,
    RecommendationFilter,
    filled,
    matching,
    names_for,
)

DIMENSIONS = (
    "status",
    "body",
    "cycle",
    "year",
    "document",
    "position",
    "grade",
    "institution",
    "theme",
    "persons",
    "sdg",
    "axis",
    "state",
    "region",
    "kind",
    "priority",
    # Of programmes, which register them.
    "planned",
    "plan_axis",
    "plan_lead",
    "plan_progress",
)
DEFAULT = ("body", "status")
# Columns that follow one another in time: a line may join them.
IN_TIME = frozenset({"year", "cycle"})
# What of the address belongs to this page alone.
OWN = frozenset({"rows", "columns", "chart", "page", "sort", "form"})


@dataclass(frozen=True)
class Value:
    """A value of a dimension: how the address carries it, its words, how many have it, their address."""

    code: str
    label: Message
    count: int
    url: str


@dataclass(frozen=True)
class Cell:
    """How many recommendations have both values, and the address of the list that holds them."""

    count: int
    url: str


@dataclass(frozen=True)
class Crossing:
    """What the page shows.

    rows_by, columns_by: names of the dimensions; `columns_by` is "" for a count by one dimension.
    cells: by the place of the row and of the column.
    total: the recommendations that answer the filters; `without` of them have no value of the rows.
    """

    rows_by: str
    columns_by: str
    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    cells: Mapping[tuple[int, int], Cell]
    total: int
    total_url: str
    without: int


def dimensions_for(reader: Reader) -> list[tuple[str, Message]]:
    """Return the dimensions that a reader may use, each with its label (DOMAIN §9 decides by sight)."""
    usable = set(names_for(reader))
    return [(name, RecommendationFilter.base_filters[name].label) for name in DIMENSIONS if name in usable]


def chosen_dimensions(reader: Reader, query: QueryDict) -> tuple[str, str]:
    """Return the dimensions of rows and columns that an address asks for; usable ones where it says else."""
    usable = [name for name, _label in dimensions_for(reader)]
    rows = query.get("rows", "")
    if rows not in usable:
        rows = next((name for name in (*DEFAULT, *usable) if name in usable), "")
    columns = query.get("columns", DEFAULT[1] if "rows" not in query else "")
    return rows, columns if columns in usable and columns != rows else ""


def cross(reader: Reader, query: QueryDict) -> Crossing:
    """Count what the filters of an address leave, by the dimensions that it names."""
    rows_by, columns_by = chosen_dimensions(reader, query)
    filters = _filters_of(query)
    found: Found = {}
    counted = Answers(reader, filters, found)
    rows = _values(rows_by, reader, filters, counted)
    columns = _values(columns_by, reader, filters, counted) if columns_by else ()
    answers = matching(reader, filters, found).order_by()
    has_value = _by_root(rows_by, reader, answers)
    ids = set(answers.values_list("pk", flat=True))
    return Crossing(
        rows_by,
        columns_by,
        rows,
        columns,
        _cells(reader, filters, found, (rows_by, rows), (columns_by, columns)) if columns else {},
        total=len(ids),
        total_url=_list_address(filters),
        without=len(ids - has_value.keys()),
    )


def _filters_of(query: QueryDict) -> QueryDict:
    kept = query.copy()
    for name in OWN:
        kept.pop(name, None)
    return kept


def _values(name: str, reader: Reader, filters: QueryDict, counted: Answers) -> tuple[Value, ...]:
    """Return the values of a dimension in the facet's order, those chosen only where some are."""
    options = facet(name, reader, filters, counted)["options"]
    if name in filters:
        options = [option for option in options if option["chosen"]]
    return tuple(
        Value(
            option["value"],
            option["label"],
            option["count"],
            _list_address(filters, **{name: option["value"]}),
        )
        for option in options
        if option["count"]
    )


def _cells(
    reader: Reader,
    filters: QueryDict,
    found: Found,
    by_row: tuple[str, tuple[Value, ...]],
    by_column: tuple[str, tuple[Value, ...]],
) -> dict[tuple[int, int], Cell]:
    (rows_by, rows), (columns_by, columns) = by_row, by_column
    # Each cell names its own values: those chosen in the filters of both dimensions would only narrow.
    others = filters.copy()
    others.pop(rows_by, None)
    others.pop(columns_by, None)
    answers = matching(reader, others, found).order_by()
    of_row, of_column = _by_root(rows_by, reader, answers), _by_root(columns_by, reader, answers)
    counts = Counter(
        (row, column)
        for root, row_values in of_row.items()
        for row in row_values
        for column in of_column.get(root, ())
    )
    return {
        (i, j): Cell(
            counts[row.code, column.code],
            _list_address(filters, **{rows_by: row.code, columns_by: column.code}),
        )
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
        if counts[row.code, column.code]
    }


def _by_root(name: str, reader: Reader, answers: Any) -> dict[int, set[str]]:
    """Return for each recommendation as issued the values that it, or one of its parts, has."""
    source = SOURCES[name]
    pairs = (
        source.rooted(reader)
        .filter(root__in=answers.values("pk"))
        .values_list("root", source.value)
        .distinct()
    )
    values: dict[int, set[str]] = defaultdict(set)
    for root, value in pairs:
        if value not in (None, "", False):
            values[root].add("yes" if value is True else str(value))
    if name in WITH_NONE:
        for root in answers.exclude(pk__in=filled(name, reader).values("root")).values_list("pk", flat=True):
            values[root].add(NONE)
    return dict(values)


def _list_address(filters: QueryDict, **values: str) -> str:
    """Return the address of the list with the filters, and these values in place of a dimension's own."""
    asked = filters.copy()
    for name, value in values.items():
        asked.setlist(name, [value])
    query = asked.urlencode()
    return reverse("recommendations:list") + (f"?{query}" if query else "")


def flat(crossing: Crossing) -> Iterable[tuple[Value, Value | None, int]]:
    """Yield every figure of a crossing: row, column (None for the row's own total), count."""
    for i, row in enumerate(crossing.rows):
        yield row, None, row.count
        for j, column in enumerate(crossing.columns):
            cell = crossing.cells.get((i, j))
            if cell is not None:
                yield row, column, cell.count
