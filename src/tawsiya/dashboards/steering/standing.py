"""The status of what is in force by axis, body, visit and institution: a handful of queries for all four.

The values are those of the list's facets (`recommendations.filters.SOURCES`), so that each figure and the
list behind it agree; a test opens every one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.crossing import Cell, Crossing, Value
from tawsiya.audit.kept import until_next_act
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.mechanisms.choices import MechanismKind, ReviewKind
from tawsiya.mechanisms.models import Body, Review
from tawsiya.recommendations.choices import AccessLevel, Status, Taxonomy
from tawsiya.recommendations.filters import NONE, SOURCES, matching
from tawsiya.recommendations.models import Tag

AXIS, BODY, VISIT, INSTITUTION = "axis", "body", "review", "institution"
"""The four dimensions, by the name of the list's facet."""

IN_FORCE = (("withdrawn", "no"),)
"""What every figure of the page counts: recommendations that were not withdrawn."""

_BODY_ORDER = {kind.value: place for place, kind in enumerate(MechanismKind)}

Values = Mapping[int, set[str]]
"""By recommendation as issued, the values that it or one of its parts has."""


@dataclass(frozen=True)
class Standing:
    """How the recommendations in force stand.

    statuses: how many have each status, "none" last; a paragraph whose parts differ counts in each.
    crossings: status by axis, body, visit and institution, by the name of the dimension.
    of_root: the statuses of each recommendation.
    """

    total: int
    total_url: str
    statuses: tuple[Value, ...]
    crossings: Mapping[str, Crossing]
    of_root: Values

    def having(self, statuses: Iterable[str]) -> int:
        """Return how many recommendations have one of the statuses, on the paragraph or on a part."""
        wanted = set(statuses)
        return sum(1 for found in self.of_root.values() if found & wanted)


@dataclass(frozen=True)
class _Row:
    """A row of a crossing: its words, and the values of the list's facet that it stands for."""

    label: str
    values: tuple[str, ...]


def standing_of(reader: Reader) -> Standing:
    """Count the recommendations in force that a reader sees, by status and the four dimensions.

    Kept by itself: contributions, which come all day, change nothing of it.
    """
    return until_next_act(lambda: _standing(reader), "dashboards.standing", reader.audience)


def _standing(reader: Reader) -> Standing:
    query = QueryDict(mutable=True)
    query.update(dict(IN_FORCE))
    issued = {
        pk: (body, review)
        for pk, body, review in matching(reader, query)
        .order_by()
        .values_list("pk", "document__body_id", "document__review_id")
    }
    statuses = _with_none(_values(reader, "status", issued), issued)
    rows_by = {
        AXIS: _axes(reader, issued),
        BODY: _bodies(issued),
        VISIT: _visits(issued),
        INSTITUTION: _institutions(reader, issued),
    }
    crossings = {
        name: _crossing(name, rows, of_root, statuses, of_all=name != VISIT)
        for name, (rows, of_root) in rows_by.items()
    }
    return Standing(len(issued), address(), _columns(statuses, issued), crossings, statuses)


def address(**values: str | Sequence[str]) -> str:
    """Return the address of the list of recommendations in force that have the values."""
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, [value] if isinstance(value, str) else list(value))
    query.update(dict(IN_FORCE))
    return f"{reverse('recommendations:list')}?{query.urlencode()}"


def _values(reader: Reader, name: str, issued: Iterable[int]) -> dict[int, set[str]]:
    source = SOURCES[name]
    found: dict[int, set[str]] = defaultdict(set)
    among = frozenset(issued)
    for root, value in source.rooted(reader).values_list("root", source.value):
        if value and root in among:
            found[root].add(str(value))
    return found


def _with_none(found: Mapping[int, set[str]], issued: Iterable[int]) -> dict[int, set[str]]:
    return {pk: found.get(pk) or {NONE} for pk in issued}


def _axes(reader: Reader, issued: Iterable[int]) -> tuple[list[_Row], Values]:
    """Return the axes; a recommendation under a sub-axis counts under its axis."""
    tags = {tag.pk: tag for tag in Tag.objects.filter(taxonomy=Taxonomy.AXIS)}
    top: dict[str, str] = {}
    below: dict[str, list[str]] = defaultdict(list)
    for tag in tags.values():
        highest = tag
        while highest.parent_id in tags:
            highest = tags[highest.parent_id]
        top[tag.code] = highest.code
        below[highest.code].append(tag.code)
    of_root = {
        pk: {top[code] for code in codes if code in top}
        for pk, codes in _values(reader, AXIS, issued).items()
    }
    highest_ones = sorted(
        (tag for tag in tags.values() if top[tag.code] == tag.code), key=lambda tag: tag.sort_key
    )
    rows = {tag.code: _Row(text_of(tag.names) or tag.code, tuple(below[tag.code])) for tag in highest_ones}
    return list(rows.values()), _by_first_value(rows, of_root)


