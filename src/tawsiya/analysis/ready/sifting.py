"""Facets over rows that were worked out rather than queried: exact counts, a facet ignores its own filter."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from tawsiya.core.errors import Message


@dataclass(frozen=True)
class Trait:
    """Something rows can be sifted by.

    values: from a row to the values it has, as the address carries them.
    words: the words of a value.
    usual: the values chosen where the address names none; empty for all.
    """

    name: str
    label: Message
    values: Callable[[Any], Iterable[str]]
    words: Callable[[str], Message]
    usual: tuple[str, ...] = ()


def sift(
    rows: Sequence[Any], traits: Sequence[Trait], query: QueryDict
) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return the rows that an address asks for, and the facets as the component `facet_group` takes them."""
    chosen = {
        trait.name: {value for value in query.getlist(trait.name) if value} or set(trait.usual)
        for trait in traits
    }
    has = {trait.name: [frozenset(trait.values(row)) for row in rows] for trait in traits}

    def kept(place: int, but: str = "") -> bool:
        return all(name == but or not values or values & has[name][place] for name, values in chosen.items())

    facets = []
    for trait in traits:
        counts = Counter(
            value for place in range(len(rows)) if kept(place, trait.name) for value in has[trait.name][place]
        )
        options = _options(trait, counts, chosen[trait.name])
        if options:
            facets.append({"name": trait.name, "label": trait.label, "options": options, "open": True})
    return [row for place, row in enumerate(rows) if kept(place)], facets


def _options(trait: Trait, counts: Mapping[str, int], chosen: set[str]) -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = [
        {
            "value": value,
            "label": trait.words(value),
            "count": counts.get(value, 0),
            "chosen": value in chosen,
        }
        for value in counts.keys() | chosen
    ]
    options.sort(key=lambda option: (not option["chosen"], -option["count"], str(option["label"])))
    return options
