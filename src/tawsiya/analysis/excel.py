"""A crossing as an Excel workbook: the table, and on a second sheet what it is and what was filtered."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from tawsiya.analysis.crossing import Crossing
from tawsiya.core import clock

_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F5F5B", "text_wrap": True, "valign": "vcenter"}
_LABEL_WIDTH, _FIGURE_WIDTH = 48, 14


def workbook(
    crossing: Crossing, labels: Mapping[str, str], title: str, chips: Sequence[Mapping[str, Any]]
) -> bytes:
    """Return the workbook.

    Args:
        labels: of the dimensions, by name.
        chips: the filters in force, each with `facet` and `label`.
    """
    buffer = io.BytesIO()
    # A label that begins like a formula or an address stays a text.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head, share = book.add_format(_HEAD), book.add_format({"num_format": "0%"})
        sheet = book.add_worksheet(_("Figures")[:31])
        about = book.add_worksheet(_("About this file")[:31])
        for page in (sheet, about):
            if get_language_bidi():
                page.right_to_left()
            page.set_column(0, 0, _LABEL_WIDTH)
        _figures(sheet, head, share, crossing, labels)
        facts = [
            (_("Title"), title),
            (_("Recommendations in all"), crossing.total),
            (_("Without a value in the rows"), crossing.without),
            (_("Made on"), clock.now().date().isoformat()),
            *((str(chip["facet"]), str(chip["label"])) for chip in chips),
        ]
        for line, (label, value) in enumerate(facts):
            about.write_string(line, 0, str(label))
            about.write(line, 1, value)
    return buffer.getvalue()


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
