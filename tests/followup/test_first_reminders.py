"""The first run of the reminders on a database that is years old: every message by a list written by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution, Membership, User
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.core import clock
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.assignments import act_on_assignment, assign_recommendations
from tawsiya.followup.commands.paces import set_pace
from tawsiya.followup.commands.reminders_of_assignments import remind_of_assignments
from tawsiya.followup.models import Assignment, ReminderStart
from tawsiya.followup.pace import Pace
from tawsiya.mechanisms.models import Document
from tawsiya.notifications.models import Notification, OutboxMail
from tawsiya.notifications.sentences import render, still_holds
from tests import factories

pytestmark = pytest.mark.django_db
FIRST = date(2031, 3, 3)
PEOPLE = ("ana", "bo", "cy", "dan", "eve", "kim")


@pytest.fixture
def document(db) -> Document:
    factories.make_instance()
    factories.make_person(Role.COORDINATOR, None, name="kim")
    return factories.make_document(symbol="CERD/C/XTM/CO/1")


def _ministry(name: str, **people: Role) -> Institution:
    ministry = factories.make_institution(names={"en": name})
    for person, role in people.items():
        factories.make_person(role, ministry, name=person)
    return ministry


def _give(
    document: Document, ministry: Institution, paragraph: str, deadline: date, *, accept: bool = True
) -> Assignment:
    """Assign in January 2029, years before the first run."""
    item = factories.make_recommendation(document, paragraph=paragraph)
    with clock.at(datetime(2029, 1, 8, 9, tzinfo=UTC)):
        (row,) = assign_recommendations(
            recommendations=[item],
            lead=ministry,
            supporting=[],
            deadline=deadline,
            by=factories.coordinator(),
        )
        if accept:
            row = act_on_assignment(
                assignment=row, action="accept", by=factories.reader_in(ministry, Role.FOCAL_POINT)
            )
    return row


def _run(days: int) -> list[tuple[str, str]]:
    """Run the reminders from the first day to that many days later; return who was told what, in order."""
    OutboxMail.objects.all().delete()
    Notification.objects.all().delete()
    told = []
    for day in range(days + 1):
        on = FIRST + timedelta(days=day)
        for _twice in range(2):
            remind_of_assignments(datetime.combine(on, time(6, 15), UTC))
        rows = Notification.objects.filter(created_at__date=on, recipient__name__in=PEOPLE).order_by("pk")
        told += [f"{on:%d.%m} {row.recipient.name}: {render(row.code, row.params)[0]}" for row in rows]
    return told


def test_an_old_database_is_told_of_once_and_climbs_from_then_on(document: Document) -> None:
    health = _ministry("Health", ana=Role.FOCAL_POINT, bo=Role.VALIDATOR, cy=Role.HEAD)
    justice = _ministry("Justice", dan=Role.FOCAL_POINT, eve=Role.VALIDATOR)
    empty = factories.make_institution(names={"en": "Fisheries"})
    # Dan is the focal point of Health too, as Ana is.
    with audit.change("membership.granted", by=audit.SYSTEM) as event:
        event.subject = Membership.objects.create(
            user=User.objects.get(name="dan"),
            institution=health,
            role=Role.FOCAL_POINT,
            starts_on=date(2020, 1, 1),
        )
    _give(document, health, "11", date(2029, 6, 30))
    _give(document, health, "12", date(2030, 6, 30))
    _give(document, health, "13", date(2030, 9, 30), accept=False)
    handed_in = _give(document, health, "14", date(2030, 9, 30))
    factories.make_contribution(
        ContributionState.WITH_DELEGATION, recommendation=handed_in.recommendation, institution=health
    )
    waiting = _give(document, justice, "15", date(2030, 9, 30))
    with clock.at(datetime(2030, 9, 1, 9, tzinfo=UTC)):
        factories.make_contribution(
            ContributionState.WITH_VALIDATOR, recommendation=waiting.recommendation, institution=justice
        )
    _give(document, empty, "16", date(2030, 9, 30), accept=False)
    # Due on the day of the first run, and a fortnight later: neither is overdue then.
    _give(document, justice, "17", FIRST)
    _give(document, justice, "18", FIRST + timedelta(days=14))

    assert _run(24) == [
        # Each person once, of all that is overdue and is its step, in whichever institution; nobody above.
        "03.03 ana: Overdue when reminders began: 3 recommendations",
        "03.03 dan: Overdue when reminders began: 3 recommendations",
        "03.03 eve: Overdue when reminders began: CERD/C/XTM/CO/1 § 15",
        # § 17 is a day late. The reminder of § 18 of fourteen days before fell on the first day: it is not sent.
        "04.03 dan: Overdue: CERD/C/XTM/CO/1 § 17, was due on 3 Mar 2031",
        # § 18, seven days before.
        "10.03 dan: Reminder: CERD/C/XTM/CO/1 § 18, due on 17 Mar 2031",
        # Eight days after the first run: the validators too, as if all that had fallen due on that day.
        "11.03 ana: Still owed: 3 recommendations",
        "11.03 bo: Still owed: 3 recommendations",
        "11.03 dan: Still owed: 3 recommendations",
        "11.03 eve: Still owed: CERD/C/XTM/CO/1 § 15",
        "11.03 dan: Overdue: CERD/C/XTM/CO/1 § 17, was due on 3 Mar 2031",
        "11.03 eve: Overdue: CERD/C/XTM/CO/1 § 17, was due on 3 Mar 2031",
        "11.03 kim: Nobody to remind: Fisheries, CERD/C/XTM/CO/1 § 16",
        "16.03 dan: Reminder: CERD/C/XTM/CO/1 § 18, due on 17 Mar 2031",
        # The fifteenth day after the first run; § 18 is a day late.
        "18.03 ana: Still owed: 3 recommendations",
        "18.03 bo: Still owed: 3 recommendations",
        "18.03 dan: Still owed: 3 recommendations",
        "18.03 eve: Still owed: CERD/C/XTM/CO/1 § 15",
        "18.03 dan: Overdue: CERD/C/XTM/CO/1 § 17, was due on 3 Mar 2031",
        "18.03 eve: Overdue: CERD/C/XTM/CO/1 § 17, was due on 3 Mar 2031",
        "18.03 dan: Overdue: CERD/C/XTM/CO/1 § 18, was due on 17 Mar 2031",
        "18.03 kim: Nobody to remind: Fisheries, CERD/C/XTM/CO/1 § 16",
        # The twenty-second: the heads, and with them the delegation.
        "25.03 ana: Still owed: 3 recommendations",
        "25.03 bo: Still owed: 3 recommendations",
        "25.03 cy: Still owed: 3 recommendations",
        "25.03 dan: Still owed: 3 recommendations",
        "25.03 kim: Still overdue: Health, 3 recommendations",
        "25.03 eve: Still owed: CERD/C/XTM/CO/1 § 15",
        "25.03 kim: Still overdue: Justice, CERD/C/XTM/CO/1 § 15",
        "25.03 dan: Overdue: CERD/C/XTM/CO/1 § 17, was due on 3 Mar 2031",
        "25.03 eve: Overdue: CERD/C/XTM/CO/1 § 17, was due on 3 Mar 2031",
        "25.03 kim: Still overdue: Justice, CERD/C/XTM/CO/1 § 17",
        "25.03 dan: Overdue: CERD/C/XTM/CO/1 § 18, was due on 17 Mar 2031",
        "25.03 eve: Overdue: CERD/C/XTM/CO/1 § 18, was due on 17 Mar 2031",
        "25.03 kim: Nobody to remind: Fisheries, CERD/C/XTM/CO/1 § 16",
    ]


def test_a_new_database_has_nothing_to_catch_up_with(document: Document) -> None:
    health = _ministry("Health", ana=Role.FOCAL_POINT)
    _give(document, health, "11", FIRST + timedelta(days=2))
    assert _run(3) == [
        "04.03 ana: Reminder: CERD/C/XTM/CO/1 § 11, due on 5 Mar 2031",
        "06.03 ana: Overdue: CERD/C/XTM/CO/1 § 11, was due on 5 Mar 2031",
    ]
    assert ReminderStart.objects.get().began_on == FIRST


def test_the_first_run_stands_in_the_history_once(document: Document) -> None:
    health = _ministry("Health", ana=Role.FOCAL_POINT)
    _give(document, health, "11", date(2029, 6, 30))
    _run(3)
    (event,) = Event.objects.filter(code="reminders.began")
    assert (event.after["count"], event.after["people"]) == (1, 1)
    client = factories.signed_in(Role.COORDINATOR)
    assert client.get("/en/assignments/pace/").content.decode().count("began to remind of assignments") == 1


def test_what_was_told_at_the_beginning_is_dropped_once_it_is_handed_in(document: Document) -> None:
    health = _ministry("Health", ana=Role.FOCAL_POINT)
    row = _give(document, health, "11", date(2029, 6, 30))
    _run(0)
    first = Notification.objects.get(recipient__name="ana")
    assert (first.url_name, first.url_args) == ("followup:item", [row.recommendation_id])
    assert "Health" in render(first.code, first.params)[1]
    assert still_holds(first)
    factories.make_contribution(
        ContributionState.WITH_DELEGATION, recommendation=row.recommendation, institution=health
    )
    assert not still_holds(first)


def test_a_new_pace_does_not_make_up_for_its_past_steps(document: Document) -> None:
    health = _ministry("Health", ana=Role.FOCAL_POINT)
    _give(document, health, "11", FIRST + timedelta(days=10))
    _run(12)
    # On the fifteenth day, two days late: ten days and one day before it would have reminded by now.
    with clock.at(datetime(2031, 3, 18, 10, tzinfo=UTC)):
        set_pace(pace=Pace((10, 2), 3, 6, 9), answer_within=10, by=factories.coordinator())
    Notification.objects.filter(mail=None).delete()
    seen = set(Notification.objects.values_list("pk", flat=True))
    days = []
    for day in (18, 19, 20, 21):
        remind_of_assignments(datetime(2031, 3, day, 15, tzinfo=UTC))
        new = Notification.objects.exclude(pk__in=seen).filter(recipient__name="ana")
        days += [(day, render(row.code, row.params)[0]) for row in new]
        seen |= {row.pk for row in new}
    assert days == [(20, "Overdue: CERD/C/XTM/CO/1 § 11, was due on 13 Mar 2031")]
