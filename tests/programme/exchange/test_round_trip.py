"""A programme leaves as a workbook and comes back the same; what is changed there is what changes here."""

import io
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db.models import TextChoices
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tawsiya.audit import commands as audit
from tawsiya.core.errors import RuleViolated
from tawsiya.core.text.chars import fold
from tawsiya.intake.readers import tables
from tawsiya.programme.choices import BudgetKind, LawKind, LawStage, NodeKind, Reach
from tawsiya.programme.commands.exchange import apply_file, correct_file, keep_file
from tawsiya.programme.commands.measures import BudgetFacts, LawFacts, MilestoneFacts
from tawsiya.programme.commands.programmes import NodeFacts, create_programme, save_node
from tawsiya.programme.exchange.layout import CODES, SHEETS
from tawsiya.programme.exchange.merging import Known, merge
from tawsiya.programme.exchange.planning import planned
from tawsiya.programme.exchange.rows import Names, Plan, plan_of
from tawsiya.programme.exchange.stored import ours, parse
from tawsiya.programme.exchange.writing import workbook
from tawsiya.programme.models import Measure, MeasureWait, Milestone, PlanFile, Version
from tawsiya.recommendations.choices import AccessLevel, Taxonomy
from tawsiya.recommendations.issued import register_tag
from tests import factories
from tests.programme import making

# What people write: any letters, with what would run as a formula or read as another value.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf", "Co", "Cn")),
    min_size=1,
    max_size=12,
) | st.sampled_from(
    ["=1+1", "+212", "-x", "@now", "12", "2027-01-01", "1e5", "true", "تعزيز", "_x0041_", "http://a.b"]
)
LABEL = st.dictionaries(st.sampled_from(["ar", "fr", "en"]), TEXT, min_size=1)
DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
AMOUNT = st.decimals(0, Decimal("99999999999999.99"), places=2)
ITEMS = {f"A/HRC/36/6 § {n}": n for n in range(1, 6)}


@st.composite
def plans(draw: Any) -> Plan:
    """Draw a whole programme as rows."""
    plan: Plan = {code: [] for code in CODES}
    keys = iter(UUID(int=n) for n in range(1, 1000))
    for place in range(draw(st.integers(1, 3))):
        above = draw(st.sampled_from([None, *(row["key"] for row in plan["axes"])]))
        kind = draw(st.sampled_from(NodeKind.values))
        plan["axes"].append(
            {"key": next(keys), "code": f"{place + 1}", "kind": kind, "parent": above, "names": draw(LABEL)}
        )
    for place in range(draw(st.integers(0, 3))):
        days = sorted(draw(st.tuples(DAY, DAY)))
        reach = draw(st.sampled_from(Reach.values))
        earlier = [row["key"] for row in plan["measures"]]
        measure = {
            "key": next(keys),
            "code": f"1.{place + 1}",
            "axis": draw(st.sampled_from([row["key"] for row in plan["axes"]])),
            "titles": draw(LABEL),
            "descriptions": draw(LABEL | st.just({})),
            "starts_on": draw(st.sampled_from([None, days[0]])),
            "ends_on": draw(st.sampled_from([None, days[1]])),
            "reach": reach,
            "places": () if reach == "national" else tuple(draw(st.lists(TEXT, unique=True, max_size=3))),
            "targets": tuple(sorted(draw(st.sets(st.sampled_from(["16.3", "5.2", "1.a"]))))),
            "waits_for": tuple(draw(st.lists(st.sampled_from(earlier), unique=True, max_size=2)))
            if earlier
            else (),
            "risks": draw(TEXT | st.just("")),
        }
        plan["measures"].append(measure)
        _draw_parts(draw, plan, measure["key"], keys)
    return plan


