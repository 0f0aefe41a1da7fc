"""A version as an Excel workbook that can be read back, and a file returned with its refused cells marked."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tawsiya.core.word import clean
from tawsiya.programme.exchange.cells import why, words_of
from tawsiya.programme.exchange.layout import SHEETS, Column, Sheet, columns_in, heading, sheet_of
from tawsiya.programme.exchange.rows import Names, Plan, cell_of
from tawsiya.programme.exchange.stored import Fault, Stored

MAX_CELL = 32_000
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F5F5B", "text_wrap": True, "valign": "vcenter"}
_SPARE = 500  # rows under the last one in which a list of words is offered


class _Book:
    """A workbook with our formats: a text that begins like a formula or an address stays a text."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        }
        self.book: Workbook = xlsxwriter.Workbook(self.buffer, {"in_memory": True} | options)
        order = {"reading_order": 2 if get_language_bidi() else 1}
        top = {"text_wrap": True, "valign": "top"} | order
        self.head: Format = self.book.add_format(_HEAD | order)
        self.codes: Format = self.book.add_format({"font_color": "#888888", "font_size": 8})
        self.cell: Format = self.book.add_format(top)
        self.day: Format = self.book.add_format(top | {"num_format": "yyyy-mm-dd"})
        self.amount: Format = self.book.add_format(top | {"num_format": "#,##0.00"})
        self.wrong: Format = self.book.add_format(
            top | {"bg_color": "#F9D6D5", "border": 1, "border_color": "#B3261E"}
        )

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name[:31])
        if get_language_bidi():
            sheet.right_to_left()
        sheet.set_landscape()
        sheet.set_paper(9)
        return sheet

    def done(self) -> bytes:
        self.book.close()
        return self.buffer.getvalue()


def workbook(plan: Plan, names: Names, *, languages: Sequence[str], about: Mapping[str, str]) -> bytes:
    """Return a plan as a workbook: one sheet each for axes, measures and what belongs to measures.

    The first row of each sheet, hidden, holds the stable codes of the columns; the second their names.

    Args:
        languages: those of the texts; a file with one of them leaves the others alone when it comes back.
        about: what the file is, for its last sheet.
    """
    book = _Book()
    for sheet in SHEETS:
        columns = columns_in(sheet, languages)
        page = _begin(book, sheet, columns, len(plan[sheet.code]))
        for number, row in enumerate(plan[sheet.code], start=2):
            for place, column in enumerate(columns):
                _write(book, page, number, place, cell_of(sheet, column, row, names))
    page = book.sheet(_("About this file"))
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 90)
    for number, (label, value) in enumerate(about.items()):
        page.write_string(number, 0, label, book.head)
        page.write_string(number, 1, clean(value), book.cell)
    return book.done()


def _begin(book: _Book, sheet: Sheet, columns: Sequence[Column], count: int) -> Worksheet:
    page = book.sheet(str(sheet.label))
    page.freeze_panes(2, 0)
    page.repeat_rows(1)
    page.set_row(0, None, None, {"hidden": True})
    page.set_row(1, 32)
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, f"{sheet.code}.{column.code}", book.codes)
        page.write_string(1, place, heading(column), book.head)
        if column.choices:
            source = {"validate": "list", "source": words_of(column.choices)}
            page.data_validation(2, place, count + _SPARE, place, source | {"error_type": "warning"})
    page.autofilter(1, 0, count + 1, max(len(columns) - 1, 0))
    return page


def _write(book: _Book, page: Worksheet, row: int, place: int, value: Any) -> None:
    if value is None:
        page.write_blank(row, place, None, book.cell)
    elif isinstance(value, date) and value.year > 1900:
        page.write_datetime(row, place, value, book.day)
    elif isinstance(value, Decimal):
        # What a binary number cannot hold exactly goes as text.
        if Decimal(repr(float(value))) == value:
            page.write_number(row, place, float(value), book.amount)
        else:
            page.write_string(row, place, str(value), book.cell)
    elif isinstance(value, int):
        page.write_number(row, place, value, book.cell)
    else:
        page.write_string(row, place, clean(str(value))[:MAX_CELL], book.cell)


def returned(sheets: Sequence[Stored], faults: Sequence[Fault]) -> bytes:
    """Return the cells of a file, the refused ones marked and each with a note that says why."""
    book = _Book()
    wrong = {(fault.sheet, fault.row, fault.column): fault for fault in faults}
    for stored in sheets:
        sheet = sheet_of(stored["code"])
        known = [
            (place, column) for place, code in enumerate(stored["columns"]) if (column := sheet.column(code))
        ]
        page = _begin(book, sheet, [column for _place, column in known], len(stored["rows"]))
        for index, line in enumerate(stored["rows"]):
            for place, (source, column) in enumerate(known):
                text = line["cells"][source] if source < len(line["cells"]) else ""
                fault = wrong.get((sheet.code, index, column.code))
                page.write_string(
                    index + 2, place, clean(text)[:MAX_CELL], book.wrong if fault else book.cell
                )
                if fault:
                    page.write_comment(index + 2, place, why(fault.why, fault.params))
    return book.done()
