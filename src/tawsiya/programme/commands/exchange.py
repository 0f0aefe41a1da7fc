"""Take a plan from a file into a draft: kept, corrected, and applied as a whole."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Acting, Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.choices import PlanFileState
from tawsiya.programme.commands.measures import (
    BudgetFacts,
    Content,
    LawFacts,
    MilestoneFacts,
    remove_measure,
    save_measure,
)
from tawsiya.programme.commands.programmes import NodeFacts, locked, remove_node, save_node
from tawsiya.programme.exchange.changes import Entry
from tawsiya.programme.exchange.foreign import convert
from tawsiya.programme.exchange.layout import CODES
from tawsiya.programme.exchange.planning import Planned, planned
from tawsiya.programme.exchange.rows import Plan, Row
from tawsiya.programme.exchange.stored import Stored, Table, ours, row_id
from tawsiya.programme.models import Measure, MeasureWait, Milestone, Node, PlanFile, Version
from tawsiya.programme.permissions import may_act_on_version
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Recommendation

OPEN = (PlanFileState.COLUMNS, PlanFileState.PREVIEW)


def keep_file(
    *, version: Version, tables: Sequence[Table], file_name: str, sha256: str, by: Reader
) -> PlanFile:
    """Keep the cells of a file for a draft; a former one of the same draft that was not applied is dropped.

    Args:
        tables: name and rows of each table of the file.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: the file holds no row.
    """
    with transaction.atomic():
        version = locked(version)
        actor = acting(by, may_act_on_version(by, version, "edit"))
        if not any(table["rows"] for table in tables):
            raise RuleViolated(_("There is no table in this file."))
        sheets = ours(tables)
        with audit.change("programme.file_read", by=actor, subject=version, state=version.state) as event:
            for former in PlanFile.objects.filter(version=version, state__in=OPEN):
                _end(former, PlanFileState.DROPPED)
            file = PlanFile.objects.create(
                version=version,
                file_name=file_name[-200:],
                sha256=sha256,
                state=PlanFileState.PREVIEW if sheets else PlanFileState.COLUMNS,
                tables=[] if sheets else list(tables),
                sheets=sheets,
                read_by_id=actor.user_id,
                read_at=clock.now(),
            )
            event.after = {"file": file.file_name, "sha256": sha256}
    return file


def name_columns(*, file: PlanFile, naming: Mapping[str, Any], by: Reader) -> PlanFile:
    """Say what the columns of a file from elsewhere hold (`exchange.foreign.Naming`).

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: it was applied or dropped, it is one of our own workbooks, or no column holds the title.
    """
    with transaction.atomic():
        file, actor = _locked(file, by)
        if not file.tables:
            raise RuleViolated(_("This file says itself what its columns hold."))
        sheets = convert(file.tables, naming, file.version)
        with audit.change("programme.file_corrected", by=actor, subject=file.version, state="draft") as event:
            file.naming, file.sheets = dict(naming), sheets
            file.left_out, file.state = [], PlanFileState.PREVIEW
            file.save()
            event.after = {"file": file.file_name}
    return file


def correct_file(
    *,
    file: PlanFile,
    cells: Mapping[str, str],
    left_out: Collection[str],
    complete: Collection[str],
    by: Reader,
) -> PlanFile:
    """Correct cells, leave rows out or take them back, and declare sheets complete.

    Args:
        cells: new texts by `sheet:row:column`; of cells that the file does not have nothing is taken.
        left_out: all rows that are left out, as `sheet:row`.
        complete: codes of the sheets whose missing rows are removed.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: it was applied or dropped.
    """
    with transaction.atomic():
        file, actor = _locked(file, by)
        with audit.change("programme.file_corrected", by=actor, subject=file.version, state="draft") as event:
            for name, text in cells.items():
                _put(file.sheets, name, text)
            rows = {row_id(one["code"], index) for one in file.sheets for index in range(len(one["rows"]))}
            file.left_out = sorted(set(left_out) & rows)
            file.complete = [code for code in CODES if code in complete]
            file.save()
            event.after = {"file": file.file_name, "cells": sorted(cells)}
    return file


def _put(sheets: Sequence[Stored], name: str, text: str) -> None:
    code, _colon, rest = name.partition(":")
    number, _colon, column = rest.partition(":")
    stored = next((one for one in sheets if one["code"] == code), None)
    if stored is None or not number.isdecimal() or int(number) >= len(stored["rows"]):
        return
    line = stored["rows"][int(number)]
    if column not in stored["columns"]:  # a required column that the file lacks
        stored["columns"].append(column)
        for one in stored["rows"]:
            one["at"].append("")
    place = stored["columns"].index(column)
    line["cells"] += [""] * (place + 1 - len(line["cells"]))
    line["cells"][place] = text.strip()


def drop_file(*, file: PlanFile, by: Reader) -> None:
    """Drop a file; its cells are emptied.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: it was applied or dropped before.
    """
    with transaction.atomic():
        file, actor = _locked(file, by)
        with audit.change("programme.file_dropped", by=actor, subject=file.version, state="draft") as event:
            event.after = {"file": file.file_name}
            _end(file, PlanFileState.DROPPED)


def _end(file: PlanFile, state: PlanFileState) -> None:
    file.state, file.ended_at = state, clock.now()
    file.tables, file.sheets = [], []
    file.save()


def _locked(file: PlanFile, by: Reader) -> tuple[PlanFile, Acting]:
    version = locked(file.version)
    actor = acting(by, may_act_on_version(by, version, "edit"))
    file = (
        PlanFile.objects.select_for_update(of=("self",)).select_related("version__programme").get(pk=file.pk)
    )
    if file.state not in OPEN:
        raise RuleViolated(_("This file was applied or dropped already."))
    return file, actor


def apply_file(*, file: PlanFile, by: Reader) -> dict[str, int]:
    """Bring a draft to what a file says, all of it or nothing. Returns what was done, by kind.

    Raises:
        PermissionRefused: `by` is not of the delegation, or the version is no draft.
        RuleViolated: cells are refused, nothing would change, or a measure cannot be removed.
    """
    with transaction.atomic():
        file, actor = _locked(file, by)
        plan = planned(file, by)
        if file.state != PlanFileState.PREVIEW or plan.faults:
            raise RuleViolated(_("Correct the cells that are refused, or leave their rows out."))
        counts = {
            kind: sum(one.kind == kind for one in plan.entries) for kind in ("created", "changed", "removed")
        }
        if not any(counts.values()):
            raise RuleViolated(_("The draft says the same already."))
        with audit.change("programme.file_applied", by=actor, subject=file.version, state="draft") as event:
            _Writer(file.version, plan, by).write()
            event.after = {"file": file.file_name, **counts}
            _end(file, PlanFileState.APPLIED)
    return counts


class _Writer:
    """Writes a target through the commands of axes and measures, in an order in which none is in the way."""

    def __init__(self, version: Version, plan: Planned, by: Reader) -> None:
        self.version, self.by = version, by
        self.present, self.plan = plan.present, plan.merged.plan
        self.entries: dict[UUID, Entry] = {one.key: one for one in plan.entries}
        self.nodes = {node.key: node for node in Node.objects.filter(version=version)}
        self.measures = {
            row.key: row for row in Measure.objects.filter(version=version).select_related("node")
        }
        keys = {row["institution"] for row in self.plan["institutions"]}
        self.institutions = {row.key: row for row in Institution.objects.filter(key__in=keys)}
        ids = {row["recommendation"] for row in self.plan["answers"]}
        self.items = Recommendation.objects.in_bulk(ids)
        self.parts: dict[str, dict[UUID, list[Row]]] = {code: {} for code in CODES[2:]}
        for code, groups in self.parts.items():
            for row in self.plan[code]:
                groups.setdefault(row["measure"], []).append(row)

    def _of(self, kind: str, sheet: str) -> list[UUID]:
        return [key for key, one in self.entries.items() if one.kind == kind and one.sheet == sheet]

    def write(self) -> None:
        """Write everything."""
        self._clear_the_way()
        for key in self._of("removed", "measures"):
            remove_measure(measure=self.measures[key], by=self.by)
        self._write_axes()
        for key in self._waited_for_first():
            self._write_measure(next(row for row in self.plan["measures"] if row["key"] == key))
        for key in reversed(self._of("removed", "axes")):
            remove_node(node=self.nodes[key], by=self.by)

    def _clear_the_way(self) -> None:
        """Let no former number or order of waiting stand against the new one."""
        rows = {row["key"]: row for code in ("axes", "measures") for row in self.plan[code]}
        removed = self._of("removed", "measures")
        touched = [self.measures[key] for key in (*self._of("changed", "measures"), *removed)]
        ids = [row.pk for row in touched if self._waits_change(row.key)]
        MeasureWait.objects.filter(measure_id__in=ids).delete()
        Milestone.objects.filter(measure_id__in=ids).exclude(waits_for=[]).update(waits_for=[])
        nodes = [self.nodes[key] for kind in ("changed", "removed") for key in self._of(kind, "axes")]
        heads: list[Measure | Node] = [*touched, *nodes]
        for number, row in enumerate(heads):
            if row.key not in removed and row.code != rows.get(row.key, {}).get("code"):
                row.code = f"~{number}"
                row.save(update_fields=["code"])

    def _waits_change(self, key: UUID) -> bool:
        def waits(plan: Plan) -> list[object]:
            own = [row["waits_for"] for row in plan["measures"] if row["key"] == key]
            return [
                own,
                {row["key"]: row["waits_for"] for row in plan["milestones"] if row["measure"] == key},
            ]

        return waits(self.present) != waits(self.plan)

    def _write_axes(self) -> None:
        waiting = [
            row for row in self.plan["axes"] if self.entries[row["key"]].kind in ("created", "changed")
        ]
        while waiting:
            ready = [row for row in waiting if row["parent"] is None or row["parent"] in self.nodes]
            for row in ready:
                parent = self.nodes[row["parent"]].pk if row["parent"] else None
                facts = NodeFacts(row["code"], row["names"], row["kind"], parent, key=row["key"])
                self.nodes[row["key"]] = save_node(
                    version=self.version, facts=facts, by=self.by, node=self.nodes.get(row["key"])
                )
            waiting = [row for row in waiting if row not in ready]

    def _waited_for_first(self) -> list[UUID]:
        """Return the measures to write, each after those it waits for."""
        waits = {row["key"]: row["waits_for"] for row in self.plan["measures"]}
        wanted = {*self._of("created", "measures"), *self._of("changed", "measures")}
        order: list[UUID] = []

        def visit(key: UUID) -> None:
            if key in wanted and key not in order:
                for other in waits[key]:
                    visit(other)
                order.append(key)

        for row in self.plan["measures"]:
            visit(row["key"])
        return order

    def _write_measure(self, row: Row) -> None:
        key = row["key"]
        parts = {code: groups.get(key, []) for code, groups in self.parts.items()}
        leads = [self.institutions[one["institution"]] for one in parts["institutions"] if _leads(one)]
        content = Content(
            node=self.nodes[row["axis"]],
            **{name: row[name] for name in ("code", "titles", "descriptions", "starts_on", "ends_on", "key")},
            **{name: row[name] for name in ("reach", "places", "risks", "targets")},
            lead=leads[0] if leads else None,
            supporting=tuple(
                self.institutions[one["institution"]] for one in parts["institutions"] if not _leads(one)
            ),
            answers=tuple(self.items[one["recommendation"]] for one in parts["answers"]),
            milestones=tuple(
                MilestoneFacts(one["titles"], one["due_on"], one["key"], one["waits_for"])
                for one in sorted(parts["milestones"], key=lambda one: one["order"])
            ),
            budget=tuple(
                BudgetFacts(one["year"], one["kind"], one["amount"], one["currency"], one["source"])
                for one in parts["budget"]
            ),
            legislation=tuple(
                LawFacts(
                    one["kind"], one["titles"], one["number"], one["stage"], one["stage_since"], one["key"]
                )
                for one in parts["legislation"]
            ),
            waits_for=tuple(self.measures[other] for other in row["waits_for"]),
        )
        self.measures[key] = save_measure(
            version=self.version, content=content, by=self.by, measure=self.measures.get(key)
        )


def _leads(row: Row) -> bool:
    return bool(row["level"] == AccessLevel.LEAD)
