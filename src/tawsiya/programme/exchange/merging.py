"""What a draft would say once the rows of a file are in it: the target, and the cells that do not fit.

A row is known by its identity (`key`), else by its number or by what it says. A text in several languages
keeps those that the file does not have. Nothing is removed but from sheets that are declared complete.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from tawsiya.programme.exchange.layout import CODES, Form, Sheet, sheet_of
from tawsiya.programme.exchange.rows import Names, Plan, Row, rename
from tawsiya.programme.exchange.stored import Fault, ReadRow
from tawsiya.recommendations.choices import AccessLevel


@dataclass(frozen=True)
class Known:
    """What cells may name besides the plan itself.

    `institution` and `item` return the key or id of what a cell names, None where there is none.
    """

    institution: Callable[[str], str | None]
    item: Callable[[str], int | None]
    targets: Collection[str]


@dataclass
class Merged:
    """The target with the names of what its rows refer to, and the cells that do not fit."""

    plan: Plan
    names: Names
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Work:
    plan: Plan
    known: Known
    names: Names
    unread: frozenset[str]  # numbers of measures whose own row cannot be read, or is left out
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, line: ReadRow, column: str, code: str, **params: Any) -> None:
        self.faults.append(line.fault(column, code, **params))


def merge(
    present: Plan,
    names: Names,
    read: Mapping[str, list[ReadRow]],
    *,
    complete: Collection[str],
    known: Known,
    unread: Collection[str] = (),
) -> Merged:
    """Return the target of a draft and a file.

    Args:
        present: what the draft says now, with the names of what it refers to.
        read: the rows of the file, by sheet.
        complete: sheets from which what the file lacks is removed.
        unread: numbers of measures whose row is refused or left out: rows that belong to them wait.
    """
    target: Plan = {code: [dict(row) for row in present[code]] for code in CODES}
    work = _Work(target, known, names, frozenset(unread))
    _heads(work, "axes", read, complete)
    _resolve_heads(work, "axes", "parent", read)
    _heads(work, "measures", read, complete)
    _resolve_heads(work, "measures", "axis", read)
    kept = {row["key"] for row in target["measures"]}
    for code in CODES[2:]:
        target[code] = [row for row in target[code] if row["measure"] in kept]
        _parts(work, sheet_of(code), read, complete)
    _keep_used_axes(work, present)
    _finish(work, read)
    return Merged(target, work.names, work.faults)


def _update(row: Row, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "key":
            continue
        if isinstance(value, dict):
            row[name] = {code: text for code, text in (row.get(name, {}) | value).items() if text}
        else:
            row[name] = value


def _blank(sheet: Sheet, key: UUID | None) -> Row:
    row: Row = {}
    for column in sheet.columns:
        if column.form is Form.INFO:
            continue
        if column.language:
            row[column.name] = {}
        elif column.form in (Form.LIST, Form.CODES):
            row[column.name] = ()
        elif column.form is Form.TEXT and column.name not in ("axis", "parent", "measure"):
            row[column.name] = ""
        else:
            row[column.name] = column.default or None
    if "key" in row:
        row["key"] = key or uuid4()
    return row


def _heads(work: _Work, code: str, read: Mapping[str, list[ReadRow]], complete: Collection[str]) -> None:
    """Merge axes or measures: known by key, else by number."""
    sheet, rows = sheet_of(code), work.plan[code]
    by_key = {row["key"]: row for row in rows}
    by_code = {row["code"]: row for row in rows}
    seen: dict[UUID, ReadRow] = {}
    for line in read.get(code, ()):
        key = line.values.get("key")
        row = by_key.get(key) if key else by_code.get(line.values["code"])
        if row is None:
            row = _blank(sheet, key)
            rows.append(row)
            by_key[row["key"]] = by_code[line.values["code"]] = row
        if row["key"] in seen:
            work.refuse(line, "code", "twice", row=_number(seen[row["key"]]))
            continue
        seen[row["key"]] = line
        values = {
            name: value for name, value in line.values.items() if name not in ("parent", "axis", "waits_for")
        }
        _update(row, values)
        line.values["key"] = row["key"]
        texts = "names" if code == "axes" else "titles"
        if not row[texts]:
            work.refuse(line, _first_text(sheet, line), "untitled")
        if code == "measures":
            _check_measure(work, line, row)
    if code in complete and code in read:
        work.plan[code] = [row for row in rows if row["key"] in seen]
    _refuse_same_numbers(work, code, seen)


def _first_text(sheet: Sheet, line: ReadRow) -> str:
    return next((c.code for c in sheet.columns if c.language and c.code in line.cells), "code")


def _number(line: ReadRow) -> str:
    return "".join(letter for letter in next(iter(line.at.values()), "") if letter.isdigit())


def _refuse_same_numbers(work: _Work, code: str, seen: Mapping[UUID, ReadRow]) -> None:
    taken: dict[str, UUID] = {}
    for row in work.plan[code]:
        other = taken.setdefault(row["code"], row["key"])
        if other != row["key"]:
            line = seen.get(row["key"]) or seen.get(other)
            if line is not None:
                work.refuse(line, "code", "taken")


def _check_measure(work: _Work, line: ReadRow, row: Row) -> None:
    if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]:
        work.refuse(line, "ends_on", "before_start")
    row["targets"] = tuple(sorted(set(row["targets"])))
    if row["reach"] == "national":
        row["places"] = ()
    for target in row["targets"]:
        if target not in work.known.targets:
            work.refuse(line, "targets", "unknown_target")
            return


def _resolve_heads(work: _Work, code: str, column: str, read: Mapping[str, list[ReadRow]]) -> None:
    """Put the axis above an axis or a measure: named by its number."""
    nodes = {row["code"]: row["key"] for row in work.plan["axes"]}
    rows = {row["key"]: row for row in work.plan[code]}
    for line in read.get(code, ()):
        if column not in line.values or line.values.get("key") not in rows:
            continue
        wanted = line.values[column]
        if wanted and wanted not in nodes:
            work.refuse(line, column, "unknown_axis")
        else:
            rows[line.values["key"]][column] = nodes.get(wanted)
    if code == "axes":
        above = {row["key"]: row["parent"] for row in work.plan["axes"]}
        for line in read.get(code, ()):
            if _rings({key: (up,) if up else () for key, up in above.items()}, line.values.get("key")):
                work.refuse(line, column, "under_itself")


def _rings(ahead: Mapping[Any, tuple[Any, ...]], start: Any) -> bool:
    """Tell whether a way leads from something back to itself."""
    seen, waiting = set(), list(ahead.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key == start:
            return True
        if key not in seen:
            seen.add(key)
            waiting += ahead.get(key, ())
    return False


def _parts(work: _Work, sheet: Sheet, read: Mapping[str, list[ReadRow]], complete: Collection[str]) -> None:
    """Merge what belongs to measures."""
    rows = work.plan[sheet.code]
    codes = {row["code"]: row["key"] for row in work.plan["measures"]}
    used: dict[int, ReadRow] = {}
    for line in read.get(sheet.code, ()):
        if not _place(work, line, codes):
            continue
        row = _match(sheet, rows, line, used)
        if row is not None and id(row) in used:
            work.refuse(line, sheet.identity[-1], "twice", row=_number(used[id(row)]))
            continue
        if row is None:
            row = _blank(sheet, line.values.get("key"))
            rows.append(row)
        used[id(row)] = line
        _update(row, {name: value for name, value in line.values.items() if name != "waits_for"})
        if "key" in row:
            line.values["key"] = row["key"]
        if "titles" in row and not row["titles"]:
            work.refuse(line, _first_text(sheet, line), "untitled")
    if sheet.code in complete and sheet.code in read:
        work.plan[sheet.code] = [row for row in rows if id(row) in used]
    if sheet.code == "institutions":
        _refuse_two_leads(work, used)


def _place(work: _Work, line: ReadRow, codes: Mapping[str, UUID]) -> bool:
    """Put the keys for what a row names; tell whether it fits."""
    values = line.values
    before = len(work.faults)
    if "institution" in values:
        key = work.known.institution(values["institution"])
        if key is None:
            work.refuse(line, "institution", "unknown_institution")
        values["institution"] = key
    if "recommendation" in values:
        pk = work.known.item(values["recommendation"])
        if pk is None:
            work.refuse(line, "recommendation", "unknown_recommendation")
        else:
            work.names.items.setdefault(pk, values["recommendation"])
        values["recommendation"] = pk
    if values["measure"] in work.unread:
        return False
    if values["measure"] not in codes:
        work.refuse(line, "measure", "unknown_measure")
    values["measure"] = codes.get(values["measure"])
    return len(work.faults) == before


def _match(sheet: Sheet, rows: list[Row], line: ReadRow, used: Mapping[int, ReadRow]) -> Row | None:
    key = line.values.get("key")
    if key:
        return next((row for row in rows if row["key"] == key), None)
    same = [row for row in rows if row["measure"] == line.values["measure"]]
    if sheet.code in ("milestones", "legislation"):  # known by what they say
        texts = {text for text in line.values.get("titles", {}).values() if text}
        return next(
            (row for row in same if id(row) not in used and texts & set(row["titles"].values())), None
        )
    wanted = [line.values.get(name) for name in sheet.identity]
    return next((row for row in same if [row[name] for name in sheet.identity] == wanted), None)


def _refuse_two_leads(work: _Work, used: Mapping[int, ReadRow]) -> None:
    leads: dict[UUID, int] = defaultdict(int)
    for row in work.plan["institutions"]:
        if row["level"] == AccessLevel.LEAD:
            leads[row["measure"]] += 1
            if leads[row["measure"]] == 2:
                others = (one for one in work.plan["institutions"] if one["measure"] == row["measure"])
                line = used.get(id(row)) or next((used[id(one)] for one in others if id(one) in used), None)
                if line is not None:
                    work.refuse(line, "level", "two_leads")


def _keep_used_axes(work: _Work, present: Plan) -> None:
    """Keep an axis that a sheet declared complete lacks, while something stands under it."""
    have = {row["key"] for row in work.plan["axes"]}
    former = {row["key"]: row for row in present["axes"]}
    needed = [row["axis"] for row in work.plan["measures"]] + [row["parent"] for row in work.plan["axes"]]
    while needed:
        key = needed.pop()
        if key in former and key not in have:
            work.plan["axes"].append(former[key])
            have.add(key)
            needed.append(former[key]["parent"])


def _finish(work: _Work, read: Mapping[str, list[ReadRow]]) -> None:
    """Put milestones in order, and the keys for what measures and milestones wait for."""
    steps = work.plan["milestones"]
    codes = {row["code"]: row["key"] for row in work.plan["measures"]}
    numbers = {row["key"]: row["code"] for row in work.plan["measures"]}
    by_order = {f"{numbers[row['measure']]}/{row['order']}": row["key"] for row in reversed(steps)}
    _waits(work, "measures", codes, read, "unknown_measure")
    _waits(work, "milestones", by_order, read, "unknown_milestone")
    grouped: dict[UUID, list[Row]] = defaultdict(list)
    for row in sorted(steps, key=lambda row: row["order"]):
        grouped[row["measure"]].append(row)
    for group in grouped.values():
        for order, row in enumerate(group, start=1):
            row["order"] = order
    rename(work.plan, work.names)


def _waits(
    work: _Work, code: str, keys: Mapping[str, UUID], read: Mapping[str, list[ReadRow]], unknown: str
) -> None:
    rows = {row["key"]: row for row in work.plan[code]}
    for line in read.get(code, ()):
        row = rows.get(line.values.get("key"))
        if row is None or "waits_for" not in line.values:
            continue
        wanted = [name for name in line.values["waits_for"] if name.partition("/")[0] not in work.unread]
        if any(name not in keys for name in wanted):
            work.refuse(line, "waits_for", unknown)
            continue
        row["waits_for"] = tuple(keys[name] for name in wanted)
    for row in rows.values():  # of something that is removed nobody waits any more
        row["waits_for"] = tuple(key for key in row["waits_for"] if key in rows)
    ahead = {key: row["waits_for"] for key, row in rows.items()}
    for line in read.get(code, ()):
        if _rings(ahead, line.values.get("key")):
            work.refuse(line, "waits_for", "ring")
