"""Reminders of assignments: what is owed, who is told of how much, and when it stops."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tawsiya.accounts.choices import MailPace, Role
from tawsiya.accounts.models import Institution, User
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.assignments import act_on_assignment, assign_recommendations
from tawsiya.followup.commands.contributions import act_on_contribution
from tawsiya.followup.commands.paces import set_pace
from tawsiya.followup.commands.reminders_of_assignments import remind_of_assignments
from tawsiya.followup.models import Assignment, AssignmentPace
from tawsiya.followup.pace import Pace, answer_due
from tawsiya.notifications.models import Notification, OutboxMail
from tawsiya.notifications.sentences import render, still_holds
from tests import factories
from tests.followup.cast import Cast

ASKED, DEADLINE = date(2031, 3, 1), date(2031, 4, 30)
PACE = Pace(before=(7, 1), every=7, validator_after=8, head_after=15)


def at(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


def days(number: int, since: date = DEADLINE) -> datetime:
    return at(since + timedelta(days=number))


@pytest.fixture
def health(db) -> Institution:
    factories.make_instance()
    ministry = factories.make_institution(names={"en": "Health", "fr": "Santé", "ar": "الصحة"})
    for role in (Role.FOCAL_POINT, Role.VALIDATOR, Role.HEAD):
        factories.make_person(role, ministry, name=role.value)
    factories.make_person(Role.COORDINATOR, None, name="coordinator")
    set_pace(pace=PACE, answer_within=10, by=factories.coordinator())
    return ministry


def assign(ministry: Institution, *, number: int = 1, accept: bool = True) -> list[Assignment]:
    document = factories.make_document(symbol="CERD/C/XTM/CO/1")
    items = [factories.make_recommendation(document=document, paragraph=str(n + 1)) for n in range(number)]
    with clock.at(at(ASKED)):
        rows = assign_recommendations(
            recommendations=items,
            lead=ministry,
            supporting=[],
            deadline=DEADLINE,
            by=factories.coordinator(),
        )
        if accept:
            by = factories.reader_in(ministry, Role.FOCAL_POINT)
            rows = [act_on_assignment(assignment=row, action="accept", by=by) for row in rows]
    remind_of_assignments(at(ASKED))  # nothing is overdue when reminders begin
    forget()
    return rows


def forget() -> None:
    OutboxMail.objects.all().delete()
    Notification.objects.all().delete()


def told() -> list[tuple[str, str]]:
    """Return who was told what, of the people named below; the factories' others are left out."""
    named = ("focal_point", "validator", "head", "coordinator")
    rows = Notification.objects.filter(recipient__name__in=named).order_by("pk")
    return [(row.recipient.name, render(row.code, row.params)[0]) for row in rows]


@pytest.mark.parametrize(
    ("within", "deadline", "due"),
    [
        (14, None, "2031-03-15"),
        (14, date(2031, 4, 30), "2031-03-15"),
        # The answer is never awaited longer than the contribution itself,
        (14, date(2031, 3, 10), "2031-03-10"),
        # and never due before it was asked for.
        (14, date(2031, 2, 1), "2031-03-01"),
    ],
)
def test_an_answer_is_due_within_days_and_before_the_deadline(
    within: int, deadline: date | None, due: str
) -> None:
    assert answer_due(ASKED, within, deadline) == date.fromisoformat(due)


def test_one_message_tells_of_all_that_is_due_on_a_day(health: Institution) -> None:
    assign(health, number=3)
    remind_of_assignments(days(-8))
    assert told() == []
    remind_of_assignments(days(-7))
    remind_of_assignments(days(-7))
    remind_of_assignments(days(-4))
    assert told() == [("focal_point", "Reminder: 3 recommendations, due on 30 Apr 2031")]
    row = Notification.objects.get()
    assert (row.url_name, row.url_args) == ("followup:assignments", [])
    assert render(row.code, row.params)[1] == (
        "The contributions of Health are due on 30 Apr 2031:\n\n"
        "CERD/C/XTM/CO/1 § 1\nCERD/C/XTM/CO/1 § 2\nCERD/C/XTM/CO/1 § 3"
    )


