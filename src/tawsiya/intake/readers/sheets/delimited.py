"""Text files of cells: CSV and TSV, whichever the delimiter, the quotes and the encoding."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sheets.encoding import decode
from tawsiya.intake.readers.sheets.grid import MAX_CELL, MAX_ROWS, Grid, Workbook, checked_cell, tidy

DELIMITERS = (",", ";", "\t", "|")
_SAID = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_SAMPLE_ROWS = 40
_SAMPLE = 262_144
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How Excel's own exports keep a number from being read as one."""


def read(data: bytes, *, encoding: str = "", delimiter: str = "") -> Workbook:
    """Read a text of cells; ``encoding`` and ``delimiter`` are a person's choices, "" for the guess.

    Raises UnreadableFile where it is no text, or no table of at least two columns.
    """
    text, name = decode(data, encoding)
    said = _SAID.match(text)
    if said:
        text = text[said.end() :]
    mark = delimiter or (said[1] if said else guess(text))
    if not mark:
        raise UnreadableFile("no_table")
    formulas: list[tuple[int, int]] = []
    rows = []
    for number, cells in enumerate(_parsed(text, mark)):
        rows.append([_value(cell, number, place, formulas) for place, cell in enumerate(cells)])
    return Workbook((Grid("", tidy(rows), tuple(formulas)),), name, mark)


def guess(text: str) -> str:
    """The delimiter that gives most rows the same number of cells; "" where none gives two.

    Raises UnreadableFile for a cell that is too long.
    """
    sample = text[:_SAMPLE]
    best, best_score = "", (0.0, 0)
    refused: UnreadableFile | None = None
    for mark in DELIMITERS:
        try:
            rows = [row for row in islice(_parsed(sample, mark), _SAMPLE_ROWS) if row]
        except UnreadableFile as error:
            refused = error
            continue
        # The sample may end inside a quoted cell.
        rows = rows[:-1] if len(text) > _SAMPLE and len(rows) < _SAMPLE_ROWS else rows
        widths = Counter(len(row) for row in rows)
        wide = [(count, width) for width, count in widths.items() if width > 1]
        if not wide:
            continue
        count, width = max(wide)
        score = (round(count / len(rows), 1), width)
        if score > best_score:
            best, best_score = mark, score
    if refused is not None and not best:
        raise refused
    return best if best_score[0] >= 0.5 else ""


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(MAX_CELL + 1)
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), MAX_ROWS + 2))
    except csv.Error as error:
        raise UnreadableFile("cell_too_large", limit=MAX_CELL) from error
    return rows


def _value(cell: str, row: int, column: int, formulas: list[tuple[int, int]]) -> str:
    text = checked_cell(cell)
    if not text.startswith("="):
        return text
    quoted = _AS_TEXT.fullmatch(text)
    if quoted:
        return quoted[1].strip()
    formulas.append((row, column))
    return ""
