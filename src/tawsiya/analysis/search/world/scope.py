"""The tab of other States: everybody with a role reads what the UN issued; none of it counts at home."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.search.answers import Answer
from tawsiya.analysis.search.asking import Asked
from tawsiya.analysis.search.passages import Marker
from tawsiya.analysis.search.result import BEST_FIRST, Result, Rows
from tawsiya.analysis.search.results import Search
from tawsiya.analysis.search.world import store
from tawsiya.analysis.search.world.arrays import Page
from tawsiya.analysis.search.world.building import FACETS
from tawsiya.core import facets as plain_facets
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column
from tawsiya.mechanisms.models import Body
from tawsiya.recommendations.choices import Kind, Position, Taxonomy
from tawsiya.recommendations.models import Tag
from tawsiya.recommendations.reading import state_name, tag_name

_LABELS: Mapping[str, Message] = {
    "country": _("State under review"),
    "body": _("Body"),
    "year": _("Year"),
    "theme": _("Theme"),
    "persons": _("Affected persons"),
    "sdg": _("SDG goal"),
    "kind": _("Kind"),
    "cycle": _("Cycle"),
    "position": _("Position"),
    "state": _("Recommending State"),
}
_OPEN = ("country", "body", "theme")
_SHOWN = 7
_LONGEST_VALUE = 300


@dataclass(frozen=True)
class WorldRow:
    """A record of another State as it is shown."""

    pk: int
    symbol: str
    paragraph: str
    body: str
    states: list[str]
    kind: str
    language: str
    text: str
    year: int | None
    themes: list[str]
    position: str
    recommending_states: list[str]

    @property
    def state_names(self) -> list[str]:
        """The States under review in the reader's language."""
        return [state_name(code) for code in self.states]


COLUMNS = (
    Column("id", _("Number"), lambda row: row.pk),
    Column("states", _("State under review"), lambda row: row.states),
    Column("body", _("Body"), lambda row: row.body),
    Column("document", _("Document"), lambda row: row.symbol),
    Column("paragraph", _("Paragraph"), lambda row: row.paragraph),
    Column("year", _("Year"), lambda row: row.year),
    Column("kind", _("Kind"), lambda row: row.kind),
    Column("text", _("Text"), lambda row: row.text),
    Column("language", _("Language"), lambda row: row.language),
    Column("position", _("Position"), lambda row: row.position),
    Column("recommending_states", _("Recommending States"), lambda row: row.recommending_states),
    Column("themes", _("Themes"), lambda row: row.themes),
)


def is_there() -> bool:
    """Tell whether records of other States are loaded."""
    return store.version() > 0


def asked_of(search: Search) -> Asked | None:
    """Return what is asked of these records: symbols are words of theirs; None for a paragraph alone."""
    asked = search.asked
    if asked.is_empty:
        return asked
    words = " ".join(filter(None, (asked.symbol, asked.words)))
    only = replace(asked, symbol="", paragraph="", path="", only_paragraph=False, words=words)
    return None if only.is_empty else only


class _Ids(Sequence[int]):
    """The ids found, put in order as far as they are asked for."""

    def __init__(self, page: Page | None) -> None:
        self._page = page

    def __len__(self) -> int:
        return self._page.count if self._page else 0

    def __getitem__(self, place: Any) -> Any:
        if self._page is None:
            return []
        start, stop, _step = place.indices(len(self))
        return self._page.ids(start, stop)


def result(reader: Reader, search: Search, query: QueryDict) -> Result:
    """Return what the tab holds for an address."""
    index = store.current(store.version())
    asked = asked_of(search)
    chosen = {
        name: [value for value in query.getlist(name) if value and len(value) <= _LONGEST_VALUE]
        for name in FACETS
    }
    page = None
    if index is not None and asked is not None and not reader.is_public:
        page = index.search(asked, chosen, FACETS if _counts(query) else ())
    marker = Marker(asked or Asked())
    return Result(
        ids=_Ids(page),
        rows=Rows(_Ids(page), _read),
        columns=COLUMNS,
        show=lambda rows: [_answer(marker, row) for row in rows],
        orders=[BEST_FIRST],
        facets=partial(facets_of, page, chosen),
        chips=lambda found: plain_facets.chips(found, query),
        behind=index is None,
    )


def _counts(query: QueryDict) -> bool:
    """Tell whether the answer shows facets: a mere count, made without an address, does not."""
    return bool(query)


def _read(ids: Sequence[int]) -> Mapping[int, WorldRow]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, symbol, paragraph, body, states, kind, language, text, year, themes, position,"
            " recommending_states FROM analysis_worldrecord WHERE id = ANY(%s)",
            [list(ids)],
        )
        rows = [WorldRow(*row) for row in cursor.fetchall()]
    return {row.pk: row for row in rows}


def _answer(marker: Marker, row: WorldRow) -> Answer:
    return Answer(row, marker.mark(row.text, row.language).passage, row.language)


def facets_of(page: Page | None, chosen: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Return the facets of a page of records, as the component `facet_group` takes them."""
    if page is None or not page.counts:
        return []
    found = []
    for name, label in _LABELS.items():
        counts = page.counts[name] | {value: page.counts[name].get(value, 0) for value in chosen[name]}
        words = _words(name, list(counts))
        options = [
            {"value": value, "label": words[value], "count": count, "chosen": value in chosen[name]}
            for value, count in counts.items()
        ]
        by_year = name in ("year", "cycle")
        options.sort(
            key=lambda one: (
                not one["chosen"],
                str(one["value"]) if by_year else "",
                0 if by_year else -int(str(one["count"])),
                str(one["label"]),
            ),
        )
        if options:
            shown = max(_SHOWN, len(chosen[name]))
            row = {"name": name, "label": label, "options": options, "shown": shown}
            found.append(row | {"open": name in _OPEN or bool(chosen[name])})
    return found


def _words(name: str, values: list[str]) -> dict[str, str]:
    known = _KNOWN.get(name, lambda values: {})(values)
    return {value: known.get(value) or value for value in values}


def _of_choices(choices: Any, values: list[str]) -> dict[str, str]:
    labels = {member.value: str(member.label) for member in choices}
    return {value: labels.get(value, "") for value in values}


def _of_tags(taxonomy: Taxonomy, values: list[str]) -> dict[str, str]:
    rows = Tag.objects.filter(taxonomy=taxonomy, code__in=values)
    return {row.code: tag_name(row.code, row.names, taxonomy) for row in rows}


_KNOWN: Mapping[str, Callable[[list[str]], dict[str, str]]] = {
    "body": lambda values: {row.code: text_of(row.names) for row in Body.objects.filter(code__in=values)},
    "country": lambda values: {value: state_name(value) for value in values},
    "state": lambda values: {value: state_name(value) for value in values},
    "theme": partial(_of_tags, Taxonomy.THEME),
    "persons": partial(_of_tags, Taxonomy.PERSONS),
    "sdg": partial(_of_tags, Taxonomy.SDG_GOAL),
    "kind": partial(_of_choices, Kind),
    "position": partial(_of_choices, Position),
}
