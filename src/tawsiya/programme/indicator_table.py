"""Values in tables, spreadsheets and SDMX-CSV alike: what each column is, and what each cell says. Pure.

A long table has a column for the period and one for the value; a wide one has a column for each period. What
cannot be read is refused cell by cell, with sheet, row and column, and the rest is kept.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tawsiya.programme.indicator_cells import Refused, age_code, folded, read_value, region_code, status_of
from tawsiya.programme.indicator_periods import read_period
from tawsiya.programme.indicator_reading import UNSAID, Reading

LIMIT = 20_000
_HEAD_WITHIN = 15
INDICATOR, PERIOD, VALUE, STATUS, SOURCE, REASON, BREAK, ACTION = (
    "indicator",
    "period",
    "value",
    "status",
    "source",
    "reason",
    "break",
    "action",
)
IGNORE = ""
DIMENSIONS = ("sex", "age", "region", "area", "disability", "nationality", "income", "education")
ROLES = (INDICATOR, PERIOD, VALUE, STATUS, SOURCE, REASON, BREAK, ACTION, *DIMENSIONS)

# What columns are called in the three languages and in SDMX's cross-domain concepts.
_CALLED = {
    INDICATOR: "indicator code indicateur series serie series_code المؤشر رمز_المؤشر الرمز",
    PERIOD: "period year time_period time periode annee الفترة السنة",
    VALUE: "value obs_value valeur القيمة",
    STATUS: "status obs_status statut etat qualite quality الحالة الجودة",
    SOURCE: "source source_detail sources المصدر",
    REASON: "reason comment comment_obs obs_comment note motif raison commentaire السبب ملاحظة ملاحظات",
    ACTION: "action",
    BREAK: "break break_note rupture rupture_de_serie انقطاع",
    "sex": "sex sexe gender الجنس النوع",
    "age": "age groupe_d_age tranche_d_age age_group السن العمر الفئة_العمرية",
    "region": "region ref_area geo_area الجهة المنطقة الاقليم",
    "area": "area urbanisation urbanization degree_urb milieu urban_or_rural urbain_ou_rural الوسط",
    "disability": "disability disability_status handicap الاعاقة",
    "nationality": "nationality nationalite citizenship الجنسية",
    "income": "income income_wealth_quantile quintile revenu الدخل",
    "education": "education education_lev niveau_d_instruction level_of_education المستوى_الدراسي",
}
_ROLE_OF = {folded(name): role for role, names in _CALLED.items() for name in names.split()}
# SDMX's codes for "all of it".
TOTALS = frozenset(map(folded, ("", "_t", "total", "all", "_z", "_x", "المجموع", "ensemble")))


@dataclass(frozen=True)
class Table:
    """A sheet, or a CSV file (whose name is ""): rows of texts, the first of which is the head.

    above: how many rows stand above the head, a title perhaps; they count in the numbers of rows.
    """

    sheet: str
    rows: Sequence[Sequence[str]]
    above: int = 0


@dataclass(frozen=True)
class Found:
    """A reading with the indicator as the file calls it, and where it stands: sheet, row from 1, column."""

    indicator: str
    reading: Reading
    sheet: str
    row: int
    column: str


@dataclass(frozen=True)
class Damaged:
    """A cell that was refused: a code of the problem, where it stands, and what it holds."""

    problem: str
    sheet: str
    row: int
    column: str
    content: str = ""


@dataclass
class Read:
    """What a file says, and what was refused."""

    found: list[Found] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)
    empty: int = 0


@dataclass(frozen=True)
class Words:
    """What only the State knows: the codes of each dimension by their folded words, and its own codes
    as an area, which mean the whole country."""

    codes: Mapping[str, Mapping[str, str]]
    whole_country: frozenset[str] = frozenset()


def letter(column: int) -> str:
    """Return a spreadsheet's name of a column, counted from 0: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def guess_roles(head: Sequence[str]) -> list[str]:
    """Return what each column of a head seems to be: a role, `period:2024` for a column of values, or ""."""
    roles: list[str] = []
    for cell in head:
        # SDMX-CSV may write `SEX: Sex`, the concept before its name.
        role = _ROLE_OF.get(folded(cell.split(":")[0]), IGNORE)
        if not role and (period := read_period(cell)):
            role = f"period:{period}"
        roles.append(role if role not in roles else IGNORE)
    return roles


def is_sdmx(head: Sequence[str]) -> bool:
    """Tell whether a head is of SDMX-CSV, of its first or second version."""
    return bool(head) and folded(head[0].split(":")[0].split("[")[0]) in ("structure", "dataflow")


def _bare(cell: str) -> str:
    """Return the code of `F: Female`; anything else as it is."""
    match = re.match(r"^([A-Za-z0-9_@$.+-]*): ", cell)
    return match[1] if match else cell


def with_head(sheet: str, rows: Sequence[Sequence[str]]) -> Table:
    """Return a table that begins with its head, looked for in the first rows; as it is where none is."""
    for place, row in enumerate(rows[:_HEAD_WITHIN]):
        roles = guess_roles(row)
        # A row of values names one year; only a head names several, or says what its columns are.
        certain = {PERIOD, VALUE} <= set(roles) or INDICATOR in roles or _periods(roles) > 1
        if certain and is_head(roles):
            return Table(sheet, rows[place:], place)
    return Table(sheet, rows)


def _periods(roles: Sequence[str]) -> int:
    return sum(role.startswith("period:") for role in roles)


def is_head(roles: Sequence[str]) -> bool:
    """Tell whether roles make a table of values: a period with a value, or a column for a period."""
    return {PERIOD, VALUE} <= set(roles) or _periods(roles) > 0


