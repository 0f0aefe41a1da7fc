"""Reading back a matrix that was filled in as a spreadsheet: pure, like every reader.

Marks stand in a hidden row (of the columns) and a hidden column (of the rows). Where they were lost,
columns are known by their header and rows by symbol and paragraph, as in a Word file.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawsiya.intake.readers.filled_matrix import (
    COLUMN_PREFIX,
    DOCUMENT_PREFIX,
    FILLED,
    ITEM,
    MAX_CELL,
    POSITION,
    PREFIX,
    FilledMatrix,
    FilledRow,
    columns_by_words,
    is_row_mark,
    known_roles,
)
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sheets import book
from tawsiya.intake.readers.sheets.grid import Grid


def read_filled(data: bytes) -> FilledMatrix:
    """Read a filled workbook. Raises UnreadableFile where no sheet has the columns of a matrix."""
    found = [matrix for grid in book.read(data).sheets if (matrix := _read_sheet(grid)) is not None]
    if not found:
        raise UnreadableFile("not_a_filled_matrix")
    mark = next((matrix.mark for matrix in found if matrix.mark), None)
    return FilledMatrix(tuple(row for matrix in found for row in matrix.rows), mark)


def _read_sheet(grid: Grid) -> FilledMatrix | None:
    marked: dict[int, str] = {}
    columns: dict[int, str] = {}
    mark: str | None = None
    rows: list[FilledRow] = []
    for number, cells in enumerate(grid.rows, start=1):
        mark = mark or next((cell for cell in cells if cell.startswith(DOCUMENT_PREFIX)), None)
        marked = marked or _marked_columns(cells)
        header = columns_by_words({place: cell for place, cell in enumerate(cells) if cell})
        if header:
            # The marks tell better than words, which somebody may have changed or translated.
            columns = marked or header
        elif _is_marks(cells):
            columns = columns or marked
        elif columns and (row := _row(number, cells, columns)) is not None:
            rows.append(row)
    return FilledMatrix(tuple(rows), mark) if columns else None


def _marked_columns(cells: Sequence[str]) -> dict[int, str]:
    named = {
        place: cell.removeprefix(COLUMN_PREFIX)
        for place, cell in enumerate(cells)
        if cell.startswith(COLUMN_PREFIX)
    }
    return {place: role for place, role in named.items() if role in known_roles()}


def _is_marks(cells: Sequence[str]) -> bool:
    return any(cell.startswith((COLUMN_PREFIX, DOCUMENT_PREFIX)) for cell in cells)


def _row(number: int, cells: Sequence[str], columns: dict[int, str]) -> FilledRow | None:
    texts = dict.fromkeys((ITEM, POSITION, *FILLED), "")
    stray: list[str] = []
    marks: list[str] = []
    for place, cell in enumerate(cells):
        if cell.startswith(PREFIX) and is_row_mark(cell):
            marks.append(cell)
        elif place in columns:
            texts[columns[place]] = cell
        elif cell:
            stray.append(cell)
    item, _position = texts.pop(ITEM), texts.pop(POSITION)
    if not (item or marks or stray or any(texts.values())):
        return None
    return FilledRow(
        number=number,
        item=item[:MAX_CELL],
        marks=tuple(dict.fromkeys(marks)),
        cells={role: text[:MAX_CELL] for role, text in texts.items()},
        stray="\n".join(stray)[:MAX_CELL],
        cut=any(len(text) > MAX_CELL for text in texts.values()),
    )
