"""A version as rows of values, by sheet; rows name each other by keys, so that numbers can change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tawsiya.core.labels import text_of
from tawsiya.programme.exchange.cells import plain, write
from tawsiya.programme.exchange.layout import SHEETS, Column, Form, Sheet
from tawsiya.programme.models import Measure, Node, Version
from tawsiya.programme.queries import with_everything
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import reading_text

Row = dict[str, Any]
Plan = dict[str, list[Row]]


@dataclass
class Names:
    """What cells say for what rows name by key or id."""

    nodes: dict[UUID, str] = field(default_factory=dict)
    measures: dict[UUID, str] = field(default_factory=dict)
    steps: dict[UUID, str] = field(default_factory=dict)  # "number of the measure/order"
    items: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    institutions: dict[str, str] = field(default_factory=dict)


def reference_of(item: Recommendation) -> str:
    """Return how a cell names a recommendation: `A/HRC/36/6 § 140.7 (a)`, a second of the same ` #2`."""
    return f"{item}{f' #{item.ordinal}' if item.ordinal > 1 else ''}"


def plan_of(version: Version) -> tuple[Plan, Names]:
    """Return all that a version says, in the order of its numbers, and the names for what rows refer to."""
    plan: Plan = {sheet.code: [] for sheet in SHEETS}
    names = Names()
    nodes = list(Node.objects.filter(version=version).order_by("sort_key", "pk"))
    by_pk = {node.pk: node for node in nodes}
    for node in nodes:
        plan["axes"].append(
            {
                "key": node.key,
                "code": node.code,
                "kind": node.kind,
                "parent": by_pk[node.parent_id].key if node.parent_id else None,
                "names": dict(node.names),
            }
        )
    measures = with_everything(Measure.objects.filter(version=version).select_related("node"))
    for measure in measures.order_by("sort_key", "pk"):
        _add_measure(plan, names, measure)
    rename(plan, names)
    return plan, names


def _add_measure(plan: Plan, names: Names, measure: Measure) -> None:
    key = measure.key
    plan["measures"].append(
        {
            "key": key,
            "code": measure.code,
            "axis": measure.node.key,
            "titles": dict(measure.titles),
            "descriptions": dict(measure.descriptions),
            "waits_for": tuple(
                row.waits_for.key
                for row in sorted(measure.waits.all(), key=lambda row: row.waits_for.sort_key)
            ),
            "places": tuple(measure.places),
            "targets": tuple(measure.targets),
            **{name: getattr(measure, name) for name in ("starts_on", "ends_on", "reach", "risks")},
        }
    )
    for one in sorted(measure.institutions.all(), key=lambda row: (row.level, row.institution.key)):
        names.institutions[one.institution.key] = text_of(one.institution.names)
        plan["institutions"].append({"measure": key, "institution": one.institution.key, "level": one.level})
    for answer in measure.answers.all():
        item = answer.recommendation
        names.items[item.pk] = reference_of(item)
        names.texts[item.pk] = text.text if (text := reading_text(item)) else ""
        plan["answers"].append({"measure": key, "recommendation": item.pk})
    for step in measure.milestones.all():
        values = {name: getattr(step, name) for name in ("key", "order", "due_on")}
        plan["milestones"].append(
            values | {"measure": key, "titles": dict(step.titles), "waits_for": tuple(step.waits_for)}
        )
    for line in measure.budget.all():
        values = {name: getattr(line, name) for name in ("year", "kind", "amount", "currency", "source")}
        plan["budget"].append(values | {"measure": key})
    for law in sorted(measure.legislation.all(), key=lambda row: row.pk):
        values = {name: getattr(law, name) for name in ("key", "kind", "number", "stage", "stage_since")}
        plan["legislation"].append(values | {"measure": key, "titles": dict(law.titles)})


def rename(plan: Plan, names: Names) -> None:
    """Take the numbers of axes, measures and milestones anew from the rows of a plan."""
    names.nodes |= {row["key"]: row["code"] for row in plan["axes"]}
    names.measures |= {row["key"]: row["code"] for row in plan["measures"]}
    names.steps |= {
        row["key"]: f"{names.measures.get(row['measure'], '?')}/{row['order']}" for row in plan["milestones"]
    }


def value_for(sheet: Sheet, column: Column, row: Mapping[str, Any], names: Names) -> Any:
    """Return the value of a row as its cell says it: numbers and references for keys and ids."""
    if column.language:
        return row[column.name].get(column.language, "")
    if column.form is Form.INFO:
        return names.institutions.get(row.get("institution", ""), "") or names.texts.get(
            row.get("recommendation", 0), ""
        )
    value = row[column.name]
    named: dict[str, Mapping[Any, str]] = {
        "axis": names.nodes,
        "parent": names.nodes,
        "measure": names.measures,
        "recommendation": names.items,
    }
    if column.code in named and value is not None:
        return named[column.code].get(value, "?")
    if column.code == "waits_for":
        of = names.measures if sheet.code == "measures" else names.steps
        return tuple(of.get(key, "?") for key in value)
    return value


def cell_of(sheet: Sheet, column: Column, row: Mapping[str, Any], names: Names) -> Any:
    """Return what a cell of a workbook holds."""
    return write(column, value_for(sheet, column, row, names))


def shown(sheet: Sheet, column: Column, row: Mapping[str, Any], names: Names) -> str:
    """Return what a preview shows of a value."""
    return plain(column, value_for(sheet, column, row, names))
