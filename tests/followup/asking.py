"""A questionnaire sent to two ministries, for the tests."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.followup.choices import QuestionKind, QuestionnaireKind
from tawsiya.followup.commands.questionnaires import (
    QuestionFacts,
    QuestionnaireFacts,
    act_on_questionnaire,
    prepare_questionnaire,
    set_questions,
)
from tawsiya.followup.commands.replies import Given, save_answers
from tawsiya.followup.models import Questionnaire, Reply
from tawsiya.followup.pace import Pace
from tawsiya.followup.queries_of_requests import questions_put_to
from tawsiya.mechanisms.models import Review
from tests import factories

DEADLINE = timezone.localdate() + timedelta(days=30)


def facts(
    kind: QuestionnaireKind = QuestionnaireKind.FREE,
    *,
    deadline: date = DEADLINE,
    review: Review | None = None,
    title: str = "Mid-term report",
) -> QuestionnaireFacts:
    return QuestionnaireFacts(
        kind=kind,
        title=title,
        language="en",
        deadline=deadline,
        review=review,
        pace=Pace(before=(14, 7, 1), every=7, validator_after=8, head_after=15),
    )


def send(deadline: date = DEADLINE) -> tuple[Questionnaire, Institution, Institution]:
    """Ask two ministries with a focal point and a validator each: one question of both, one of the first."""
    by = factories.coordinator()
    first, second = factories.make_institution(), factories.make_institution()
    for ministry in (first, second):
        for role in (Role.FOCAL_POINT, Role.VALIDATOR):
            factories.reader_in(ministry, role)
    row = prepare_questionnaire(facts=facts(deadline=deadline), institutions=[first, second], by=by)
    set_questions(
        questionnaire=row,
        questions=[
            QuestionFacts("What was done?", number="1"),
            QuestionFacts(
                "How many judges are women?", number="2", kind=QuestionKind.FIGURE, only_for=[first.pk]
            ),
        ],
        by=by,
    )
    return act_on_questionnaire(questionnaire=row, action="send", by=by), first, second


def reply_of(institution: Institution) -> Reply:
    return Reply.objects.select_related("questionnaire", "institution").get(institution=institution)


def answer_all(reply: Reply, *, by: Reader) -> Reply:
    given = {
        question.pk: Given(figure=Decimal("412.5"))
        if question.kind == QuestionKind.FIGURE
        else Given(text="A law was adopted.")
        for question in questions_put_to(reply)
    }
    return save_answers(reply=reply, given=given, seen_version=reply.version, by=by)
