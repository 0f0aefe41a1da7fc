"""What programmes and indicators hand over when an institution is replaced; what was adopted stays as it is."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import succeed_institution
from tawsiya.accounts.models import Institution
from tawsiya.accounts.succession import preview
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.reports import ReportContent, act_on_report, report_on_measure
from tawsiya.programme.commands.value_requests import Asked, ask_for_values
from tawsiya.programme.commands.versions import begin_revision
from tawsiya.programme.models import Measure, MeasureInstitution
from tests import factories
from tests.programme import making, measuring

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 1)
SAID = ReportContent(Progress.UNDER_WAY, "The course was held", "en")


@pytest.fixture
def three() -> tuple[Institution, Institution, Institution]:
    factories.make_instance()
    names = ("Youth", "Youth and Sports", "Health")
    old, heir, other = (factories.make_institution(names={"en": name}) for name in names)
    return old, heir, other


def succeed(old: Institution, heir: Institution) -> None:
    succeed_institution(institution=old, successor=heir, on=ON, by=factories.make_reader(Role.ADMINISTRATOR))


def parts(measure: Measure) -> dict[str, str]:
    rows = MeasureInstitution.objects.filter(measure=measure)
    return {row.institution.names["en"]: row.level for row in rows.select_related("institution")}


def test_measures_of_a_draft_go_over_and_one_part_is_kept_where_there_were_two(three) -> None:
    old, heir, other = three
    version = making.make_version()
    led = making.make_measure(version, lead=old, supporting=(other,))
    both = making.make_measure(version, lead=old, supporting=(heir,))
    under = making.make_measure(version, lead=heir, supporting=(old,))
    before = led.row_version
    succeed(old, heir)
    assert parts(led) == {"Youth and Sports": "lead", "Health": "support"}
    assert parts(both) == {"Youth and Sports": "lead"}
    assert parts(under) == {"Youth and Sports": "lead"}
    # Whoever has the form open is told that the measure changed.
    led.refresh_from_db()
    assert led.row_version == before + 1
    events = Event.objects.filter(code="measure.handed_over")
    assert {event.subject_id for event in events} == {led.pk, both.pk, under.pk}
    assert Event.objects.get(code="institution.succeeded").after["measures"] == 3


def test_the_adopted_text_stays_and_the_successor_answers_for_it(three) -> None:
    old, heir, _other = three
    measure = making.make_measure(making.make_version(), lead=old)
    making.adopted(measure.version)
    waiting = report_on_measure(measure=measure, content=SAID, by=making.focal(old))
    succeed(old, heir)
    assert parts(measure) == {"Youth": "lead"}
    with pytest.raises(DatabaseError, match="is adopted"), transaction.atomic():
        with audit.change("measure.changed", by=audit.SYSTEM):
            MeasureInstitution.objects.update(institution=heir)
    event = Event.objects.get(code="measure.answered_for")
    assert (event.subject_id, event.institution_id) == (measure.pk, heir.pk)
    assert (event.after["from"], event.after["institution"]) == (old.names, heir.names)
    # The report under way goes over; the next one is the successor's own.
    waiting.refresh_from_db()
    assert waiting.institution == heir
    act_on_report(report=waiting, action="approve", by=making.validator(heir))
    with pytest.raises(PermissionRefused, match="Only the lead"):
        report_on_measure(measure=measure, content=SAID, by=making.focal(old))
    assert report_on_measure(measure=measure, content=SAID, by=making.focal(heir)).institution == heir


def test_what_was_approved_keeps_its_name_and_a_replaced_version_is_left_alone(three) -> None:
    old, heir, _other = three
    measure = making.make_measure(making.make_version(), lead=old)
    making.adopted(measure.version)
    done = report_on_measure(measure=measure, content=SAID, by=making.focal(old))
    act_on_report(report=done, action="approve", by=making.validator(old))
    revision = begin_revision(version=measure.version, by=factories.coordinator())
    making.adopted(revision)
    succeed(old, heir)
    done.refresh_from_db()
    assert done.institution == old
    in_force = Measure.objects.get(version=revision)
    assert [event.subject_id for event in Event.objects.filter(code="measure.answered_for")] == [in_force.pk]


def test_a_revision_begun_later_names_the_successor(three) -> None:
    old, heir, _other = three
    version = making.make_version()
    led = making.make_measure(version, lead=old, supporting=(heir,))
    making.adopted(version)
    succeed(old, heir)
    revision = begin_revision(version=version, by=factories.coordinator())
    assert parts(led) == {"Youth": "lead", "Youth and Sports": "support"}
    assert parts(Measure.objects.get(version=revision)) == {"Youth and Sports": "lead"}


def test_indicators_and_requests_for_values_go_over(three) -> None:
    old, heir, other = three
    indicator = measuring.make_indicator(old)
    by, due = factories.coordinator(), timezone.localdate() + timedelta(days=30)
    asked = ask_for_values(indicator=indicator, asked=Asked(old, ["2024"], due), by=by)
    for_old = ask_for_values(indicator=indicator, asked=Asked(other, ["2024"], due, recipient=old), by=by)
    of_heir = ask_for_values(indicator=indicator, asked=Asked(heir, ["2023"], due, recipient=old), by=by)
    succeed(old, heir)
    for row in (indicator, asked, for_old, of_heir):
        row.refresh_from_db()
    assert indicator.institution == heir
    assert (asked.institution, asked.state) == (heir, "open")
    assert (for_old.institution, for_old.recipient, for_old.state) == (other, heir, "open")
    # Nobody asks itself: what the successor was asked for its predecessor is withdrawn.
    assert (of_heir.state, of_heir.reason) == ("withdrawn", "Youth and Sports")
    assert Event.objects.filter(code="indicator.handed_over").count() == 1
    assert Event.objects.filter(code="values.handed_over").count() == 2


def test_the_preview_lists_it_and_the_page_says_who_answers_today(three) -> None:
    old, heir, _other = three
    draft = making.make_measure(making.make_version("Draft plan"), lead=old)
    measure = making.make_measure(making.make_version(), lead=old)
    making.adopted(measure.version)
    measuring.make_indicator(old)
    sections = {str(section.title): section.rows for section in preview(old, heir)}
    assert [(row.reference, str(row.outcome)) for row in sections["Measures"]] == [
        ("Draft plan · 1.1", "Goes over to the successor"),
        ("Plan of Tamourt · 1.1", "The adopted text stays; the successor answers for it"),
    ]
    assert [row.reference for row in sections["Indicators"]] == ["EDU-1 Completion of school"]
    succeed(old, heir)
    client = Client()
    client.force_login(
        factories.make_person(Role.COORDINATOR), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(f"/en/programmes/measures/{measure.pk}/").content.decode()
    assert "today answered for by" in page
    assert "Youth and Sports" in page
    assert "answers for the measure" in page
    assert "today answered for by" not in client.get(f"/en/programmes/measures/{draft.pk}/").content.decode()
