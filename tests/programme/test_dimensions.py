"""What programmes add to the facets of recommendations: exact counts, by what each reader sees."""

from datetime import date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from tawsiya.analysis.crossing import cross
from tawsiya.audit import kept
from tawsiya.core import clock
from tawsiya.programme.choices import Audience, Progress
from tawsiya.programme.commands.programmes import NodeFacts, save_node
from tawsiya.programme.commands.reports import ReportContent, act_on_report, report_on_measure
from tawsiya.programme.commands.versions import begin_revision, open_consultation
from tawsiya.programme.models import Node, Version
from tawsiya.recommendations.facets import facet, facets_for
from tawsiya.recommendations.filters import matching
from tests import factories
from tests.programme import making
from tests.recommendations.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def found(world: World, name: str, query: str) -> list[str]:
    return sorted(world.names([row.pk for row in matching(world.reader(name), QueryDict(query))]))


def counts(world: World, name: str, of: str, query: str = "") -> dict[str, int]:
    options = facet(of, world.reader(name), QueryDict(query))["options"]
    return {option["value"]: option["count"] for option in options}


def labels(world: World, name: str, of: str) -> list[str]:
    return [str(option["label"]) for option in facet(of, world.reader(name), QueryDict())["options"]]


@pytest.fixture
def planned(world: World) -> World:
    """In force: two measures, one late and of a sub-axis. In preparation: one of the ministry of health."""
    version = making.make_version("Plan in force")
    top = save_node(version=version, facts=NodeFacts("2", {"en": "Schools"}), by=factories.coordinator())
    below = save_node(
        version=version, facts=NodeFacts("2.1", {"en": "Girls"}, parent_id=top.pk), by=factories.coordinator()
    )
    # It answers a lettered part: the paragraph has a measure.
    making.make_measure(version, lead=world.justice, answers=(world.rows["figures-a"], world.rows["prison"]))
    making.make_measure(
        version,
        node=below,
        code="2.1.1",
        lead=world.health,
        ends_on=date(2020, 1, 1),
        answers=(world.rows["school"], world.rows["prison"]),
    )
    making.adopted(version)
    draft = making.make_version("Plan to come")
    making.make_measure(draft, lead=world.health, answers=(world.rows["old"],))
    making.make_measure(draft, answers=(world.rows["migrants"],))
    return world


def test_who_sees_a_draft_finds_what_it_plans_and_nobody_else(planned: World) -> None:
    assert counts(planned, "coordinator", "planned") == {"in_force": 3, "prepared": 2}
    assert counts(planned, "observer", "planned") == {"in_force": 3, "prepared": 2}
    assert counts(planned, "health", "planned") == {"in_force": 3, "prepared": 1, "none": 1}
    for name in ("justice", "nhri"):
        assert counts(planned, name, "planned") == {"in_force": 3, "none": 2}
        assert found(planned, name, "planned=none") == ["migrants", "old"]
        assert found(planned, name, "planned=prepared") == []
    assert found(planned, "coordinator", "planned=none") == []
    assert found(planned, "health", "planned=prepared") == ["old"]
    assert found(planned, "nhri", "planned=in_force") == ["figures", "prison", "school"]


def test_what_one_institution_counted_of_a_draft_is_kept_from_another(planned: World) -> None:
    """Figures are kept until the next act; those of drafts only for who sees the same drafts."""

    def asked(name: str, of: str, query: str = "") -> dict[str, int]:
        with kept.reading():
            return counts(planned, name, of, query)

    factories.make_institution()  # an act, so that figures are kept
    assert asked("health", "planned") == {"in_force": 3, "prepared": 1, "none": 1}
    assert asked("justice", "planned") == {"in_force": 3, "none": 2}
    assert asked("health", "body", "planned=prepared") != {}
    assert asked("justice", "body", "planned=prepared") == {}


