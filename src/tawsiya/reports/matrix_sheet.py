"""The Excel matrix that an institution fills in: the same rows and marks as the Word one (`matrix`).

The marks stand in a hidden column and a hidden row; cells that are not to be filled in are locked,
without a password, so that a slip changes nothing and whoever means it still can.
"""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tawsiya.accounts.models import Institution
from tawsiya.core import formats, word
from tawsiya.core.labels import text_of
from tawsiya.intake import markers
from tawsiya.intake.known import Identity
from tawsiya.intake.markers import DocumentMark
from tawsiya.intake.readers import filled_matrix as columns
from tawsiya.recommendations import reading
from tawsiya.recommendations.choices import Position, Status, scale_for
from tawsiya.reports.matrix import row_mark
from tawsiya.reports.queries import MatrixRow

# The hidden column of the row marks, then the six columns of the Word matrix.
_MARK, _ITEM, _POSITION, _MEASURES, _OBSTACLES, _STEPS, _STATUS = range(7)
_WIDTHS = {_MARK: 4, _ITEM: 58, _POSITION: 16, _MEASURES: 52, _OBSTACLES: 34, _STEPS: 34, _STATUS: 24}
_ROLES = (
    (_ITEM, columns.ITEM),
    (_POSITION, columns.POSITION),
    (_MEASURES, columns.MEASURES),
    (_OBSTACLES, columns.OBSTACLES),
    (_STEPS, columns.STEPS),
    (_STATUS, columns.STATUS),
)
# Rows from 0: the marks (hidden), title, three lines of explanation, the header.
_MARKS_ROW, _TITLE_ROW, _HEADER_ROW = 0, 1, 5
# Excel's own limit is 32,767 characters a cell.
_MOST = 32_000


def matrix(rows: Sequence[MatrixRow], institution: Institution, *, language: str, day: date) -> bytes:
    """Return the workbook.

    Args:
        rows: what the institution reports on, in order.
        language: of the file's own words; texts of the UN come in it where they exist.
        day: of the export.
    """
    buffer = io.BytesIO()
    # A text that begins like a formula or an address stays a text.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": _("Matrix of recommendations"), "author": "Tawsiya"})
        sheet = book.add_worksheet(_("Recommendations")[:31])
        looks = _Looks(book, right_to_left=word.is_right_to_left(language))
        _shape(sheet, looks)
        _head(sheet, looks, institution, language, day)
        for place, row in enumerate(rows, start=_HEADER_ROW + 1):
            _add(sheet, place, row, institution, looks)
    return buffer.getvalue()


class _Looks:
    def __init__(self, book: Workbook, *, right_to_left: bool) -> None:
        order = {"reading_order": 2 if right_to_left else 1, "valign": "top", "text_wrap": True}
        boxed = order | {"border": 1, "border_color": "#C9C4B8"}
        self.right_to_left = right_to_left
        self.title: Format = book.add_format({"bold": True, "font_size": 16, **order, "text_wrap": False})
        self.note: Format = book.add_format({**order, "text_wrap": False})
        self.head: Format = book.add_format(
            {**boxed, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F5F5B"}
        )
        self.locked: Format = book.add_format({**boxed, "bg_color": "#F1EEE7"})
        self.open: Format = book.add_format({**boxed, "locked": False})


def _shape(sheet: Worksheet, looks: _Looks) -> None:
    if looks.right_to_left:
        sheet.right_to_left()
    for place, width in _WIDTHS.items():
        sheet.set_column(place, place, width, None, {"hidden": place == _MARK})
    sheet.set_row(_MARKS_ROW, None, None, {"hidden": True})
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})


def _head(sheet: Worksheet, looks: _Looks, institution: Institution, language: str, day: date) -> None:
    sheet.write_string(
        _MARKS_ROW, _MARK, markers.write_document(DocumentMark(language, institution.pk)), looks.note
    )
    for place, role in _ROLES:
        sheet.write_string(_MARKS_ROW, place, f"{columns.COLUMN_PREFIX}{role}", looks.note)
    sheet.write_string(_TITLE_ROW, _ITEM, _("Matrix of recommendations"), looks.title)
    exported = _("Exported on %(date)s.") % {"date": formats.localise_date(day, "long")}
    lines = (
        text_of(institution.names),
        exported,
        _(
            "Fill in the last four columns and leave the others as they are. An empty row is skipped. "
            "The file is then read back into the application, where each row becomes a draft."
        ),
    )
    for place, line in enumerate(lines, start=_TITLE_ROW + 1):
        sheet.write_string(place, _ITEM, line, looks.note)
    labels = (
        _("Recommendation"),
        _("Position"),
        _("Measures taken"),
        _("Obstacles"),
        _("Next steps"),
        _("Proposed status"),
    )
    for (place, _role), label in zip(_ROLES, labels, strict=True):
        sheet.write_string(_HEADER_ROW, place, label, looks.head)


def _add(sheet: Worksheet, place: int, row: MatrixRow, institution: Institution, looks: _Looks) -> None:
    draft = row.draft
    sheet.write_string(place, _MARK, row_mark(row, institution), looks.locked)
    sheet.write_string(place, _ITEM, _item(row)[:_MOST], looks.locked)
    position = str(dict(Position.choices).get(row.item.position, "—"))
    sheet.write_string(place, _POSITION, position, looks.locked)
    for column, text in (
        (_MEASURES, draft.measures_taken if draft else ""),
        (_OBSTACLES, draft.obstacles if draft else ""),
        (_STEPS, draft.next_steps if draft else ""),
        (_STATUS, str(Status(draft.proposed_status).label) if draft and draft.proposed_status else ""),
    ):
        _fill(sheet, place, column, text, looks.open)
    sheet.data_validation(
        place,
        _STATUS,
        place,
        _STATUS,
        {
            "validate": "list",
            "source": [str(value.label) for value in scale_for(row.item.position)],
            "error_type": "warning",
        },
    )


def _fill(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    if text:
        sheet.write_string(row, column, word.clean(text)[:_MOST], look)
    else:
        sheet.write_blank(row, column, None, look)


def _item(row: MatrixRow) -> str:
    """Symbol and paragraph, the text, the States, the deadline: a line each."""
    item = row.item
    lines = [Identity(item.document.symbol, item.paragraph, item.subparagraph, item.ordinal).name]
    text = reading.reading_text(item)
    if text is not None:
        lines.append(text.text)
    lines.append(", ".join(state.name for state in reading.states_named(item)))
    if row.assignment.deadline:
        due = formats.localise_date(row.assignment.deadline, "long")
        lines.append(_("Deadline: %(date)s") % {"date": due})
    return word.clean("\n".join(filter(None, lines)))
