"""The queries of addresses: the state of a list is nothing else."""

from collections.abc import Iterable

from django.http import QueryDict


def without(query: QueryDict, *names: str) -> QueryDict:
    """Return a query that can be changed, some of its parameters left out."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def ids_in(values: Iterable[str]) -> list[int]:
    """Return the ids of a selection: a parameter repeated, or one with commas; what is no id is left out."""
    parts = (part.strip() for value in values for part in value.split(","))
    return [int(part) for part in parts if part.isdecimal() and len(part) < 19]
