"""What programmes say to the rule of assessment: adopted ones, as reported; what is not reported is unknown."""

from datetime import date

import pytest

from tawsiya.programme.choices import LawKind, LawStage, Progress
from tawsiya.programme.commands.measures import LawFacts, MilestoneFacts
from tawsiya.programme.commands.reports import ReportContent, StageFacts, act_on_report, report_on_measure
from tawsiya.programme.facts import programme_facts
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db


def test_drafts_say_nothing_and_what_nobody_reported_is_unknown() -> None:
    factories.make_instance()
    lead, item, other = (
        factories.make_institution(),
        factories.make_recommendation(),
        factories.make_recommendation(),
    )
    version = making.make_version()
    measure = making.make_measure(
        version,
        lead=lead,
        answers=(item,),
        milestones=(MilestoneFacts({"en": "First course held"}, date(2027, 3, 1)),),
        legislation=(LawFacts(LawKind.LAW, {"en": "Law on witnesses"}, "1-23", LawStage.ADOPTED),),
    )
    assert programme_facts([item.pk, other.pk]) == {item.pk: [], other.pk: []}
    making.adopted(version)
    (fact,) = programme_facts([item.pk])[item.pk]
    assert (fact.measure_id, fact.progress) == (measure.pk, None)
    assert [(step.due_on, step.reached_on) for step in fact.milestones] == [(date(2027, 3, 1), None)]
    assert [law.stage for law in fact.laws] == ["adopted"]
    report = report_on_measure(
        measure=measure, content=ReportContent(Progress.PLANNED, "Nothing yet", "en"), by=making.focal(lead)
    )
    assert programme_facts([item.pk])[item.pk][0].progress is None
    act_on_report(report=report, action="approve", by=making.validator(lead))
    # Now somebody has said so.
    assert programme_facts([item.pk])[item.pk][0].progress == "planned"


def test_a_law_is_as_far_as_the_last_approved_report_says() -> None:
    factories.make_instance()
    lead, item = factories.make_institution(), factories.make_recommendation()
    version = making.make_version()
    bill = LawFacts(LawKind.LAW, {"en": "Law on witnesses"}, "1-23", LawStage.PREPARED)
    measure = making.make_measure(version, lead=lead, answers=(item,), legislation=(bill,))
    making.adopted(version)
    law = measure.legislation.get()

    def stages() -> list[str]:
        return [law.stage for law in programme_facts([item.pk])[item.pk][0].laws]

    for stage, approved in ((LawStage.ADOPTED, True), (LawStage.WITHDRAWN, False)):
        content = ReportContent(
            Progress.UNDER_WAY, "Progress", "en", stages=(StageFacts(law, stage, date(2026, 5, 4)),)
        )
        report = report_on_measure(measure=measure, content=content, by=making.focal(lead))
        assert stages() == ["prepared" if approved else "adopted"]
        if approved:
            act_on_report(report=report, action="approve", by=making.validator(lead))
            assert stages() == ["adopted"]
