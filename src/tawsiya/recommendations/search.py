"""The door to the search, which stands in a higher room (analysis) and registers itself here."""

from collections.abc import Callable, Mapping

Finder = Callable[[str], Mapping[int, float]]
"""From a query to ids of recommendations as issued, each with how well it answers; rights apart."""

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Make `finder` the search of the lists."""
    _finders[:] = [finder]


def find(query: str) -> Mapping[int, float]:
    """Return the recommendations as issued that a query finds. Callers keep what their reader may see."""
    (finder,) = _finders
    return finder(query)
