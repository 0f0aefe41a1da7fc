"""Questionnaires by their commands: who is asked what, the way of the answers, more time, and refusals."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.audit.models import Event
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.followup.choices import QuestionKind, QuestionnaireKind
from tawsiya.followup.commands.extensions import act_on_extension, ask_for_time
from tawsiya.followup.commands.questionnaires import (
    QuestionFacts,
    act_on_questionnaire,
    paste_questions,
    prepare_questionnaire,
    set_questions,
)
from tawsiya.followup.commands.replies import Given, act_on_reply, save_answers
from tawsiya.followup.models import Question, Questionnaire, Reply
from tawsiya.followup.queries_of_requests import questionnaires_for, questions_put_to, replies_for
from tawsiya.notifications.models import Notification
from tests import factories
from tests.followup.asking import DEADLINE, answer_all, facts, reply_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> tuple[Questionnaire, Institution, Institution]:
    """A questionnaire with one question for both ministries and one for the first alone."""
    factories.make_instance()
    return send()


def test_each_institution_is_asked_its_own_questions(
    asked: tuple[Questionnaire, Institution, Institution],
) -> None:
    _row, first, second = asked
    assert [str(q) for q in questions_put_to(reply_of(first))] == ["1", "2"]
    assert [str(q) for q in questions_put_to(reply_of(second))] == ["1"]


def test_each_institution_sees_its_own_reply_only(
    asked: tuple[Questionnaire, Institution, Institution],
) -> None:
    questionnaire, first, second = asked
    for own, other in ((first, second), (second, first)):
        reader = factories.reader_in(own, Role.FOCAL_POINT)
        assert list(replies_for(reader)) == [reply_of(own)]
        assert list(questionnaires_for(reader)) == [questionnaire]
        (row,) = questionnaires_for(reader)
        assert row.asked == 1
        with pytest.raises(PermissionRefused, match="not available to you"):
            save_answers(reply=reply_of(other), given={}, seen_version=1, by=reader)
    third = factories.reader_in(factories.make_institution(), Role.VALIDATOR)
    assert not replies_for(third).exists()
    assert not questionnaires_for(third).exists()


def test_a_draft_is_the_delegations_own() -> None:
    factories.make_instance()
    ministry = factories.make_institution()
    reader = factories.reader_in(ministry, Role.FOCAL_POINT)
    row = prepare_questionnaire(facts=facts(), institutions=[ministry], by=factories.coordinator())
    assert not questionnaires_for(reader).exists()
    assert not replies_for(reader).exists()
    assert not questionnaires_for(factories.make_reader(Role.OBSERVER)).exists()
    assert questionnaires_for(factories.make_reader(Role.ANALYST)).get() == row


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.FOCAL_POINT, Role.HEAD, Role.NHRI])
def test_only_coordinators_ask(role: Role) -> None:
    factories.make_instance()
    by = factories.make_reader(role)
    with pytest.raises(PermissionRefused, match="Only a coordinator"):
        prepare_questionnaire(facts=facts(), institutions=[], by=by)


def test_a_questionnaire_is_sent_whole_or_not_at_all() -> None:
    factories.make_instance()
    by, ministry = factories.coordinator(), factories.make_institution()
    row = prepare_questionnaire(facts=facts(), institutions=[], by=by)
    with pytest.raises(RuleViolated, match="at least one institution"):
        act_on_questionnaire(questionnaire=row, action="send", by=by)
    row = prepare_questionnaire(facts=facts(), institutions=[ministry], by=by)
    with pytest.raises(RuleViolated, match="at least one question"):
        act_on_questionnaire(questionnaire=row, action="send", by=by)
    set_questions(
        questionnaire=row, questions=[QuestionFacts(text="How many?", only_for=[ministry.pk + 1])], by=by
    )
    with pytest.raises(RuleViolated, match="No question is put to"):
        act_on_questionnaire(questionnaire=row, action="send", by=by)
    late = facts(deadline=date(2020, 1, 1))
    row = prepare_questionnaire(facts=late, institutions=[ministry], by=by)
    paste_questions(questionnaire=row, pasted="1. What was done?", by=by)
    with pytest.raises(RuleViolated, match="must be ahead"):
        act_on_questionnaire(questionnaire=row, action="send", by=by)
    row.refresh_from_db()
    assert row.state == "draft"
    assert not Notification.objects.exists()


def test_questions_without_words_or_options_are_refused() -> None:
    factories.make_instance()
    by = factories.coordinator()
    row = prepare_questionnaire(facts=facts(), institutions=[], by=by)
    with pytest.raises(RuleViolated, match="Question 2 has no words"):
        set_questions(questionnaire=row, questions=[QuestionFacts("Yes?"), QuestionFacts(" ")], by=by)
    one = QuestionFacts("Which?", number="7", kind=QuestionKind.CHOICE, options=["This"])
    with pytest.raises(RuleViolated, match="Question 7 needs two options"):
        set_questions(questionnaire=row, questions=[one], by=by)
    assert not Question.objects.exists()


def test_the_items_of_a_review_go_to_those_who_lead_or_support_them() -> None:
    factories.make_instance()
    document = factories.make_document()
    items = [factories.make_recommendation(document, paragraph=f"140.{n}") for n in (1, 2, 3)]
    part = factories.make_recommendation(document, paragraph="140.3", subparagraph="a")
    first, second = factories.make_institution(), factories.make_institution()
    factories.make_assignment(recommendation=items[0], institution=first)
    factories.make_assignment(recommendation=items[1], institution=second)
    factories.make_assignment(recommendation=part, institution=second)
    row = prepare_questionnaire(
        facts=facts(QuestionnaireKind.REVIEW, review=document.review),
        institutions=[first, second],
        by=factories.coordinator(),
    )
    questions = {q.recommendation_id: q.only_for for q in row.questions.all()}
    expected = {items[0].pk: [first.pk], items[1].pk: [second.pk]}
    # A part that stands under its paragraph is asked about with it; one without is asked about itself.
    expected[items[2].pk if part.parent_id else part.pk] = [second.pk]
    assert questions == expected


def test_answers_go_from_author_to_validator_to_delegation(
    asked: tuple[Questionnaire, Institution, Institution],
) -> None:
    _row, first, _second = asked
    focal, validator = (factories.reader_in(first, role) for role in (Role.FOCAL_POINT, Role.VALIDATOR))
    coordinator, reply = factories.coordinator(), reply_of(first)
    with pytest.raises(RuleViolated, match="Not answered yet: 1, 2"):
        act_on_reply(reply=reply, action="submit", by=focal)
    reply = answer_all(reply, by=focal)
    with pytest.raises(StaleData):
        save_answers(reply=reply, given={}, seen_version=1, by=focal)
    reply = act_on_reply(reply=reply, action="submit", by=focal)
    with pytest.raises(PermissionRefused, match="Only a validator"):
        act_on_reply(reply=reply, action="approve", by=focal)
    with pytest.raises(RuleViolated, match="Give the reason"):
        act_on_reply(reply=reply, action="return", by=validator)
    # Nobody outside learns that anything is written.
    assert replies_for(coordinator).get(pk=reply.pk).shown_state == "awaited"
    reply = act_on_reply(reply=reply, action="approve", by=validator)
    row = replies_for(coordinator).get(pk=reply.pk)
    assert (row.shown_state, row.arrived_at) == ("with_delegation", reply.sent_at)
    reply = act_on_reply(reply=reply, action="send_back", by=coordinator, reason="Which year?")
    assert (reply.state, reply.return_reason) == ("returned_by_delegation", "Which year?")
    reply = act_on_reply(reply=reply, action="submit", by=focal)
    reply = act_on_reply(reply=reply, action="approve", by=validator)
    reply = act_on_reply(reply=reply, action="validate", by=coordinator)
    assert reply.state == "validated"
    codes = list(Event.objects.filter(subject_type="followup.reply").values_list("code", flat=True))
    assert codes[::-1] == [
        "reply.edited",
        "reply.with_validator",
        "reply.with_delegation",
        "reply.returned_by_delegation",
        "reply.with_validator",
        "reply.with_delegation",
        "reply.validated",
    ]
    assert questionnaires_for(coordinator).get().arrived == 1


def test_whoever_wrote_decides_nothing(asked: tuple[Questionnaire, Institution, Institution]) -> None:
    _row, first, _second = asked
    validator, reply = factories.reader_in(first, Role.VALIDATOR), reply_of(first)
    reply = act_on_reply(reply=answer_all(reply, by=validator), action="submit", by=validator)
    with pytest.raises(PermissionRefused, match="never validates it"):
        act_on_reply(reply=reply, action="approve", by=validator)


def test_an_answer_is_of_the_kind_asked(asked: tuple[Questionnaire, Institution, Institution]) -> None:
    _row, first, second = asked
    focal, reply = factories.reader_in(first, Role.FOCAL_POINT), reply_of(first)
    figure = questions_put_to(reply).get(number="2")
    for wrong in (Given(text="many"), Given(day=date(2026, 1, 1))):
        with pytest.raises(RuleViolated, match="another kind"):
            save_answers(reply=reply, given={figure.pk: wrong}, seen_version=1, by=focal)
    with pytest.raises(RuleViolated, match="not put to your institution"):
        save_answers(
            reply=reply_of(second),
            given={figure.pk: Given(figure=Decimal(1))},
            seen_version=1,
            by=factories.reader_in(second, Role.FOCAL_POINT),
        )


def test_more_time_is_asked_granted_and_refused(
    asked: tuple[Questionnaire, Institution, Institution],
) -> None:
    _row, first, second = asked
    focal, reply = factories.reader_in(first, Role.FOCAL_POINT), reply_of(first)
    coordinator, later = factories.coordinator(), DEADLINE + timedelta(days=10)
    with pytest.raises(RuleViolated, match="Give the reason"):
        ask_for_time(reply=reply, wanted=later, reason=" ", by=focal)
    with pytest.raises(RuleViolated, match="later than the present"):
        ask_for_time(reply=reply, wanted=DEADLINE, reason="Holidays", by=focal)
    with pytest.raises(PermissionRefused, match="not available"):
        ask_for_time(
            reply=reply,
            wanted=later,
            reason="Curious",
            by=factories.reader_in(second, Role.FOCAL_POINT),
        )
    extension = ask_for_time(reply=reply, wanted=later, reason="The census is late", by=focal)
    with pytest.raises(RuleViolated, match="asked for already"):
        ask_for_time(reply=reply, wanted=later, reason="Again", by=focal)
    with pytest.raises(PermissionRefused, match="Only a coordinator"):
        act_on_extension(extension=extension, action="grant", by=focal)
    with pytest.raises(RuleViolated, match="Give the reason"):
        act_on_extension(extension=extension, action="refuse", by=coordinator)
    extension = act_on_extension(extension=extension, action="refuse", by=coordinator, reason="Too late")
    assert reply_of(first).deadline == DEADLINE
    with pytest.raises(PermissionRefused, match="not possible in the present state"):
        act_on_extension(extension=extension, action="grant", by=coordinator)
    extension = ask_for_time(reply=reply, wanted=later, reason="Still late", by=focal)
    until = DEADLINE + timedelta(days=5)
    act_on_extension(extension=extension, action="grant", by=coordinator, until=until)
    assert reply_of(first).deadline == until
    assert reply_of(second).deadline == DEADLINE


def test_a_closed_questionnaire_takes_no_more_answers(
    asked: tuple[Questionnaire, Institution, Institution],
) -> None:
    questionnaire, first, second = asked
    coordinator = factories.coordinator()
    arrived = answer_all(reply_of(second), by=factories.reader_in(second, Role.FOCAL_POINT))
    arrived = act_on_reply(reply=arrived, action="submit", by=factories.reader_in(second, Role.FOCAL_POINT))
    arrived = act_on_reply(reply=arrived, action="approve", by=factories.reader_in(second, Role.VALIDATOR))
    act_on_questionnaire(questionnaire=questionnaire, action="close", by=coordinator)
    with pytest.raises(PermissionRefused, match="not possible"):
        answer_all(reply_of(first), by=factories.reader_in(first, Role.FOCAL_POINT))
    # Told: those whose answers had not arrived. What arrived is still decided on.
    told = Notification.objects.filter(code="questionnaire.closed").values_list("url_args", flat=True)
    assert {tuple(args) for args in told} == {(reply_of(first).pk,)}
    assert act_on_reply(reply=arrived, action="validate", by=coordinator).state == "validated"


def test_lateness_is_told_by_the_deadline_of_each(
    asked: tuple[Questionnaire, Institution, Institution],
) -> None:
    _row, first, second = asked
    coordinator = factories.coordinator()
    with clock.at(clock.now() + (DEADLINE - clock.now().date()) + timedelta(days=1)):
        assert {row.institution_id for row in replies_for(coordinator).filter(is_late=True)} == {
            first.pk,
            second.pk,
        }
        assert questionnaires_for(coordinator).get().late == 2
    assert not Reply.objects.filter(pk__in=replies_for(coordinator).filter(is_late=True)).exists()
