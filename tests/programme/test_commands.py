"""Programmes as they are written, consulted, adopted, frozen, revised and reported on."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.mechanisms.reference.profile import load_profile
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.measures import (
    BudgetFacts,
    Content,
    LawFacts,
    MilestoneFacts,
    remove_measure,
    save_measure,
)
from tawsiya.programme.commands.programmes import NodeFacts, create_programme, remove_node, save_node
from tawsiya.programme.commands.reports import ReportContent, act_on_report, report_on_measure
from tawsiya.programme.commands.versions import adopt, begin_revision, close_consultation
from tawsiya.programme.models import BudgetLine, Legislation, Measure, MeasureAnswer, Milestone, Node
from tawsiya.programme.queries import measures_answering, outlines, regions
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db


def _content(version: Any, **more: Any) -> Content:
    node = Node.objects.filter(version=version).first()
    assert node is not None
    return Content(**{"node": node, "code": "1.1", "titles": {"en": "Train judges"}} | more)


def test_a_programme_begins_with_the_axes_known_of_the_state() -> None:
    codes = [outline.code for outline in outlines("MAR")]
    assert codes == ["axes", "panddh"]
    panddh = outlines("MAR")[1]
    version = create_programme(names={"fr": "Plan"}, axes=panddh.axes, by=factories.coordinator())
    nodes = Node.objects.filter(version=version)
    assert list(nodes.filter(parent=None).values_list("code", flat=True)) == ["1", "2", "3", "4"]
    assert nodes.get(code="1.3").parent == nodes.get(code="1")
    assert outlines("XTM") == [] and regions("XTM") == []


def test_the_twelve_regions_of_morocco_are_ready() -> None:
    rows = load_profile("MAR").regions
    assert [row.code for row in rows] == [f"MA-{number:02}" for number in range(1, 13)]
    assert rows[3].names["fr"] == "Rabat-Salé-Kénitra"


def test_a_measure_is_saved_with_all_that_belongs_to_it() -> None:
    version, lead, item = making.make_version(), factories.make_institution(), factories.make_recommendation()
    measure = making.make_measure(
        version,
        lead=lead,
        answers=(item,),
        budget=(BudgetFacts(2027, "planned", Decimal("1000000.00"), "MAD", "State budget"),),
        legislation=(LawFacts("law", {"en": "Law on evidence"}),),
        reach="region",
        places=("MA-04",),
        targets=("16.3",),
    )
    assert MeasureAnswer.objects.get(measure=measure).recommendation == item
    assert BudgetLine.objects.get(measure=measure).amount == Decimal("1000000.00")
    assert Legislation.objects.get(measure=measure).stage == "prepared"
    assert (measure.places, measure.targets, measure.row_version) == (["MA-04"], ["16.3"], 1)


def test_a_milestone_keeps_its_key_when_the_measure_changes() -> None:
    version = making.make_version()
    measure = making.make_measure(version)
    first = Milestone.objects.get(measure=measure)
    steps = (
        MilestoneFacts({"en": "Before it"}, date(2026, 9, 1)),
        MilestoneFacts({"en": "First course held"}, date(2027, 6, 1), key=first.key),
    )
    save_measure(
        version=version,
        measure=measure,
        content=_content(version, milestones=steps),
        by=factories.coordinator(),
    )
    rows = list(Milestone.objects.filter(measure=measure).order_by("order"))
    assert [(row.order, row.due_on) for row in rows] == [(1, date(2026, 9, 1)), (2, date(2027, 6, 1))]
    assert rows[1].pk == first.pk


def test_milestones_never_wait_in_a_ring() -> None:
    version = making.make_version()
    measure = making.make_measure(version)
    other = making.make_measure(version)
    mine, theirs = (Milestone.objects.get(measure=row) for row in (measure, other))

    def wait(of: Measure, step: Milestone, waits_for: Milestone) -> None:
        facts = MilestoneFacts(step.titles, step.due_on, step.key, (waits_for.key,))
        content = _content(version, code=of.code, milestones=(facts,))
        save_measure(version=version, measure=of, content=content, by=factories.coordinator())

    wait(measure, mine, theirs)
    with pytest.raises(RuleViolated, match="ring"):
        wait(other, theirs, mine)
    with pytest.raises(RuleViolated, match="waits for one of its milestones"):
        remove_measure(measure=other, by=factories.coordinator())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"titles": {"en": " "}}, "one language"),
        ({"starts_on": date(2027, 1, 2), "ends_on": date(2027, 1, 1)}, "end comes before"),
        ({"code": "1.1"}, "number is taken"),
    ],
)
def test_what_a_measure_cannot_be(change: dict[str, Any], message: str) -> None:
    version = making.make_version()
    making.make_measure(version, code="1.1")
    with pytest.raises(RuleViolated, match=message):
        save_measure(
            version=version,
            content=replace(_content(version, code="1.2"), **change),
            by=factories.coordinator(),
        )


def test_a_measure_that_changed_meanwhile_is_not_overwritten() -> None:
    version = making.make_version()
    measure = making.make_measure(version)
    with pytest.raises(StaleData):
        save_measure(
            version=version,
            measure=measure,
            content=_content(version),
            by=factories.coordinator(),
            seen_version=9,
        )


def test_a_branch_never_stands_under_itself_and_only_empty_ones_go() -> None:
    version, by = making.make_version(), factories.coordinator()
    top = Node.objects.get(version=version)
    sub = save_node(version=version, facts=NodeFacts("1.1", {"en": "Courts"}, parent_id=top.pk), by=by)
    with pytest.raises(RuleViolated, match="under itself"):
        save_node(version=version, node=top, facts=NodeFacts("1", {"en": "Justice"}, parent_id=sub.pk), by=by)
    with pytest.raises(RuleViolated, match="stands under it"):
        remove_node(node=top, by=by)
    remove_node(node=sub, by=by)
    assert Node.objects.get(version=version) == top


def test_what_is_in_consultation_is_not_edited() -> None:
    version = making.make_version()
    making.make_measure(version)
    making.consult(version)
    with pytest.raises(PermissionRefused):
        making.make_measure(version)
    close_consultation(version=version, by=factories.coordinator())
    assert making.make_measure(version).code == "1.2"


def test_adoption_needs_its_act() -> None:
    version, by = making.make_version(), factories.coordinator()
    with pytest.raises(RuleViolated, match="without measures"):
        making.adopted(version)
    making.make_measure(version)
    with pytest.raises(RuleViolated, match="number of the act"):
        adopt(version=version, act_number=" ", act_date=making.ACT, by=by)
    with pytest.raises(RuleViolated, match="to come"):
        adopt(version=version, act_number="1", act_date=clock.now().date() + timedelta(days=1), by=by)


def _try(write: Any) -> None:
    with pytest.raises(DatabaseError, match="adopted"), transaction.atomic():
        with audit.change("measure.changed", by=audit.SYSTEM):
            write()


def test_the_database_keeps_an_adopted_version_as_it_is() -> None:
    version = making.make_version()
    measure = making.make_measure(version, answers=(factories.make_recommendation(),))
    making.adopted(version)
    _try(lambda: Measure.objects.filter(pk=measure.pk).update(code="9"))
    _try(lambda: Node.objects.filter(version=version).update(code="9"))
    _try(lambda: Milestone.objects.filter(measure=measure).update(due_on=date(2030, 1, 1)))
    _try(lambda: MeasureAnswer.objects.filter(measure=measure).delete())
    _try(
        lambda: BudgetLine.objects.create(
            measure=measure, year=2027, kind="planned", amount=1, currency="MAD", source="x"
        )
    )
    _try(lambda: type(version).objects.filter(pk=version.pk).update(act_number="other"))
    _try(lambda: type(version).objects.filter(pk=version.pk).update(state="draft"))
    draft = making.make_version("Another")
    moved = making.make_measure(draft)
    _try(lambda: Measure.objects.filter(pk=moved.pk).update(version=version))


def test_the_next_version_begins_as_a_copy_and_replaces_the_first() -> None:
    version, lead, item = making.make_version(), factories.make_institution(), factories.make_recommendation()
    top = Node.objects.get(version=version)
    by = factories.coordinator()
    save_node(version=version, facts=NodeFacts("1.1", {"en": "Courts"}, parent_id=top.pk), by=by)
    measure = making.make_measure(version, lead=lead, answers=(item,))
    making.adopted(version)
    successor = begin_revision(version=version, by=by)
    assert (successor.number, successor.state, successor.based_on) == (2, "draft", version)
    copy = Measure.objects.get(version=successor)
    assert (copy.key, copy.code, copy.titles) == (measure.key, measure.code, measure.titles)
    assert copy.node.version_id == successor.pk
    assert Node.objects.get(version=successor, code="1.1").parent == Node.objects.get(
        version=successor, code="1"
    )
    assert Milestone.objects.get(measure=copy).key == Milestone.objects.get(measure=measure).key
    assert [answer.recommendation for answer in copy.answers.all()] == [item]
    with pytest.raises(RuleViolated, match="written already"):
        begin_revision(version=version, by=by)
    adopt(version=successor, act_number="2-26-9", act_date=making.ACT, by=by)
    version.refresh_from_db()
    assert version.state == "revised"


def test_an_institution_reports_once_and_every_recommendation_shows_it() -> None:
    lead, items = factories.make_institution(), [factories.make_recommendation() for _ in range(2)]
    version = making.make_version()
    measure = making.make_measure(version, lead=lead, answers=tuple(items))
    step = Milestone.objects.get(measure=measure)
    making.adopted(version)
    said = ReportContent(
        Progress.UNDER_WAY, "The course was held", "en", step, date(2026, 2, 1), "Attendance list 12"
    )
    report = report_on_measure(measure=measure, content=said, by=making.focal(lead))
    step.refresh_from_db()
    assert step.reached_on is None
    act_on_report(report=report, action="approve", by=making.validator(lead))
    step.refresh_from_db()
    measure.refresh_from_db()
    assert (step.reached_on, step.proof, measure.progress) == (
        date(2026, 2, 1),
        "Attendance list 12",
        "under_way",
    )
    for item in items:
        (row,) = measures_answering(factories.coordinator(), item)
        assert (row, row.last_report) == (measure, report)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": " "}, "what was done"),
        ({"proof": ""}, "proof"),
        ({"reached_on": None}, "day"),
        ({"reached_on": date(2999, 1, 1)}, "to come"),
        ({"milestone": None}, "Choose the milestone"),
    ],
)
def test_what_a_report_cannot_be(change: dict[str, Any], message: str) -> None:
    lead = factories.make_institution()
    version = making.make_version()
    measure = making.make_measure(version, lead=lead)
    making.adopted(version)
    step = Milestone.objects.get(measure=measure)
    said = ReportContent(Progress.UNDER_WAY, "Held", "en", step, date(2026, 2, 1), "List 12")
    with pytest.raises(RuleViolated, match=message):
        report_on_measure(measure=measure, content=replace(said, **change), by=making.focal(lead))


def test_a_report_is_returned_with_a_reason_and_changes_nothing() -> None:
    lead = factories.make_institution()
    version = making.make_version()
    measure = making.make_measure(version, lead=lead)
    making.adopted(version)
    content = ReportContent(Progress.COMPLETED, "All done", "en")
    report = report_on_measure(measure=measure, content=content, by=making.focal(lead))
    with pytest.raises(RuleViolated, match="awaits your validator"):
        report_on_measure(measure=measure, content=content, by=making.focal(lead))
    with pytest.raises(RuleViolated, match="reason"):
        act_on_report(report=report, action="return", by=making.validator(lead))
    act_on_report(report=report, action="return", by=making.validator(lead), reason="Which courses?")
    measure.refresh_from_db()
    assert measure.progress == "planned"
    assert (
        report_on_measure(measure=measure, content=content, by=making.focal(lead)).state == "with_validator"
    )
