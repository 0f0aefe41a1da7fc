"""Whose report counts for an assignment: the one rule of what an institution still owes.

An assignment is reported on once a contribution on its item, or on a part of it, was handed in by
 - the institution itself;
 - one that it replaced, whenever that was (renamed, merged: `Institution.successor`): what the former name
   reported, the new one has reported, and what the former name left under way is under way;
 - a directorate of it: an assignment passed on and taken back carries what the directorate wrote;
 - its ministry, or one that the ministry replaced, where the ministry passed the assignment on to it.

A plain change of lead is none of these: another institution was asked, and owes a report of its own whatever
the former lead handed in; the former lead owes nothing any more, since its assignment ended. And whoever has
an open assignment of its own on the item speaks for itself: a directorate that supports where its ministry
leads has not reported in the ministry's name.

Lists, lateness, reminders, calendars, turns, handover and steering all ask here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from tawsiya.accounts.queries import institution_links, reached
from tawsiya.audit.kept import until_next_act
from tawsiya.followup.choices import OPEN
from tawsiya.followup.models import Assignment, Contribution

# The column that `with_names` gives assignments.
_NAMES = "other_names"
_ARRAY: "ArrayField[Any, Any]" = ArrayField(BigIntegerField())


class _AnyOf(Func):
    """Whether a column is among the values of an array, written so that an index on the column serves."""

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()


@dataclass(frozen=True)
class _Names:
    """In whose names else an assignment is reported on, by its institution: usually, and passed on to it.

    Institutions without any are left out.
    """

    usual: Mapping[int, frozenset[int]]
    passed: Mapping[int, frozenset[int]]
    heirs: Mapping[int, int]  # of a replaced institution, the one in charge today
    ministries: Mapping[int, int]  # of a directorate, or of one that a directorate replaced

    def __bool__(self) -> bool:
        return bool(self.usual)

    def of(self, assignment: Assignment) -> frozenset[int]:
        """Return the other names under which an assignment is reported on."""
        names = self.passed if assignment.passed_from_id else self.usual
        return names.get(assignment.institution_id, frozenset())


def _names() -> _Names:
    return until_next_act(_read_names, "followup.names", worded=False)


def _read_names() -> _Names:
    links = institution_links()
    replaced: dict[int, set[int]] = defaultdict(set)
    covered: dict[int, set[int]] = defaultdict(set)
    for pk, parent, successor in links:
        if successor is not None:
            replaced[successor].add(pk)
        for near in {parent, successor} - {None}:
            covered[near or 0].add(pk)
    parents = {pk: parent for pk, parent, _successor in links}
    after = {pk: successor for pk, _parent, successor in links}
    heirs = {pk: _last(pk, after) for pk in after if after[pk] is not None}
    return _Names(
        usual={pk: reached(pk, covered) - {pk} for pk in covered},
        passed={
            pk: (reached(pk, covered) - {pk}) | reached(parent, replaced)
            for pk, parent, _successor in links
            if parent is not None
        },
        heirs=heirs,
        ministries={
            pk: heirs.get(above, above)
            for pk in parents
            for above in [parents[heirs.get(pk, pk)] or parents[pk]]
            if above is not None
        },
    )


def _last(pk: int, after: Mapping[int, int | None]) -> int:
    while (successor := after[pk]) is not None:
        pk = successor
    return pk


def with_names(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Return assignments with the column that `in_its_name` looks up."""
    names = _names()
    cases = [
        When(institution_id=pk, passed_from__isnull=False, then=Value(sorted(others), _ARRAY))
        for pk, others in sorted(names.passed.items())
    ]
    cases += [
        When(institution_id=pk, then=Value(sorted(others), _ARRAY))
        for pk, others in sorted(names.usual.items())
    ]
    return rows.alias(**{_NAMES: Case(*cases, default=Value([], _ARRAY), output_field=_ARRAY)})


def reported(*conditions: Q) -> Q:
    """Return the filter of assignments on which such a contribution counts.

    Several questions rather than one with an OR, and each by what is equal: so PostgreSQL answers each from
    an index, or once for all rows.

    Args:
        conditions: on the contribution: who may see it, where it stands.
    """
    written = Contribution.objects.filter(*conditions)
    asked = _on_item_or_part(written.filter(institution=OuterRef("institution")))
    names = _names()
    if not names:
        return asked
    opened = Assignment.objects.filter(institution_id=OuterRef("institution_id"), state__in=OPEN)
    places = (OuterRef("recommendation_id"), OuterRef("recommendation__parent_id"))
    for_itself = [When(Exists(opened.filter(recommendation_id=place)), then=Value(False)) for place in places]
    # A CASE, so that it is asked of the few rows that are left and not joined to all assignments.
    others = written.filter(Q(Case(*for_itself, default=Value(True), output_field=BooleanField())))
    for charged in (names.heirs, names.ministries):
        if charged:
            above = Case(*(When(institution_id=pk, then=Value(heir)) for pk, heir in sorted(charged.items())))
            rows = others.filter(institution_id__in=sorted(charged)).alias(above=above)
            asked |= _on_item_or_part(rows.filter(above=OuterRef("institution")))
    if names.passed:
        heirs = [When(institution_id=pk, then=Value(heir)) for pk, heir in sorted(names.heirs.items())]
        rows = others.alias(above=Case(*heirs, default=F("institution_id")))
        asked |= Q(passed_from__isnull=False) & (
            _on_item_or_part(others.filter(institution=OuterRef("passed_from")))
            | _on_item_or_part(rows.filter(above=OuterRef("passed_from")))
        )
    return asked


def _on_item_or_part(written: QuerySet[Contribution]) -> Q:
    on_item = written.filter(recommendation=OuterRef("recommendation"))
    on_part = written.filter(recommendation__parent=OuterRef("recommendation"))
    return Q(Exists(on_item)) | Q(Exists(on_part))


def in_its_name() -> Q:
    """Return the filter of events by institution, inside a query on assignments `with_names`."""
    own = Q(institution_id=OuterRef("institution_id"))
    return own | Q(_AnyOf(F("institution_id"), OuterRef(_NAMES))) if _names() else own


def counting_for(
    assignment: Assignment, texts: Iterable[Contribution], opened: Collection[Assignment]
) -> list[Contribution]:
    """Return those of some contributions that count for an assignment: `reported`, for rows at hand.

    Args:
        texts: with `recommendation`.
        opened: the open assignments of its item, and of the item's parts.
    """
    names = _names().of(assignment)
    own = {(row.recommendation_id, row.institution_id) for row in opened if row.state in OPEN}
    item = assignment.recommendation_id
    found = []
    for text in texts:
        places = {text.recommendation_id, text.recommendation.parent_id}
        if item not in places:
            continue
        itself = any((place, text.institution_id) in own for place in places)
        if text.institution_id == assignment.institution_id or (text.institution_id in names and not itself):
            found.append(text)
    return found
