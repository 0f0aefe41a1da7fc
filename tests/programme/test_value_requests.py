"""The desk of values: what is asked, of whom, by when, for whom, and how it ends."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.notifications.models import Notification
from tawsiya.programme.commands.value_requests import Asked, ask_for_values, close_request, remind
from tawsiya.programme.indicator_queries import asked_of, requests_for, unanswered
from tawsiya.programme.models import Indicator, ValueRequest
from tests import factories
from tests.programme import making
from tests.programme.measuring import make_indicator, record

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def _ask(indicator: Indicator, of: Institution, days: int = 30, **more: object) -> ValueRequest:
    given: dict[str, object] = {"periods": ["2023"], "due_on": TODAY() + timedelta(days=days)}
    by = more.pop("by", None) or factories.coordinator()
    return ask_for_values(
        indicator=indicator,
        asked=Asked(institution=of, **(given | more)),  # type: ignore[arg-type]  # as the test says
        by=by,  # type: ignore[arg-type]  # a reader
    )


def _told(code: str) -> list[str]:
    rows = Notification.objects.filter(code=code).order_by("recipient__name")
    return [str(row.recipient) for row in rows]


def test_a_request_tells_those_asked_and_is_closed_by_the_values() -> None:
    factories.make_instance()
    home, office = factories.make_institution(), factories.make_institution()
    factories.make_person(Role.FOCAL_POINT, office, name="Focal of the office")
    factories.make_person(Role.FOCAL_POINT, home, name="Focal of the ministry")
    row = make_indicator(home)
    request = _ask(row, office, periods=["2023", "2022"], dimensions=["sex"], recipient=home)
    assert request.periods == ["2022", "2023"]
    assert _told("values.asked") == ["Focal of the office"]
    clerk = making.focal(office)
    assert list(asked_of(clerk)) == [request]
    record(row, "2022", "5", by=clerk)
    record(row, "2022", "3", by=clerk, breakdown={"sex": "F"})
    record(row, "2023", "6", by=clerk)
    assert unanswered(request) == ["2023"]
    reading = {"state": "missing", "missing": "not_yet", "quality": "", "reason": "Not counted by sex yet"}
    record(row, "2023", None, by=clerk, breakdown={"sex": "F"}, **reading)
    request.refresh_from_db()
    assert (request.state, request.closed_by_id) == ("answered", clerk.user_id)
    assert _told("values.answered") == ["Focal of the ministry"]
    event = Event.objects.filter(subject_type="programme.valuerequest").order_by("-position").first()
    assert event is not None
    assert (event.code, event.state, event.institution_id) == ("values.answered", "answered", office.pk)
    with pytest.raises(PermissionRefused):  # it is asked of the office no more
        record(row, "2024", "6", by=clerk)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"periods": []}, "Give periods"),
        ({"periods": ["soon"]}, "Give periods"),
        ({"due_on": date(2020, 1, 1)}, "gone by already"),
        ({"dimensions": ["region"]}, "not told apart that way"),
    ],
)
def test_a_request_that_does_not_hold_is_refused(more: dict[str, object], words: str) -> None:
    row = make_indicator()
    with pytest.raises(RuleViolated, match=words):
        _ask(row, row.institution, **more)


def test_nobody_asks_twice_nor_itself_nor_for_what_is_in_preparation() -> None:
    office = factories.make_institution()
    row = make_indicator()
    _ask(row, office)
    with pytest.raises(RuleViolated, match="is open already"):
        _ask(row, office, periods=["2023", "2024"])
    with pytest.raises(RuleViolated, match="does not ask itself"):
        _ask(row, office, periods=["2021"], recipient=office)
    draft = make_indicator(code="EDU-2", in_use=False)
    with pytest.raises(RuleViolated, match="once the indicator is in use"):
        _ask(draft, office)
    assert _ask(draft, draft.institution).state == "open"


def test_the_responsible_institution_asks_for_itself_only() -> None:
    home, office, other = (factories.make_institution() for _ in range(3))
    row = make_indicator(home)
    request = _ask(row, office, by=making.focal(home), recipient=other)
    assert request.recipient_id == home.pk
    for reader in (making.focal(other), factories.make_reader(Role.OBSERVER)):
        with pytest.raises(PermissionRefused, match="asks for values"):
            _ask(row, office, by=reader, periods=["2020"])


def test_who_is_asked_declines_and_who_asks_withdraws() -> None:
    home, office = factories.make_institution(), factories.make_institution()
    row = make_indicator(home)
    first, second = _ask(row, office), _ask(row, office, periods=["2022"], recipient=home)
    with pytest.raises(PermissionRefused, match="institution asked"):
        close_request(request=first, state="declined", by=factories.coordinator(), reason="So")
    with pytest.raises(RuleViolated, match="Give the reason"):
        close_request(request=first, state="declined", by=making.focal(office), reason=" ")
    done = close_request(request=first, state="declined", by=making.focal(office), reason="Not ours")
    assert (done.state, done.reason) == ("declined", "Not ours")
    with pytest.raises(PermissionRefused, match="is closed"):
        close_request(request=first, state="withdrawn", by=factories.coordinator(), reason="So")
    with pytest.raises(PermissionRefused, match="who asks"):
        close_request(request=second, state="withdrawn", by=making.focal(office), reason="So")
    assert (
        close_request(request=second, state="withdrawn", by=making.focal(home), reason="So").state
        == "withdrawn"
    )


def test_who_sees_requests() -> None:
    home, office, other = (factories.make_institution() for _ in range(3))
    request = _ask(make_indicator(), office, recipient=home)
    sees = [
        making.focal(office),
        making.validator(home),
        factories.coordinator(),
        factories.make_reader(Role.OBSERVER),
    ]
    for reader in sees:
        assert list(requests_for(reader)) == [request]
    for reader in (making.focal(other), factories.make_reader(Role.NHRI), factories.make_reader()):
        assert list(requests_for(reader)) == []


def test_reminders_come_a_week_before_then_late_then_every_other_week() -> None:
    factories.make_instance()
    office = factories.make_institution()
    factories.make_person(Role.VALIDATOR, office)
    request = _ask(make_indicator(), office, days=30)
    due = request.due_on
    days = {offset: remind(due + timedelta(days=offset)) for offset in (-8, -7, -6, 0, 1, 2, 14, 15, 16)}
    assert days == {-8: 0, -7: 1, -6: 0, 0: 0, 1: 1, 2: 0, 14: 0, 15: 1, 16: 0}
    assert len(_told("values.due")) == 1
    assert len(_told("values.late")) == 2
    assert Event.objects.filter(code="values.reminded").count() == 3
    close_request(request=request, state="withdrawn", by=factories.coordinator(), reason="So")
    assert remind(due + timedelta(days=90)) == 0
