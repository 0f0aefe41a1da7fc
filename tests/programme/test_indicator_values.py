"""A value is never overwritten; unknown is neither zero nor no; breaks and corrections stay."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tawsiya.accounts.choices import Role
from tawsiya.audit import commands as audit
from tawsiya.audit.models import Event
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.programme.commands.indicator_values import Recorded, record_values
from tawsiya.programme.commands.indicators import (
    Goal,
    Sheet,
    mark_break,
    save_indicator,
    set_indicator_state,
    withdraw_break,
)
from tawsiya.programme.indicator_choices import Origin
from tawsiya.programme.indicator_queries import values_that_count
from tawsiya.programme.indicator_reading import UNSAID, Reading
from tawsiya.programme.models import Indicator, IndicatorBreak, IndicatorValue
from tests import factories
from tests.programme import making
from tests.programme.measuring import make_indicator, record, target

pytestmark = pytest.mark.django_db


def _counts(indicator: Indicator) -> list[tuple[str, str, Decimal | None]]:
    return list(values_that_count([indicator.pk]).values_list("period", "cell", "value"))


def test_a_correction_stands_after_what_it_corrects_and_both_are_kept() -> None:
    row = make_indicator()
    assert record(row, "2023", "51.4") == Recorded(new=1)
    assert record(row, "2023", "52.0", reason="New weights") == Recorded(corrected=1)
    assert record(row, "2023", "52.5", reason="Newer weights") == Recorded(corrected=1)
    assert _counts(row) == [("2023", "", Decimal("52.5"))]
    kept = IndicatorValue.objects.filter(indicator=row).order_by("pk")
    assert [value.value for value in kept] == [Decimal("51.4"), Decimal("52"), Decimal("52.5")]
    assert [value.corrects_id for value in kept] == [None, kept[0].pk, kept[1].pk]
    codes = Event.objects.filter(subject_type="programme.indicator", subject_id=row.pk)
    assert [event.code for event in codes.order_by("position")][-3:] == [
        "indicator.values_recorded",
        "indicator.values_corrected",
        "indicator.values_corrected",
    ]
    assert codes.order_by("-position").first().reason == "Newer weights"  # type: ignore[union-attr]  # it is there


def test_what_says_the_same_again_changes_nothing() -> None:
    row = make_indicator()
    record(row, "2023", "51.4")
    before = Event.objects.count()
    assert record(row, "2023", "51.40") == Recorded(unchanged=1)
    assert (IndicatorValue.objects.count(), Event.objects.count()) == (1, before)


def test_a_correction_without_a_reason_is_refused() -> None:
    row = make_indicator()
    record(row, "2023", "51.4")
    with pytest.raises(RuleViolated, match=r"2023 · Total: say why the value is corrected"):
        record(row, "2023", "52")
    assert _counts(row) == [("2023", "", Decimal("51.4"))]


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading("20234", value=Decimal(1)), "Give a period"),
        (Reading("2099", value=Decimal(1)), "in a period to come"),
        (Reading("2023", {"region": "Tizi"}, value=Decimal(1)), "not told apart that way"),
        (Reading("2023", {"sex": "X"}, value=Decimal(1)), "no code of the dimension: X"),
        (Reading("2023"), "say why there is none"),
        (Reading("2023", state="missing", missing="not_yet", quality=""), "why there is no value"),
        (Reading("2023", state="not_applicable", quality=""), "why there is no value"),
        (Reading("2023", value=Decimal("0.00001")), "four decimals"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(reading: Reading, words: str) -> None:
    row = make_indicator()
    with pytest.raises(RuleViolated, match=words):
        record_values(indicator=row, readings=[reading], by=factories.coordinator(), origin=Origin.FORM)
    assert IndicatorValue.objects.count() == 0


def test_a_missing_value_is_no_zero_and_may_arrive_later() -> None:
    row = make_indicator()
    record(row, "2023", None, state="missing", missing="not_yet", quality="", reason="The census is late")
    assert _counts(row) == [("2023", "", None)]
    assert record(row, "2023", "0", reason="The census is out") == Recorded(corrected=1)
    assert _counts(row) == [("2023", "", Decimal(0))]


def test_yes_or_no_takes_nothing_else() -> None:
    row = make_indicator(measured="yes_no", dimensions=())
    record(row, "2023", "0")
    with pytest.raises(RuleViolated, match="1 for yes or 0 for no"):
        record(row, "2024", "2")


def test_the_same_cell_twice_is_refused_whatever_else_is_there() -> None:
    row = make_indicator()
    twice = [Reading("2023", {"sex": "F"}, value=Decimal(value)) for value in (1, 2)]
    with pytest.raises(RuleViolated, match="2023 · Women and girls is given twice"):
        record_values(indicator=row, readings=twice, by=factories.coordinator(), origin=Origin.FILE)


def test_who_records_values() -> None:
    home, other = factories.make_institution(), factories.make_institution()
    row = make_indicator(home)
    record(row, "2021", "1", by=making.focal(home))
    record(row, "2022", "1", by=making.validator(home))
    record(row, "2023", "1", by=factories.coordinator())
    for reader in (
        making.focal(other),
        factories.make_reader(Role.OBSERVER),
        factories.make_reader(Role.NHRI),
    ):
        with pytest.raises(PermissionRefused, match="the responsible institution"):
            record(row, "2024", "1", by=reader)
    homes = IndicatorValue.objects.order_by("period").values_list("institution_id", flat=True)
    assert list(homes) == [home.pk, home.pk, factories.the_delegation().pk]


@pytest.mark.parametrize("state", ["not_applicable", "retired"])
def test_setting_aside_is_a_decision_with_a_reason_and_ends_recording(state: str) -> None:
    row = make_indicator()
    with pytest.raises(RuleViolated, match="Give the reason"):
        set_indicator_state(indicator=row, state=state, by=factories.coordinator(), reason=" ")
    with pytest.raises(PermissionRefused):
        set_indicator_state(indicator=row, state=state, by=making.focal(row.institution), reason="So")
    row = set_indicator_state(indicator=row, state=state, by=factories.coordinator(), reason="No coast")
    assert (row.state, row.state_reason) == (state, "No coast")
    with pytest.raises(PermissionRefused, match="not followed any more"):
        record(row, "2023", "1")
    row = set_indicator_state(indicator=row, state="in_use", by=factories.coordinator())
    assert row.state_reason == ""


def test_a_break_is_explained_kept_and_withdrawn_with_a_reason() -> None:
    row = make_indicator()
    by = factories.coordinator()
    with pytest.raises(RuleViolated, match="Say what changed"):
        mark_break(indicator=row, period="2021", explanation="", language="en", by=by)
    mark = mark_break(indicator=row, period="2021", explanation="New survey", language="en", by=by)
    with pytest.raises(RuleViolated, match="marked there already"):
        mark_break(indicator=row, period="2021", explanation="Again", language="en", by=by)
    with pytest.raises(RuleViolated, match="Give the reason"):
        withdraw_break(mark=mark, by=by, reason="")
    mark = withdraw_break(mark=mark, by=by, reason="The year was 2022")
    assert (mark.withdrawal, mark.withdrawn_by_id) == ("The year was 2022", by.user_id)
    mark_break(indicator=row, period="2021", explanation="After all", language="en", by=by)
    assert IndicatorBreak.objects.filter(indicator=row).count() == 2


def test_a_break_that_a_file_marks_is_marked_once() -> None:
    row = make_indicator()
    readings = [Reading("2021", {"sex": code}, value=Decimal(1), break_note=UNSAID) for code in ("F", "M")]
    for _time in range(2):
        record_values(indicator=row, readings=readings, by=factories.coordinator(), origin=Origin.SDMX)
    assert list(row.breaks.values_list("period", "explanation")) == [
        ("2021", "Marked as a break in the file that brought the values.")
    ]


# The same held by the database, whoever writes.


def _in_the_database(statement: str, *values: object) -> None:
    with (
        audit.change("indicator.values_recorded", by=audit.SYSTEM),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme_indicatorvalue SET value = 99",
        "UPDATE programme_indicatorvalue SET period = '2020'",
        "DELETE FROM programme_indicatorvalue",
    ],
)
def test_the_database_overwrites_and_deletes_no_value(statement: str) -> None:
    record(make_indicator(), "2023", "51.4")
    with pytest.raises(DatabaseError, match="Cannot update or delete rows"):
        _in_the_database(statement)


def test_the_database_rewrites_and_deletes_no_break() -> None:
    row = make_indicator()
    mark_break(indicator=row, period="2021", explanation="New", language="en", by=factories.coordinator())
    with pytest.raises(DatabaseError, match="Cannot delete rows"):
        _in_the_database("DELETE FROM programme_indicatorbreak")
    with pytest.raises(DatabaseError, match="Cannot update rows"):
        _in_the_database("UPDATE programme_indicatorbreak SET explanation = 'Old'")


_INSERT = (
    "INSERT INTO programme_indicatorvalue (indicator_id, period, breakdown, cell, state, value, missing, quality,"
    " source, reason, corrects_id, institution_id, origin, recorded_by_id, recorded_at)"
    " SELECT id, %s, %s::jsonb, %s, %s, %s, %s, %s, '', %s, %s, institution_id, 'form',"
    " (SELECT min(id) FROM accounts_user), now() FROM programme_indicator WHERE id = %s"
)


@pytest.mark.parametrize(
    "row",
    [
        ("2023", "{}", "", "known", None, "", "final", ""),
        ("2023", "{}", "", "missing", 0, "not_yet", "", "Late"),
        ("2023", "{}", "", "missing", None, "", "", "Late"),
        ("2023", "{}", "", "missing", None, "not_yet", "", ""),
        ("2023", "{}", "", "not_applicable", None, "", "", ""),
        ("2023", "{}", "", "not_applicable", 0, "", "", "No coast"),
        ("23", "{}", "", "known", 1, "", "final", ""),
        ("2023-Q5", "{}", "", "known", 1, "", "final", ""),
        ("2023", '{"region": "Tizi"}', "region=Tizi", "known", 1, "", "final", ""),
    ],
)
def test_the_database_takes_no_half_said_value(row: tuple[object, ...]) -> None:
    indicator = make_indicator()
    with pytest.raises(IntegrityError):
        _in_the_database(_INSERT, *row, None, indicator.pk)


def test_the_database_takes_one_first_value_and_no_correction_of_another_cell() -> None:
    row = make_indicator()
    record(row, "2023", "1")
    first = IndicatorValue.objects.get()
    again = ("2023", "{}", "", "known", 2, "", "final", "")
    with pytest.raises(IntegrityError, match="indicator_value_first_once"):
        _in_the_database(_INSERT, *again, None, row.pk)
    elsewhere = ("2022", "{}", "", "known", 2, "", "final", "Because")
    with pytest.raises(IntegrityError, match="same indicator, period and breakdown"):
        _in_the_database(_INSERT, *elsewhere, first.pk, row.pk)


def test_the_database_wants_yes_or_no_and_a_reason_for_setting_aside() -> None:
    row = make_indicator(measured="yes_no", dimensions=())
    with pytest.raises(IntegrityError, match="does not allow this value"):
        _in_the_database(_INSERT, "2023", "{}", "", "known", 2, "", "final", "", None, row.pk)
    with pytest.raises(IntegrityError, match="indicator_set_aside_with_reason"):
        _in_the_database("UPDATE programme_indicator SET state = 'not_applicable'")


# The sheet.


def _sheet(row: Indicator, **more: object) -> Sheet:
    given: dict[str, object] = {
        "code": row.code,
        "names": row.names,
        "kind": row.kind,
        "right": row.right,
        "institution": row.institution,
        "periodicity": row.periodicity,
        "dimensions": tuple(row.dimensions),
    }
    return Sheet(**(given | more))  # type: ignore[arg-type]  # as the test says


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"names": {"en": " "}}, "in one language at least"),
        ({"sdg": ("5.2.1", "5.2.99")}, "no SDG indicator: 5.2.99"),
        ({"goals": (target(2025, "1"), target(2025, "2"))}, "one target for each year"),
        (
            {"goals": (Goal("baseline", 2025, Decimal(1)), target(2024, "2"))},
            "Targets come after the baseline",
        ),
        ({"measured": "yes_no", "goals": (target(2025, "2"),)}, "1 for yes or 0 for no"),
    ],
)
def test_a_sheet_that_does_not_hold_is_refused(more: dict[str, object], words: str) -> None:
    row = make_indicator()
    with pytest.raises(RuleViolated, match=words):
        save_indicator(sheet=_sheet(row, **more), by=factories.coordinator(), indicator=row)


def test_a_sheet_never_disowns_values_on_record() -> None:
    row = make_indicator()
    record(row, "2023", "1", breakdown={"sex": "F"})
    by = factories.coordinator()
    with pytest.raises(RuleViolated, match="a dimension that you leave out"):
        save_indicator(sheet=_sheet(row, dimensions=("age",)), by=by, indicator=row)
    with pytest.raises(RuleViolated, match="another kind of figure"):
        save_indicator(sheet=_sheet(row, measured="percent"), by=by, indicator=row)
    saved = save_indicator(sheet=_sheet(row, dimensions=("sex", "area")), by=by, indicator=row)
    assert saved.dimensions == ["sex", "area"]


def test_codes_are_taken_once_and_old_sights_are_stale() -> None:
    row = make_indicator(code="EDU-1")
    with pytest.raises(RuleViolated, match="code is taken"):
        make_indicator(code="edu-1")
    with pytest.raises(StaleData):
        save_indicator(
            sheet=_sheet(row), by=factories.coordinator(), indicator=row, seen_version=row.row_version - 1
        )
    with pytest.raises(PermissionRefused):
        save_indicator(sheet=_sheet(row), by=making.focal(row.institution), indicator=row)


def test_values_are_dated_by_the_clock() -> None:
    row = make_indicator()
    with clock.at(datetime(2024, 3, 1, tzinfo=UTC)):
        record(row, "2023", "1")
        with pytest.raises(RuleViolated, match="to come"):
            record(row, "2025", "1")
    assert IndicatorValue.objects.get().recorded_at == datetime(2024, 3, 1, tzinfo=UTC)