def _draw_parts(draw: Any, plan: Plan, measure: UUID, keys: Any) -> None:
    for place, institution in enumerate(draw(st.lists(st.sampled_from(["justice", "health"]), unique=True))):
        level = AccessLevel.LEAD if place == 0 else AccessLevel.SUPPORT
        plan["institutions"].append({"measure": measure, "institution": institution, "level": level})
    for item in draw(st.lists(st.sampled_from(sorted(ITEMS.values())), unique=True, max_size=3)):
        plan["answers"].append({"measure": measure, "recommendation": item})
    steps = [row["key"] for row in plan["milestones"]]
    for order in range(1, draw(st.integers(0, 3)) + 1):
        waits = tuple(draw(st.lists(st.sampled_from(steps), unique=True, max_size=2))) if steps else ()
        row = {"key": next(keys), "measure": measure, "order": order, "titles": draw(LABEL)}
        plan["milestones"].append(row | {"due_on": draw(DAY), "waits_for": waits})
    for year in draw(st.lists(st.integers(2000, 2050), unique=True, max_size=2)):
        line = {"measure": measure, "year": year, "kind": draw(st.sampled_from(BudgetKind.values))}
        plan["budget"].append(line | {"amount": draw(AMOUNT), "currency": "MAD", "source": draw(TEXT)})
    for _place in range(draw(st.integers(0, 2))):
        law = {"key": next(keys), "measure": measure, "kind": draw(st.sampled_from(LawKind.values))}
        law |= {
            "titles": draw(LABEL),
            "number": draw(TEXT | st.just("")),
            "stage_since": draw(DAY | st.none()),
        }
        plan["legislation"].append(law | {"stage": draw(st.sampled_from(LawStage.values))})


KNOWN = Known(lambda text: text if text in ("justice", "health") else None, ITEMS.get, {"16.3", "5.2", "1.a"})


def _names(plan: Plan) -> Names:
    from tawsiya.programme.exchange.rows import rename

    names = Names(items={pk: text for text, pk in ITEMS.items()})
    rename(plan, names)
    return names


def _back(data: bytes) -> list[dict[str, Any]]:
    return [{"name": grid.name, "rows": [list(row) for row in grid.rows]} for grid in tables.read(data)]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.sampled_from(["ar", "fr", "en"]))
def test_any_programme_written_and_read_into_an_empty_draft_is_the_same(plan: Plan, language: str) -> None:
    with override(language):
        data = workbook(plan, _names(plan), languages=["ar", "fr", "en"], about={"State": "draft"})
        read, faults = parse(ours(_back(data)), ())
        empty: Plan = {code: [] for code in CODES}
        merged = merge(empty, Names(), read, complete=(), known=KNOWN)
    assert [*faults, *merged.faults] == []
    assert merged.plan == plan


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_reading_it_into_itself_changes_nothing_even_in_one_language(plan: Plan) -> None:
    data = workbook(plan, _names(plan), languages=["fr"], about={})
    read, _faults = parse(ours(_back(data)), ())
    merged = merge(plan, _names(plan), read, complete=CODES, known=KNOWN)
    assert merged.faults == []
    assert merged.plan == plan


def test_no_word_of_a_choice_means_two_things_in_any_language() -> None:
    kinds: list[type[TextChoices]] = [NodeKind, Reach, AccessLevel, BudgetKind, LawKind, LawStage]
    for choices in kinds:
        meant: dict[str, set[str]] = {}
        for language in ("ar", "fr", "en"):
            with override(language):
                for code, label in choices.choices:
                    meant.setdefault(fold(str(label)), set()).add(code)
        assert {word: codes for word, codes in meant.items() if len(codes) > 1} == {}


def test_what_begins_like_a_formula_leaves_as_text() -> None:
    key = UUID(int=1)
    plan: Plan = {code: [] for code in CODES}
    plan["axes"].append(
        {"key": key, "code": "1", "kind": "axis", "parent": None, "names": {"en": "=cmd|' /C calc'!A0"}}
    )
    data = workbook(plan, _names(plan), languages=["en"], about={})
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in b"".join(package.read(name) for name in package.namelist() if "sheet" in name)


# With the database: through the commands and back.


@pytest.fixture
def plan(db: None) -> Version:
    """A draft with two measures of which one waits for the other, and all that belongs to them."""
    factories.make_instance()
    with audit.change("instance.created", by=audit.SYSTEM):
        register_tag(Taxonomy.SDG_TARGET, "16.3", {"en": "16.3"})
    lead, support = factories.make_institution(key="justice"), factories.make_institution(key="interior")
    version = making.make_version()
    save_node(version=version, facts=NodeFacts("2", {"fr": "Égalité"}), by=factories.coordinator())
    first = making.make_measure(
        version,
        lead=lead,
        supporting=(support,),
        answers=(factories.make_recommendation(),),
        targets=("16.3",),
        ends_on=date(2028, 12, 31),
        budget=(BudgetFacts(2027, "planned", Decimal("1500000.50"), "MAD", "State budget"),),
        legislation=(LawFacts("law", {"en": "Law on evidence"}, "12-27", "government", date(2026, 9, 1)),),
    )
    step = first.milestones.get()
    making.make_measure(
        version,
        title="Open ten houses of justice",
        waits_for=(first,),
        milestones=(MilestoneFacts({"en": "First house open"}, date(2027, 9, 1), waits_for=(step.key,)),),
    )
    return version


