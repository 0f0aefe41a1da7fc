"""A deputy is told when a replacement is decided, begins and ends, and gets what the absent person gets."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import (
    declare_absence,
    end_deputy,
    end_membership,
    name_deputy,
    return_early,
)
from tawsiya.accounts.models import Deputy, Institution, User
from tawsiya.accounts.queries import people_with, reader_for
from tawsiya.core import clock
from tawsiya.core.formats import localise_date
from tawsiya.followup.choices import AssignmentState, Circle
from tawsiya.followup.commands.messages import write_message
from tawsiya.followup.commands.reminders_of_assignments import remind_of_assignments
from tawsiya.notifications.commands import notify
from tawsiya.notifications.models import Notification, OutboxMail
from tawsiya.notifications.sentences import render
from tawsiya.notifications.tasks import compose, send_digests, tell_replacements
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ENDED = {"symbol": "A/1", "paragraph": "1", "institution": {"en": "Health"}}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def two() -> tuple[Institution, User, User]:
    factories.make_instance()
    ministry = factories.make_institution(names={"en": "Health"})
    away = factories.make_person(Role.VALIDATOR, ministry, name="Aicha Away")
    here = factories.make_person(Role.FOCAL_POINT, ministry, name="Hamid Here")
    return ministry, away, here


def told(user: User) -> list[str]:
    rows = Notification.objects.filter(recipient=user).order_by("pk")
    return [render(row.code, row.params)[0] for row in rows]


def morning(days: int) -> None:
    """Run the morning's job of a day from today."""
    moment = datetime.combine(timezone.localdate() + days * DAY, time(6, 5), UTC)
    tell_replacements(int(moment.timestamp()))


def test_a_deputy_is_told_of_the_days_by_mail_at_once(two) -> None:
    _ministry, away, here = two
    User.objects.filter(pk=here.pk).update(mail_pace="weekly")
    first = timezone.localdate() + 3 * DAY
    declare_absence(deputy=here, starts_on=first, ends_on=first + 6 * DAY, by=reader_for(away))
    row = Notification.objects.get(recipient=here)
    assert row.params["starts_on"] == first.isoformat()
    assert row.params["ends_on"] == (first + 6 * DAY).isoformat()
    assert told(here)[0].startswith("You will replace Aicha Away from ")
    assert OutboxMail.objects.get().notification == row
    # Who declared it knows.
    assert told(away) == []


def test_the_first_and_the_last_day_are_told_once(two) -> None:
    _ministry, away, here = two
    first = timezone.localdate() + 3 * DAY
    declare_absence(deputy=here, starts_on=first, ends_on=first + 2 * DAY, by=reader_for(away))
    for day in range(10):
        morning(day)
        morning(day)
    assert [row.split(" from ")[0].split(", until ")[0] for row in told(here)] == [
        "You will replace Aicha Away",
        "From today you replace Aicha Away",
        "You no longer replace Aicha Away",
    ]


def test_who_left_before_it_begins_is_not_told_that_it_does(two) -> None:
    _ministry, away, here = two
    first = timezone.localdate() + 3 * DAY
    declare_absence(deputy=here, starts_on=first, ends_on=first + 2 * DAY, by=reader_for(away))
    end_membership(membership=here.memberships.get(), by=factories.make_reader(Role.ADMINISTRATOR))
    for day in range(4, 0, -1):
        morning(day)
    assert not [row for row in told(here) if row.startswith("From today")]


def test_what_begins_today_is_told_once(two) -> None:
    _ministry, away, here = two
    today = timezone.localdate()
    row = declare_absence(deputy=here, starts_on=today, ends_on=today + DAY, by=reader_for(away))
    morning(0)
    assert len(told(here)) == 1
    return_early(replacement=row, by=reader_for(away))
    morning(1)
    assert told(here)[1:] == ["You no longer replace Aicha Away"]
    assert not Deputy.objects.exists()


def test_whom_an_administrator_has_replaced_is_told_too(two) -> None:
    _ministry, away, here = two
    administrator = factories.make_reader(Role.ADMINISTRATOR)
    today = timezone.localdate()
    row = name_deputy(person=away, deputy=here, starts_on=today, ends_on=today + DAY, by=administrator)
    assert told(away)[0].startswith("Hamid Here replaces you from ")
    end_deputy(deputy=row, by=administrator)
    assert told(away)[1:] == ["Hamid Here no longer replaces you"]
    assert told(here)[1:] == ["You no longer replace Aicha Away"]


def test_a_deputy_gets_what_is_sent_to_the_absent_person_by_name(two) -> None:
    ministry, away, here = two
    other = factories.make_person(Role.FOCAL_POINT, ministry, name="Omar Other")
    assignment = factories.make_assignment(institution=ministry)
    today = timezone.localdate()
    declare_absence(deputy=here, starts_on=today, ends_on=today + DAY, by=reader_for(away))
    write_message(
        item=assignment.recommendation,
        circle=Circle.INSIDE,
        institution=ministry,
        text="@Aicha Away please look",
        by=reader_for(other),
    )
    mentions = Notification.objects.filter(code="message.mentioned")
    assert {row.recipient.name for row in mentions} == {"Aicha Away", "Hamid Here"}


def test_a_deputy_gets_a_mail_once_and_none_after_the_absence(two) -> None:
    ministry, away, here = two
    today = timezone.localdate()
    row = declare_absence(deputy=here, starts_on=today, ends_on=today + DAY, by=reader_for(away))
    factories.make_assignment(AssignmentState.PROPOSED, institution=ministry)
    given = Notification.objects.filter(code="assignment.created")
    assert sorted(row.recipient.name for row in given) == ["Aicha Away", "Hamid Here"]
    notify("import.applied", [away, here], params={}, url_name="home")
    assert Notification.objects.filter(code="import.applied", recipient=here).count() == 1
    return_early(replacement=row, by=reader_for(away))
    notify("import.applied", [away], params={}, url_name="home")
    assert Notification.objects.filter(code="import.applied", recipient=here).count() == 1


