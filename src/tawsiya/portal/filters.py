"""The filters of the published recommendations, shared by page, CSV, JSON and API."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Func, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tawsiya.core.errors import Message
from tawsiya.core.formats import localise_number
from tawsiya.core.labels import Label, text_of
from tawsiya.core.looks import look_of
from tawsiya.core.query import without
from tawsiya.mechanisms.choices import MechanismKind
from tawsiya.mechanisms.symbols import normalise_query
from tawsiya.portal.models import PublishedItem
from tawsiya.portal.published import numbered
from tawsiya.portal.searching import words_of
from tawsiya.recommendations.choices import Position, Status

UNSET = "none"
SORTS: Mapping[str, tuple[str, ...]] = {
    "document": ("sort_key", "recommendation_id"),
    "latest": ("-published_at", "sort_key", "recommendation_id"),
}


class _AnyValueField(forms.MultipleChoiceField):
    """Takes what the address says; a value that nothing has finds nothing."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= 120


class AnyOf(django_filters.MultipleChoiceFilter):
    """Values within a facet are alternatives. `none` stands for an empty field."""

    field_class = _AnyValueField

    def filter(self, qs: QuerySet[PublishedItem], value: Any) -> QuerySet[PublishedItem]:
        """Keep the rows that have one of the values."""
        if not value:
            return qs
        column = PublishedItem._meta.get_field(self.field_name)
        if isinstance(column, ArrayField):
            return qs.filter(**{f"{self.field_name}__overlap": value})
        if isinstance(column, CharField):
            return qs.filter(**{f"{self.field_name}__in": ["" if v == UNSET else v for v in value]})
        return qs.filter(
            **{f"{self.field_name}__in": [int(v) for v in value if v.isdecimal() and len(v) < 5]}
        )


class SnapshotFilter(django_filters.FilterSet):
    """Facets combine; the search asks for every word, or for a document by its symbol."""

    q = django_filters.CharFilter(method="search")
    mechanism = AnyOf()
    body = AnyOf()
    year = AnyOf()
    position = AnyOf()
    status = AnyOf()
    theme = AnyOf(field_name="themes")
    persons = AnyOf()
    sdg = AnyOf(field_name="sdgs")
    state = AnyOf(field_name="states")
    lead = AnyOf()
    sort = django_filters.ChoiceFilter(choices=[(key, key) for key in SORTS], method="order")

    class Meta:
        model = PublishedItem
        fields: list[str] = []

    def search(self, queryset: QuerySet[PublishedItem], name: str, value: str) -> QuerySet[PublishedItem]:
        """Keep the rows that hold every word, in any language and order."""
        symbol = normalise_query(value)
        if symbol:
            return queryset.filter(symbol=symbol)
        for word in words_of(value):
            queryset = queryset.filter(text__contains=word)
        return queryset

    def order(self, queryset: QuerySet[PublishedItem], name: str, value: str) -> QuerySet[PublishedItem]:
        """Sort."""
        return queryset.order_by(*SORTS[value])


Words = Callable[[str], str]


@dataclass(frozen=True)
class Facet:
    """A facet: its parameter, label, column, and whether most frequent values come first."""

    name: str
    label: Message
    column: str
    by_count: bool = False


FACETS = (
    Facet("mechanism", gettext_lazy("Mechanism"), "mechanism"),
    Facet("body", gettext_lazy("Body"), "body", by_count=True),
    Facet("year", gettext_lazy("Year"), "year"),
    Facet("status", gettext_lazy("Status of implementation"), "status"),
    Facet("position", gettext_lazy("Position of the State"), "position"),
    Facet("theme", gettext_lazy("Theme"), "themes", by_count=True),
    Facet("persons", gettext_lazy("Affected persons"), "persons", by_count=True),
    Facet("sdg", gettext_lazy("Sustainable Development Goals"), "sdgs"),
    Facet("state", gettext_lazy("Recommending State"), "states", by_count=True),
    Facet("lead", gettext_lazy("Lead institution"), "lead", by_count=True),
)
# These have an order of their own.
_SCALES: Mapping[str, list[str]] = {
    "mechanism": MechanismKind.values,
    "status": Status.values,
    "position": Position.values,
}
_OPEN = frozenset({"mechanism", "body", "status", "position", "theme"})


def facet_rows(
    query: QueryDict, rows: QuerySet[PublishedItem], labels: Mapping[str, Mapping[str, Label]]
) -> list[dict[str, Any]]:
    """Return the facets with exact counts, as the component `facet_group` takes them.

    A facet ignores its own filter. Each is one query.
    """
    return [_facet(facet, query, rows, labels) for facet in FACETS]