def _file(version: Version, rows: list[dict[str, Any]]) -> PlanFile:
    return keep_file(
        version=version, tables=rows, file_name="plan.xlsx", sha256="0" * 64, by=factories.coordinator()
    )


def _exported(version: Version, **more: Any) -> list[dict[str, Any]]:
    plan, names = plan_of(version)
    return _back(workbook(plan, names, languages=more.get("languages", ["ar", "fr", "en"]), about={}))


def _cell(rows: list[dict[str, Any]], sheet: str, column: str, row: int, text: str) -> str:
    """Write a cell, by the code of its column; `row` counts from 0 under the headers."""
    table = next(one for one in rows if one["rows"] and f"{sheet}.{column}" in one["rows"][0])
    place = table["rows"][0].index(f"{sheet}.{column}")
    line = table["rows"][row + 2]
    line += [""] * (place + 1 - len(line))
    before, line[place] = line[place], text
    return str(before)


def test_through_the_database_and_back_into_another_programme(plan: Version) -> None:
    rows = _exported(plan)
    coordinator = factories.coordinator()
    other = create_programme(names={"en": "Another"}, by=coordinator)
    counts = apply_file(file=_file(other, rows), by=coordinator)
    assert counts == {"created": 4, "changed": 0, "removed": 0}
    assert plan_of(other)[0] == plan_of(plan)[0]
    assert MeasureWait.objects.filter(measure__version=other).count() == 1


def test_the_same_file_changes_nothing_and_an_edited_cell_is_the_only_change(plan: Version) -> None:
    coordinator = factories.coordinator()
    rows = _exported(plan)
    file = _file(plan, rows)
    assert {entry.kind for entry in planned(file, coordinator).entries} == {"unchanged"}
    with pytest.raises(RuleViolated, match="says the same"):
        apply_file(file=file, by=coordinator)
    assert (
        _cell(rows, "measures", "titles_en", 0, "Train every judge on evidence")
        == "Train all judges on evidence"
    )
    file = _file(plan, rows)
    changed = [entry for entry in planned(file, coordinator).entries if entry.kind != "unchanged"]
    assert [(entry.code, entry.kind, len(entry.fields)) for entry in changed] == [("1.1", "changed", 1)]
    assert apply_file(file=file, by=coordinator) == {"created": 0, "changed": 1, "removed": 0}
    measure = Measure.objects.get(version=plan, code="1.1")
    assert measure.titles == {"en": "Train every judge on evidence"}
    assert measure.legislation.get().number == "12-27"
    file.refresh_from_db()
    assert (file.state, file.sheets, file.tables) == ("applied", [], [])


def test_numbers_can_be_exchanged_and_a_new_measure_waits_for_a_former_one(plan: Version) -> None:
    coordinator = factories.coordinator()
    rows = _exported(plan)
    _cell(rows, "measures", "code", 0, "1.2")
    _cell(rows, "measures", "code", 1, "1.1")
    _cell(rows, "measures", "waits_for", 1, "1.2")
    for sheet in ("institutions", "answers", "budget", "legislation", "milestones"):
        for number in range(2 if sheet in ("institutions", "milestones") else 1):
            _cell(rows, sheet, "measure", number, "1.2" if not (sheet == "milestones" and number) else "1.1")
    _cell(rows, "milestones", "waits_for", 1, "1.2/1")
    table = next(one for one in rows if "measures.code" in one["rows"][0])
    head = table["rows"][0]
    table["rows"].append(["" for _code in head])
    for column, text in (("code", "2.1"), ("axis", "2"), ("titles_fr", "Former"), ("waits_for", "1.1")):
        _cell(rows, "measures", column, 2, text)
    assert apply_file(file=_file(plan, rows), by=coordinator) == {"created": 1, "changed": 2, "removed": 0}
    titles = dict(Measure.objects.filter(version=plan).values_list("code", "titles__en"))
    assert titles == {"1.1": "Open ten houses of justice", "1.2": "Train all judges on evidence", "2.1": None}
    waits = MeasureWait.objects.filter(measure__version=plan).values_list("measure__code", "waits_for__code")
    assert set(waits) == {("1.1", "1.2"), ("2.1", "1.1")}
    step = Milestone.objects.get(titles__en="First house open", measure__version=plan)
    assert [row.titles["en"] for row in Milestone.objects.filter(key__in=step.waits_for)] == [
        "First course held"
    ]


