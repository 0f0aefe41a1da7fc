"""Workbooks: XLSX, XLS and OpenDocument, their values without their formulas.

A formula's value is the one that the program which saved the file kept beside it; nothing is computed.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from tawsiya.intake.readers.archive import Package
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sheets.grid import MAX_ROWS, MAX_SHEETS, Grid, Workbook, checked_cell, tidy

_UNPACKED = ("xl/worksheets/", "xl/sharedstrings.xml", "content.xml")
"""Parts that may be large: counted while they are unpacked, before the engine sees the file."""
_MERGED = 20_000
"""Merged ranges that are looked at."""


def read(data: bytes) -> Workbook:
    """Read all sheets that hold anything. Raises UnreadableFile for a damaged or unsafe file."""
    if data.startswith(b"PK"):
        package = Package(data)
        for name in package.names():
            if name.lower().startswith(_UNPACKED):
                package.read(name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[:MAX_SHEETS]
        sheets = [Grid(name[:60], _rows(book.get_sheet_by_name(name))) for name in names]
    except PasswordError as error:
        raise UnreadableFile("encrypted") from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise UnreadableFile("xlsx_broken") from error
    kept = tuple(grid for grid in sheets if grid.rows)
    if not kept:
        raise UnreadableFile("no_table")
    return Workbook(kept)


def _rows(sheet: CalamineSheet) -> tuple[tuple[str, ...], ...]:
    raw = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
    rows = [[checked_cell(_text(cell)) for cell in row] for row in raw]
    _spread(rows, sheet)
    return tidy(rows)


def _spread(rows: list[list[str]], sheet: CalamineSheet) -> None:
    """Give each row of a range merged downwards its value: it is written once for all of them."""
    for (top, left), (bottom, _right) in islice(sheet.merged_cell_ranges or (), _MERGED):
        if top >= len(rows) or bottom <= top or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = rows[top][left]


def _text(cell: Any) -> str:
    """A value as text: dates as ISO, whole numbers without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return "" if isinstance(cell, timedelta) else str(cell)
