"""What the children of the sandbox do with a file: the tasks, and what is loaded before the first.

An answer is lines of JSON: for a document ``{"document": …, "warnings": […], "deadlines": […]}``
and one line per record, for a filled matrix ``{"mark": …}`` and one line per row, for the layout
one line. Wherever reading ends with a refusal, ``{"error": …}`` is the last line. Pictures come by
two: the line of the page, and the picture.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

# The PDF engine is loaded with the rest, so that no file waits for it.
from tawsiya.intake.readers import detect, tables, upr_report_pdf  # noqa: F401
from tawsiya.intake.readers.filled_matrix import FilledMatrix
from tawsiya.intake.readers.records import ReadResult, UnreadableFile
from tawsiya.intake.readers.sheets import files
from tawsiya.intake.readers.sheets.mapping import Columns

DOCUMENT = "document"
FILLED_MATRIX = "filled_matrix"
LAYOUT = "layout"
PICTURES = "pictures"
EXAMINED = "examined"
RECOGNISED = "recognised"
NUMBERS = "numbers"
MAPPED = "mapped"
TABLES = "tables"
ISSUES = "issues"

Arguments = dict[str, Any]


def document(source: BinaryIO, arguments: Arguments) -> Iterator[bytes]:
    """Read a UN document; ``arguments`` hold its ``filename``."""
    yield from _told(lambda: _lines(detect.read(source.read(), filename=arguments["filename"])))


def filled(source: BinaryIO, arguments: Arguments) -> Iterator[bytes]:
    """Read back a matrix that was filled in."""
    yield from _told(lambda: _filled_lines(detect.read_filled(source.read())))


def layout(source: BinaryIO, _arguments: Arguments) -> Iterator[bytes]:
    """The pages of a PDF, or the passages of a Word file."""

    def lines() -> Iterator[str]:
        yield json.dumps(detect.layout_of(source.read()).as_json())

    yield from _told(lines)


def pictures(source: BinaryIO, arguments: Arguments) -> Iterator[bytes]:
    """Pages of a PDF as PNG; ``arguments`` hold their ``numbers``, the ``dpi`` and the ``side``."""

    def pieces() -> Iterator[str | bytes]:
        # Pillow is loaded by those who draw only.
        from tawsiya.intake.readers.pdf import picture

        for sheet, drawn in picture.pictures(source.read(), **arguments):
            yield json.dumps(sheet.as_json())
            yield drawn

    yield from _told(pieces)


def all_tables(source: BinaryIO, _arguments: Arguments) -> Iterator[bytes]:
    """All tables of a workbook or Word document: one line for each."""

    def lines() -> Iterator[str]:
        for grid in tables.read(source.read()):
            yield json.dumps({"name": grid.name, "rows": grid.rows})

    yield from _told(lines)


def recognised(source: BinaryIO, _arguments: Arguments) -> Iterator[bytes]:
    """The records of lines recognised from a scan."""
    yield from _told(lambda: _lines(detect.read_recognised(source.read())))


def numbers(source: BinaryIO, arguments: Arguments) -> Iterator[bytes]:
    """What may be numbers of paragraphs on a page given as PNG, with its ``height`` and ``lines``."""

    def lines() -> Iterator[str]:
        from tawsiya.intake.readers import ocr_figures

        found = ocr_figures.labels(source.read(), arguments["height"], arguments["lines"])
        yield json.dumps({"labels": [label.as_json() for label in found]})

    yield from _told(lines)


def examined(source: BinaryIO, arguments: Arguments) -> Iterator[bytes]:
    """How a spreadsheet looks; ``arguments`` hold the ``columns`` chosen so far, None for a proposal."""

    def lines() -> Iterator[str]:
        chosen = arguments["columns"]
        columns = Columns.from_json(chosen) if chosen is not None else None
        yield json.dumps(files.examine(source.read(), columns).as_json())

    yield from _told(lines)


def mapped(source: BinaryIO, arguments: Arguments) -> Iterator[bytes]:
    """The records of a spreadsheet; ``arguments`` hold its ``columns``."""
    columns = Columns.from_json(arguments["columns"])
    yield from _told(lambda: _lines(files.read(source.read(), columns)))


def list_of_issues(source: BinaryIO, _arguments: Arguments) -> Iterator[bytes]:
    """The questions of a list of issues: a line on the document, and one for each."""

    def lines() -> Iterator[str]:
        found = detect.read_issues(source.read())
        yield json.dumps(found.head())
        for row in found.rows:
            yield json.dumps(row.as_json())

    yield from _told(lines)


def _told(pieces: Callable[[], Iterator[str] | Iterator[str | bytes]]) -> Iterator[bytes]:
    """Lines and pictures as bytes, a refusal among them."""
    try:
        for piece in pieces():
            yield piece.encode("ascii") if isinstance(piece, str) else piece
    except UnreadableFile as refusal:
        yield json.dumps({"error": {"code": refusal.code, "params": refusal.params}}).encode("ascii")


def _lines(result: ReadResult) -> Iterator[str]:
    yield json.dumps(
        {
            "document": result.document.as_json(),
            "warnings": [warning.as_json() for warning in result.warnings],
            "deadlines": [deadline.as_json() for deadline in result.deadlines],
        }
    )
    for record in result.records:
        yield json.dumps(record.as_json())


def _filled_lines(matrix: FilledMatrix) -> Iterator[str]:
    yield json.dumps({"mark": matrix.mark})
    for row in matrix.rows:
        yield json.dumps(row.as_json())


TASKS = {
    DOCUMENT: document,
    FILLED_MATRIX: filled,
    LAYOUT: layout,
    PICTURES: pictures,
    EXAMINED: examined,
    RECOGNISED: recognised,
    NUMBERS: numbers,
    MAPPED: mapped,
    TABLES: all_tables,
    ISSUES: list_of_issues,
}
