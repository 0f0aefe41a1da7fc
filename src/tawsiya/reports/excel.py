"""The list of recommendations as an Excel workbook: what the reader sees, and nothing else."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tawsiya.core.tables import Column
from tawsiya.recommendations.choices import Kind, NationalGrade, Position, Status

# Excel's own limit is 32,767 characters a cell.
MAX_CELL = 32_000
_WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "kind": dict(Kind.choices),
    "position": dict(Position.choices),
    "national_grade": dict(NationalGrade.choices),
    "status": dict(Status.choices),
}
_WIDTHS = {"text": 60, "text_ar": 60, "text_fr": 60, "text_en": 60, "heading": 30, "document": 22}
_WIDTH = 16
_WIDE = 28
_WIDER = frozenset(
    {"themes", "affected_persons", "recommending_state_names", "lead", "supporting", "body_name"}
)
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F5F5B", "text_wrap": True, "valign": "vcenter"}


def workbook(rows: Iterable[Any], columns: Sequence[Column], about: Sequence[tuple[str, Any]]) -> bytes:
    """Return a workbook with the rows and, on a second sheet, what the file is.

    Args:
        rows: read once, in order; memory does not grow with them.
        columns: keys, labels and how to read a row.
        about: facts of the second sheet, label and value.
    """
    buffer = io.BytesIO()
    # A text that begins like a formula or an address stays a text.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = _Formats(book)
        _list(book.add_worksheet(_("Recommendations")[:31]), formats, rows, columns)
        _about(book.add_worksheet(_("About this file")[:31]), formats, about)
    return buffer.getvalue()


class _Formats:
    def __init__(self, book: Workbook) -> None:
        # Reading order: 1 from the left, 2 from the right.
        order = {"reading_order": 2 if get_language_bidi() else 1}
        self.head: Format = book.add_format(_HEAD | order)
        self.cell: Format = book.add_format({"text_wrap": True, "valign": "top"} | order)
        self.date: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"} | order)


def _list(sheet: Worksheet, formats: _Formats, rows: Iterable[Any], columns: Sequence[Column]) -> None:
    if get_language_bidi():
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_row(0, 32)
    for place, column in enumerate(columns):
        width = _WIDTHS.get(column.key, _WIDE if column.key in _WIDER else _WIDTH)
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, str(column.label), formats.head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write(sheet, last, place, worded(column.key, column.value(row)), formats)
    sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))


def _about(sheet: Worksheet, formats: _Formats, about: Sequence[tuple[str, Any]]) -> None:
    if get_language_bidi():
        sheet.right_to_left()
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    for place, (label, value) in enumerate(about):
        sheet.write_string(place, 0, label, formats.head)
        _write(sheet, place, 1, value, formats)


def worded(key: str, value: Any) -> Any:
    """Return a value as people read it: words for codes, yes and no, lists on lines."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, (list, tuple)):
        return "\n".join(str(item) for item in value)
    return str(_WORDS[key].get(value, value)) if key in _WORDS else value


def _write(sheet: Worksheet, row: int, place: int, value: Any, formats: _Formats) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, formats.cell)
    elif isinstance(value, datetime):
        sheet.write_string(row, place, value.isoformat(" ", "minutes"), formats.cell)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats.date)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value, formats.cell)
    else:
        text = str(value)
        shown = text if len(text) <= MAX_CELL else f"{text[:MAX_CELL]} […]"
        sheet.write_string(row, place, shown, formats.cell)
