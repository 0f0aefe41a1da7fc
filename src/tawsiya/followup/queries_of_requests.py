"""Read questionnaires and replies: always through `visibility`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core import clock
from tawsiya.followup.choices import ContributionState, ExtensionState, QuestionnaireState
from tawsiya.followup.measures_asked import answered_by_reports_alone
from tawsiya.followup.models import Answer, Extension, Question, Questionnaire, Reply
from tawsiya.followup.visibility.requests import (
    answers_readable_by,
    can_read_answers,
    extensions_visible_to,
    questionnaires_visible_to,
    replies_visible_to,
)
from tawsiya.recommendations.models import Recommendation

INSIDE = (
    ContributionState.DRAFT,
    ContributionState.WITH_VALIDATOR,
    ContributionState.RETURNED_BY_VALIDATOR,
)
# The institution's turn: what is reminded, and what is late after the deadline.
OWED = (*INSIDE, ContributionState.RETURNED_BY_DELEGATION)
ARRIVED = (ContributionState.WITH_DELEGATION, ContributionState.VALIDATED)
# What readers outside the institution are told of a reply that is being written there.
AWAITED = "awaited"


def today() -> date:
    """Return the day by which deadlines are judged."""
    return timezone.localdate(clock.now())


def _arrived(reader: Reader) -> Q:
    """Return the filter of replies of which the reader may know that they reached the delegation."""
    return answers_readable_by(reader) & Q(state__in=ARRIVED)


def _late(reader: Reader) -> Q:
    """Return the filter of replies past their deadline, as far as the reader knows: it betrays nothing."""
    out = Q(questionnaire__state=QuestionnaireState.SENT, deadline__lt=today())
    return out & ~_arrived(reader)


def questionnaires_for(reader: Reader) -> QuerySet[Questionnaire]:
    """Return the questionnaires a reader sees, with how many replies are owed to it, sent, and late.

    `asked`, `arrived`, `late` count replies that the reader sees.
    """
    seen = Reply.objects.filter(replies_visible_to(reader), questionnaire=OuterRef("pk")).order_by()

    def number(condition: Q) -> Subquery:
        rows = seen.filter(condition).values("questionnaire").annotate(number=Count("pk")).values("number")
        return Subquery(rows)

    return (
        Questionnaire.objects.filter(questionnaires_visible_to(reader))
        .annotate(
            asked=number(Q()),
            arrived=number(_arrived(reader)),
            late=number(_late(reader)),
        )
        .select_related("review__body", "created_by")
    )


def replies_for(reader: Reader) -> QuerySet[Reply]:
    """Return the replies a reader sees.

    `shown_state`, `is_late` and `arrived_at` are what that reader may know.
    """
    readable = answers_readable_by(reader)
    return (
        Reply.objects.filter(replies_visible_to(reader))
        .annotate(
            shown_state=Case(
                When(readable, then=F("state")), default=Value(AWAITED), output_field=CharField()
            ),
            is_late=Case(
                When(_late(reader), then=Value(True)), default=Value(False), output_field=BooleanField()
            ),
            arrived_at=Case(When(_arrived(reader), then=F("sent_at"))),
        )
        .select_related("institution", "questionnaire__review__body")
    )


def owed_by(reader: Reader) -> QuerySet[Reply]:
    """Return the replies that wait for a reader who writes or validates: the figure in the navigation."""
    writing = {pk for grant in reader.grants_for(Act.CONTRIBUTE) for pk in grant.covers}
    approving = {pk for grant in reader.grants_for(Act.VALIDATE_FOR_INSTITUTION) for pk in grant.covers}
    written = Q(institution_id__in=writing, state__in=OWED) & ~Q(state=ContributionState.WITH_VALIDATOR)
    approved = Q(institution_id__in=approving, state=ContributionState.WITH_VALIDATOR)
    mine = written | approved
    if any(True for _ in reader.grants_for(Act.VALIDATE_FOR_DELEGATION)):
        mine |= Q(state=ContributionState.WITH_DELEGATION)
    return replies_for(reader).filter(mine, questionnaire__state=QuestionnaireState.SENT)


def extensions_for(reader: Reader) -> QuerySet[Extension]:
    """Return the requests for more time a reader sees."""
    return Extension.objects.filter(extensions_visible_to(reader)).select_related(
        "reply__institution", "reply__questionnaire"
    )


def undecided_extensions(reader: Reader) -> QuerySet[Extension]:
    """Return the requests for more time that wait for a decision."""
    return extensions_for(reader).filter(state=ExtensionState.ASKED)


def questions_put_to(reply: Reply) -> QuerySet[Question]:
    """Return the questions that an institution answers, in their order."""
    mine = Q(only_for=[]) | Q(only_for__contains=[reply.institution_id])
    return (
        Question.objects.filter(mine, questionnaire=reply.questionnaire_id)
        .select_related("recommendation__document")
        .prefetch_related("recommendation__texts")
        .order_by("order")
    )


def answers_to(reader: Reader, reply: Reply) -> dict[int, Answer]:
    """Return the answers of a reply by question, as far as the reader may read them."""
    if not can_read_answers(reader, reply):
        return {}
    return {row.question_id: row for row in Answer.objects.filter(reply=reply)}


def items_of_review(review_id: int) -> QuerySet[Recommendation]:
    """Return what was recommended in a review, as issued: parts stand with their paragraph."""
    return (
        Recommendation.objects.filter(
            document__review_id=review_id, parent__isnull=True, withdrawn_at__isnull=True
        )
        .select_related("document")
        .order_by("document__symbol", "sort_key", "pk")
    )


@dataclass(frozen=True)
class Filled:
    """How many questions an institution has to answer, and how many of them it has."""

    questions: int
    answered: int


def filled(replies: Sequence[Reply]) -> Mapping[int, Filled]:
    """Return for each reply how far it is filled in; for replies whose answers the reader may read."""
    answered = dict(
        Answer.objects.filter(reply__in=replies)
        .order_by()
        .values_list("reply_id")
        .annotate(number=Count("pk"))
    )
    reported = answered_by_reports_alone(replies)
    questions: dict[int, list[list[int]]] = {}
    rows = Question.objects.filter(questionnaire__in={reply.questionnaire_id for reply in replies})
    for questionnaire, only_for in rows.values_list("questionnaire_id", "only_for"):
        questions.setdefault(questionnaire, []).append(only_for)
    found = {}
    for reply in replies:
        put = questions.get(reply.questionnaire_id, [])
        number = sum(1 for only_for in put if not only_for or reply.institution_id in only_for)
        found[reply.pk] = Filled(number, answered.get(reply.pk, 0) + reported.get(reply.pk, 0))
    return found
