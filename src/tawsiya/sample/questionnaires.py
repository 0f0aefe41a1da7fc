"""The sample State's questionnaires: one that is late, one that runs, one in preparation.

Their days count from the day on which the sample is loaded, so that deadlines are always ahead or just past.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from tawsiya.core import clock
from tawsiya.followup.choices import QuestionKind, QuestionnaireKind
from tawsiya.followup.commands.extensions import ask_for_time
from tawsiya.followup.commands.questionnaires import (
    QuestionFacts,
    QuestionnaireFacts,
    act_on_questionnaire,
    paste_questions,
    prepare_questionnaire,
    set_questions,
)
from tawsiya.followup.commands.replies import Given, act_on_reply, save_answers
from tawsiya.followup.models import Question, Questionnaire, Reply
from tawsiya.followup.pace import Pace
from tawsiya.followup.queries_of_requests import questions_put_to
from tawsiya.mechanisms.models import Review
from tawsiya.sample.data import ZONE, Row, read
from tawsiya.sample.people import Cast

PACE = Pace(before=(14, 7, 1), every=7, validator_after=8, head_after=22)
# The way of a reply to each state: the action, and who takes it.
WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "draft": (),
    "with_validator": (("submit", "author"),),
    "with_delegation": (("submit", "author"), ("approve", "validator")),
    "validated": (("submit", "author"), ("approve", "validator"), ("validate", "coordinator")),
    "returned_by_delegation": (
        ("submit", "author"),
        ("approve", "validator"),
        ("send_back", "coordinator"),
    ),
}


def _day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


def _moment(offset: int, minute: int = 0) -> datetime:
    return datetime.combine(_day(offset), time(10, minute), tzinfo=ZONE)


def load_questionnaires(cast: Cast) -> None:
    """Ask, and let the institutions answer as far as the story says."""
    for row in read("questionnaires")["questionnaires"]:
        _ask(cast, row)


def _ask(cast: Cast, row: Row) -> None:
    by, kind = cast.reader(cast.first("coordinator")), QuestionnaireKind(row["kind"])
    asked = row.get("institutions") or [reply["institution"] for reply in row["replies"]]
    reviews = Review.objects.filter(body__code="UPR").order_by("-year")
    with clock.at(_moment(row["sent"] if row["sent"] is not None else -1)):
        questionnaire = prepare_questionnaire(
            facts=QuestionnaireFacts(
                kind=kind,
                title=row["title"],
                language=row["language"],
                deadline=_day(row["deadline"]),
                introduction=row["introduction"],
                review=reviews.first() if kind == QuestionnaireKind.REVIEW else None,
                pace=PACE,
            ),
            institutions=[cast.institutions[key] for key in asked],
            by=by,
        )
        if "questions" in row:
            set_questions(questionnaire=questionnaire, questions=_questions(row["questions"]), by=by)
        if "pasted" in row:
            paste_questions(questionnaire=questionnaire, pasted=row["pasted"], by=by)
        if row["sent"] is None:
            return
        questionnaire = act_on_questionnaire(questionnaire=questionnaire, action="send", by=by)
    for reply in row["replies"]:
        _reply(cast, questionnaire, reply)


def _questions(rows: Sequence[Row]) -> list[QuestionFacts]:
    return [
        QuestionFacts(
            text=row["text"],
            number=row["number"],
            kind=QuestionKind(row["kind"]),
            options=row.get("options", ()),
        )
        for row in rows
    ]


def _reply(cast: Cast, questionnaire: Questionnaire, row: Row) -> None:
    people = {name: cast.reader(row[name]) for name in ("author", "validator")}
    people["coordinator"] = cast.reader(cast.first("coordinator"))
    reply = Reply.objects.get(questionnaire=questionnaire, institution=cast.institutions[row["institution"]])
    with clock.at(_moment(row["on"])):
        given = {
            question.pk: _given(question, answer)
            for question, answer in zip(questions_put_to(reply), row["answers"], strict=False)
        }
        reply = save_answers(reply=reply, given=given, seen_version=reply.version, by=people["author"])
    for minute, (action, who) in enumerate(WAYS[row["state"]], 1):
        with clock.at(_moment(row["on"], minute)):
            reply = act_on_reply(
                reply=reply,
                action=action,
                by=people[who],
                reason=row["reason"] if action == "send_back" else "",
            )
    if "time" in row:
        with clock.at(_moment(row["on"], 30)):
            ask_for_time(
                reply=reply, wanted=_day(row["time"]), reason=row["time_reason"], by=people["author"]
            )


def _given(question: Question, answer: str) -> Given:
    if question.kind == QuestionKind.FIGURE:
        return Given(figure=Decimal(answer))
    if question.kind == QuestionKind.DATE:
        return Given(day=date.fromisoformat(answer))
    return Given(text=answer)
