"""Spreadsheet files: which bytes are one, what a person is shown of it, and its records once mapped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tawsiya.intake.readers.folding import fold, one_line
from tawsiya.intake.readers.records import ReadResult, Record, UnreadableFile
from tawsiya.intake.readers.sheets import book, delimited, fields, rows
from tawsiya.intake.readers.sheets.grid import Grid, Workbook, refuse_large
from tawsiya.intake.readers.sheets.layout import Look, look
from tawsiya.intake.readers.sheets.mapping import Columns, propose

INSTITUTIONS = "institutions"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XLS_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook\0", "Book\0"))
_HEAD = 65_536
_MIMETYPE = 200
"""Bytes within which OpenDocument says what it is: its first part, not packed."""
_FIRST_ROWS = 12
_MAX_WORDS = 400
_MAX_WORD = 200


@dataclass(frozen=True, slots=True)
class Examined:
    """What a person is shown before and while mapping.

    ``columns`` is the mapping asked about, or the proposal; ``first`` what the first rows become
    under it; ``words`` the words of statuses and institutions in the file: field → words as
    written, each with how many rows have it.
    """

    looks: tuple[Look, ...]
    columns: Columns
    encoding: str = ""
    delimiter: str = ""
    first: tuple[Record, ...] = ()
    words: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    @property
    def look(self) -> Look:
        """The sheet that the mapping is about."""
        return next(one for one in self.looks if one.name == self.columns.sheet)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "looks": [one.as_json() for one in self.looks],
            "columns": self.columns.as_json(),
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "first": [record.as_json() for record in self.first],
            "words": {name: [list(pair) for pair in pairs] for name, pairs in self.words.items()},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Examined:
        """The inverse of :meth:`as_json`. Raises KeyError or TypeError for other shapes."""
        return cls(
            looks=tuple(Look.from_json(one) for one in value["looks"]),
            columns=Columns.from_json(value["columns"]),
            encoding=value["encoding"],
            delimiter=value["delimiter"],
            first=tuple(Record.from_json(one) for one in value["first"]),
            words={
                name: tuple((word, count) for word, count in pairs) for name, pairs in value["words"].items()
            },
        )


def is_spreadsheet(data: bytes, *, kind: str) -> bool:
    """Whether a file is one, or a text that reads as a table.

    Args:
        kind: what :mod:`detect` found it to be, or the code of its refusal.
    """
    if kind == "kind_opendocument":
        return b"opendocument.spreadsheet" in data[:_MIMETYPE]
    if kind == "legacy_office":
        return any(name in data for name in _XLS_STREAMS)
    if kind not in ("kind_text", "kind_unknown"):
        return kind == "kind_excel"
    try:
        table = delimited.read(data[:_HEAD])
    except UnreadableFile:
        return False
    return sum(len(row) > 1 for row in table.sheets[0].rows) > 1


def open_book(data: bytes, *, encoding: str = "", delimiter: str = "") -> Workbook:
    """Read all cells of a file. Raises UnreadableFile, and nothing else."""
    refuse_large(data)
    if data.startswith((b"PK\x03\x04", _OLE)):
        return book.read(data)
    return delimited.read(data, encoding=encoding, delimiter=delimiter)


def examine(data: bytes, columns: Columns | None = None) -> Examined:
    """What a person is shown of a file; ``columns`` is what was chosen so far, None for the proposal.

    A chosen header below 0 is looked for, and where no column is named yet, all get their proposal.

    Raises UnreadableFile, and nothing else.
    """
    chosen = columns or Columns()
    workbook = open_book(data, encoding=chosen.encoding, delimiter=chosen.delimiter)
    if columns is None:
        looks = tuple(look(grid) for grid in workbook.sheets)
        # The sheet of which most is understood; the first where they are alike.
        best = max(looks, key=lambda one: (sum(bool(c.field) for c in one.columns), -looks.index(one)))
        chosen = propose(best)
    else:
        sheet = workbook.sheet(chosen.sheet)
        header = None if chosen.header < 0 else chosen.header
        looks = tuple(look(grid, header if grid is sheet else None) for grid in workbook.sheets)
        seen = next(one for one in looks if one.name == sheet.name)
        named = chosen.columns or propose(seen).columns
        chosen = replace(chosen, sheet=sheet.name, header=seen.header, columns=named[: len(seen.columns)])
    grid = workbook.sheet(chosen.sheet)
    head = Grid(grid.name, grid.rows[: chosen.header + _FIRST_ROWS], grid.formulas)
    return Examined(
        looks=looks,
        columns=chosen,
        encoding=workbook.encoding,
        delimiter=workbook.delimiter,
        first=rows.read(head, chosen).records,
        words=_words(grid, chosen),
    )


def read(data: bytes, columns: Columns) -> ReadResult:
    """The records of a file as mapped. Raises UnreadableFile, and nothing else."""
    workbook = open_book(data, encoding=columns.encoding, delimiter=columns.delimiter)
    return rows.read(workbook.sheet(columns.sheet), columns)


def _words(grid: Grid, columns: Columns) -> dict[str, tuple[tuple[str, int], ...]]:
    """The words of statuses and the names of institutions, each spelling once, the commonest first."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    known = columns.words.get(INSTITUTIONS, {})
    for name, sources in ((fields.STATUS, (fields.STATUS,)), (INSTITUTIONS, (fields.LEAD, fields.SUPPORT))):
        places = [index for source in sources for index in columns.of(source)]
        counts: Counter[str] = Counter()
        spelt: dict[str, str] = {}
        for row in grid.rows[columns.header :]:
            for index in places:
                cell = row[index] if index < len(row) else ""
                pieces = (
                    rows.names_of_institutions(cell, known) if name == INSTITUTIONS else (one_line(cell),)
                )
                for piece in filter(None, pieces):
                    spelt.setdefault(fold(piece), piece[:_MAX_WORD])
                    counts[fold(piece)] += 1
        if counts:
            found[name] = tuple((spelt[word], count) for word, count in counts.most_common(_MAX_WORDS))
    return found
