"""The cells of a file as they are kept until a plan is applied: plain JSON, with the place of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tawsiya.programme.exchange.cells import CellFault, read
from tawsiya.programme.exchange.layout import SHEETS, Column, Form, Sheet, sheet_of

Table = Mapping[str, Any]  # of a file: {"name": str, "rows": [[str]]}
Stored = dict[str, Any]  # {"code", "name", "columns": [str], "rows": [{"cells": [str], "at": [str]}]}
CODES_ROW = 0  # the row of the stable codes in our own workbooks; the words stand under it


def letters(index: int) -> str:
    """Return the name of a column as spreadsheets show it: 0 is A, 26 is AA."""
    name, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def ours(tables: Sequence[Table]) -> list[Stored]:
    """Return the sheets that carry our codes in their first row; none for a file from elsewhere."""
    found: dict[str, Stored] = {}
    for table in tables:
        rows = table["rows"]
        codes = rows[CODES_ROW] if rows else []
        sheet = next(
            (one for one in SHEETS if codes and any(c.startswith(f"{one.code}.") for c in codes)), None
        )
        if sheet is None or sheet.code in found:
            continue
        columns = [code.partition(".")[2] if code.startswith(f"{sheet.code}.") else "" for code in codes]
        found[sheet.code] = {
            "code": sheet.code,
            "name": table["name"],
            "columns": [code if sheet.column(code) else "" for code in columns],
            "rows": [
                {"cells": list(row), "at": [f"{letters(place)}{number}" for place in range(len(columns))]}
                for number, row in enumerate(rows[2:], start=3)
                if any(cell.strip() for cell in row)
            ],
        }
    return [found[sheet.code] for sheet in SHEETS if sheet.code in found]


@dataclass(frozen=True)
class Fault:
    """A cell that is refused: its sheet, row (index in the stored sheet), column, place, text, and why."""

    sheet: str
    name: str
    row: int
    column: str
    at: str
    text: str
    why: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def field(self) -> str:
        """The name of its field on the page of corrections."""
        return f"{self.sheet}:{self.row}:{self.column}"


@dataclass
class ReadRow:
    """A row that was read: its values by name, and where it stands."""

    sheet: Sheet
    index: int
    values: dict[str, Any]
    cells: Mapping[str, str]  # text by column
    at: Mapping[str, str]  # place by column
    name: str

    def fault(self, column: str, code: str, **params: Any) -> Fault:
        """Return a fault of one of its cells."""
        return Fault(
            self.sheet.code,
            self.name,
            self.index,
            column,
            self.at.get(column, next(iter(self.at.values()), "")),
            self.cells.get(column, ""),
            code,
            params,
        )


def row_id(sheet: str, index: int) -> str:
    """Return how a row is named among those left out."""
    return f"{sheet}:{index}"


def parse(sheets: Sequence[Stored], left_out: Iterable[str]) -> tuple[dict[str, list[ReadRow]], list[Fault]]:
    """Read the cells of all sheets: rows by sheet, and the cells that cannot be read.

    A row with a fault is not among the rows. Rows that are left out are neither.
    """
    skipped = set(left_out)
    rows: dict[str, list[ReadRow]] = {}
    faults: list[Fault] = []
    for stored in sheets:
        sheet = sheet_of(stored["code"])
        rows[sheet.code] = []
        for index, line in enumerate(stored["rows"]):
            if row_id(sheet.code, index) in skipped:
                continue
            row, wrong = _row(sheet, stored, index, line)
            faults += wrong
            if not wrong:
                rows[sheet.code].append(row)
    return rows, faults


def _row(sheet: Sheet, stored: Stored, index: int, line: Mapping[str, Any]) -> tuple[ReadRow, list[Fault]]:
    cells = dict(zip(stored["columns"], [*line["cells"], *[""] * len(stored["columns"])], strict=False))
    at = dict(zip(stored["columns"], line["at"], strict=False))
    row = ReadRow(sheet, index, {}, cells, at, stored["name"])
    faults = []
    for column in sheet.columns:
        if column.form is Form.INFO or (column.code not in cells and not column.required):
            continue
        try:
            value = read(column, cells.get(column.code, ""))
        except CellFault as fault:
            faults.append(row.fault(column.code, fault.code, **fault.params))
        else:
            _put(row.values, column, value)
    return row, faults


def _put(values: dict[str, Any], column: Column, value: Any) -> None:
    """Put a value in its place; a text in several languages keeps those that the file has."""
    if column.language:
        values.setdefault(column.name, {})[column.language] = value
    else:
        values[column.name] = value
