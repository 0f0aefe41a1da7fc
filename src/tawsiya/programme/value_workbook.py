"""A workbook of the values of an indicator, to be filled in and read back."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from tawsiya.core import clock
from tawsiya.core.labels import text_of
from tawsiya.programme.indicator_choices import Dimension
from tawsiya.programme.indicator_codes import CODES, cell_of, word_of
from tawsiya.programme.indicator_table import BREAK, INDICATOR, PERIOD, REASON, SOURCE, STATUS, VALUE
from tawsiya.programme.models import Indicator, IndicatorValue

_STATUS = {"final": "A", "provisional": "P", "estimated": "E"}
_MISSING = {"not_collected": "L", "withheld": "Q", "not_yet": "O"}


def workbook(indicator: Indicator, values: Sequence[IndicatorValue]) -> bytes:
    """Return the workbook: a sheet of values with last year's to fill in, a sheet of codes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bg_color": "#e7f0ee", "border": 1})
    sheet = book.add_worksheet(indicator.code[:31])
    if get_language_bidi():
        sheet.right_to_left()
    head = [INDICATOR, PERIOD, *indicator.dimensions, VALUE, STATUS, SOURCE, REASON, BREAK]
    sheet.write_row(0, 0, head, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 16)
    for number, row in enumerate([*map(_filled, values), *_open(indicator, values)], start=1):
        cells = {INDICATOR: indicator.code, **row}
        for column, name in enumerate(head):
            if (cell := cells.get(name)) not in (None, ""):
                sheet.write(number, column, cell)
    _codes(book, indicator, bold)
    book.close()
    return stream.getvalue()


def _filled(value: IndicatorValue) -> dict[str, object]:
    code = _STATUS.get(value.quality) or _MISSING.get(value.missing) or "M"
    return {
        PERIOD: value.period,
        **value.breakdown,
        VALUE: None if value.value is None else float(value.value),
        STATUS: code,
        SOURCE: value.source,
        REASON: value.reason,
    }


def _open(indicator: Indicator, values: Sequence[IndicatorValue]) -> list[dict[str, object]]:
    """Return the cells of last year that are empty, in the breakdowns used before."""
    year = str(clock.now().year - 1)
    used = {value.cell: value.breakdown for value in values}
    there = {value.cell for value in values if value.period == year}
    wanted = {cell_of({}): {}, **used}
    return [{PERIOD: year, **breakdown} for cell, breakdown in wanted.items() if cell not in there]


def _codes(book: xlsxwriter.Workbook, indicator: Indicator, bold: object) -> None:
    """Write what each code means; the head is no head of values, so that reading passes it over."""
    sheet = book.add_worksheet(_("Codes")[:31])
    rows: list[tuple[str, str, str]] = [("", "", text_of(indicator.names))]
    for dimension in indicator.dimensions:
        for code in CODES.get(dimension, {}):
            rows.append((str(Dimension(dimension).label), code, word_of(dimension, code)))
    rows += [
        (_("Status"), code, words)
        for code, words in (
            ("A", _("Final")),
            ("P", _("Provisional")),
            ("E", _("Estimated")),
            ("L", _("Not collected")),
            ("Q", _("Withheld to protect persons")),
            ("O", _("Not available yet")),
            ("M", _("Not applicable")),
            ("B", _("Break of method")),
        )
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, bold if number == 0 else None)
    sheet.set_column(0, 2, 24)
