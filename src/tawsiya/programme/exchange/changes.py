"""What would change in a draft: what is created, changed, unchanged and removed, field by field."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from tawsiya.core.errors import Message
from tawsiya.core.labels import text_of
from tawsiya.programme.comparison import Piece, words
from tawsiya.programme.exchange.layout import CODES, Form, Sheet, heading, sheet_of
from tawsiya.programme.exchange.rows import Names, Plan, Row, shown

Kind = Literal["created", "changed", "unchanged", "removed"]
KINDS: tuple[Kind, ...] = ("created", "changed", "unchanged", "removed")


@dataclass(frozen=True)
class FieldChange:
    """A field that would say something else."""

    label: Message
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The difference word by word."""
        return words(self.before, self.after)


@dataclass(frozen=True)
class Entry:
    """An axis or a measure, with what would become of it."""

    kind: Kind
    sheet: str
    key: UUID
    code: str
    title: str
    fields: tuple[FieldChange, ...] = ()


def changes(before: Plan, names_before: Names, after: Plan, names_after: Names) -> list[Entry]:
    """Return what becomes of each axis and each measure, in the order of the numbers."""
    old, new = _spoken(before, names_before), _spoken(after, names_after)
    entries: list[Entry] = []
    for code in ("axes", "measures"):
        rows = {row["key"]: row for row in [*before[code], *after[code]]}
        for key, row in rows.items():
            entries.append(_entry(code, row, old.get(key), new.get(key)))
    return sorted(entries, key=lambda one: (one.sheet, [part.zfill(6) for part in one.code.split(".")]))


def _entry(code: str, row: Row, old: dict[str, str] | None, new: dict[str, str] | None) -> Entry:
    title = text_of(row["names" if code == "axes" else "titles"])
    fields = tuple(
        FieldChange(name, (old or {}).get(name, ""), text)
        for name, text in (new or {}).items()
        if text != (old or {}).get(name, "")
    )
    kind: Kind
    if old is None:
        kind = "created"
    elif new is None:
        kind, fields = "removed", ()
    else:
        kind = "changed" if fields else "unchanged"
    return Entry(kind, code, row["key"], row["code"], title, fields)


def _spoken(plan: Plan, names: Names) -> dict[UUID, dict[str, str]]:
    """Return what each axis and measure says, by the name of the field."""
    found: dict[UUID, dict[str, str]] = {}
    for code in ("axes", "measures"):
        sheet = sheet_of(code)
        for row in plan[code]:
            found[row["key"]] = {
                heading(column): shown(sheet, column, row, names)
                for column in sheet.columns
                if column.form is not Form.KEY
            }
    for code in CODES[2:]:
        sheet = sheet_of(code)
        lines: dict[UUID, list[str]] = defaultdict(list)
        for row in _ordered(sheet, plan[code]):
            lines[row["measure"]].append(_line(sheet, row, names))
        for row in plan["measures"]:
            found[row["key"]][str(sheet.label)] = "\n".join(lines[row["key"]])
    return found


def _ordered(sheet: Sheet, rows: Iterable[Row]) -> list[Row]:
    names = ("order",) if sheet.code == "milestones" else tuple(n for n in sheet.identity if n != "titles")
    return sorted(rows, key=lambda row: [str(row[name]).zfill(9) for name in names])


def _line(sheet: Sheet, row: Row, names: Names) -> str:
    cells = (
        shown(sheet, column, row, names)
        for column in sheet.columns
        if column.form is not Form.KEY and column.form is not Form.INFO and column.name != "measure"
    )
    return " · ".join(cell for cell in cells if cell)
