"""Read conversations: always through `visibility`."""

from dataclasses import dataclass

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution, User
from tawsiya.accounts.queries import above, people_with
from tawsiya.accounts.reader import Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.followup.choices import Circle
from tawsiya.followup.models import Assignment, Message, ReadMark
from tawsiya.followup.visibility import can_view_circle, messages_visible_to
from tawsiya.recommendations.models import Recommendation

INSTITUTION_PEOPLE = (Role.FOCAL_POINT, Role.VALIDATOR)
DELEGATION_PEOPLE = (Role.COORDINATOR, Role.ANALYST)


@dataclass(frozen=True)
class Thread:
    """A conversation on an item that a reader sees; `last` is None where nobody has written yet."""

    item: Recommendation
    circle: Circle
    institution: Institution | None
    last: Message | None = None
    unread: int = 0

    @property
    def address(self) -> list[object]:
        """The arguments of its page: item, circle, institution or 0."""
        return [self.item.pk, self.circle.value, self.institution.pk if self.institution else 0]


def involved_institutions(item: Recommendation) -> frozenset[int]:
    """Return the ids of the institutions to which an item, or its paragraph, is or was assigned."""
    rows = Assignment.objects.filter(Q(recommendation=item) | Q(recommendation__parts=item))
    return frozenset(rows.order_by().values_list("institution_id", flat=True))


def _same_thread() -> Q:
    return Q(
        recommendation_id=OuterRef("recommendation_id"),
        circle=OuterRef("circle"),
        thread_institution=OuterRef("thread_institution"),
    )


def messages_for(reader: Reader) -> QuerySet[Message]:
    """Return the messages a reader sees; `thread_institution` is 0 where no institution takes part."""
    return (
        Message.objects.filter(messages_visible_to(reader))
        .annotate(thread_institution=Coalesce(F("institution_id"), Value(0)))
        .select_related("author", "on_behalf_of", "institution", "recommendation__document")
    )


def _read_to(reader: Reader) -> Coalesce:
    """Return, inside a query on messages, how far the reader has read the conversation of each."""
    marks = ReadMark.objects.annotate(thread_institution=Coalesce(F("institution_id"), Value(0))).filter(
        _same_thread(), user_id=reader.user_id or 0
    )
    return Coalesce(Subquery(marks.values("read_to")[:1]), Value(0))


def latest_messages(reader: Reader) -> QuerySet[Message]:
    """Return the last message of each conversation a reader sees, newest first, with `unread` messages."""
    numbered = Message.objects.annotate(thread_institution=Coalesce(F("institution_id"), Value(0)))
    unread = (
        numbered.filter(_same_thread(), pk__gt=OuterRef("read_to"))
        .exclude(author_id=reader.user_id or 0)
        .order_by()
        .values("recommendation_id")
        .annotate(number=Count("pk"))
        .values("number")
    )
    later = numbered.filter(_same_thread(), pk__gt=OuterRef("pk"))
    return (
        messages_for(reader)
        .filter(~Exists(later))
        .annotate(read_to=_read_to(reader))
        .annotate(unread=Coalesce(Subquery(unread, output_field=IntegerField()), Value(0)))
        .order_by("-pk")
    )


def with_unread(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Keep the conversations of `latest_messages` in which something is unread."""
    return rows.filter(Q(("unread__gt", 0)))


def unread_threads(reader: Reader) -> int:
    """Return in how many conversations a reader has something unread: for the side navigation of every page.

    What others wrote last is kept; how far the reader has read is no act, and asked for each time.
    """
    if not (reader.own_institutions or reader.is_delegation):
        return 0
    latest = until_next_act(
        lambda: _latest_of_others(reader), "followup.latest_of_others", reader.person, worded=False
    )
    if not latest:
        return 0
    marks = ReadMark.objects.filter(user_id=reader.user_id or 0)
    rows = marks.values_list("recommendation_id", "circle", "institution_id", "read_to")
    read_to = {(item, circle, institution or 0): pk for item, circle, institution, pk in rows}
    return sum(pk > read_to.get(thread, 0) for thread, pk in latest.items())


def _latest_of_others(reader: Reader) -> dict[tuple[int, str, int], int]:
    """Return the number of the last message that somebody else wrote, by conversation a reader sees."""
    rows = messages_for(reader).exclude(author_id=reader.user_id or 0).order_by()
    latest = rows.values_list("recommendation_id", "circle", "institution_id").annotate(latest=Max("pk"))
    return {(item, circle, institution or 0): pk for item, circle, institution, pk in latest}


def messages_in(
    reader: Reader, item: Recommendation, circle: str, institution_id: int | None
) -> QuerySet[Message]:
    """Return the messages of one conversation in order, as far as the reader sees it."""
    return (
        messages_for(reader)
        .filter(Q(("thread_institution", institution_id or 0)), recommendation=item, circle=circle)
        .prefetch_related("mentions__user")
        .order_by("pk")
    )


def threads_on(reader: Reader, item: Recommendation) -> list[Thread]:
    """Return the conversations on an item that a reader takes part in, those without a message too."""
    if not (reader.own_institutions or reader.is_delegation):
        return []
    last = {
        (row.circle, row.institution_id): row for row in latest_messages(reader).filter(recommendation=item)
    }
    wanted = involved_institutions(item) | {pk for _circle, pk in last if pk is not None}
    institutions = list(Institution.objects.filter(pk__in=wanted).order_by("key"))
    places: list[tuple[Circle, Institution | None]] = [
        (circle, institution)
        for institution in institutions
        for circle in (Circle.WITH_DELEGATION, Circle.INSIDE)
    ]
    return [
        Thread(item, circle, institution, row, row.unread if row else 0)  # type: ignore[attr-defined]
        for circle, institution in [*places, (Circle.DELEGATION, None)]
        if can_view_circle(reader, circle, institution.pk if institution else None)
        for row in [last.get((circle.value, institution.pk if institution else None))]
    ]


def participants(circle: str, institution_id: int | None) -> QuerySet[User]:
    """Return the people of a conversation: whom it may mention, and nobody else."""
    chosen = Q(pk__in=[])
    if institution_id is not None:
        inside = people_with(INSTITUTION_PEOPLE, institution_ids=above(institution_id))
        chosen |= Q(pk__in=inside.values("pk"))
    if circle != Circle.INSIDE:
        chosen |= Q(pk__in=people_with(DELEGATION_PEOPLE).values("pk"))
    return User.objects.filter(chosen).order_by("name", "pk")