def _facet(
    facet: Facet,
    query: QueryDict,
    rows: QuerySet[PublishedItem],
    labels: Mapping[str, Mapping[str, Label]],
) -> dict[str, Any]:
    others = query.copy()
    others.pop(facet.name, None)
    others.pop("sort", None)
    matching = SnapshotFilter(others, queryset=rows).qs.order_by()
    counts = {_value(value): number for value, number in _count(matching, facet.column)}
    chosen = query.getlist(facet.name)
    for value in chosen:
        counts.setdefault(value, 0)
    words = words_for(facet.name, labels)
    options = [
        {"value": value, "label": words(value), "count": number, "chosen": value in chosen}
        for value, number in counts.items()
        if value != UNSET or facet.name in ("status", "position")
    ]
    options.sort(key=lambda option: _place(facet, option))
    return {
        "name": facet.name,
        "label": facet.label,
        "options": options,
        "open": facet.name in _OPEN or bool(chosen),
    }


def _count(rows: QuerySet[PublishedItem], column: str) -> Iterable[tuple[Any, int]]:
    if isinstance(PublishedItem._meta.get_field(column), ArrayField):
        rows = rows.annotate(value=Func(F(column), function="unnest", output_field=CharField()))
    else:
        rows = rows.annotate(value=F(column))
    return rows.values_list("value").annotate(number=Count("pk")).values_list("value", "number")


def _value(value: Any) -> str:
    return str(value) if value not in (None, "") else UNSET


def _place(facet: Facet, option: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return where an option stands: chosen first, then by number, goal, year or word."""
    first = not option["chosen"]
    value = str(option["value"])
    if facet.by_count:
        return (first, -option["count"], option["label"])
    if facet.name in _SCALES:
        scale = _SCALES[facet.name]
        return (first, scale.index(value) if value in scale else len(scale))
    if facet.name == "year":
        return (first, -int(value) if value.isdecimal() else 0)
    if facet.name == "sdg":
        goal, _dot, target = value.partition(".")
        # Targets by number, letters last: 5, 5.1, 5.2, 5.10, 5.a.
        return (first, goal.zfill(3), bool(target) and not target.isdecimal(), target.zfill(3))
    return (first, option["label"])


def words_for(facet: str, labels: Mapping[str, Mapping[str, Label]]) -> Words:
    """Return the function that names a facet's values in the reader's language."""
    known = {"theme": "themes", "sdg": "sdgs", "state": "states"}.get(facet, facet)
    mechanisms = dict(MechanismKind.choices)

    def words(value: str) -> str:
        if facet == "mechanism":
            return str(mechanisms.get(MechanismKind(value), value)) if value in mechanisms else value
        if facet == "status":
            return _("No status published") if value == UNSET else str(look_of(value).label)
        if facet == "position":
            return _("No position (outside the UPR)") if value == UNSET else str(look_of(value).label)
        name = text_of(labels.get(known, {}).get(value)) or value
        return numbered(value, name) if facet == "sdg" else name

    return words


def chips(query: QueryDict, labels: Mapping[str, Mapping[str, Label]]) -> list[dict[str, str]]:
    """Return the filters in force, each with the address that takes it away."""
    found = []
    for facet in FACETS:
        words = words_for(facet.name, labels)
        for value in query.getlist(facet.name):
            left = without(query, "page")
            left.setlist(facet.name, [other for other in query.getlist(facet.name) if other != value])
            found.append({"facet": str(facet.label), "label": words(value), "url": f"?{left.urlencode()}"})
    if query.get("q"):
        left = without(query, "page", "q")
        found.append({"facet": _("Search"), "label": str(query["q"]), "url": f"?{left.urlencode()}"})
    return found


def address(**filters: str) -> str:
    """Return a query such as `?body=CERD`."""
    return f"?{urlencode(filters)}"


def counted(rows: QuerySet[PublishedItem]) -> tuple[int, int]:
    """Return how many recommendations as issued there are, and how many lettered parts, in one query."""
    numbers = dict(rows.order_by("is_part").values_list("is_part").annotate(Count("pk")))
    return numbers.get(False, 0), numbers.get(True, 0)


def say_counted(issued: int, parts: int) -> str:
    """Say what `counted` found. The State's digits are internal: call it outside the portal's role."""
    text = ngettext("%(number)s recommendation", "%(number)s recommendations", issued)
    text %= {"number": localise_number(issued)}
    if not parts:
        return text
    letters = ngettext("%(number)s lettered part", "%(number)s lettered parts", parts)
    return _("%(recommendations)s and %(parts)s") % {
        "recommendations": text,
        "parts": letters % {"number": localise_number(parts)},
    }
