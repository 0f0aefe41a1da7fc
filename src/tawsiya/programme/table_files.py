"""Spreadsheets and CSV files as plain rows of texts, read in a child of the sandbox. Pure.

A row is as wide as what stands in it; an empty sheet is left out.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

GRID = "grid"
MAX_FILE = 5 * 1024 * 1024
_UNPACKED = 200 * 1024 * 1024
_ROWS, _COLUMNS, _SHEETS, _CELL = 20_001, 200, 60, 2000
_ENCODINGS = ("utf-8-sig", "cp1256", "cp1252")


def grid(source: BinaryIO, arguments: dict[str, Any]) -> Iterator[bytes]:
    """Yield `[sheet, rows]` for each sheet, or `{"error": code}`: `unreadable`, or `empty` for no cell."""
    found = False
    try:
        for sheet, rows in _tables(source.read()):
            kept = [_trimmed(row) for row in rows[:_ROWS]]
            while kept and not kept[-1]:
                kept.pop()
            if kept:
                found = True
                yield json.dumps([sheet, kept]).encode("ascii")
    except (CalamineError, ValueError, zipfile.BadZipFile, csv.Error, UnicodeDecodeError):
        yield json.dumps({"error": "unreadable"}).encode("ascii")
        return
    if not found:
        yield json.dumps({"error": "empty"}).encode("ascii")


def _trimmed(row: Sequence[Any]) -> list[str]:
    cells = [_text(cell) for cell in row[:_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        # 0.1 + 0.2 was typed as 0.3: a spreadsheet shows fifteen digits.
        return f"{cell:.15g}"
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell).strip()[:_CELL]


def _tables(data: bytes) -> Iterator[tuple[str, Sequence[Sequence[Any]]]]:
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED:
                    raise ValueError("too large when unpacked")
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names[:_SHEETS]:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        return
    yield "", _csv(data)


def _csv(data: bytes) -> list[list[str]]:
    if b"\x00" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ValueError("no text")
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValueError("no text")
    mark = max(",;\t", key=text.split("\n", 1)[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


TASKS = {GRID: grid}
