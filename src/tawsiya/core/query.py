"""The queries of addresses: the state of a list is nothing else."""

from django.http import QueryDict


def without(query: QueryDict, *names: str) -> QueryDict:
    """Return a query that can be changed, some of its parameters left out."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest
