"""Rows of a matrix, one after the other: headings, recommendations, what continues the row above."""

from __future__ import annotations

from collections.abc import Sequence

from tawsiya.intake.readers import columns as cols
from tawsiya.intake.readers.attribution import attribute
from tawsiya.intake.readers.cells import MAX_TEXT, Entry, Lists, entries, lines_of, read_lists
from tawsiya.intake.readers.columns import Columns
from tawsiya.intake.readers.docx import Cell, Row
from tawsiya.intake.readers.drafts import Draft
from tawsiya.intake.readers.folding import one_line
from tawsiya.intake.readers.labels import (
    heading_text,
    paragraph_number,
    section_position,
    split_source,
)
from tawsiya.intake.readers.records import ReaderWarning

_MAX_HEADING = 300
_SHOWN = 80
_LISTS = ((cols.THEMES, "themes"), (cols.PERSONS, "persons"), (cols.SDGS, "sdgs"))


class RowReader:
    """Collects drafts; heading and position of a section carry on from table to table."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.title_lines: list[str] = []
        self.warnings: list[ReaderWarning] = []
        self._columns = Columns({}, {}, 0)
        self._heading: str | None = None
        self._section: str | None = None
        self._latest: list[Draft] = []
        self._above: dict[str, Cell] = {}

    def read_table(self, rows: Sequence[Row], columns: Columns) -> None:
        """Read all rows of a table laid out as ``columns`` until a header row says else."""
        self._columns = columns
        self._above = {}
        headers = [index for index, row in enumerate(rows) if cols.from_header(row)]
        first = headers[0] if headers and not self._data_before(rows[: headers[0]]) else 0
        self.title_lines += [c.text for row in rows[:first] for c in row.cells if c.text]
        for row in rows[first:]:
            header = cols.from_header(row)
            if header is not None:
                self._columns = header
            else:
                self._read_row(row)

    def _data_before(self, rows: Sequence[Row]) -> bool:
        return any(paragraph_number(c.text)[0] for row in rows for c in row.cells[:2])

    def _read_row(self, row: Row) -> None:
        if not any(cell.text for cell in row.cells):
            return
        heading = self._heading_of(row)
        if heading is not None:
            self._begin(heading)
            return
        if _is_note(row):
            self.warnings.append(ReaderWarning("row_ignored", {"text": _start(row)}))
            return
        cells = {role: self._cell(row, role) for role in self._columns.roles}
        main = cells.get(cols.RECOMMENDATION)
        found = entries(main) if main is not None and not main.continues else []
        number = cells.get(cols.NUMBER)
        if found and number is not None and found[0].number is None:
            found[0].number = paragraph_number(number.text.rstrip(" .") + ". ")[0]
        if not found:
            self._extend(cells, [])
        elif self._goes_on(found, cells):
            self._extend(cells, found[0].lines)
            self._latest[-1].entry.source += found[0].source
        else:
            self._add(row, found, cells)

    def _cell(self, row: Row, role: str) -> Cell | None:
        """The cell of a role; one merged with the cell above has that cell's content."""
        cell = self._columns.cell(row, role)
        if cell is None:
            return None
        if cell.continues and not cell.text and role != cols.RECOMMENDATION:
            return self._above.get(role)
        self._above[role] = cell
        return cell

    def _heading_of(self, row: Row) -> str | None:
        """The text of a heading row: one filled cell, marked as heading or over the full width."""
        filled = [cell for cell in row.cells if cell.text]
        if len(filled) != 1:
            return None
        cell = filled[0]
        text, marked = heading_text(cell.text)
        if marked:
            return text[:_MAX_HEADING]
        if len(text) > _MAX_HEADING:
            return None
        if split_source(text) or cell.continues:
            return None
        numbered = paragraph_number(text)[0] is not None
        if numbered and attribute(paragraph_number(text)[1]).states:
            return None
        if _full_width(row, cell):
            return text
        if numbered or cell is not self._columns.cell(row, cols.RECOMMENDATION):
            return None
        # The first cell alone, without number: the rest of the row above, or a heading.
        return text if self._complete() and not attribute(text).states else None

    def _begin(self, heading: str) -> None:
        section = section_position(heading)
        if section is None:
            self._heading = heading or None
        else:
            self._section, self._heading = section, None
        self._latest = []
        self._above = {}

    def _complete(self) -> bool:
        """Whether the last recommendation already has its States or its source."""
        if not self._latest:
            return True
        entry = self._latest[-1].entry
        return bool(entry.source) or bool(attribute(entry.text).states)

    def _goes_on(self, found: list[Entry], cells: dict[str, Cell | None]) -> bool:
        """Whether an unnumbered cell is the rest of the row above: its source, or a text cut in two."""
        position = cells.get(cols.POSITION)
        if len(found) == 1 and found[0].number is None and not found[0].lines:
            return bool(self._latest)  # a row with nothing but the source
        return (
            len(found) == 1
            and found[0].number is None
            and bool(self._latest)
            and not (position is not None and position.text and not position.continues)
            and not self._complete()
        )

    def _extend(self, cells: dict[str, Cell | None], lines: list[str]) -> None:
        """Add what a continuing row holds to the recommendation above."""
        if not self._latest:
            return
        for draft in self._latest:
            _read_lists(cells, draft.lists)
        last = self._latest[-1]
        if lines:
            last.entry.lines += lines
            last.warnings.append(ReaderWarning("row_joined"))
        column = cells.get(cols.STATES)
        if column is not None and last.states_column is not None:
            last.states_column += lines_of(column.paragraphs)
        position = cells.get(cols.POSITION)
        if position is not None and last.position is None:
            last.position = one_line(position.text) or None

    def _add(self, row: Row, found: list[Entry], cells: dict[str, Cell | None]) -> None:
        def text(role: str) -> str | None:
            cell = cells.get(role)
            return cell.text if cell is not None and cell.text else None

        column = cells.get(cols.STATES)
        self._latest = []
        for entry in found:
            draft = Draft(
                row=row.number,
                entry=entry,
                heading=self._heading,
                section=self._section,
                position=one_line(text(cols.POSITION) or "") or None,
                has_position_column=cols.POSITION in self._columns.roles,
                states_column=list(lines_of(column.paragraphs)) if column is not None else None,
                comment=text(cols.COMMENT),
            )
            if not entry.source and (source := text(cols.SOURCE)):
                divided = split_source(source)
                entry.source.append(divided[1] if divided else source)
            _read_lists(cells, draft.lists)
            if len(found) > 1:
                draft.warnings.append(ReaderWarning("cell_split"))
            self._latest.append(draft)
        self.drafts += self._latest


def _full_width(row: Row, cell: Cell) -> bool:
    return cell.span * 2 > sum(c.span for c in row.cells)


def _is_note(row: Row) -> bool:
    """A long text over the full width, with neither number nor source nor States."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 1 or not _full_width(row, filled[0]) or filled[0].continues:
        return False
    text = filled[0].text
    return (
        len(text) > _MAX_HEADING
        and paragraph_number(text)[0] is None
        and split_source(text) is None
        and not attribute(text[:MAX_TEXT]).states
    )


def _start(row: Row) -> str:
    text = one_line(" ".join(cell.text for cell in row.cells))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _read_lists(cells: dict[str, Cell | None], into: Lists) -> None:
    for role, kind in _LISTS:
        read_lists(cells.get(role), kind, into)