def test_what_is_counted_before_a_consultation_opens_by_the_clock_is_not_what_counts_after(
    planned: World,
) -> None:
    """It opens at noon without any act: what an organisation or institution counted in the morning is gone."""
    noon = datetime(2026, 12, 1, 12, tzinfo=timezone.get_current_timezone())
    version = Version.objects.get(programme__names__en="Plan to come")
    with clock.at(noon - timedelta(days=1)):
        open_consultation(
            version=version,
            audiences=[Audience.NHRI],
            opens_at=noon,
            closes_at=noon + timedelta(days=1),
            by=factories.coordinator(),
        )

    def asked(hour: int) -> tuple[dict[str, int], int]:
        with clock.at(noon + timedelta(hours=hour)):
            page = planned.client("nhri").get("/en/recommendations/?planned=prepared")
            with kept.reading():
                return counts(planned, "nhri", "planned"), page.context["figures"]["total"]

    assert asked(-1) == ({"in_force": 3, "none": 2}, 0)
    assert asked(1) == ({"in_force": 3, "prepared": 2}, 2)
    assert asked(-1) == ({"in_force": 3, "none": 2}, 0)


def test_by_the_highest_axis_the_lead_and_the_progress_of_measures_in_force(planned: World) -> None:
    version = Node.objects.get(names__en="Schools").version
    first = str(Node.objects.get(version=version, code="1").key)
    schools = str(Node.objects.get(version=version, code="2").key)
    assert counts(planned, "nhri", "plan_axis") == {first: 2, schools: 2, "none": 2}
    assert labels(planned, "nhri", "plan_axis") == ["1 Justice", "2 Schools", "No measure in force"]
    assert found(planned, "nhri", f"plan_axis={schools}") == ["prison", "school"]
    assert found(planned, "nhri", f"plan_axis={schools}&plan_axis=none") == [
        "migrants", "old", "prison", "school"
    ]  # fmt: skip
    assert counts(planned, "nhri", "plan_lead") == {"justice": 2, "health": 2}
    assert found(planned, "nhri", "plan_lead=health") == ["prison", "school"]
    assert counts(planned, "nhri", "plan_progress") == {"late": 2, "planned": 2}
    assert found(planned, "nhri", "plan_progress=late") == ["prison", "school"]
    assert found(planned, "nhri", "plan_axis=nonsense&plan_lead=x") == []
    # An open measure of a draft has neither.
    assert found(planned, "coordinator", "plan_lead=health&planned=prepared") == []


def test_a_late_measure_that_is_reported_completed_is_late_no_more(planned: World) -> None:
    measure = planned.rows["school"].measures.get().measure
    report = report_on_measure(
        measure=measure,
        content=ReportContent(Progress.COMPLETED, "It is done", "en"),
        by=making.focal(planned.health),
    )
    act_on_report(report=report, action="approve", by=making.validator(planned.health))
    assert counts(planned, "nhri", "plan_progress") == {"planned": 2, "completed": 2}


def test_a_replaced_version_plans_nothing_any_more(planned: World) -> None:
    version = Node.objects.get(names__en="Schools").version
    successor = begin_revision(version=version, by=factories.coordinator())
    assert counts(planned, "nhri", "planned") == {"in_force": 3, "none": 2}
    making.adopted(successor)
    assert counts(planned, "nhri", "planned") == {"in_force": 3, "none": 2}


def test_nothing_is_offered_where_there_is_no_programme(world: World) -> None:
    names = {row["name"] for row in facets_for(world.reader("nhri"), QueryDict())}
    assert not names & {"planned", "plan_axis", "plan_lead", "plan_progress"}


def test_the_axis_is_crossed_with_the_body_and_each_figure_is_its_list(planned: World) -> None:
    crossing = cross(planned.reader("nhri"), QueryDict("rows=plan_axis&columns=body"))
    table = {
        (str(row.label), column.code): crossing.cells[i, j].count
        for i, row in enumerate(crossing.rows)
        for j, column in enumerate(crossing.columns)
        if (i, j) in crossing.cells
    }
    assert table == {
        ("1 Justice", "UPR"): 1,
        ("1 Justice", "CERD"): 1,
        ("2 Schools", "UPR"): 2,
        ("No measure in force", "UPR"): 1,
        ("No measure in force", "CERD"): 1,
    }
    for cell in crossing.cells.values():
        rows = matching(planned.reader("nhri"), QueryDict(cell.url.partition("?")[2]))
        assert rows.count() == cell.count
    assert crossing.without == 0


@pytest.mark.parametrize("reader", ["nhri", "coordinator"])
def test_by_whether_a_measure_answers_it(planned: World, reader: str) -> None:
    crossing = cross(planned.reader(reader), QueryDict("rows=planned&columns="))
    expected = {"nhri": {"in_force": 3, "none": 2}, "coordinator": {"in_force": 3, "prepared": 2}}
    assert {row.code: row.count for row in crossing.rows} == expected[reader]
