"""What an institution still owes once a name, a directorate or a lead has changed: one rule everywhere."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import succeed_institution
from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.dashboards.steering import due
from tawsiya.dashboards.steering.pace import answers_for
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.assignments import act_on_assignment, assign_recommendations
from tawsiya.followup.commands.contributions import act_on_contribution
from tawsiya.followup.commands.handing import pass_on, take_back
from tawsiya.followup.commands.reminders_of_assignments import remind_of_assignments
from tawsiya.followup.deadlines import due_for
from tawsiya.followup.models import Assignment
from tawsiya.followup.queries import (
    answered_share,
    assignments_for,
    contributions_for,
    expected_of,
    late_assignments,
)
from tawsiya.followup.queries_of_reminders import owed_by_institution
from tawsiya.followup.turns import turns_of
from tawsiya.notifications.models import Notification, OutboxMail
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Recommendation
from tawsiya.reports.handover import handover_of
from tests import factories

pytestmark = pytest.mark.django_db

DEADLINE, LATER = date(2026, 1, 10), datetime(2026, 2, 20, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    """Everything is done before the deadline; lists look at it from today, reminders from `LATER`."""
    with clock.at(datetime(2025, 12, 1, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def old(db) -> Institution:
    factories.make_instance()
    remind_of_assignments(clock.now())  # reminders begin long before the deadline
    return _ministry("Communication")


@pytest.fixture
def heir(old: Institution) -> Institution:
    return _ministry("Communication and Youth")


def _ministry(name: str, parent: Institution | None = None) -> Institution:
    ministry = factories.make_institution(names={"en": name}, parent=parent)
    for role in (Role.FOCAL_POINT, Role.VALIDATOR):
        factories.make_person(role, ministry, name=f"{role.value} of {name}")
    return ministry


def _succeed(old: Institution, heir: Institution) -> None:
    admin = factories.make_reader(Role.ADMINISTRATOR)
    succeed_institution(institution=old, successor=heir, on=date(2026, 1, 1), by=admin)


def _of(institution: Institution, role: Role = Role.FOCAL_POINT) -> Reader:
    return factories.reader_in(institution, role)


def _owes(assignment: Assignment) -> dict[str, bool]:
    """Return what each door says of an accepted assignment long past its deadline: is it still owed?"""
    assignment.refresh_from_db()
    reader, row = _of(assignment.institution), assignment.pk
    OutboxMail.objects.all().delete()
    Notification.objects.all().delete()
    remind_of_assignments(LATER)
    reminded = Notification.objects.filter(code="assignments.report_overdue")
    sent, accepted = answered_share(reader)
    return {
        "reminders": any(row in told["assignments"] for told in reminded.values_list("params", flat=True)),
        "late": late_assignments(reader).filter(pk=row).exists(),
        "late to the delegation": late_assignments(factories.coordinator()).filter(pk=row).exists(),
        "calendar": f"assignment-{row}@tawsiya" in [one.uid for one in due_for(reader)],
        "share": sent < accepted,
    }


def _all(answer: bool) -> dict[str, bool]:
    doors = ("reminders", "late", "late to the delegation", "calendar", "share")
    return dict.fromkeys(doors, answer)


def _to_write(assignment: Assignment) -> bool:
    assignment.refresh_from_db()
    return expected_of(_of(assignment.institution)).to_write.filter(pk=assignment.pk).exists()


def _given(institution: Institution, item: Recommendation | None = None, **choice: object) -> Assignment:
    return factories.make_assignment(
        institution=institution,
        recommendation=item,
        deadline=DEADLINE,
        **choice,  # type: ignore[arg-type]
    )


def test_what_the_former_name_reported_is_not_owed(old: Institution, heir: Institution) -> None:
    assignment = _given(old)
    factories.make_contribution(
        ContributionState.VALIDATED, recommendation=assignment.recommendation, institution=old
    )
    _succeed(old, heir)
    assignment.refresh_from_db()
    assert assignment.institution == heir
    assert _owes(assignment) == _all(answer=False)
    assert not _to_write(assignment)


def test_names_changed_twice_count_too(old: Institution, heir: Institution) -> None:
    assignment, last = _given(old), _ministry("Youth")
    factories.make_contribution(
        ContributionState.WITH_DELEGATION, recommendation=assignment.recommendation, institution=old
    )
    _succeed(old, heir)
    admin = factories.make_reader(Role.ADMINISTRATOR)
    succeed_institution(institution=heir, successor=last, on=date(2026, 2, 1), by=admin)
    assignment.refresh_from_db()
    assert assignment.institution == last
    assert _owes(assignment) == _all(answer=False)


def test_a_report_on_a_part_by_the_former_name_counts(old: Institution, heir: Institution) -> None:
    item = factories.make_recommendation()
    part = factories.make_recommendation(item.document, paragraph=item.paragraph, subparagraph="a")
    with audit.change("recommendation.imported", by=audit.SYSTEM) as event:
        part.parent = item
        part.save()
        event.subject, event.item_id = part, part.pk
    assignment = _given(old, item)
    factories.make_contribution(ContributionState.VALIDATED, recommendation=part, institution=old)
    _succeed(old, heir)
    assert _owes(assignment) == _all(answer=False) | {"share": False}


def test_a_draft_handed_over_is_owed_until_it_is_handed_in(old: Institution, heir: Institution) -> None:
    assignment = _given(old)
    draft = factories.make_contribution(
        ContributionState.WITH_VALIDATOR, recommendation=assignment.recommendation, institution=old
    )
    assert _owes(assignment) == _all(answer=True)
    _succeed(old, heir)
    # It is not written anew, and it waits for the validator of the new name.
    assert not _to_write(assignment)
    assert _owes(assignment) == _all(answer=True)
    (owed,) = owed_by_institution(heir.pk)
    assert owed.turn == Role.VALIDATOR
    draft.refresh_from_db()
    act_on_contribution(contribution=draft, action="approve", by=_of(heir, Role.VALIDATOR))
    assert _owes(assignment) == _all(answer=False)


def test_a_draft_that_kept_its_name_is_under_way(old: Institution, heir: Institution) -> None:
    item = factories.make_recommendation()
    lead = _given(old, item)
    own = _given(heir, item, level=AccessLevel.SUPPORT)
    for institution in (old, heir):
        factories.make_contribution(recommendation=item, institution=institution)
    assert (_to_write(lead), _to_write(own)) == (False, False)
    _succeed(old, heir)
    # The heir had a part in it: its own assignment goes on, and what either name hands in is its report.
    assert _owes(own) == _all(answer=True)
    kept = contributions_for(_of(heir)).get(institution=old)
    act_on_contribution(contribution=kept, action="submit", by=_of(heir))
    kept.refresh_from_db()
    act_on_contribution(contribution=kept, action="approve", by=_of(heir, Role.VALIDATOR))
    assert _owes(own) == _all(answer=False)


def test_a_new_lead_owes_a_report_of_its_own(old: Institution, heir: Institution) -> None:
    former = _given(old)
    item = former.recommendation
    factories.make_contribution(ContributionState.VALIDATED, recommendation=item, institution=old)
    (given,) = assign_recommendations(
        recommendations=[item],
        lead=heir,
        supporting=[],
        deadline=DEADLINE,
        by=factories.coordinator(),
        replace_lead="The remit was moved",
    )
    act_on_assignment(assignment=given, action="accept", by=_of(heir))
    assert _owes(given) == _all(answer=True)
    assert _to_write(given)
    # The former lead owes nothing.
    assert owed_by_institution(old.pk) == []


def test_a_ministry_that_reported_and_passes_on_has_reported(old: Institution) -> None:
    part = _ministry("Press", parent=old)
    assignment = _given(old)
    factories.make_contribution(
        ContributionState.VALIDATED, recommendation=assignment.recommendation, institution=old
    )
    pass_on(assignment=assignment, to=part, by=_of(old))
    assert _owes(assignment) == _all(answer=False)


def test_what_a_directorate_reported_stays_reported_when_it_is_taken_back(old: Institution) -> None:
    part, sister = _ministry("Press", parent=old), _ministry("Radio", parent=old)
    assignment = _given(old)
    assignment = pass_on(assignment=assignment, to=part, by=_of(old))
    factories.make_contribution(
        ContributionState.VALIDATED, recommendation=assignment.recommendation, institution=part
    )
    assignment = take_back(assignment=assignment, by=_of(old))
    assert _owes(assignment) == _all(answer=False)
    # Another directorate is asked for a report of its own.
    pass_on(assignment=assignment, to=sister, by=_of(old))
    assert _owes(assignment) == _all(answer=True)


def test_a_directorate_with_an_assignment_of_its_own_speaks_for_itself(old: Institution) -> None:
    part, item = _ministry("Press", parent=old), factories.make_recommendation()
    lead, support = _given(old, item), _given(part, item, level=AccessLevel.SUPPORT)
    factories.make_contribution(ContributionState.VALIDATED, recommendation=item, institution=part)
    assert _owes(support) == _all(answer=False)
    # The ministry's people see both: of their two accepted assignments one is reported on.
    assert _owes(lead) == _all(answer=True)
    assert _to_write(lead)


def test_a_draft_of_the_ministry_does_not_hide_the_work_from_its_directorate(old: Institution) -> None:
    part = _ministry("Press", parent=old)
    assignment = _given(old)
    factories.make_contribution(recommendation=assignment.recommendation, institution=old)
    pass_on(assignment=assignment, to=part, by=_of(old))
    # Only the ministry sees its draft; the directorate is told to write.
    assert _to_write(assignment)
    assert not expected_of(_of(old)).to_write.exists()


def test_the_page_of_the_item_and_the_handover_follow_the_rule(old: Institution, heir: Institution) -> None:
    assignment = _given(old)
    item = assignment.recommendation
    factories.make_contribution(ContributionState.VALIDATED, recommendation=item, institution=old)
    _succeed(old, heir)
    reader = _of(heir)
    turns = turns_of(reader, item.pk, list(assignments_for(reader)), list(contributions_for(reader)), [])
    assert turns == []
    person = factories.make_person(Role.FOCAL_POINT, heir, name="leaves")
    assert handover_of(factories.coordinator(), person).to_write == ()


def test_what_was_handed_in_does_not_fall_due_any_more(old: Institution, heir: Institution) -> None:
    soon = timezone.localdate() + timedelta(days=20)
    rows = [factories.make_assignment(institution=old, deadline=soon) for _number in range(2)]
    factories.make_contribution(
        ContributionState.VALIDATED, recommendation=rows[0].recommendation, institution=old
    )
    _succeed(old, heir)
    assert list(due.due(factories.coordinator(), due.ASSIGNMENT, 30)) == [rows[1]]


def test_response_times_keep_the_day_on_which_the_former_name_reported(
    old: Institution, heir: Institution
) -> None:
    assignment = _given(old)
    factories.make_contribution(
        ContributionState.VALIDATED, recommendation=assignment.recommendation, institution=old
    )
    _succeed(old, heir)
    (row,) = answers_for(factories.coordinator())
    assert (row.institution, row.reported_at is not None) == (heir, True)
