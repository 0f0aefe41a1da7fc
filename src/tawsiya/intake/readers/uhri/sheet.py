"""UHRI's workbook: 16 columns under headers of its own spelling, several values of a cell one per line."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tawsiya.intake.readers.archive import Package
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.records import UnreadableFile

HEADERS = {
    "text": "Text",
    "countries concerned": "Countries",
    "recommending body": "Body",
    "document symbol": "Symbol",
    "themes": "Themes",
    "affected persons": "AffectedPersons",
    "sdgs": "Sdgs",
    "document publication date": "PublicationDate",
    "upr recommending states": "UprRecommendingCountry",
    "upr position": "UprPositions",
    "type": "AnnotationType",
    "ohchr annotation id": "AnnotationId",
    "upr session": "UprSession",
    "upr cycle": "UprCycle",
    "regions concerned": "Regions",
    "recommending regions": "UprRecommendingRegions",
    "date of publication on uhri": "PublicationDateOnUhri",
}
"""Header, spelt right and folded → the field of the JSON export."""

_LISTS = frozenset(
    {"Countries", "Themes", "AffectedPersons", "Sdgs", "UprRecommendingCountry", "UprPositions", "UprSession",
     "Regions", "UprRecommendingRegions"}
)  # fmt: skip
_NEEDED = frozenset({"Text", "AnnotationId"})
_HEADER_ROWS = 10
_ALIKE = 0.86
"""How alike a misspelt header must be: "Reccomending Body" is, "Recommending Regions" is not."""
_MAX_CELL = 40_000
"""Characters; a cell of Excel holds 32,767."""
_MAX_ROWS = 400_000
_MAX_COLUMNS = 400
_SHEETS = "xl/worksheets/"
_STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook."
"""How the main part of every workbook begins; names stand in a package as they are."""


def rows(data: bytes) -> Iterator[dict[str, Any]] | None:
    """The rows of a workbook as records of the export; None if it has no such columns.

    Raises UnreadableFile for a workbook that is damaged or unsafe to open.
    """
    for table in _tables(data):
        for number, cells in enumerate(table[:_HEADER_ROWS]):
            columns = header(cells)
            if columns.keys() >= _NEEDED:
                return _records(table[number + 1 :], columns)
    return None


def header(cells: Sequence[Any]) -> dict[str, int]:
    """Field → column of a row of headers: in any order, case and near spelling."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells[:_MAX_COLUMNS]):
        if not isinstance(cell, str) or not cell.strip() or len(cell) > 100:
            continue
        written = fold(cell)
        near = [written] if written in HEADERS else difflib.get_close_matches(written, HEADERS, 1, _ALIKE)
        if near:
            found.setdefault(HEADERS[near[0]], index)
    return found


def _tables(data: bytes) -> Iterator[list[list[Any]]]:
    package = Package(data)
    if not any(name.startswith(WORKBOOK) for name in package.names()):
        return
    for name in package.names():
        if name == _STRINGS or name.startswith(_SHEETS):
            package.read(name)  # counted while unpacking: a bomb ends here, in a sentence
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            yield workbook.get_sheet_by_name(name).to_python(nrows=_MAX_ROWS + 1)
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise UnreadableFile("xlsx_broken") from error


def _records(table: Sequence[Sequence[Any]], columns: dict[str, int]) -> Iterator[dict[str, Any]]:
    if len(table) > _MAX_ROWS:
        raise UnreadableFile("too_many_rows", limit=_MAX_ROWS)
    for cells in table:
        record = {name: _value(name, cells[at]) for name, at in columns.items() if at < len(cells)}
        if any(record.values()):
            yield record


def _value(name: str, cell: Any) -> Any:
    if isinstance(cell, str):
        if len(cell) > _MAX_CELL:
            raise UnreadableFile("cell_too_large", limit=_MAX_CELL)
        return cell.splitlines() if name in _LISTS else cell.strip()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (time, timedelta, bool)):
        return None
    if name in _LISTS:
        return [f"{cell:g}"] if isinstance(cell, (int, float)) else []
    return cell if name in ("PublicationDate", "PublicationDateOnUhri") else f"{cell:g}"
