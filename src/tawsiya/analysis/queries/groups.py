"""Read groups for their pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Count,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.queries.group_material import reading_of, text_for_reading
from tawsiya.analysis.similar import Reading, reason_between
from tawsiya.recommendations.choices import GroupState, MemberState
from tawsiya.recommendations.models import Group, GroupMember, Recommendation
from tawsiya.recommendations.queries import (
    groups_for,
    places_for,
    recommendations_for,
    with_everything,
)
from tawsiya.recommendations.reading import reader_language

SIZES = (("small", 2, 3), ("middle", 4, 7), ("large", 8, None))


def listed_groups(reader: Reader) -> QuerySet[Group]:
    """Return the groups of the list, each with `size`, `size_band`, `newcomers`; dissolved ones left out.

    `standing` joins the members that the reader counts.
    """
    proposed = Q(state=MemberState.PROPOSED)
    bands = [
        When(Q(size__gte=least) & (Q(size__lte=most) if most else Q()), then=Value(name))
        for name, least, most in SIZES
    ]
    return (
        groups_for(reader)
        .exclude(state=GroupState.DISSOLVED)
        .annotate(
            size=_count(Q(state=MemberState.CONFIRMED) | (proposed & Q(group__state=GroupState.PROPOSED))),
            newcomers=_count(proposed & Q(group__state=GroupState.CONFIRMED)),
            standing=FilteredRelation("members", condition=Q(members__state__in=_states_seen(reader))),
        )
        .annotate(size_band=Case(*bands, default=Value("small")))
    )


def _count(counting: Q) -> Coalesce:
    """Return how many members of a group answer a condition."""
    rows = GroupMember.objects.filter(counting, group=OuterRef("pk")).order_by().values("group")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), Value(0))


def _states_seen(reader: Reader) -> list[str]:
    return [MemberState.CONFIRMED, MemberState.PROPOSED] if reader.is_delegation else [MemberState.CONFIRMED]


def with_members(rows: QuerySet[Group], reader: Reader) -> QuerySet[Group]:
    """Fetch what a row of the list says of its members, in a constant number of queries."""
    items = with_everything(recommendations_for(reader), reader)
    places = places_for(reader).exclude(state__in=[MemberState.REJECTED, MemberState.NEAR])
    return rows.prefetch_related(
        Prefetch(
            "members",
            places.prefetch_related(Prefetch("recommendation", items)).order_by("pk"),
            to_attr="places_seen",
        )
    )


@dataclass(frozen=True)
class Said:
    """What a member shares with its group, in words of its own text."""

    kind: str
    words: str


@dataclass
class Place:
    """A member as the group's page shows it.

    Attributes:
        pieces: the text cut where a word says why the member belongs: (words, whether they do).
    """

    member: GroupMember
    item: Recommendation
    language: str
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    reasons: list[Said] = field(default_factory=list)


@dataclass
class Members:
    """The places of a group by what they are to it."""

    confirmed: list[Place] = field(default_factory=list)
    proposed: list[Place] = field(default_factory=list)
    near: list[Place] = field(default_factory=list)
    rejected: list[Place] = field(default_factory=list)

    def standing(self, group: Group) -> list[Place]:
        """Return those that make the group: the confirmed, or the proposed where it is a proposal."""
        return self.proposed if group.state == GroupState.PROPOSED else self.confirmed


def members_of(reader: Reader, group: Group) -> Members:
    """Return the members that a reader sees, each with the reason it belongs, oldest document first."""
    items = with_everything(recommendations_for(reader), reader)
    rows = (
        places_for(reader)
        .filter(group=group)
        .prefetch_related(Prefetch("recommendation", items))
        .order_by(
            "recommendation__document__body__code",
            "recommendation__document__published_on",
            "recommendation__sort_key",
        )
    )
    found, wanted = Members(), (reader_language(),)
    readings: dict[int, Reading] = {}
    for row in rows:
        item = row.recommendation
        readings[item.pk] = reading_of(item, wanted)
        _text, language = text_for_reading(item, wanted)
        getattr(found, row.state).append(Place(row, item, language or ""))
    standing = [place.item.pk for place in found.standing(group)]
    for place in (*found.confirmed, *found.proposed, *found.near, *found.rejected):
        _explain(place, readings, [pk for pk in standing if pk != place.item.pk], wanted)
    return found


def _explain(
    place: Place, readings: dict[int, Reading], others: Sequence[int], wanted: Sequence[str]
) -> None:
    """Cut a member's text at the words that say why it belongs, and name each reason by them."""
    text, _language = text_for_reading(place.item, wanted)
    marked: set[tuple[int, int]] = set()
    seen = set()
    for reason in reason_between(readings[place.item.pk], [readings[pk] for pk in others]):
        words = " ".join(text[start:end] for start, end in reason.spans)
        marked |= set(reason.spans)
        if words.lower() not in seen and len(place.reasons) < 6:
            seen.add(words.lower())
            place.reasons.append(Said(reason.kind, words))
    at = 0
    for start, end in sorted(marked):
        if start >= at:
            place.pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    place.pieces.append((text[at:], False))


def other_groups(reader: Reader, group: Group) -> QuerySet[Any]:
    """Return the confirmed groups into which another can be merged, by title."""
    return groups_for(reader).filter(state=GroupState.CONFIRMED).exclude(pk=group.pk).order_by("pk")
