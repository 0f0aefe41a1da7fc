"""Sheets as they stand in a file: rows of text, and where each cell is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawsiya.intake.readers.archive import MAX_FILE, MIB
from tawsiya.intake.readers.records import UnreadableFile

MAX_ROWS = 60_000
"""Rows of a sheet; the largest tracker known has some 2,000, all of a State's records in UHRI 3,000."""
MAX_COLUMNS = 200
MAX_CELLS = 3_000_000
MAX_CELL = 40_000
"""Characters; a cell of Excel holds 32,767."""
MAX_SHEETS = 60

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its name and rows, from the file's first row and column on.

    ``formulas`` are the cells (row, column, both from 0) whose content was a formula without a
    value: they are empty here.
    """

    name: str
    rows: tuple[Row, ...]
    formulas: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file that hold anything; of a text file also its encoding and delimiter."""

    sheets: tuple[Grid, ...]
    encoding: str = ""
    delimiter: str = ""

    def sheet(self, name: str) -> Grid:
        """The sheet of a name, the first for "". Raises UnreadableFile for a name that is not there."""
        found = next((grid for grid in self.sheets if not name or grid.name == name), None)
        if found is None:
            raise UnreadableFile("no_such_sheet", sheet=name[:60])
        return found


def column_name(index: int) -> str:
    """The letters of a column as spreadsheets show them: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell, both from 0: (0, 0) is A1."""
    return f"{column_name(column)}{row + 1}"


def tidy(rows: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """Rows without empty cells at their ends and empty rows at the end.

    Raises UnreadableFile for more cells, or longer ones, than a spreadsheet of records has.
    """
    kept: list[Row] = []
    cells = 0
    for row in rows:
        end = len(row)
        while end and not row[end - 1]:
            end -= 1
        if end > MAX_COLUMNS:
            raise UnreadableFile("too_many_columns", limit=MAX_COLUMNS)
        cells += end
        if cells > MAX_CELLS:
            raise UnreadableFile("too_many_cells", limit=MAX_CELLS)
        kept.append(tuple(row[:end]))
    while kept and not kept[-1]:
        kept.pop()
    if len(kept) > MAX_ROWS:
        raise UnreadableFile("too_many_rows", limit=MAX_ROWS)
    return tuple(kept)


def checked_cell(text: str) -> str:
    """A cell's text without blanks around it. Raises UnreadableFile for one that is too long."""
    if len(text) > MAX_CELL:
        raise UnreadableFile("cell_too_large", limit=MAX_CELL)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def refuse_large(data: bytes) -> None:
    """Raise UnreadableFile for an empty file, or one larger than what is read."""
    if not data:
        raise UnreadableFile("empty")
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
