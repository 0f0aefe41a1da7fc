"""Facets of a list over one FilterSet.

A facet ignores its own filter, values within one facet are alternatives, facets combine; the whole
state stands in the address.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django_filters import FilterSet

from tawsiya.core.errors import Message
from tawsiya.core.query import without

Words = Callable[[list[Any]], Mapping[Any, Any]]


@dataclass(frozen=True)
class Facet:
    """A facet: the filter's name, its label, the field counted, and the words of its values.

    `words` takes the values found and returns a label for each; a value without one is not offered.
    """

    name: str
    label: Message
    field: str
    words: Words


def choices_words(choices: Sequence[tuple[Any, Any]]) -> Words:
    """Return the words of a field with fixed choices."""
    known = dict(choices)
    return lambda values: {value: known[value] for value in values if value in known}


def facet_rows(
    facets: Sequence[Facet], filterset: type[FilterSet], query: QueryDict, rows: QuerySet[Any, Any]
) -> list[dict[str, Any]]:
    """Return the facets with exact counts, as the component `facet_group` takes them.

    Args:
        query: the address's query.
        rows: everything the reader may see, not filtered yet.
    """
    # Facets in which nothing is chosen count the same rows.
    whole = filterset(query, queryset=rows).qs
    together = _counted_together([facet for facet in facets if facet.name not in query], whole)
    return [
        _facet(
            facet,
            query,
            together[facet.name]
            if facet.name in together
            else _counted(facet, _left(facet, filterset, query, rows, whole)),
        )
        for facet in facets
    ]


def shell(
    facets: Sequence[Facet], filterset: type[FilterSet], query: QueryDict, rows: QuerySet[Any, Any], path: str
) -> dict[str, Any]:
    """Return what `core/list_page.html` needs beside the rows.

    Args:
        query: the address's query.
        rows: everything the reader may see, not filtered yet.
        path: the list's address without query.
    """
    found = facet_rows(facets, filterset, query, rows)
    return {
        "facets": found,
        "chips": chips(found, query),
        "clear_url": path,
        "search_query": query.get("q", ""),
    }


def _left(
    facet: Facet,
    filterset: type[FilterSet],
    query: QueryDict,
    rows: QuerySet[Any, Any],
    whole: QuerySet[Any, Any],
) -> QuerySet[Any, Any]:
    """Return the rows that the other filters of an address leave; `whole` are those that all leave."""
    if facet.name not in query:
        return whole
    return filterset(without(query, facet.name), queryset=rows).qs


def _counted_together(facets: Sequence[Facet], rows: QuerySet[Any, Any]) -> dict[str, Counter[Any]]:
    """Return the counts of facets over the same rows, from one query: to go through many rows takes time.

    A facet is left out whose values may stand on a row more than once, or that counts alone.
    """
    single = [facet for facet in facets if not repeats_rows(rows.order_by().values_list(facet.field))]
    if len(single) < 2:
        return {}
    fields = list(dict.fromkeys(facet.field for facet in single))
    counts: dict[str, Counter[Any]] = {field: Counter() for field in fields}
    for *values, number in rows.order_by().values_list(*fields).annotate(number=Count("pk")):
        for field, value in zip(fields, values, strict=True):
            counts[field][value] += number
    return {facet.name: counts[facet.field] for facet in single}


def _counted(facet: Facet, rows: QuerySet[Any, Any]) -> dict[Any, int]:
    """Return how many of the rows have each value of a facet."""
    values = rows.order_by().values_list(facet.field)
    return dict(values.annotate(number=Count("pk", distinct=repeats_rows(values))))


def _facet(facet: Facet, query: QueryDict, counts: Mapping[Any, int]) -> dict[str, Any]:
    """Return a facet with its values, from the counts over the rows that the other filters leave."""
    chosen = set(query.getlist(facet.name))
    words = facet.words([value for value in counts if value not in (None, "")])
    options = [
        {"value": str(value), "label": label, "count": counts[value], "chosen": str(value) in chosen}
        for value, label in words.items()
    ]
    options.sort(key=lambda option: (not option["chosen"], -option["count"], str(option["label"])))
    return {"name": facet.name, "label": facet.label, "options": options}


def repeats_rows(rows: QuerySet[Any, Any]) -> bool:
    """Tell whether the joins of a query may repeat a row: only then must each be told apart to be counted.

    Counting distinct rows sorts them all; of 80,000 that is most of a page's time.
    """
    joined = (getattr(join, "join_field", None) for join in rows.query.alias_map.values())
    return any(field.one_to_many or field.many_to_many for field in joined if field is not None)


def chips(facets: Sequence[Mapping[str, Any]], query: QueryDict) -> list[dict[str, Any]]:
    """Return the chosen options as chips, each with the address without it."""
    found = []
    for facet in facets:
        for option in facet["options"]:
            if option["chosen"]:
                rest = without(query, "page")
                left = [value for value in query.getlist(facet["name"]) if value != option["value"]]
                rest.setlist(facet["name"], left)
                found.append(
                    {"facet": facet["label"], "label": option["label"], "url": f"?{rest.urlencode()}"}
                )
    return found


def chip(query: QueryDict, name: str, label: Message) -> dict[str, Any]:
    """Return the chip of a filter that is no facet, with the address without it."""
    rest = without(query, name, "page")
    return {"facet": "", "label": label, "url": f"?{rest.urlencode()}"}
