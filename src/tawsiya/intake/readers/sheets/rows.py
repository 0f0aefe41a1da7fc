"""Records from the rows of a sheet, once a person said what its columns hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from tawsiya.intake.readers import language as languages
from tawsiya.intake.readers.attribution import attribute
from tawsiya.intake.readers.cells import MAX_TEXT, sdg_codes
from tawsiya.intake.readers.folding import fold, one_line
from tawsiya.intake.readers.labels import paragraph_number, parse_position
from tawsiya.intake.readers.names import read_names
from tawsiya.intake.readers.records import DocumentInfo, National, ReaderWarning, ReadResult, Record, Review
from tawsiya.intake.readers.sheets import fields, values
from tawsiya.intake.readers.sheets.grid import Grid, cell_name
from tawsiya.intake.readers.sheets.mapping import Columns
from tawsiya.mechanisms import symbols

SPREADSHEET = "spreadsheet"
"""The kind of document that a result of this reader has."""
UPR = "UPR"
_SHOWN = 120
_MAX_MEASURES = 20_000
_HUNDREDTH = re.compile(r"(\d{1,3})\.(\d{1,2})")


def read(grid: Grid, columns: Columns) -> ReadResult:
    """The records of a sheet in its order; rows without a text and without a number are headings or empty."""
    reader = _Reader(grid, columns)
    records = tuple(_with_ordinals(reader.records()))
    return ReadResult(
        document=DocumentInfo(title=grid.name or None, review=Review(), type=SPREADSHEET),
        records=records,
        warnings=tuple(reader.warnings),
    )


@dataclass(slots=True)
class _Line:
    """One row: its cells by field, and what is to be said of it."""

    number: int
    cells: dict[str, list[tuple[int, str]]]
    warnings: list[ReaderWarning] = field(default_factory=list)

    def text(self, name: str, joint: str = "\n") -> str:
        """The text of a field, of several columns one under the other; "" where it is empty."""
        return joint.join(text for _column, text in self.cells.get(name, ()))

    def doubt(self, code: str, name: str, value: str) -> None:
        """Say that a cell was not understood, and which."""
        column = self.cells[name][0][0] if self.cells.get(name) else 0
        params = {"cell": cell_name(self.number - 1, column), "value": one_line(value)[:_SHOWN]}
        self.warnings.append(ReaderWarning(code, params))


class _Reader:
    def __init__(self, grid: Grid, columns: Columns) -> None:
        self._grid, self._columns = grid, columns
        self.warnings: list[ReaderWarning] = []
        self._usual = self._language_of_column()
        if grid.formulas:
            shown = tuple(cell_name(row, column) for row, column in grid.formulas[:10])
            self.warnings.append(ReaderWarning("formulas_left_out", {"cells": shown}))

    def records(self) -> Iterator[Record]:
        """The records; each with the row of the file it stands in."""
        heading = ""
        last = ""
        for line in self._lines():
            title = self._heading(line)
            if title:
                heading = title
                continue
            record, last = self._record(line, heading, last)
            yield record

    def _lines(self) -> Iterator[_Line]:
        named = [(index, name) for index, name in enumerate(self._columns.columns) if name]
        for number, row in enumerate(self._grid.rows[self._columns.header :], start=self._columns.header + 1):
            cells: dict[str, list[tuple[int, str]]] = {}
            for index, name in named:
                if index < len(row) and row[index]:
                    cells.setdefault(name, []).append((index, row[index]))
            if any(row):
                yield _Line(number, cells)

    def _heading(self, line: _Line) -> str:
        """The words of a row that holds a single cell and no record: a title over the rows below."""
        row = self._grid.rows[line.number - 1]
        filled = [index for index, cell in enumerate(row) if cell]
        columns = self._columns.columns
        if len(filled) != 1 or len(columns) < 2:
            return ""
        text, name = row[filled[0]], columns[filled[0]] if filled[0] < len(columns) else ""
        if name == fields.PARAGRAPH:
            is_record = values.number_and_part(text)[0] is not None
        else:
            is_record = _is_label(text) if name in fields.TEXTS else name in fields.NATIONAL
        return "" if is_record else one_line(text)[: _SHOWN * 2]

    def _value(self, line: _Line, name: str) -> str:
        return line.text(name) or self._columns.fixed.get(name, "")

    def _record(self, line: _Line, heading: str, last: str) -> tuple[Record, str]:
        symbol = symbols.parse(self._value(line, fields.SYMBOL)).text or None
        texts = self._texts(line)
        primary, text = texts[0] if texts else (None, "")
        paragraph, part, text = self._place(line, text)
        paragraph = _restored(paragraph, last, line)
        mechanism = self._body(line, symbol)
        states, unknown, text = self._states(line, text, mechanism)
        text = self._cut(line, text)
        record = Record(
            kind=self._understood(line, fields.KIND, values.kind) or "recommendation",
            mechanism=mechanism,
            symbol=symbol,
            document=DocumentInfo(date=self._day(line, fields.DATE), type=SPREADSHEET),
            paragraph=paragraph,
            subparagraph=part or None,
            heading=one_line(line.text(fields.HEADING, " · ")) or heading or None,
            text=text,
            language=primary,
            recommending_states=states,
            recommending_states_unrecognised=unknown,
            position=self._understood(line, fields.POSITION, parse_position),
            external_id=one_line(line.text(fields.EXTERNAL_ID))[:80] or None,
            themes=values.labels(line.text(fields.THEMES)),
            affected_persons=values.labels(line.text(fields.PERSONS)),
            sdgs=values.labels(line.text(fields.SDGS)),
            sdg_codes=sdg_codes(re.split(r"[\n,;]", line.text(fields.SDGS))),
            row=line.number,
            translations=tuple(
                (language, self._cut(line, one_line(more))) for language, more in texts[1:] if language
            ),
            national=self._national(line),
            warnings=(),
        )
        return replace(record, warnings=tuple(line.warnings)), paragraph or last

    def _texts(self, line: _Line) -> list[tuple[str | None, str]]:
        """The texts of a row, one for each language, the language of the document first."""
        found: dict[str | None, str] = {}
        for name in (fields.TEXT, fields.TEXT_EN, fields.TEXT_FR, fields.TEXT_AR):
            text = line.text(name)
            if not text:
                continue
            language = fields.TEXT_LANGUAGES.get(name) or self._language(text)
            if language is None:
                line.doubt("language_unknown", name, text)
            found.setdefault(language, text)
        order = (*fields.LANGUAGES, None)
        return sorted(
            found.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)
        )

    def _language(self, text: str) -> str | None:
        fixed = self._columns.fixed.get(fields.LANGUAGE)
        return fixed or languages.detect(text) or self._usual

    def _language_of_column(self) -> str | None:
        """The language of the column of texts as a whole, for texts that are too short to tell."""
        sample = [
            row[index]
            for index in self._columns.of(fields.TEXT)
            for row in self._grid.rows[self._columns.header :][:200]
            if index < len(row)
        ]
        return languages.detect(" ".join(sample), least=1)

    def _place(self, line: _Line, text: str) -> tuple[str | None, str, str]:
        """Paragraph and part; from the column, else from the beginning of the text, which goes on without."""
        given = line.text(fields.PARAGRAPH, " ")
        inside, part_inside, rest = values.number_and_part(text) if text else (None, "", text)
        if given:
            number, part, remainder = values.number_and_part(given)
            if number is None or remainder:
                line.doubt("number_not_understood", fields.PARAGRAPH, given)
            if number is not None and inside == number and _is_label(text):
                text = rest
        elif inside is not None and _is_label(text):
            number, part, text = inside, part_inside, rest
        else:
            number, part = None, ""
        written = line.text(fields.SUBPARAGRAPH, ".")
        if written:
            path = values.part(written)
            if path is None:
                line.doubt("part_not_understood", fields.SUBPARAGRAPH, written)
            part = path or part
        return number, part, one_line(text)

    def _body(self, line: _Line, symbol: str | None) -> str | None:
        """What the row or its symbol says: A/HRC/… may be many things; States recommend in the UPR."""
        known = symbols.parse(symbol).body if symbol else None
        upr = bool(line.text(fields.STATES) or self._value(line, fields.POSITION))
        return self._understood(line, fields.BODY, values.body) or known or (UPR if upr else None)

    def _states(
        self, line: _Line, text: str, mechanism: str | None
    ) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        written = line.text(fields.STATES)
        if mechanism != UPR:
            names = read_names(written.splitlines())
            return names.states, names.unrecognised, text
        given = attribute(text, written.splitlines() or None)
        line.warnings += given.warnings
        return given.states, given.unrecognised, given.text

    def _cut(self, line: _Line, text: str) -> str:
        if len(text) > MAX_TEXT:
            line.warnings.append(ReaderWarning("text_too_long", {"limit": MAX_TEXT}))
        return text[:MAX_TEXT]

    def _understood(self, line: _Line, name: str, read: Callable[[str], str | None]) -> str | None:
        """What a column or the value for all rows says; a cell that says nothing known is named."""
        written = self._value(line, name)
        if not written:
            return None
        understood = read(written)
        if understood is None:
            line.doubt("value_unknown", name, written)
        return understood

    def _day(self, line: _Line, name: str) -> date | None:
        written = self._value(line, name)
        found = values.day(written) if written else None
        if written and found is None:
            line.doubt("date_unknown", name, written)
        return found

    def _national(self, line: _Line) -> National | None:
        if not self._columns.is_tracker:
            return None
        words = self._columns.words
        status, unknown = line.text(fields.STATUS, " "), ""
        code = words.get(fields.STATUS, {}).get(fold(status), "") if status else ""
        if status and not code:
            unknown = one_line(status)[:_SHOWN]
            line.doubt("status_unknown", fields.STATUS, status)
        lead = self._institutions(line, fields.LEAD)
        support = self._institutions(line, fields.SUPPORT)
        return National(
            status=code,
            status_as_written=unknown,
            status_on=self._day(line, fields.STATUS_ON),
            lead=lead[0] if lead else "",
            support=tuple(dict.fromkeys(code for code in (*lead[1:], *support) if code not in lead[:1])),
            deadline=self._day(line, fields.DEADLINE),
            letter=one_line(line.text(fields.LETTER, " "))[:80],
            letter_on=self._day(line, fields.LETTER_ON),
            measures=line.text(fields.MEASURES, "\n\n")[:_MAX_MEASURES],
            measures_language=languages.detect(line.text(fields.MEASURES), least=1) or "",
        )

    def _institutions(self, line: _Line, name: str) -> list[str]:
        known = self._columns.words.get("institutions", {})
        found: list[str] = []
        for written in names_of_institutions(line.text(name), known):
            code = known.get(fold(written), "")
            if not code:
                line.doubt("institution_unknown", name, written)
            elif code != NOBODY and code not in found:
                found.append(code)
        return found


NOBODY = "-"
"""Stands for a word that a person said names no institution."""


def names_of_institutions(cell: str, known: Container[str] = ()) -> tuple[str, ...]:
    """The names in a cell: the cell as it stands where that is known, else one per line or between marks."""
    whole = one_line(cell)
    if not whole:
        return ()
    if fold(whole) in known:
        return (whole,)
    return values.labels(re.sub(r"\s/\s|،|\s\+\s", "\n", cell))


def _is_label(text: str) -> bool:
    """Whether a text begins with a number that labels it: "132.90 Repeal", "12. Repeal", not "12 months"."""
    return paragraph_number(text)[0] is not None


def _restored(paragraph: str | None, last: str, line: _Line) -> str | None:
    """A number whose final zero the spreadsheet dropped: 132.9 after 132.89 is 132.90."""
    now = _HUNDREDTH.fullmatch(paragraph or "")
    before = _HUNDREDTH.fullmatch(last)
    if now is None or before is None or now[1] != before[1]:
        return paragraph
    whole = f"{now[2]}0"
    if int(whole) != int(before[2]) + 1 or int(now[2]) == int(before[2]) + 1:
        return paragraph
    number = f"{now[1]}.{whole}"
    line.doubt("zero_restored", fields.PARAGRAPH, number)
    return number


def _with_ordinals(records: Iterator[Record]) -> Iterator[Record]:
    counts: Counter[tuple[str | None, str | None, str | None]] = Counter()
    for record in records:
        place = (record.symbol, record.paragraph, record.subparagraph)
        counts[place] += 1
        yield replace(record, ordinal=counts[place])
