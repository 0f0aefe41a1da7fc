"""All tables of a file as rows of text: the sheets of a workbook, the tables of a Word document."""

from __future__ import annotations

from tawsiya.intake.readers import docx
from tawsiya.intake.readers.archive import Package
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sheets import files
from tawsiya.intake.readers.sheets.grid import MAX_SHEETS, Grid, checked_cell, refuse_large, tidy

_NAME = "Table {}"


def read(data: bytes) -> tuple[Grid, ...]:
    """The tables that hold anything, in the order of the file. Raises UnreadableFile, and nothing else.

    A cell of a Word table that is merged downwards counts for each row, as one of a workbook does.
    """
    refuse_large(data)
    if not is_word(data):
        return files.open_book(data).sheets
    document = docx.load(Package(data))
    tables = [block for block in document.blocks if isinstance(block, docx.Table)]
    grids = [Grid(_NAME.format(number), _rows(table)) for number, table in enumerate(tables[:MAX_SHEETS], 1)]
    kept = tuple(grid for grid in grids if grid.rows)
    if not kept:
        raise UnreadableFile("no_table")
    return kept


def is_word(data: bytes) -> bool:
    """Whether a file is a Word document of today's format."""
    if not data.startswith(b"PK"):
        return False
    return any(name.lower().startswith("word/") for name in Package(data).names())


def _rows(table: docx.Table) -> tuple[tuple[str, ...], ...]:
    rows: list[list[str]] = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            cells += [""] * (cell.column - len(cells))
            above = rows[-1][cell.column] if cell.continues and rows and cell.column < len(rows[-1]) else ""
            cells.append(above or checked_cell(cell.text))
            cells += [""] * (cell.span - 1)
        rows.append(cells)
    return tidy(rows)
