"""What is reported of money, laws and proof stands beside the plan, which stays as it was adopted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.measures import BudgetFacts, LawFacts
from tawsiya.programme.commands.reports import (
    AmountFacts,
    FileFacts,
    ReportContent,
    StageFacts,
    act_on_report,
    report_on_measure,
)
from tawsiya.programme.commands.versions import begin_revision
from tawsiya.programme.execution import Execution, executions, laws, money
from tawsiya.programme.models import BudgetLine, Legislation, Measure, Milestone, ReportFile
from tawsiya.programme.queries import with_everything
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Institution:
    factories.make_instance()
    return factories.make_institution(names={"en": "Ministry of Justice"})


@pytest.fixture
def measure(lead: Institution) -> Measure:
    version = making.make_version()
    row = making.make_measure(
        version,
        lead=lead,
        budget=(BudgetFacts(2027, "planned", Decimal(1000), "MAD", "State"),),
        legislation=(LawFacts("law", {"en": "Law on evidence"}),),
    )
    making.adopted(version)
    return Measure.objects.get(pk=row.pk)


def _reported(measure: Measure, lead: Institution, **more: Any) -> None:
    content = ReportContent(Progress.UNDER_WAY, "Going on", "en", **more)
    report = report_on_measure(measure=measure, content=content, by=making.focal(lead))
    act_on_report(report=report, action="approve", by=making.validator(lead))


def _state(measure: Measure) -> tuple[Any, Any]:
    row = with_everything(Measure.objects.filter(pk=measure.pk)).get()
    execution = executions(factories.coordinator(), [row.key]).get(row.key, Execution())
    figures = [(m.year, m.planned, m.committed, m.spent) for m in money(row, execution)]
    return figures, [(one.stage, one.number, one.reported) for one in laws(row, execution)]


def test_the_latest_approved_report_holds_and_the_plan_stays(measure: Measure, lead: Institution) -> None:
    law = measure.legislation.get()
    assert _state(measure) == ([(2027, 1000, None, None)], [("prepared", "", False)])
    for spent in (100, 250):
        _reported(
            measure,
            lead,
            amounts=(
                AmountFacts(2027, "committed", Decimal(600), "MAD", "State"),
                AmountFacts(2027, "spent", Decimal(spent), "MAD", "State"),
            ),
            stages=(StageFacts(law, "government", date(2026, 2, 1), "12-26"),),
        )
    assert _state(measure) == ([(2027, 1000, 600, 250)], [("government", "12-26", True)])
    assert [(line.kind, line.amount) for line in BudgetLine.objects.all()] == [("planned", 1000)]
    assert Legislation.objects.get().stage == "prepared"


def test_nothing_counts_before_the_validator_approved(measure: Measure, lead: Institution) -> None:
    content = ReportContent(
        Progress.UNDER_WAY, "x", "en", amounts=(AmountFacts(2027, "spent", Decimal(5), "MAD", "State"),)
    )
    report_on_measure(measure=measure, content=content, by=making.focal(lead))
    assert _state(measure)[0] == [(2027, 1000, None, None)]


def test_a_revision_keeps_what_was_reported(measure: Measure, lead: Institution) -> None:
    law = measure.legislation.get()
    _reported(measure, lead, stages=(StageFacts(law, "published", date(2026, 3, 1), "1-26"),))
    successor = begin_revision(version=measure.version, by=factories.coordinator())
    assert _state(successor.measures.get())[1] == [("published", "1-26", True)]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"amounts": (AmountFacts(2027, "planned", Decimal(1), "MAD", "S"),)}, "stands in the plan"),
        ({"amounts": (AmountFacts(2027, "spent", Decimal(1), "MAD", "S"),) * 2}, "the same year"),
        ({"files": (FileFacts("Proof", "a.html", b"<script>"),)}, "not accepted"),
        ({"files": (FileFacts("Proof", "a.txt", b""),)}, "empty"),
    ],
)
def test_what_cannot_be_reported(measure: Measure, lead: Institution, more: Any, problem: str) -> None:
    content = ReportContent(Progress.UNDER_WAY, "x", "en", **more)
    with pytest.raises(RuleViolated, match=problem):
        report_on_measure(measure=measure, content=content, by=making.focal(lead))


def test_a_law_of_another_measure_and_a_day_to_come_are_refused(measure: Measure, lead: Institution) -> None:
    other = making.make_measure(making.make_version("Other"), legislation=(LawFacts("law", {"en": "X"}),))
    for stage, problem in (
        (StageFacts(other.legislation.get(), "adopted", date(2026, 1, 1)), "another measure"),
        (StageFacts(measure.legislation.get(), "adopted", date(2090, 1, 1)), "day to come"),
    ):
        content = ReportContent(Progress.UNDER_WAY, "x", "en", stages=(stage,))
        with pytest.raises(RuleViolated, match=problem):
            report_on_measure(measure=measure, content=content, by=making.focal(lead))


def test_a_ministry_reports_a_milestone_with_a_file_on_the_page(measure: Measure, lead: Institution) -> None:
    focal, validator = factories.signed_in(Role.FOCAL_POINT, lead), factories.signed_in(Role.VALIDATOR, lead)
    step, law = measure.milestones.get(), measure.legislation.get()
    answer = focal.post(
        f"/en/programmes/measures/{measure.pk}/report/",
        {
            "progress": "under_way",
            "text": "The course was held.",
            "language": "en",
            "milestone": step.pk,
            "reached_on": "2026-02-01",
            "file": SimpleUploadedFile("list.txt", b"Names of those present"),
            "file_title": "List of those present",
            "amounts-TOTAL_FORMS": 2,
            "amounts-INITIAL_FORMS": 0,
            "amounts-0-year": 2027,
            "amounts-0-kind": "spent",
            "amounts-0-amount": "75.50",
            "amounts-0-currency": "MAD",
            "amounts-0-source": "State",
            "amounts-1-kind": "committed",
            "stages-TOTAL_FORMS": 2,
            "stages-INITIAL_FORMS": 0,
            "stages-0-law": law.pk,
            "stages-0-stage": "adopted",
            "stages-0-since": "2026-01-15",
            "stages-1-stage": "prepared",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    file = ReportFile.objects.get()
    address = f"/en/programmes/reports/files/{file.pk}/"
    assert factories.signed_in(Role.COORDINATOR, factories.the_delegation()).get(address).status_code == 404
    assert focal.get(address).content == b"Names of those present"
    validator.post(f"/en/programmes/reports/{file.report_id}/approve/")
    desk = factories.signed_in(Role.COORDINATOR, factories.the_delegation())
    page = desk.get(f"/en/programmes/measures/{measure.pk}/").content.decode()
    assert "List of those present" in page and "75.5" in page and "as reported" in page
    download = desk.get(address)
    assert (
        download["Content-Disposition"].startswith("attachment")
        and "sandbox" in download["Content-Security-Policy"]
    )
    reached = Milestone.objects.get(pk=step.pk)
    assert (reached.reached_on, reached.proof) == (date(2026, 2, 1), "List of those present")