def _by_first_value(rows: Mapping[str, _Row], of_root: Values) -> Values:
    """Name each row by the first value it stands for, as `_crossing` does."""
    return {pk: {rows[code].values[0] for code in codes if code in rows} for pk, codes in of_root.items()}


def _bodies(issued: Mapping[int, tuple[int, int | None]]) -> tuple[list[_Row], Values]:
    bodies = Body.objects.in_bulk({body for body, _review in issued.values()})
    ordered = sorted(bodies.values(), key=lambda row: (_BODY_ORDER.get(row.mechanism, 9), row.code))
    rows = [_Row(text_of(row.names) or row.code, (row.code,)) for row in ordered]
    return rows, {pk: {bodies[body].code} for pk, (body, _review) in issued.items()}


def _visits(issued: Mapping[int, tuple[int, int | None]]) -> tuple[list[_Row], Values]:
    """Return the visits of special procedures, the latest first."""
    asked = {review for _body, review in issued.values() if review is not None}
    visits = {
        row.pk: row
        for row in Review.objects.filter(pk__in=asked, kind=ReviewKind.VISIT).select_related("body")
    }
    ordered = sorted(visits.values(), key=lambda row: (row.year or 0, row.held_on or date.min), reverse=True)
    rows = [_Row(_visit_name(row), (str(row.pk),)) for row in ordered]
    return rows, {pk: {str(review)} for pk, (_body, review) in issued.items() if review in visits}


def _visit_name(review: Review) -> str:
    name = text_of(review.body.names) or review.body.code
    year = review.year or (review.held_on.year if review.held_on else None)
    return _("%(body)s · %(year)s") % {"body": name, "year": year} if year else name


def _institutions(reader: Reader, issued: Iterable[int]) -> tuple[list[_Row], Values]:
    """Return the institutions that lead or support, the most charged first; without a lead at the end."""
    among = frozenset(issued)
    of_root: dict[int, set[str]] = defaultdict(set)
    led = set()
    pairs = SOURCES[INSTITUTION].rooted(reader).values_list("root", "institution_id", "level")
    keys = dict(Institution.objects.values_list("pk", "key"))
    for root, institution, level in pairs:
        if root in among:
            of_root[root].add(keys[institution])
            if level == AccessLevel.LEAD:
                led.add(root)
    for root in among - led:
        of_root[root].add(NONE)
    counts = Counter(key for found in of_root.values() for key in found)
    names = {row.key: text_of(row.names) or row.key for row in Institution.objects.filter(key__in=counts)}
    names[NONE] = _("No lead institution")
    ordered = sorted(counts, key=lambda key: (key == NONE, -counts[key], names[key]))
    return [_Row(names[key], (key,)) for key in ordered], of_root


def _columns(statuses: Values, counted: Iterable[int], **row: Sequence[str]) -> tuple[Value, ...]:
    """Return each status that one of the recommendations has, with its address."""
    counts = Counter(code for pk in counted for code in statuses[pk])
    labels: dict[str, Message] = {status.value: status.label for status in Status}
    labels[NONE] = _("No status yet")
    return tuple(
        Value(code, label, counts[code], address(**row, status=code))
        for code, label in labels.items()
        if counts[code]
    )


def _crossing(
    name: str, rows: Sequence[_Row], of_root: Values, statuses: Values, *, of_all: bool
) -> Crossing:
    """Cross a dimension with the statuses, as `analysis.crossing.cross` would.

    Args:
        of_all: count the recommendations without a row too, where columns are added up.
    """
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    having = {pk for pk, values in of_root.items() if values}
    for pk in having:
        counts.update(of_root[pk])
        pairs.update((value, status) for value in of_root[pk] for status in statuses[pk])
    shown = [row for row in rows if counts[row.values[0]]]
    counted = set(statuses) if of_all else having
    scope: dict[str, Any] = {} if of_all else {name: [value for row in shown for value in row.values]}
    columns = _columns(statuses, counted, **scope)
    return Crossing(
        name,
        "status",
        tuple(
            Value(row.values[0], row.label, counts[row.values[0]], address(**{name: row.values}))
            for row in shown
        ),
        columns,
        {
            (i, j): Cell(pairs[row.values[0], column.code], address(**{name: row.values}, status=column.code))
            for i, row in enumerate(shown)
            for j, column in enumerate(columns)
            if pairs[row.values[0], column.code]
        },
        total=len(counted),
        total_url=address(**scope),
        without=len(counted - having),
    )
