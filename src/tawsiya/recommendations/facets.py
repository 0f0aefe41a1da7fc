"""The facets of the list, with exact counts, and the chips of the filters in force."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.core.query import without
from tawsiya.mechanisms import states
from tawsiya.mechanisms.choices import MechanismKind
from tawsiya.recommendations.choices import Kind, NationalGrade, Position, Status, Taxonomy
from tawsiya.recommendations.filters import (
    DEFAULT_KINDS,
    NO,
    NONE,
    NUMBERED,
    SOURCES,
    WITH_NONE,
    YES,
    AnyOf,
    Found,
    RecommendationFilter,
    Source,
    among,
    filled,
    names_for,
)
from tawsiya.recommendations.queries import as_issued
from tawsiya.recommendations.reading import state_name, tag_name
from tawsiya.recommendations.visibility import scope_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """How a facet's values are written and ordered.

    extra: further columns of the source that the label needs.
    label: the words of a value, from its row.
    order: what sorts values; the most frequent first when omitted.
    shown: how many stand before "Show all".
    open: whether the facet is unfolded before anybody chose in it.
    """

    extra: tuple[str, ...]
    label: Callable[[Row], Message]
    order: Callable[[Row], Any] | None = None
    shown: int = 7
    open: bool = False


def _fixed(choices: Any, column: str, **more: Any) -> Words:
    known = {member.value: member.label for member in choices}
    order = list(known)
    return Words(
        (),
        lambda row: known.get(row[column]) or str(row[column]),
        lambda row: order.index(row[column]) if row[column] in known else len(order),
        **more,
    )


def _flag(column: str, yes: Message, no: Message) -> Words:
    return Words((), lambda row: yes if row[column] else no, lambda row: not row[column])


def _tag(taxonomy: Taxonomy, by_number: bool = False) -> Words:
    return Words(
        ("tag__names", "tag__sort_key"),
        lambda row: tag_name(row["tag__code"], row["tag__names"], taxonomy),
        (lambda row: row["tag__sort_key"]) if by_number else None,
        shown=6,
        open=taxonomy == Taxonomy.THEME,
    )


def _review(row: Row) -> str:
    parts = [text_of(row["document__review__body__names"])]
    if row["document__review__cycle"]:
        parts.append(_("cycle %(cycle)s") % {"cycle": row["document__review__cycle"]})
    if row["document__review__year"]:
        parts.append(str(row["document__review__year"]))
    return " · ".join(parts)


def _number(value: Any) -> int:
    """Return the number that a value of an address stands for; 0 for what is none."""
    return int(value) if str(value).isdecimal() else 0


_BODY_ORDER = {kind.value: place for place, kind in enumerate(MechanismKind)}


def _words() -> Mapping[str, Words]:
    return {
        "status": _fixed(Status, "status", shown=9, open=True),
        "institution": Words(
            ("institution__names",), lambda row: text_of(row["institution__names"]), open=True
        ),
        "body": Words(
            ("document__body__names", "document__body__mechanism"),
            lambda row: text_of(row["document__body__names"]),
            lambda row: (_BODY_ORDER.get(row["document__body__mechanism"], 9), row["document__body__code"]),
            open=True,
        ),
        "review": Words(
            ("document__review__body__names", "document__review__cycle", "document__review__year"),
            _review,
            lambda row: -(row["document__review__year"] or 0),
        ),
        "cycle": Words(
            (),
            lambda row: _("cycle %(cycle)s") % {"cycle": row["document__review__cycle"]},
            lambda row: _number(row["document__review__cycle"]),
        ),
        "year": Words((), lambda row: str(row["year"]), lambda row: -_number(row["year"])),
        "document": Words(("document__published_on",), lambda row: row["document__symbol"]),
        "position": _fixed(Position, "position", open=True),
        "grade": _fixed(NationalGrade, "national_grade"),
        "theme": _tag(Taxonomy.THEME),
        "persons": _tag(Taxonomy.PERSONS),
        "sdg": _tag(Taxonomy.SDG_GOAL, by_number=True),
        "target": _tag(Taxonomy.SDG_TARGET, by_number=True),
        "axis": _tag(Taxonomy.AXIS, by_number=True),
        "state": Words((), lambda row: state_name(row["state"])),
        "region": Words((), lambda row: text_of(states.regions().get(row["region"], {})) or row["region"]),
        "priority": _flag("is_follow_up_priority", _("Chosen for follow-up"), _("Not chosen")),
        "kind": _fixed(Kind, "kind"),
        "withdrawn": _flag("is_withdrawn", _("Withdrawn"), _("In force")),
        **_registered,
    }


# "No" would be nearly everything, and say nothing.
ONLY_YES = frozenset({"priority"})

NONE_LABELS: dict[str, Callable[[], str]] = {
    "status": lambda: _("No status yet"),
    "institution": lambda: _("No lead institution"),
}

_registered: dict[str, Words] = {}


_clocked: list[Callable[[Reader], Hashable]] = []


def register_clocked(of: Callable[[Reader], Hashable]) -> None:
    """Say what the clock alone, without any act, changes of what readers count by a higher room's dimensions.

    Args:
        of: returns something else after such a change than before; it goes into the key of what is kept.
    """
    _clocked.append(of)


def clocked(reader: Reader) -> Hashable:
    """Return what the clock has changed until now for a reader (`register_clocked`)."""
    return tuple(of(reader) for of in _clocked)


def register(
    name: str, *, label: Message, source: Source, words: Words, none: Callable[[], str] | None = None
) -> None:
    """Add a dimension of a higher room to the filters, the facets and the crossing (its `AppConfig.ready`).

    Args:
        name: of the parameter of the address.
        source: its rows carry the rights: only what the reader may know of.
        none: the words of "none", where what has no value can be asked for.
    """
    SOURCES[name] = source
    _registered[name] = words
    RecommendationFilter.base_filters[name] = AnyOf(field_name=name, method="narrow", label=label)
    if none is not None:
        WITH_NONE.add(name)
        NONE_LABELS[name] = none


def _as_value(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


class Answers:
    """The ids of the recommendations that answer an address, one facet's own filter left out.

    Facets in which nothing is chosen share one list, which is read once: most of a page's.
    """

    def __init__(self, reader: Reader, query: QueryDict, found: Found | None = None) -> None:
        self.reader = reader
        self._query = query
        self._found: Found = {} if found is None else found
        self._known: dict[tuple[str, bool], list[int]] = {}

    def without(self, name: str) -> list[int]:
        """Return the ids, the filter of a facet left out."""
        others = without(self._query, name, "sort", "page")
        every_kind = name == "kind"
        key = (others.urlencode(), every_kind)
        if key not in self._known:
            self._known[key] = self._read(others, every_kind)
        return self._known[key]

    def _read(self, others: QueryDict, every_kind: bool) -> list[int]:
        rows = RecommendationFilter(
            others,
            queryset=as_issued(self.reader),
            reader=self.reader,
            every_kind=every_kind,
            found=self._found,
        ).qs
        return list(rows.order_by().values_list("pk", flat=True))

    def counted(self, name: str, words: Words) -> list[dict[str, Any]]:
        """Return the values of a facet with their numbers, kept until the next act for all who count alike.

        What words find stands in the index of texts, which follows the record a moment later: not kept.
        """
        if self._query.get("q", "").strip():
            return _counted(name, words, self.reader, self.without(name))
        others = without(self._query, name, "sort", "page")
        scope = self._scope({name, *others})
        return until_next_act(
            lambda: _counted(name, words, self.reader, self.without(name)),
            "recommendations.facet",
            name,
            scope,
            others.urlencode(),
            worded=False,
        )

    def _scope(self, names: Collection[str]) -> Hashable:
        """Return what a count by dimensions of these names depends on: readers of one scope count the same.

        What a dimension of a higher room counts hangs on rights of its own: none of it goes to another
        audience, and none outlasts what the clock opens to one.
        """
        if not _registered.keys().isdisjoint(names):
            return self.reader.audience, self._clocked
        return scope_of(self.reader, by_institution="institution" in names)

    @cached_property
    def _clocked(self) -> Hashable:
        return clocked(self.reader)


def _counted(name: str, words: Words, reader: Reader, answers: list[int]) -> list[dict[str, Any]]:
    """Return the values found, each with `number`: recommendations as issued. One query, two with "none"."""
    source = SOURCES[name]
    rows = (
        source.rooted(reader)
        .filter(root__in=among(answers))
        .values(source.value, *words.extra)
        .annotate(number=Count("root", distinct=True))
    )
    blank = (None, "", False) if name in ONLY_YES else (None, "")
    found = [row for row in rows if row[source.value] not in blank]
    if name in WITH_NONE:
        filled_ones = filled(name, reader).filter(root__in=among(answers)).values("root").distinct().count()
        number = len(answers) - filled_ones
        found += [{source.value: NONE, "number": number}] if number else []
    return found


def _with_chosen(
    name: str, words: Words, reader: Reader, found: list[dict[str, Any]], chosen: Iterable[str]
) -> list[dict[str, Any]]:
    """Add the values chosen that nothing has any more, so that they can be seen and taken away."""
    source = SOURCES[name]
    there = {_as_value(row[source.value]) for row in found}
    missing = [value for value in chosen if value not in there]
    if not missing:
        return found
    usable = [value for value in missing if name not in NUMBERED or (value.isdecimal() and len(value) < 10)]
    known = {
        _as_value(row[source.value]): row
        for row in source.rooted(reader)
        .filter(**{f"{source.value}__in": source.parsed(usable)})
        .values(source.value, *words.extra)
        .distinct()
    }
    return found + [{**known.get(value, {source.value: value}), "number": 0} for value in missing]


def _label(name: str, words: Words, row: Row) -> Message:
    value = row[SOURCES[name].value]
    if value == NONE and name in WITH_NONE:
        return NONE_LABELS[name]()
    complete = all(column in row for column in words.extra)
    return words.label(row) if complete else str(value)


def _option(name: str, words: Words, row: Row, chosen: frozenset[str]) -> dict[str, Any]:
    value = _as_value(row[SOURCES[name].value])
    complete = value != NONE and all(column in row for column in words.extra)
    return {
        "value": value,
        "label": _label(name, words, row),
        "count": row["number"],
        "chosen": value in chosen,
        # Chosen ones first, "none" and unknown ones last.
        "order": (
            value not in chosen,
            not complete,
            words.order(row) if words.order and complete else -row["number"],
        ),
    }


def facet(name: str, reader: Reader, query: QueryDict, answers: Answers | None = None) -> dict[str, Any]:
    """Return one facet as the component `facet_group` takes it; facets of one page share `answers`."""
    words = _words()[name]
    chosen = frozenset(value for value in query.getlist(name) if value)
    if name == "kind" and not chosen:
        chosen = frozenset(DEFAULT_KINDS)
    counted = (answers or Answers(reader, query)).counted(name, words)
    rows = _with_chosen(name, words, reader, counted, sorted(chosen))
    options = [_option(name, words, row, chosen) for row in rows]
    options.sort(key=lambda option: (*option["order"][:2], option["order"][2], str(option["label"])))
    label = RecommendationFilter.base_filters[name].label
    return {
        "name": name,
        "label": label,
        "options": options,
        "shown": max(words.shown, len(chosen)),
        "open": words.open or bool(chosen),
    }


def facets_for(reader: Reader, query: QueryDict, found: Found | None = None) -> list[dict[str, Any]]:
    """Return the facets that the reader may use, those with nothing to choose left out.

    A yes-or-no facet is offered where somebody said yes; one of a higher room where anything has a value.
    """
    usable = set(names_for(reader))
    answers = Answers(reader, query, found)
    rows = [facet(name, reader, query, answers) for name in _words() if name in usable]
    return [row for row in rows if _is_of_use(row, query)]


def _is_of_use(row: Mapping[str, Any], query: QueryDict) -> bool:
    options = row["options"]
    if row["name"] == "kind" and "kind" not in query:
        return any(option["value"] not in DEFAULT_KINDS for option in options)
    if row["name"] in _registered:
        return any(option["value"] != NONE or option["chosen"] for option in options)
    if SOURCES[row["name"]].flag:
        return any(option["value"] == YES or option["chosen"] for option in options)
    return bool(options)


def _without(query: QueryDict, name: str, value: str | None = None) -> str:
    rest = without(query, "page")
    if value is None:
        rest.pop(name, None)
    else:
        rest.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    return f"?{rest.urlencode()}"


def chips(
    facets: Iterable[Mapping[str, Any]], query: QueryDict, *, words_too: bool = True
) -> list[dict[str, Any]]:
    """Return the filters in force, each with the address without it; the kind listed anyway is none."""
    words = query.get("q", "").strip() if words_too else ""
    found = [{"facet": _("Search"), "label": words, "url": _without(query, "q")}] if words else []
    listed_anyway = query.getlist("kind") == DEFAULT_KINDS
    found += [
        {
            "facet": row["label"],
            "label": option["label"],
            "url": _without(query, row["name"], option["value"]),
        }
        for row in facets
        for option in row["options"]
        if option["value"] in query.getlist(row["name"]) and not (row["name"] == "kind" and listed_anyway)
    ]
    return found
