"""Where the header of a sheet is, what its columns look like, and which field each probably holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tawsiya.intake.readers import language as languages
from tawsiya.intake.readers.folding import fold, one_line
from tawsiya.intake.readers.labels import is_position, paragraph_number
from tawsiya.intake.readers.names import read_names
from tawsiya.intake.readers.sheets import fields
from tawsiya.intake.readers.sheets.grid import Grid
from tawsiya.mechanisms import symbols

_HEADER_ROWS = 25
_MAX_HEADER = 120
_SAMPLED = 60
_SAMPLES = 3
_MAX_SAMPLE = 160
_MOST = 0.6
_STATE_OR_STATUS = frozenset({"etat", "etats", "state"})
"""Headers that mean a country or how far the work is: what stands below decides."""
_LONG = 40
"""Characters on average from which a column is prose."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column as a person sees it: header, first values, language of its prose, and the proposal.

    ``field`` is a name of :mod:`fields`, "" where nothing is proposed.
    """

    header: str
    samples: tuple[str, ...] = ()
    filled: int = 0
    language: str | None = None
    field: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "header": self.header,
            "samples": list(self.samples),
            "filled": self.filled,
            "language": self.language,
            "field": self.field,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Column:
        """The inverse of :meth:`as_json`."""
        return cls(**{**value, "samples": tuple(value["samples"])})


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet before anybody has said what it holds. ``header`` is its header's row from 1, 0 for none."""

    name: str
    header: int
    rows: int
    columns: tuple[Column, ...]

    @property
    def shape(self) -> str:
        """What knows a sheet with the same header again: see :func:`shape_of`."""
        return shape_of([column.header for column in self.columns])

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        columns = [column.as_json() for column in self.columns]
        return {"name": self.name, "header": self.header, "rows": self.rows, "columns": columns}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Look:
        """The inverse of :meth:`as_json`."""
        return cls(**{**value, "columns": tuple(Column.from_json(column) for column in value["columns"])})


def shape_of(headers: Sequence[str]) -> str:
    """A fingerprint of a header, blank columns at its end left out; "" where it says nothing."""
    folded = [fold(header) for header in headers]
    while folded and not folded[-1]:
        folded.pop()
    return hashlib.sha256("\x1f".join(folded).encode()).hexdigest() if any(folded) else ""


def look(grid: Grid, header: int | None = None) -> Look:
    """How a sheet looks; ``header`` is the row (from 1, 0 for none) that a person named, None to find it."""
    at = find_header(grid) if header is None else max(0, min(header, len(grid.rows)))
    named = grid.rows[at - 1] if at else ()
    body = grid.rows[at:]
    width = max([len(named), *(len(row) for row in body[:2000])], default=0)
    columns = []
    for index in range(width):
        title = one_line(named[index])[:_MAX_HEADER] if index < len(named) else ""
        columns.append(_column(title, [row[index] for row in body if index < len(row) and row[index]]))
    return Look(grid.name, at, sum(any(row) for row in body), tuple(_proposed(columns)))


def find_header(grid: Grid) -> int:
    """The row of the header, from 1: whose cells name most fields, else the first full one; 0 for none."""
    best, best_hits = 0, 1
    for number, row in enumerate(grid.rows[:_HEADER_ROWS], start=1):
        titles = [cell for cell in row if cell and len(cell) <= _MAX_HEADER]
        hits = len({field for field in map(field_of_header, titles) if field})
        if hits > best_hits:
            best, best_hits = number, hits
    if best:
        return best
    for number, row in enumerate(grid.rows[:_HEADER_ROWS], start=1):
        cells = [cell for cell in row if cell]
        if len(cells) > 1 and all(len(cell) <= _MAX_HEADER and not _is_data(cell) for cell in cells):
            return number
        if len(cells) > 1:
            return 0
    return 0


