"""Read the labels of a taxonomy from a table (CSV or Excel): pure, bytes in, lines or problems out.

Columns, in any order and case: `code`; `parent` (the code of the broader label); `name_ar`, `name_fr`,
`name_en` (or `name`, then English); `aliases` and `replaces` (codes of the former version), several parted by
semicolons.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

LIMIT = 20_000
_UNPACKED = 50_000_000
_CODE, _NAME, _PARTS = 120, 500, ";"


@dataclass(frozen=True)
class Line:
    """A label: its code, the code of its broader label ("" at the top), names by language."""

    code: str
    names: dict[str, str]
    parent: str = ""
    aliases: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass
class Read:
    """The lines, parents before children, and what is wrong: a code of problem, the row's number, a value."""

    lines: list[Line] = field(default_factory=list)
    problems: list[tuple[str, int, str]] = field(default_factory=list)


def read_taxonomy(data: bytes) -> Read:
    """Return the labels of a file. What is wrong is a problem of a row, or of row 0 for the whole file.

    Problems: `unreadable`, `columns`, `empty`, `too_many`, `no_code`, `long_code`, `no_name`, `twice`,
    `parent`, `loop`.
    """
    found = Read()
    rows = _cells(data)
    if rows is None:
        found.problems.append(("unreadable", 0, ""))
        return found
    head = [cell.strip().lower().replace(" ", "_") for cell in rows[0]] if rows else []
    if "code" not in head or not any(name.startswith("name") for name in head):
        found.problems.append(("columns", 0, ""))
        return found
    if len(rows) > LIMIT + 1:
        found.problems.append(("too_many", 0, str(LIMIT)))
        return found
    lines: dict[str, tuple[int, Line]] = {}
    for number, cells in enumerate(rows[1:], start=2):
        row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        if not any(row.values()):
            continue
        line = _line(row)
        problem = _problem(line, lines)
        if problem:
            found.problems.append((problem, number, line.code))
        else:
            lines[line.code] = (number, line)
    for number, line in lines.values():
        if line.parent and line.parent not in lines:
            found.problems.append(("parent", number, line.parent))
    if not lines and not found.problems:
        found.problems.append(("empty", 0, ""))
    if not found.problems:
        _in_order(found, lines)
    return found


def _line(row: dict[str, str]) -> Line:
    names = {code: row[f"name_{code}"][:_NAME] for code in ("ar", "fr", "en") if row.get(f"name_{code}")}
    if row.get("name"):
        names.setdefault("en", row["name"][:_NAME])
    return Line(
        code=row.get("code", ""),
        names=names,
        parent=row.get("parent", ""),
        aliases=_several(row.get("aliases", "")),
        replaces=_several(row.get("replaces", "")),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(_PARTS) if part.strip()))


def _problem(line: Line, before: dict[str, tuple[int, Line]]) -> str:
    if not line.code:
        return "no_code"
    if len(line.code) > _CODE:
        return "long_code"
    if not line.names:
        return "no_name"
    return "twice" if line.code in before else ""


def _in_order(found: Read, lines: dict[str, tuple[int, Line]]) -> None:
    """Put parents before their children, otherwise in the order of the file; a loop is a problem."""
    children: dict[str, list[Line]] = {}
    for _number, line in lines.values():
        children.setdefault(line.parent, []).append(line)
    waiting = list(reversed(children.get("", [])))
    while waiting:
        line = waiting.pop()
        found.lines.append(line)
        waiting += reversed(children.get(line.code, []))
    if len(found.lines) < len(lines):
        reached = {line.code for line in found.lines}
        number, line = next(pair for pair in lines.values() if pair[1].code not in reached)
        found.problems.append(("loop", number, line.code))
        found.lines.clear()


def _cells(data: bytes) -> Sequence[Sequence[str]] | None:
    """Return the rows of a workbook's first sheet or of a CSV file; None for anything else."""
    if data[:4] == b"PK\x03\x04":
        return _sheet(data)
    try:
        text = data.decode("utf-8-sig")
        first = text.split("\n", 1)[0]
        mark = max(",;\t", key=first.count)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except (UnicodeDecodeError, csv.Error):
        return None


def _sheet(data: bytes) -> Sequence[Sequence[str]] | None:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED:
                return None
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, IndexError, zipfile.BadZipFile):
        return None
    return [[_text(cell) for cell in row] for row in rows[: LIMIT + 2]]


def _text(cell: object) -> str:
    # Codes typed as numbers: 4, not 4.0.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
