"""Read UN grades from a CSV file, as a person typed them from the body's report: bytes in, rows out."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tawsiya.core.errors import RuleViolated

MAX_BYTES = 1_000_000
MAX_ROWS = 2_000
COLUMNS = ("symbol", "paragraph", "limb", "grade", "assessment", "date", "reasons", "language")
_NEEDED = ("symbol", "paragraph", "grade", "assessment", "date")


@dataclass(frozen=True)
class Line:
    """A row: `symbol` and `paragraph` name the recommendation, `assessment` the body's document."""

    number: int
    symbol: str
    paragraph: str
    grade: str
    assessment: str
    assessed_on: date | None
    limb: str = ""
    reasons: str = ""
    language: str = "en"
    problems: Sequence[str] = field(default_factory=tuple)


def read(data: bytes) -> list[Line]:
    """Return the rows of a file, in UTF-8, parted by commas or semicolons, the first row naming the columns.

    Raises:
        RuleViolated: too large, not in UTF-8, without the columns needed, or without rows.
    """
    if len(data) > MAX_BYTES:
        raise RuleViolated(_("The file is too large."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleViolated(_("Save the file as CSV in UTF-8.")) from error
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = {name.strip().lower(): name for name in rows.fieldnames or () if name}
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise RuleViolated(_("Columns are missing: %(names)s") % {"names": ", ".join(missing)})
    try:
        cells = [
            {name: (row.get(names[name]) or "").strip() for name in COLUMNS if name in names} for row in rows
        ]
    except csv.Error as error:
        raise RuleViolated(_("This is no CSV file.")) from error
    lines = [_line(number, row) for number, row in enumerate(cells, 2) if any(row.values())]
    if not lines or len(lines) > MAX_ROWS:
        raise RuleViolated(_("A file has between 1 and %(number)s rows.") % {"number": MAX_ROWS})
    return lines


def _line(number: int, row: dict[str, str]) -> Line:
    problems = [_("Empty: %(name)s") % {"name": name} for name in _NEEDED if not row[name]]
    day = None
    if row["date"]:
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            problems.append(_("Write the date as 2026-12-31."))
    return Line(
        number=number,
        symbol=row["symbol"],
        paragraph=row["paragraph"],
        grade=row["grade"],
        assessment=row["assessment"],
        assessed_on=day,
        limb=row.get("limb", ""),
        reasons=row.get("reasons", ""),
        language=row.get("language", "") or "en",
        problems=tuple(problems),
    )
