"""UN grades in a spreadsheet or CSV file, as a person typed them from the body's report: sheets in, rows out.

Pure. What cannot be read is refused cell by cell, with sheet, row and column, and the rest is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tawsiya.programme.indicator_cells import folded
from tawsiya.programme.indicator_table import letter

MAX_ROWS = 2_000
_HEAD_WITHIN = 15
COLUMNS = ("symbol", "paragraph", "limb", "grade", "assessment", "date", "reasons", "language")
NEEDED = ("symbol", "paragraph", "grade", "assessment", "date")
LONGEST = {"limb": 40, "grade": 40, "assessment": 80, "language": 8}

# What columns are called in the three languages.
_CALLED = {
    "symbol": "symbol document cote symbole الرمز الوثيقة رمز_الوثيقة",
    "paragraph": "paragraph para paragraphe الفقرة",
    "limb": "limb part partie sous_paragraphe الجزء الفقرة_الفرعية",
    "grade": "grade note cotation appreciation التقدير الدرجة",
    "assessment": "assessment source source_document evaluation document_source وثيقة_التقييم المصدر",
    "date": "date date_of_the_assessment assessed_on date_de_l_evaluation التاريخ تاريخ_التقييم",
    "reasons": "reasons reason motifs motif الاسباب التعليل",
    "language": "language langue اللغة",
}
_COLUMN_OF = {folded(name): column for column, names in _CALLED.items() for name in names.split()}
Grid = tuple[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Refused:
    """A cell that is left out: a code of the problem, where it stands (row from 1), and what it holds."""

    problem: str
    sheet: str
    row: int
    column: str
    content: str = ""


@dataclass(frozen=True)
class Line:
    """A row: `symbol` and `paragraph` name the recommendation, `assessment` the body's document."""

    symbol: str
    paragraph: str
    grade: str
    assessment: str
    assessed_on: date
    limb: str = ""
    reasons: str = ""
    language: str = "en"
    sheet: str = ""
    row: int = 0
    places: Mapping[str, int] = field(default_factory=dict)

    def refused(self, problem: str, column: str) -> Refused:
        """Return the refusal of one of its cells."""
        content = str(getattr(self, "assessed_on" if column == "date" else column))
        return Refused(problem, self.sheet, self.row, letter(self.places[column]), content)


@dataclass
class Read:
    """What a file says; `missing` names the columns that no sheet has, and then nothing was read."""

    lines: list[Line] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    too_many: bool = False


def read(sheets: Sequence[Grid], languages: Sequence[str] = ("en", "fr", "ar")) -> Read:
    """Return the rows of the sheets whose first rows name the columns; sheets without are left out.

    Args:
        languages: the codes that a row may give; English where it gives none.
    """
    found = Read()
    best: set[str] = set()
    is_read = False
    for sheet, rows in sheets:
        place, places = _head(rows)
        best = max(best, set(places), key=len)
        if set(NEEDED) - set(places):
            continue
        is_read = True
        for number, cells in enumerate(rows[place + 1 :], place + 2):
            if any(cell.strip() for cell in cells):
                _read_row(found, _Row(sheet, number, cells, places), languages)
    if not is_read:
        found.missing = tuple(name for name in NEEDED if name not in best)
    found.too_many = len(found.lines) + len(found.refused) > MAX_ROWS
    return found


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return which row names the columns, and where each is; of several, the one that names most."""
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(rows[:_HEAD_WITHIN]):
        places: dict[str, int] = {}
        for index, cell in enumerate(row):
            column = _COLUMN_OF.get(folded(cell))
            if column:
                places.setdefault(column, index)
        if len(places) > len(best[1]):
            best = (place, places)
    return best


@dataclass(frozen=True)
class _Row:
    sheet: str
    number: int
    cells: Sequence[str]
    places: Mapping[str, int]

    def __getitem__(self, name: str) -> str:
        place = self.places.get(name)
        return "" if place is None or place >= len(self.cells) else self.cells[place].strip()

    def refused(self, problem: str, name: str) -> Refused:
        return Refused(problem, self.sheet, self.number, letter(self.places[name]), self[name])


def _read_row(found: Read, row: _Row, languages: Sequence[str]) -> None:
    refused = [row.refused("empty", name) for name in NEEDED if not row[name]]
    refused += [row.refused("too_long", name) for name, most in LONGEST.items() if len(row[name]) > most]
    day = None
    if row["date"]:
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            refused.append(row.refused("date", "date"))
    language = row["language"].lower() or "en"
    if language not in languages and not any(one.problem == "too_long" for one in refused):
        refused.append(row.refused("language", "language"))
    if refused or day is None:
        found.refused += refused
        return
    found.lines.append(
        Line(
            symbol=row["symbol"],
            paragraph=row["paragraph"],
            grade=row["grade"],
            assessment=row["assessment"],
            assessed_on=day,
            limb=row["limb"],
            reasons=row["reasons"],
            language=language,
            sheet=row.sheet,
            row=row.number,
            places=row.places,
        )
    )


def code_of(grade: str, scale: Mapping[str, Mapping[str, str]]) -> str:
    """Return the code of a grade as a person wrote it, by its code or its name in a language; "" for none.

    Args:
        scale: the grades of the body by code, with their names.
    """
    wanted = folded(grade)
    for code, names in scale.items():
        if wanted in {folded(code), *(folded(name) for name in names.values())}:
            return code
    return ""
