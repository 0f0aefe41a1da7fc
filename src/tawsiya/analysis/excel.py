"""An analysis as an Excel workbook: the table, and on a second sheet what it is and what was filtered."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from tawsiya.analysis.crossing import Crossing
from tawsiya.core import clock
from tawsiya.core.tables import Column, Listed

_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F5F5B", "text_wrap": True, "valign": "vcenter"}
_LABEL_WIDTH, _FIGURE_WIDTH, _COLUMN_WIDTH = 48, 14, 24
_LONGEST_CELL = 32_767  # Excel holds no more


@contextmanager
def _book(facts: Sequence[tuple[str, Any]]) -> Iterator[tuple[Any, Any, io.BytesIO]]:
    """Open a workbook: the book, its first sheet, the bytes it becomes; a second sheet tells the facts."""
    buffer = io.BytesIO()
    # A label that begins like a formula or an address stays a text.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        # The day and no moment: the same figures are the same file.
        book.set_properties({"created": datetime.combine(timezone.localdate(clock.now()), time())})
        sheet = book.add_worksheet(_("Figures")[:31])
        about = book.add_worksheet(_("About this file")[:31])
        for page in (sheet, about):
            if get_language_bidi():
                page.right_to_left()
            page.set_column(0, 0, _LABEL_WIDTH)
        for line, (label, value) in enumerate(facts):
            about.write_string(line, 0, str(label))
            about.write(line, 1, value)
        yield book, sheet, buffer


def _in_force(chips: Sequence[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    return [(str(chip["facet"]), str(chip["label"])) for chip in chips]


def workbook(
    crossing: Crossing, labels: Mapping[str, str], title: str, chips: Sequence[Mapping[str, Any]]
) -> bytes:
    """Return the workbook of a crossing.

    Args:
        labels: of the dimensions, by name.
        chips: the filters in force, each with `facet` and `label`.
    """
    facts = [
        (_("Title"), title),
        (_("Recommendations in all"), crossing.total),
        (_("Without a value in the rows"), crossing.without),
        (_("Made on"), clock.now().date().isoformat()),
        *_in_force(chips),
    ]
    with _book(facts) as (book, sheet, buffer):
        head, share = book.add_format(_HEAD), book.add_format({"num_format": "0%"})
        _figures(sheet, head, share, crossing, labels)
    return buffer.getvalue()


def listing(
    rows: QuerySet[Any, Any] | Listed,
    columns: Sequence[Column],
    title: str,
    chips: Sequence[Mapping[str, Any]],
) -> bytes:
    """Return the workbook of a list: its columns as its CSV has them, under their labels."""
    facts = [(_("Title"), title), (_("Made on"), clock.now().date().isoformat()), *_in_force(chips)]
    with _book(facts) as (book, sheet, buffer):
        head, day = book.add_format(_HEAD), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, _COLUMN_WIDTH)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, str(column.label), head)
        for line, row in enumerate(rows.iterator(chunk_size=500), start=1):
            for place, column in enumerate(columns):
                _write(sheet, line, place, column.value(row), day)
    return buffer.getvalue()


def _write(sheet: Any, line: int, place: int, value: Any, day: Any) -> None:
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    if isinstance(value, date):
        sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(line, place, value)
    elif isinstance(value, (list, tuple)):
        sheet.write_string(line, place, "; ".join(str(one) for one in value)[:_LONGEST_CELL])
    elif value is not None:
        sheet.write_string(line, place, str(value)[:_LONGEST_CELL])


def _figures(sheet: Any, head: Any, share: Any, crossing: Crossing, labels: Mapping[str, str]) -> None:
    names = [
        labels[crossing.rows_by],
        *(str(column.label) for column in crossing.columns),
        _("All"),
        _("Share of all"),
    ]
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, head)
    sheet.set_column(1, len(names) - 1, _FIGURE_WIDTH)
    sheet.freeze_panes(1, 1)
    for i, row in enumerate(crossing.rows):
        sheet.write_string(i + 1, 0, str(row.label))
        for j in range(len(crossing.columns)):
            cell = crossing.cells.get((i, j))
            sheet.write_number(i + 1, j + 1, cell.count if cell else 0)
        sheet.write_number(i + 1, len(names) - 2, row.count)
        sheet.write_number(i + 1, len(names) - 1, row.count / crossing.total, share)