def test_only_a_sheet_declared_complete_removes(plan: Version) -> None:
    coordinator = factories.coordinator()
    rows = _exported(plan)
    table = next(one for one in rows if "measures.code" in one["rows"][0])
    table["rows"].pop()  # the second measure
    file = _file(plan, rows)
    assert {entry.kind for entry in planned(file, coordinator).entries} == {"unchanged"}
    for sheet in ("milestones", "institutions"):  # its parts name a measure that is no more
        part = next(one for one in rows if f"{sheet}.measure" in one["rows"][0])
        part["rows"] = [row for row in part["rows"] if "1.2" not in row]
    file = _file(plan, rows)
    correct_file(file=file, cells={}, left_out=(), complete=("measures",), by=coordinator)
    file.refresh_from_db()
    assert apply_file(file=file, by=coordinator) == {"created": 0, "changed": 0, "removed": 1}
    assert [row.code for row in Measure.objects.filter(version=plan)] == ["1.1"]


def test_a_damaged_cell_is_refused_by_its_place_and_the_rest_waits_for_its_correction(plan: Version) -> None:
    coordinator = factories.coordinator()
    rows = _exported(plan)
    _cell(rows, "measures", "ends_on", 0, "the 31st of never")
    _cell(rows, "budget", "amount", 0, "a lot")
    _cell(rows, "institutions", "institution", 1, "Ministry of Nothing")
    _cell(rows, "measures", "titles_en", 1, "Open twelve houses of justice")
    file = _file(plan, rows)
    faults = planned(file, coordinator).faults
    assert [(f.sheet, f.at, f.why) for f in faults] == [
        ("measures", "K3", "day"),
        ("budget", "D3", "amount"),
        ("institutions", "B4", "unknown_institution"),
    ]
    with pytest.raises(RuleViolated, match="Correct the cells"):
        apply_file(file=file, by=coordinator)
    correct_file(
        file=file,
        cells={faults[0].field: "31/12/2029", faults[2].field: "interior"},
        left_out=["budget:0"],
        complete=("budget",),
        by=coordinator,
    )
    file.refresh_from_db()
    assert apply_file(file=file, by=coordinator) == {"created": 0, "changed": 2, "removed": 0}
    assert Measure.objects.get(version=plan, code="1.1").ends_on == date(2029, 12, 31)
    assert Measure.objects.get(version=plan, code="1.1").budget.count() == 1  # left out, so not removed
    assert Measure.objects.get(version=plan, code="1.2").titles == {"en": "Open twelve houses of justice"}


def test_rings_and_foreign_numbers_are_refused(plan: Version) -> None:
    rows = _exported(plan)
    _cell(rows, "measures", "waits_for", 0, "1.2")
    _cell(rows, "measures", "axis", 1, "7")
    _cell(rows, "milestones", "waits_for", 1, "1.1/9")
    _cell(rows, "answers", "recommendation", 0, "A/HRC/1/1 § 1")
    faults = planned(_file(plan, rows), factories.coordinator()).faults
    assert {(fault.sheet, fault.row, fault.why) for fault in faults} == {
        ("measures", 0, "ring"),
        ("measures", 1, "ring"),
        ("measures", 1, "unknown_axis"),
        ("milestones", 1, "unknown_milestone"),
        ("answers", 0, "unknown_recommendation"),
    }


def test_every_sheet_and_its_columns_are_in_the_workbook(plan: Version) -> None:
    data = workbook(*plan_of(plan), languages=["fr"], about={})
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    heads = [book.get_sheet_by_name(name).to_python()[0] for name in book.sheet_names[: len(SHEETS)]]
    assert heads[1][:5] == [
        "measures.key",
        "measures.code",
        "measures.axis",
        "measures.titles_fr",
        "measures.descriptions_fr",
    ]
    assert [head[0].split(".")[0] for head in heads] == list(CODES)
