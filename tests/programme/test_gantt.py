"""The time line: what is late, what waits for what, where a bar stands, in both directions."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.translation import override

from tawsiya.accounts.choices import Role
from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated
from tawsiya.programme import gantt, gantt_arrows
from tawsiya.programme.commands.measures import Content, MilestoneFacts, remove_measure, save_measure
from tawsiya.programme.commands.versions import begin_revision
from tawsiya.programme.models import Measure, MeasureWait, Version
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db
TODAY = date(2027, 7, 2)


def _steps(version: Version) -> list[gantt.Step]:
    rows = list(gantt.with_time(Measure.objects.filter(version=version).order_by("sort_key")))
    return [step for one in gantt.steps(rows, TODAY).values() for step in one]


def _saved(measure: Measure, **more: Any) -> Measure:
    content = Content(node=measure.node, code=measure.code, titles=measure.titles, **more)
    return save_measure(version=measure.version, content=content, measure=measure, by=factories.coordinator())


def test_what_is_late_and_what_waits_is_said() -> None:
    version = making.make_version()
    first = making.make_measure(version, ends_on=date(2027, 6, 30))
    step = first.milestones.get()
    making.make_measure(
        version,
        waits_for=(first,),
        ends_on=date(2028, 1, 1),
        milestones=(MilestoneFacts({"en": "Then"}, date(2027, 12, 1), waits_for=(step.key,)),),
    )
    assert [(one.code, one.late, one.blocked, one.state) for one in _steps(version)] == [
        ("1.1", True, False, "late"),
        ("1.1/1", True, False, "late"),
        ("1.2", False, True, "blocked"),
        ("1.2/1", False, True, "blocked"),
    ]
    assert [wait.code for one in _steps(version) for wait in one.waits] == ["1.1", "1.1/1"]


def test_the_last_day_is_not_late() -> None:
    version = making.make_version()
    making.make_measure(version, ends_on=TODAY, milestones=(MilestoneFacts({"en": "Now"}, TODAY),))
    assert [one.late for one in _steps(version)] == [False, False]


def test_a_bar_stands_where_its_days_are_and_arabic_runs_from_the_right() -> None:
    version = making.make_version()
    making.make_measure(version, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), milestones=())
    making.make_measure(version, starts_on=date(2028, 1, 1), ends_on=date(2028, 12, 31), milestones=())
    first = _steps(version)[0]
    rows = list(gantt.with_time(Measure.objects.filter(version=version)))
    with override("fr"):
        assert 'x="0.00%" y="50%" width="49.93%"' in gantt.scale(rows, TODAY).bar(first)
    with override("ar"):
        drawn = gantt.scale(rows, TODAY)
        assert 'x="50.07%" y="50%" width="49.93%"' in drawn.bar(first)
        assert drawn.place(date(2027, 1, 1)) == 100.0


def test_measures_never_wait_in_a_ring_whoever_writes() -> None:
    version, other = making.make_version(), making.make_version("Other")
    a = making.make_measure(version)
    b = making.make_measure(version, waits_for=(a,))
    c = making.make_measure(version, waits_for=(b,))
    with pytest.raises(RuleViolated, match="in a ring"):
        _saved(a, waits_for=(c,))
    with pytest.raises(RuleViolated, match="own version"):
        _saved(a, waits_for=(making.make_measure(other),))
    with pytest.raises(RuleViolated, match="waits for it"):
        remove_measure(measure=a, by=factories.coordinator())
    with pytest.raises(DatabaseError, match="ring"), transaction.atomic():
        with audit.change("measure.changed", by=audit.SYSTEM):
            MeasureWait.objects.create(measure=a, waits_for=c)
    with pytest.raises(DatabaseError, match="two versions"), transaction.atomic():
        with audit.change("measure.changed", by=audit.SYSTEM):
            MeasureWait.objects.create(measure=a, waits_for=other.measures.get())


def test_a_revision_keeps_what_waits_and_the_adopted_version_is_frozen() -> None:
    version = making.make_version()
    a = making.make_measure(version)
    making.make_measure(version, waits_for=(a,))
    making.adopted(version)
    version.refresh_from_db()
    successor = begin_revision(version=version, by=factories.coordinator())
    waits = MeasureWait.objects.filter(measure__version=successor)
    assert [(row.measure.code, row.waits_for.code, row.waits_for.version_id) for row in waits] == [
        ("1.2", "1.1", successor.pk)
    ]
    with pytest.raises(DatabaseError, match="adopted"), transaction.atomic():
        with audit.change("measure.changed", by=audit.SYSTEM):
            MeasureWait.objects.filter(measure__version=version).delete()


@pytest.fixture
def desk() -> Client:
    factories.make_instance()
    client = Client()
    person = factories.make_person(Role.COORDINATOR, factories.the_delegation())
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_is_a_table_by_axis_or_institution_and_the_late_ones_alone(desk: Client) -> None:
    version = making.make_version()
    lead = factories.make_institution(names={"en": "Ministry of Justice"})
    making.make_measure(version, lead=lead, ends_on=date(2020, 1, 1), milestones=())
    making.make_measure(version, title="Open ten houses", ends_on=date(2090, 1, 1), milestones=())
    address = f"/en/programmes/versions/{version.pk}/timeline"
    page = desk.get(f"{address}/").content.decode()
    assert "Late: 1" in page and "Open ten houses" in page
    page = desk.get(f"{address}/?by=institution").content.decode()
    assert (
        page.index("Ministry of Justice") < page.index("No lead institution") < page.index("Open ten houses")
    )
    assert "Open ten houses" not in desk.get(f"{address}/?late=1").content.decode()
    rows = desk.get(f"{address}.json?late=1").json()["results"]
    assert [(row["number"], row["lead"], row["late"]) for row in rows] == [
        ("1.1", "Ministry of Justice", True)
    ]
    assert desk.get(f"{address}.csv").status_code == 200


def test_two_hundred_measures_take_as_many_queries_as_two(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    version = making.make_version()
    making.fill(version, 200, lead=factories.make_institution())
    for by in ("axis", "institution"):
        with django_assert_max_num_queries(24):
            page = desk.get(f"/en/programmes/versions/{version.pk}/timeline/?by={by}")
        assert page.context["count"] == 600


def _arrows(version: Version, language: str) -> tuple[gantt_arrows.Arrows, gantt.Lane]:
    rows = list(gantt.with_time(Measure.objects.filter(version=version).order_by("sort_key")))
    steps = [step for one in gantt.steps(rows, TODAY).values() for step in one]
    lane = gantt.Lane("1", "Justice", 0, steps)
    with override(language):
        return gantt_arrows.arrows([lane], gantt.scale(rows, TODAY)), lane


def test_an_arrow_leaves_at_the_end_of_what_comes_first_and_meets_the_start_of_what_waits() -> None:
    version = making.make_version()
    first = making.make_measure(
        version, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), milestones=()
    )
    making.make_measure(version, starts_on=date(2027, 1, 1), ends_on=date(2028, 12, 31), milestones=())
    making.make_measure(
        version,
        waits_for=(first,),
        starts_on=date(2028, 7, 1),
        ends_on=date(2028, 12, 31),
        milestones=(),
    )
    drawn, _lane = _arrows(version, "fr")
    # Row 0 names the axis; 365 of 731 days are 49.93 %, 547 are 74.83 %.
    assert sorted(drawn.pieces) == [1, 2, 3]
    assert 'x1="49.93%" x2="49.93%" y1="50%" y2="100%"' in drawn.pieces[1]
    assert drawn.pieces[2] == '<use href="#tw-wait-0"/>'
    assert 'x1="49.93%" x2="74.83%" y1="50%" y2="50%"' in drawn.pieces[3]
    assert (
        '<svg x="74.83%" y="50%" overflow="visible"><path class="tw-gantt__head" d="M0 0l-6'
        in drawn.pieces[3]
    )
    # In Arabic time runs from the right, and so does the arrow.
    mirrored, _lane = _arrows(version, "ar")
    assert 'x1="50.07%" x2="25.17%" y1="50%" y2="50%"' in mirrored.pieces[3]
    assert (
        '<svg x="25.17%" y="50%" overflow="visible"><path class="tw-gantt__head" d="M0 0l6'
        in mirrored.pieces[3]
    )


def test_an_arrow_goes_up_and_lands_on_what_began_too_early_and_none_leaves_what_is_not_shown() -> None:
    version = making.make_version()
    late = making.make_measure(
        version, code="1.9", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), milestones=()
    )
    making.make_measure(
        version,
        code="1.1",
        waits_for=(late,),
        starts_on=date(2027, 1, 1),
        ends_on=date(2028, 12, 31),
        milestones=(),
    )
    drawn, lane = _arrows(version, "en")
    assert 'x1="49.93%" x2="49.93%" y1="50%" y2="100%"' in drawn.pieces[1] and "M0 6" in drawn.pieces[1]
    assert 'y1="0" y2="50%"' in drawn.pieces[2]
    alone = gantt.Lane("1", "Justice", 0, lane.steps[:1])
    assert (
        gantt_arrows.arrows([alone], gantt.Scale(date(2027, 1, 1), date(2029, 1, 1), False, TODAY)).pieces
        == {}
    )


def test_the_page_says_in_words_what_the_arrows_show_and_escapes_titles(desk: Client) -> None:
    version = making.make_version()
    first = making.make_measure(
        version, title="Open <b>two</b> houses", ends_on=date(2090, 1, 1), milestones=()
    )
    making.make_measure(version, waits_for=(first,), ends_on=date(2091, 1, 1), milestones=())
    page = desk.get(f"/en/programmes/versions/{version.pk}/timeline/").content.decode()
    assert "From what comes first to what waits for it" in page and 'id="tw-wait-0"' in page
    assert (
        f'Waits for <a href="/en/programmes/measures/{first.pk}/"><bdi dir="ltr">1.1</bdi> '
        "<bdi>Open &lt;b&gt;two&lt;/b&gt; houses</bdi></a>" in page
    )
    assert "<b>" not in page
