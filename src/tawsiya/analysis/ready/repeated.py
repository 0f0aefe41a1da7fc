"""What bodies ask again from review to review, and what the State answered each time.

A group repeats where recommendations of it stand in two cycles of the UPR or more, or in two reviews by the
same treaty body or more. A group that repeats before two bodies is two rows. Withdrawn ones and paragraphs
that are no recommendations count for nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.queries.groups import listed_groups, with_members
from tawsiya.analysis.ready.sifting import Trait
from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.mechanisms.choices import ReviewKind
from tawsiya.mechanisms.models import Body, Review
from tawsiya.recommendations.choices import GroupState, Kind, MemberState, Position, Status
from tawsiya.recommendations.models import Group, Recommendation
from tawsiya.recommendations.reading import review_name
from tawsiya.recommendations.visibility import sight_of

ACCEPTED, NOT_ALWAYS, NO_ANSWER = "accepted", "not_always", "no_answer"
ANSWERS: dict[str, Message] = {
    ACCEPTED: gettext_lazy("Accepted each time"),
    NOT_ALWAYS: gettext_lazy("Not accepted each time"),
    NO_ANSWER: gettext_lazy("The body asks for no answer"),
}
NO_STATUS = "no_status"


@dataclass(frozen=True)
class Round:
    """One review in which it was asked, with the recommendations that asked it."""

    review: Review
    items: tuple[Recommendation, ...]

    @property
    def name(self) -> str:
        """The cycle and year of the review."""
        return review_name(self.review)

    @property
    def positions(self) -> list[str]:
        """The State's positions, each once; a lettered part has its paragraph's."""
        return sorted({_position(item) for item in self.items if _position(item)})

    @property
    def is_accepted(self) -> bool:
        """Whether all that was asked was supported; what has no known position is not."""
        return all(_position(item) == Position.SUPPORTED for item in self.items)


@dataclass(frozen=True)
class Repeat:
    """A group that one body repeats. `statuses`: status now and how many recommendations have it."""

    group: Group
    body: Body
    rounds: tuple[Round, ...]
    statuses: tuple[tuple[str, int], ...]

    @property
    def answer(self) -> str:
        """What the State answered over all reviews: a key of `ANSWERS`."""
        if any(each.review.kind == ReviewKind.UPR_REVIEW for each in self.rounds):
            return ACCEPTED if all(each.is_accepted for each in self.rounds) else NOT_ALWAYS
        return NO_ANSWER

    @property
    def title(self) -> str:
        """The group's title in the reader's language, its number where it has none."""
        return text_of(self.group.names) or _("Group no. %(number)s") % {"number": self.group.pk}

    @property
    def count(self) -> int:
        """How many recommendations asked it."""
        return sum(len(each.items) for each in self.rounds)


def repeats(reader: Reader) -> list[Repeat]:
    """Return what repeats, of the groups that a reader sees: the longest repeated first."""
    found = []
    for group in with_members(listed_groups(reader), reader):
        by_body: dict[int, list[Recommendation]] = defaultdict(list)
        for item in standing_members(group):
            if item.document.review is not None:
                by_body[item.document.body_id].append(item)
        for items in by_body.values():
            rounds = _rounds(items)
            if len(rounds) > 1:
                found.append(Repeat(group, items[0].document.body, rounds, _statuses(reader, items)))
    found.sort(key=lambda row: (-len(row.rounds), -row.count, row.group.pk, row.body.code))
    return found


def standing_members(group: Group) -> list[Recommendation]:
    """Return the recommendations that make a group (from `with_members`), withdrawn ones left out."""
    state = MemberState.PROPOSED if group.state == GroupState.PROPOSED else MemberState.CONFIRMED
    return [
        place.recommendation
        for place in group.places_seen  # type: ignore[attr-defined]  # set by with_members
        if place.state == state
        and place.recommendation.withdrawn_at is None
        and place.recommendation.kind == Kind.RECOMMENDATION
    ]


def traits(reader: Reader, rows: Sequence[Repeat]) -> list[Trait]:
    """Return what the list is sifted by; by status only for who sees statuses (DOMAIN §9)."""
    names = {row.body.code: text_of(row.body.names) or row.body.code for row in rows}
    states: dict[str, Message] = {state.value: state.label for state in GroupState}
    statuses: dict[str, Message] = {NO_STATUS: gettext_lazy("No status yet")}
    statuses |= {status.value: status.label for status in Status}
    found = [
        Trait(
            "answer",
            gettext_lazy("Answer"),
            lambda row: [row.answer],
            lambda value: ANSWERS.get(value, value),
            usual=(ACCEPTED, NO_ANSWER),
        ),
        Trait(
            "state",
            gettext_lazy("State"),
            lambda row: [row.group.state],
            lambda value: states.get(value, value),
        ),
        Trait(
            "body", gettext_lazy("Body"), lambda row: [row.body.code], lambda value: names.get(value, value)
        ),
        Trait("times", gettext_lazy("Number of reviews"), lambda row: [str(len(row.rounds))], str),
    ]
    if sight_of(reader).status:
        found.append(
            Trait(
                "status",
                gettext_lazy("Status"),
                lambda row: [status for status, _count in row.statuses],
                lambda value: statuses.get(value, value),
            )
        )
    return found


def _position(item: Recommendation) -> str:
    return item.position or (item.parent.position if item.parent else "")


def _rounds(items: Sequence[Recommendation]) -> tuple[Round, ...]:
    """Return the reviews in which some recommendations of one body stand, the oldest first."""
    by_review: dict[int, list[Recommendation]] = defaultdict(list)
    reviews: dict[int, Review] = {}
    for item in sorted(items, key=lambda one: (one.sort_key, one.pk)):
        review = item.document.review
        if review is not None:
            by_review[review.pk].append(item)
            reviews[review.pk] = review
    order = sorted(reviews.values(), key=lambda one: (one.cycle or 0, one.year or 0, one.pk))
    return tuple(Round(review, tuple(by_review[review.pk])) for review in order)


def _statuses(reader: Reader, items: Sequence[Recommendation]) -> tuple[tuple[str, int], ...]:
    if not sight_of(reader).status:
        return ()
    return tuple(Counter(item.status or NO_STATUS for item in items).most_common())
