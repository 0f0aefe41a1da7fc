"""The same theme in other States: how many recommendations each received, and what it answered.

Other States are counted in the index of the world's records (`search.world`), which counts any choice of
facets exactly without reading the table; the State of this instance in its own register. The two are never
added up. A record about several States counts for each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.search.asking import Asked
from tawsiya.analysis.search.world import store
from tawsiya.analysis.search.world.arrays import WorldIndex
from tawsiya.analysis.search.world.building import FACETS
from tawsiya.analysis.search.world.scope import facets_of
from tawsiya.core.labels import text_of
from tawsiya.core.models import Instance
from tawsiya.mechanisms import states
from tawsiya.recommendations.choices import Kind, Position
from tawsiya.recommendations.filters import matching
from tawsiya.recommendations.reading import state_name

CHOSEN = ("theme", "body", "cycle")
_LONGEST_VALUE, _MOST_VALUES = 300, 50
_ANSWERED = tuple(position.value for position in Position)
_SUPPORTED = (Position.SUPPORTED.value,)


@dataclass(frozen=True)
class Count:
    """A State, or a region, with what it received.

    code: ISO 3166 alpha-3; a key of `states.regions()`.
    region: of a State, in the reader's language.
    count, answered, supported: recommendations; those with a known position; those supported whole.
    url, supported_url: the lists that hold them.
    is_own: counted from the national register.
    """

    code: str
    name: str
    region: str
    count: int
    answered: int
    supported: int
    url: str
    supported_url: str
    is_own: bool = False

    @property
    def share(self) -> float | None:
        """The supported share of those with a known position; None where none has one."""
        return self.supported / self.answered if self.answered else None


@dataclass(frozen=True)
class Comparison:
    """What the page shows: `others` the most frequent first; `facets` count other States' records."""

    own: Count
    others: tuple[Count, ...]
    regions: tuple[Count, ...]
    facets: list[dict[str, Any]]

    @property
    def rows(self) -> list[Count]:
        """The own State first, then the others."""
        return [self.own, *self.others]


def is_loaded() -> bool:
    """Tell whether records of other States are there."""
    return store.version() > 0


def compare(reader: Reader, query: QueryDict) -> Comparison | None:
    """Return the comparison that an address asks for; None while the records are being indexed, or absent."""
    index = store.current(store.version())
    if index is None or reader.is_public:
        return None
    asked = {name: _values(query, name) for name in CHOSEN}
    own = Instance.objects.get().state
    page = index.search(Asked(), {**asked, "kind": [Kind.RECOMMENDATION.value]}, FACETS)
    others = counts_by_state(index, asked, own)
    return Comparison(
        _own(reader, own, asked),
        others,
        counts_by_region(index, asked, others),
        [
            row
            for row in facets_of(page, {name: asked.get(name, []) for name in FACETS})
            if row["name"] in CHOSEN
        ],
    )


def _values(query: QueryDict, name: str) -> list[str]:
    values = [value for value in query.getlist(name) if value and len(value) <= _LONGEST_VALUE]
    return values[:_MOST_VALUES]


Asking = Mapping[str, Sequence[str]]


def counts_by_state(index: WorldIndex, asked: Asking, own: str) -> tuple[Count, ...]:
    """Return the other States with what each received, the most frequent first. Three searches."""

    def counted(**more: Sequence[str]) -> Mapping[str, int]:
        chosen = {**asked, **more, "kind": [Kind.RECOMMENDATION.value]}
        return index.search(Asked(), chosen, ("country",)).counts["country"]

    counts, answered, supported = counted(), counted(position=_ANSWERED), counted(position=_SUPPORTED)
    rows = [
        Count(
            code,
            state_name(code),
            _region_name(_region(code)),
            count,
            answered.get(code, 0),
            supported.get(code, 0),
            _world_address(asked, [code]),
            _world_address(asked, [code], _SUPPORTED),
        )
        for code, count in counts.items()
        if code != own
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.name)))


def counts_by_region(index: WorldIndex, asked: Asking, others: Sequence[Count]) -> tuple[Count, ...]:
    """Return the regions of States counted; what is about several States of a region counts there once."""
    members: dict[str, list[str]] = {}
    for row in others:
        if region := _region(row.code):
            members.setdefault(region, []).append(row.code)

    def counted(codes: Sequence[str], **more: Sequence[str]) -> int:
        chosen = {**asked, **more, "country": codes, "kind": [Kind.RECOMMENDATION.value]}
        return index.search(Asked(), chosen).count

    rows = [
        Count(
            region,
            _region_name(region),
            "",
            counted(codes),
            counted(codes, position=_ANSWERED),
            counted(codes, position=_SUPPORTED),
            _world_address(asked, codes),
            _world_address(asked, codes, _SUPPORTED),
        )
        for region, codes in members.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.name)))


def _own(reader: Reader, code: str, asked: Asking) -> Count:
    def query(*positions: str) -> QueryDict:
        made = QueryDict(mutable=True)
        for name, values in asked.items():
            made.setlist(name, list(values))
        made.setlist("position", list(positions))
        made["withdrawn"] = "no"
        return made

    def address(*positions: str) -> str:
        return f"{reverse('recommendations:list')}?{query(*positions).urlencode()}"

    return Count(
        code,
        text_of(Instance.objects.get().names) or state_name(code),
        _region_name(_region(code)),
        matching(reader, query()).count(),
        matching(reader, query(*_ANSWERED)).count(),
        matching(reader, query(*_SUPPORTED)).count(),
        address(),
        address(*_SUPPORTED),
        is_own=True,
    )


def _world_address(asked: Asking, codes: Sequence[str], positions: Sequence[str] = ()) -> str:
    query = QueryDict(mutable=True)
    query["scope"] = "world"
    query["kind"] = Kind.RECOMMENDATION.value
    for name, values in {**asked, "country": codes, "position": positions}.items():
        if values:
            query.setlist(name, list(values))
    return f"{reverse('analysis:search')}?{query.urlencode()}"


def _region(code: str) -> str:
    try:
        return states.region(code) or ""
    except KeyError:
        return ""


def _region_name(region: str) -> str:
    return text_of(states.regions().get(region, {})) or region