def test_it_climbs_and_the_delegation_is_told_with_the_head(health: Institution) -> None:
    assign(health)
    late = "Overdue: CERD/C/XTM/CO/1 § 1, was due on 30 Apr 2031"
    remind_of_assignments(days(1))
    assert told() == [("focal_point", late)]
    forget()
    remind_of_assignments(days(8))
    assert told() == [("focal_point", late), ("validator", late)]
    forget()
    remind_of_assignments(days(15))
    assert told() == [
        ("focal_point", late),
        ("validator", late),
        ("head", late),
        ("coordinator", "Still overdue: Health, CERD/C/XTM/CO/1 § 1"),
    ]


def test_what_nobody_answered_is_reminded_of_until_it_is(health: Institution) -> None:
    (row,) = assign(health, accept=False)
    remind_of_assignments(days(-7, since=date(2031, 3, 11)))
    remind_of_assignments(days(1, since=date(2031, 3, 11)))
    assert told() == [
        ("focal_point", "Answer awaited: CERD/C/XTM/CO/1 § 1, by 11 Mar 2031"),
        ("focal_point", "Answer overdue: CERD/C/XTM/CO/1 § 1, was due on 11 Mar 2031"),
    ]
    with clock.at(days(2, since=date(2031, 3, 11))):
        by = factories.reader_in(health, Role.FOCAL_POINT)
        act_on_assignment(assignment=row, action="accept", by=by)
    remind_of_assignments(days(8, since=date(2031, 3, 11)))
    assert not Notification.objects.filter(code="assignments.answer_overdue", recipient__name="validator")


def test_a_contribution_with_the_validator_is_the_validators_turn(health: Institution) -> None:
    first, second = assign(health, number=2)
    with clock.at(days(-3)):
        text = factories.make_contribution(
            ContributionState.WITH_VALIDATOR, recommendation=first.recommendation, institution=health
        )
    remind_of_assignments(days(1))
    late = Notification.objects.filter(code="assignments.report_overdue").order_by("recipient")
    assert [(row.recipient.name, row.params["assignments"]) for row in late] == [
        ("focal_point", [second.pk]),
        ("validator", [first.pk]),
    ]
    # Handed in: nothing is owed on it any more, and a weekly mail would leave it out.
    with clock.at(days(2)):
        act_on_contribution(
            contribution=text, action="approve", by=factories.reader_in(health, Role.VALIDATOR)
        )
    assert [still_holds(row) for row in late] == [True, False]
    remind_of_assignments(days(8))
    latest = Notification.objects.filter(key__endswith=":8")
    assert {row.recipient.name: row.params["assignments"] for row in latest} == {
        "focal_point": [second.pk],
        "validator": [second.pk],
    }


def test_a_weekly_reader_gets_no_mail_of_a_reminder(health: Institution) -> None:
    assign(health)
    User.objects.filter(name="focal_point").update(mail_pace=MailPace.WEEKLY)
    remind_of_assignments(days(8))
    assert [mail.notification.recipient.name for mail in OutboxMail.objects.all()] == ["validator"]


def test_an_institution_without_people_is_told_of_to_the_delegation(db) -> None:
    factories.make_instance()
    empty = factories.make_institution(names={"en": "Fisheries"})
    factories.make_person(Role.COORDINATOR, None, name="coordinator")
    set_pace(pace=PACE, answer_within=10, by=factories.coordinator())
    assign(empty, accept=False)
    remind_of_assignments(days(1, since=date(2031, 3, 11)))
    assert ("coordinator", "Nobody to remind: Fisheries, CERD/C/XTM/CO/1 § 1") in told()


def test_the_pace_is_the_coordinators_and_stands_in_the_history(cast: Cast) -> None:
    with pytest.raises(PermissionRefused):
        set_pace(pace=PACE, answer_within=10, by=cast.reader("analyst"))
    with pytest.raises(RuleViolated, match="after its validator"):
        set_pace(pace=Pace((7,), 7, 15, 8), answer_within=10, by=cast.reader("coordinator"))
    set_pace(pace=PACE, answer_within=10, by=cast.reader("coordinator"))
    set_pace(pace=PACE, answer_within=10, by=cast.reader("coordinator"))
    assert AssignmentPace.objects.get().remind_before == [7, 1]
    page = cast.client("coordinator").get("/en/assignments/pace/")
    assert page.content.decode().count("coordinator set the pace of assignments, in days: to answer 10;") == 1