def read_tables(
    tables: Iterable[Table], roles: Mapping[int, Sequence[str]], words: Words, *, only: str = ""
) -> Read:
    """Return what tables say.

    Args:
        roles: of the columns, by the place of the table.
        words: see `Words`.
        only: the indicator meant where a table has no column for it.

    Problems: `no_head`, `no_indicator`, `period`, `value`, `ambiguous`, `code`, `status`, `no_reason`,
    `twice`, `deletion`, `too_many`.
    """
    read = Read()
    seen: _Seen = set()
    unread: list[Damaged] = []
    for place, table in enumerate(tables):
        given = list(roles.get(place) or ())
        if not is_head(given) or (INDICATOR not in given and not only):
            unread.append(Damaged("no_head", table.sheet, 1 + table.above, ""))
            continue
        labelled = any(":" in cell for cell in table.rows[0]) and is_sdmx(table.rows[0])
        for number, row in enumerate(table.rows[1:], start=2 + table.above):
            if number > LIMIT:
                read.damaged.append(Damaged("too_many", table.sheet, number, "", str(LIMIT)))
                break
            if any(cell.strip() for cell in row):
                if labelled:
                    row = [_bare(cell) for cell in row]
                cells = [*row, *[""] * (len(given) - len(row))]
                _row(read, _Place(table.sheet, number), cells, given, words, only, seen)
    if not read.found and not read.damaged:
        read.damaged += unread  # beside sheets that are read, one of notes or codes is no damage
    return read


@dataclass(frozen=True)
class _Place:
    sheet: str
    row: int

    def damaged(self, problem: str, column: int, content: str = "") -> Damaged:
        return Damaged(problem, self.sheet, self.row, letter(column), content.strip())


_Seen = set[tuple[str, str, tuple[tuple[str, str], ...]]]


def _row(
    read: Read,
    place: _Place,
    row: Sequence[str],
    roles: Sequence[str],
    words: Words,
    only: str,
    seen: _Seen,
) -> None:
    """Read one row: of a long table one value, of a wide one a value for each period."""
    at = {role: column for column, role in enumerate(roles) if role}
    text = {role: row[column].strip() for role, column in at.items()}
    name = text.get(INDICATOR, "") or only
    if not name:
        read.damaged.append(place.damaged("no_indicator", at[INDICATOR]))
        return
    if text.get(ACTION, "").upper() in ("D", "DELETE"):
        read.damaged.append(place.damaged("deletion", at[ACTION], text[ACTION]))
        return
    breakdown = _breakdown(text, words)
    if isinstance(breakdown, str):
        read.damaged.append(place.damaged("code", at[breakdown], text[breakdown]))
        return
    for role, column in at.items():
        if role != VALUE and not role.startswith("period:"):
            continue
        period = read_period(text.get(PERIOD, "") if role == VALUE else role.removeprefix("period:"))
        if not period:
            read.damaged.append(place.damaged("period", at[PERIOD], text.get(PERIOD, "")))
            continue
        key = (folded(name), period, tuple(sorted(breakdown.items())))
        try:
            reading = _reading(period, breakdown, row[column], text)
            if reading is not None and key in seen:
                raise Refused("twice")
        except Refused as refusal:
            read.damaged.append(place.damaged(refusal.code, column, row[column]))
            continue
        if reading is None:
            read.empty += 1
            continue
        seen.add(key)
        read.found.append(Found(name, reading, place.sheet, place.row, letter(column)))


def _breakdown(text: Mapping[str, str], words: Words) -> dict[str, str] | str:
    """Return the codes by dimension; the dimension of the first that is none."""
    found: dict[str, str] = {}
    for dimension in DIMENSIONS:
        given = text.get(dimension, "")
        if folded(given) in TOTALS or (dimension == "region" and given.upper() in words.whole_country):
            continue
        code = words.codes.get(dimension, {}).get(folded(given)) or _own_code(dimension, given)
        if not code:
            return dimension
        found[dimension] = code
    return found


def _own_code(dimension: str, given: str) -> str:
    """Return the code of what no list holds: an age band, or a region by its name."""
    return {"age": age_code, "region": region_code}.get(dimension, lambda _given: "")(given)


def _reading(period: str, breakdown: Mapping[str, str], cell: str, text: Mapping[str, str]) -> Reading | None:
    """Return what a cell says, None for an empty one of which nothing is said.

    Raises:
        Refused: it cannot be read, or is missing without a reason.
    """
    status = status_of(text.get(STATUS, ""))
    value = read_value(cell)
    reason, source = text.get(REASON, ""), text.get(SOURCE, "")[:200]
    if value is None and not status.says_missing:
        if cell.strip() and not reason:
            raise Refused("no_reason")  # a mark such as ".." says that it is missing and not why
        if not cell.strip() and not reason and not text.get(STATUS, ""):
            return None
    if value is None:
        if not reason and not status.says_missing:
            raise Refused("no_reason")
        return Reading(
            period,
            dict(breakdown),
            state="not_applicable" if status.code == "M" else "missing",
            missing="" if status.code == "M" else status.missing or "not_yet",
            quality="",
            source=source,
            reason=reason or f"OBS_STATUS {status.code}",
        )
    if status.says_missing:
        raise Refused("status")
    return Reading(
        period,
        dict(breakdown),
        value=value,
        quality=status.quality or "final",
        source=source,
        reason=reason,
        break_note=text.get(BREAK, "") or (UNSAID if status.code == "B" else ""),
    )
