"""Where indicators stand, and what the rule of assessment is told of them."""

from decimal import Decimal

import pytest

from tawsiya.programme.commands.indicators import set_indicator_state
from tawsiya.programme.indicator_facts import indicator_facts
from tawsiya.programme.indicator_queries import following, standings, with_standing
from tawsiya.programme.models import Indicator
from tests import factories
from tests.programme import making
from tests.programme.measuring import make_indicator, record, target

pytestmark = pytest.mark.django_db

# Values recorded, targets, the direction; what is expected: period, value, target, met, standing.
CASES = [
    ([], [], "higher", ("", None, None, None, "no_value")),
    ([("2023", "5")], [], "higher", ("2023", "5", None, None, "no_target")),
    ([("2023", "5")], [(2024, "4")], "higher", ("2023", "5", None, None, "no_target")),
    ([("2023", "5")], [(2023, "5")], "higher", ("2023", "5", "5", True, "met")),
    ([("2023", "4.9")], [(2023, "5")], "higher", ("2023", "4.9", "5", False, "missed")),
    ([("2023", "4.9")], [(2023, "5")], "lower", ("2023", "4.9", "5", True, "met")),
    ([("2023", "5.1")], [(2023, "5")], "lower", ("2023", "5.1", "5", False, "missed")),
    ([("2024", "5"), ("2023", "9")], [(2020, "6"), (2023, "7"), (2030, "8")], "higher", ("2024", "5", "7", False, "missed")),
    ([("2023", "9"), ("2024", None)], [(2023, "5")], "higher", ("2024", None, "5", None, "unknown")),
    ([("2023", "0")], [(2023, "0")], "lower", ("2023", "0", "0", True, "met")),
    ([("2023-Q4", "7")], [(2023, "7")], "higher", ("2023-Q4", "7", "7", True, "met")),
]  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(("values", "targets", "better", "expected"), CASES)
def test_where_an_indicator_stands_told_twice_alike(
    values: list[tuple[str, str | None]],
    targets: list[tuple[int, str]],
    better: str,
    expected: tuple[str, str | None, str | None, bool | None, str],
) -> None:
    row = make_indicator(better=better, goals=tuple(target(year, value) for year, value in targets))
    for period, value in values:
        missing = {"state": "missing", "missing": "not_yet", "quality": "", "reason": "Late"}
        record(row, period, value, **({} if value is not None else missing))
    record(row, "2025", "100", breakdown={"sex": "F"})  # no total: says nothing of where it stands
    period, number, aim, met, word = expected
    found = standings([row])[row.pk]
    assert (found.period, found.value, found.target, found.met) == (
        period,
        _number(number),
        _number(aim),
        met,
    )
    listed = with_standing(Indicator.objects.all()).get()  # type: ignore[misc]  # what it adds
    assert (listed.standing, listed.last_period or "") == (word, period)


def test_a_correction_decides_where_it_stands() -> None:
    row = make_indicator(goals=(target(2023, "5"),))
    record(row, "2023", "5")
    record(row, "2023", "4", reason="Counted twice")
    assert standings([row])[row.pk].met is False
    assert with_standing(Indicator.objects.all()).get().standing == "missed"  # type: ignore[misc]  # what it adds


def test_the_facts_of_a_recommendation_are_its_own_and_those_of_measures_in_force() -> None:
    factories.make_instance()
    item, bare = factories.make_recommendation(), factories.make_recommendation()
    version = making.make_version()
    measure = making.make_measure(version, answers=(item,))
    own = make_indicator(code="A", items=(item,), goals=(target(2023, "5"),))
    of_measure = make_indicator(code="B", measures=(measure.key,))
    draft = make_indicator(code="C", items=(item,), in_use=False)
    record(own, "2023", "4")
    facts = indicator_facts([item.pk, bare.pk])
    assert facts[bare.pk] == []
    (fact,) = facts[item.pk]
    assert (fact.indicator_id, fact.code, fact.period, fact.value, fact.target, fact.met) == (
        own.pk, "A", "2023", Decimal(4), Decimal(5), False,
    )  # fmt: skip
    making.adopted(version)
    assert [one.code for one in indicator_facts([item.pk])[item.pk]] == ["A", "B"]
    assert indicator_facts([item.pk])[item.pk][1].met is None
    assert [one.indicator.code for one in following(factories.coordinator(), item)] == ["A", "B"]
    set_indicator_state(indicator=own, state="retired", by=factories.coordinator(), reason="Replaced")
    assert [one.code for one in indicator_facts([item.pk])[item.pk]] == ["B"]
    assert {of_measure.state, draft.state} == {"in_use", "draft"}
