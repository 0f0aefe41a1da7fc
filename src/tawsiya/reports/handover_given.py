"""What a person said elsewhere than in texts, for the handover: conversations, and figures given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from tawsiya.accounts.models import Membership, User
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import INSTITUTION_ROLES
from tawsiya.core.formats import localise_number
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import OPEN
from tawsiya.followup.figures import in_words
from tawsiya.followup.models import Answer, Assignment, Contribution, Message, ReplyAuthor
from tawsiya.followup.queries_of_messages import latest_messages
from tawsiya.followup.queries_of_requests import replies_for
from tawsiya.followup.visibility import messages_visible_to
from tawsiya.followup.visibility.requests import answers_readable_by
from tawsiya.programme.indicator_visibility import indicators_visible_to
from tawsiya.programme.models import Indicator, IndicatorValue

MOST = 200  # lines of figures; the pages of their sources hold them all


@dataclass(frozen=True)
class Talk:
    """An open conversation: its last message, and whether it waits for the institution to answer."""

    last: Message
    awaits: bool


@dataclass(frozen=True)
class Figure:
    """A figure that was given: what it says, where it stands (`source`, `path`), and when it was given."""

    words: str
    source: str
    path: str
    given_at: datetime


def talks_of(reader: Reader, successor: Reader) -> tuple[Talk, ...]:
    """Return the conversations of the institutions on items that are still assigned to them, latest first.

    Of those that both the reader and the successor take part in: the notes of the delegation never.
    """
    own = successor.own_institutions
    assigned = Assignment.objects.filter(institution_id__in=own, state__in=OPEN)
    items = assigned.values("recommendation_id")
    rows = latest_messages(reader).filter(
        messages_visible_to(successor),
        Q(recommendation__in=items) | Q(recommendation__parent__in=items),
        institution_id__in=own,
        recommendation__withdrawn_at=None,
    )
    people = set(
        Membership.objects.filter(institution_id__in=own, role__in=INSTITUTION_ROLES).values_list(
            "user_id", flat=True
        )
    )
    return tuple(Talk(row, awaits=row.author_id not in people) for row in rows)


def figures_of(
    reader: Reader, successor: Reader, person: User, said: Iterable[Contribution]
) -> tuple[Figure, ...]:
    """Return the figures that a person gave, the latest first: in contributions, answers and indicators.

    Args:
        said: the person's contributions, as far as both may see them.
    """
    own = successor.own_institutions
    found = [
        Figure(
            in_words(figure),
            str(row.recommendation),
            reverse("followup:contribution", args=[row.pk]),
            row.changed_at,
        )
        for row in said
        for figure in row.figures
    ]
    found += _answered(reader, person, own) + _recorded(reader, successor, person, own)
    return tuple(sorted(found, key=lambda one: one.given_at, reverse=True)[:MOST])


def _answered(reader: Reader, person: User, own: Iterable[int]) -> list[Figure]:
    """Return the figures in answers to questionnaires, of the institutions, that the person wrote in."""
    wrote = ReplyAuthor.objects.filter(user=person).values("reply_id")
    replies = replies_for(reader).filter(answers_readable_by(reader), institution_id__in=own, pk__in=wrote)
    answers = Answer.objects.filter(reply__in=replies.order_by().values("pk"), figure__isnull=False)
    return [
        Figure(
            f"{_question(row)}: {localise_number(row.figure)}",
            row.reply.questionnaire.title,
            reverse("followup:reply", args=[row.reply_id]),
            row.reply.changed_at,
        )
        for row in answers.select_related(
            "reply__questionnaire", "question__recommendation__document"
        ).order_by("pk")
        if row.figure is not None
    ]


def _question(row: Answer) -> str:
    question = row.question
    words = question.text or str(question.recommendation or "")
    return " ".join(filter(None, (question.number, words)))


def _recorded(reader: Reader, successor: Reader, person: User, own: Iterable[int]) -> list[Figure]:
    """Return the values of indicators that the person recorded and that nothing corrected since."""
    seen = Indicator.objects.filter(indicators_visible_to(reader)).filter(indicators_visible_to(successor))
    values = IndicatorValue.objects.filter(
        recorded_by=person,
        institution_id__in=own,
        indicator__in=seen.values("pk"),
        value__isnull=False,
        corrected_by__isnull=True,
    )
    return [
        Figure(
            f"{text_of(row.indicator.names)}, {row.period}: {localise_number(row.value)} "
            f"{text_of(row.indicator.units)}".strip(),
            row.indicator.code,
            reverse("programme:indicator", args=[row.indicator_id]),
            row.recorded_at,
        )
        for row in values.select_related("indicator").order_by("pk")
        if row.value is not None
    ]