def field_of_header(header: str) -> str:
    """The field that a header names, "" for none; a text with its language where the header says it."""
    folded = fold(header)
    if not folded:
        return ""
    spoken = _language_of_header(folded)
    for whole in (folded, " ".join(word for word in folded.split() if word not in _LANGUAGE_BY_WORD)):
        found = _BY_WHOLE.get(whole)
        if found:
            return _with_language(found, spoken)
    longest, found = 0, ""
    for part, field in _BY_PART.items():
        if len(part) > longest and f" {part}" in f" {folded}":
            longest, found = len(part), field
    return _with_language(found, spoken)


def _language_of_header(folded: str) -> str:
    words = [word for word in folded.split() if word in _LANGUAGE_BY_WORD]
    # "Texte en arabe": a code of two letters counts where no name of a language stands.
    said = {_LANGUAGE_BY_WORD[word] for word in words if len(word) > 2} or {
        _LANGUAGE_BY_WORD[word] for word in words
    }
    return said.pop() if len(said) == 1 else ""


def _with_language(field: str, language: str) -> str:
    return f"{fields.TEXT}_{language}" if field == fields.TEXT and language else field


def _column(header: str, values: Sequence[str]) -> Column:
    sample = values[:_SAMPLED]
    prose = sum(map(len, sample)) > _LONG * len(sample)
    return Column(
        header=header,
        samples=tuple(one_line(value)[:_MAX_SAMPLE] for value in list(dict.fromkeys(sample))[:_SAMPLES]),
        filled=len(values),
        language=languages.detect(" ".join(sample), least=2) if prose else None,
        field=_field_of(header, sample, prose=prose),
    )


def _field_of(header: str, values: Sequence[str], *, prose: bool) -> str:
    if fold(header) in _STATE_OR_STATUS:
        return fields.STATES if values and _most(values, _is_states) else fields.STATUS
    return field_of_header(header) or _field_of_values(values, prose=prose)


def _field_of_values(values: Sequence[str], *, prose: bool) -> str:
    if not values:
        return ""
    if prose:
        numbered = _most(values, lambda value: paragraph_number(value)[0] is not None)
        return fields.TEXT if numbered else ""
    if _most(values, _is_symbol):
        return fields.SYMBOL
    if _most(values, is_position):
        return fields.POSITION
    if _most(values, _is_number):
        return fields.PARAGRAPH
    return fields.STATES if _most(values, _is_states) else ""


def _most(values: Sequence[str], test: Any) -> bool:
    return sum(map(bool, map(test, values))) >= _MOST * len(values)


def _is_symbol(value: str) -> bool:
    return "/" in value and len(value) < 80 and symbols.parse(value).valid


def _is_number(value: str) -> bool:
    """A number with a point, as paragraphs of the UPR have; plain ones count anything."""
    number, rest = paragraph_number(value)
    return number is not None and "." in number and len(rest) < 10


def _is_states(value: str) -> bool:
    return len(value) < 300 and bool(read_names(value.splitlines()).states)


def _is_data(cell: str) -> bool:
    return _is_symbol(cell) or is_position(cell) or cell.replace(".", "").replace("-", "").isdigit()


def _proposed(columns: Sequence[Column]) -> list[Column]:
    """Columns with each field once where it can be only once; prose of several languages told apart."""
    made: list[Column] = []
    taken: set[str] = set()
    for column in columns:
        field = column.field
        if field == fields.TEXT and column.language in fields.LANGUAGES:
            field = f"{fields.TEXT}_{column.language}"
        if field in taken and field not in fields.SEVERAL:
            field = ""
        taken.add(field)
        made.append(Column(column.header, column.samples, column.filled, column.language, field))
    return made


_BY_WHOLE = {fold(word): field for field, words in fields.WORDS.items() for word in words.whole}
_BY_PART = {fold(part): field for field, words in fields.WORDS.items() for part in words.parts}
_LANGUAGE_BY_WORD = {fold(word): code for code, words in fields.LANGUAGE_WORDS.items() for word in words}