def bodies(user: User) -> list[str]:
    rows = Notification.objects.filter(recipient=user).exclude(code__startswith="deputy.").order_by("pk")
    return [render(row.code, row.params)[1].rpartition("\n\n")[2] for row in rows]


def test_a_deputy_learns_whom_it_replaces_and_until_when(two) -> None:
    ministry, away, here = two
    User.objects.filter(pk=away.pk).update(name_ar="عائشة")
    today = timezone.localdate()
    declare_absence(deputy=here, starts_on=today, ends_on=today + 3 * DAY, by=reader_for(away))
    notify("assignment.ended", [away], params=ENDED, url_name="dashboards:home")
    # Chosen by role, with the deputies among them.
    validators = people_with([Role.VALIDATOR], institution_ids=[ministry.pk])
    notify("assignment.ended", validators, params=ENDED, url_name="dashboards:home")
    sentence = f"You receive this because you replace Aicha Away until {localise_date(today + 3 * DAY)}."
    assert bodies(here) == [sentence, sentence]
    assert not any("replace" in body for body in bodies(away))
    with translation.override("ar"):
        assert all("عائشة" in body for body in bodies(here))
    # By mail, and in the list of the deputy.
    mail = OutboxMail.objects.filter(notification__recipient=here).order_by("pk").last()
    assert mail is not None
    assert sentence in compose(mail).body
    client = Client()
    client.force_login(here, backend=BACKEND)
    assert client.get("/en/notifications/").content.decode().count(sentence) == 2
    assert client.get("/en/notifications.json").json()["results"][0]["text"].endswith(sentence)


def test_who_is_concerned_in_its_own_right_is_told_nothing_of_a_replacement(two) -> None:
    ministry, away, here = two
    today = timezone.localdate()
    declare_absence(deputy=here, starts_on=today, ends_on=today, by=reader_for(away))
    both = people_with([Role.VALIDATOR, Role.FOCAL_POINT], institution_ids=[ministry.pk])
    notify("assignment.ended", both, params=ENDED, url_name="dashboards:home")
    notify("assignment.ended", [here, away], params=ENDED, url_name="dashboards:home")
    assert len(bodies(here)) == 2
    assert not any("replace" in body for body in bodies(here))


def test_a_reminder_says_it_too_and_a_weekly_mail_in_its_line(two) -> None:
    ministry, away, _here = two
    head = factories.make_person(Role.HEAD, ministry, name="Hana Head")
    User.objects.filter(pk=head.pk).update(mail_pace="weekly")
    remind_of_assignments(datetime(2031, 3, 1, 5, tzinfo=UTC))  # reminders begin before anything is overdue
    with clock.at(datetime(2031, 3, 1, 9, tzinfo=UTC)):
        factories.make_assignment(AssignmentState.PROPOSED, institution=ministry)
    today = timezone.localdate()
    declare_absence(deputy=head, starts_on=today, ends_on=today + DAY, by=reader_for(away))
    Notification.objects.filter(mail=None).update(read_at=timezone.now())
    # Due on the first: eight days late the validator is told, and who replaces her; from the 21st day the head.
    remind_of_assignments(datetime(2031, 3, 10, 9, tzinfo=UTC))
    remind_of_assignments(datetime(2031, 4, 7, 5, tzinfo=UTC))
    assert ["you replace Aicha Away" in body for body in bodies(head)] == [True, False]
    send_digests(int(datetime(2031, 4, 7, 6, tzinfo=UTC).timestamp()))
    week = compose(OutboxMail.objects.get(notification__code="digest.weekly"))
    assert [
        line.endswith("(in place of Aicha Away)") for line in week.body.splitlines() if "Answer" in line
    ] == [
        True,
        False,
    ]


def test_what_is_a_persons_own_stays_so(two) -> None:
    _ministry, away, here = two
    today = timezone.localdate()
    declare_absence(deputy=here, starts_on=today, ends_on=today + DAY, by=reader_for(away))
    notify("search.new_matches", [away], params={}, url_name="home", with_deputies=False)
    assert not Notification.objects.filter(code="search.new_matches", recipient=here).exists()


def test_a_deputy_is_reminded_of_both_parts_in_one_message(two) -> None:
    ministry, away, here = two
    remind_of_assignments(datetime(2031, 3, 1, 5, tzinfo=UTC))  # reminders begin before anything is overdue
    with clock.at(datetime(2031, 3, 1, 9, tzinfo=UTC)):
        factories.make_assignment(AssignmentState.PROPOSED, institution=ministry)
    today = timezone.localdate()
    declare_absence(deputy=away, starts_on=today, ends_on=today + DAY, by=reader_for(here))
    remind_of_assignments(datetime(2031, 3, 16, 9, tzinfo=UTC))
    late = Notification.objects.filter(code="assignments.answer_overdue")
    assert sorted(row.recipient.name for row in late) == ["Aicha Away", "Hamid Here"]


def test_the_mail_opens_the_own_page(two) -> None:
    _ministry, away, here = two
    today = timezone.localdate()
    declare_absence(deputy=here, starts_on=today, ends_on=today + DAY, by=reader_for(away))
    client = Client()
    client.force_login(here, backend=BACKEND)
    row = Notification.objects.get(recipient=here)
    answer = client.post(f"/en/notifications/{row.pk}/open/", follow=True)
    assert "Aicha Away" in answer.content.decode()
