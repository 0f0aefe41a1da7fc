"""The Word matrix that an institution fills in: read back by `intake`, readable without it."""

import io
from collections.abc import Sequence
from datetime import date

import docx
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.table import Table, _Row

from tawsiya.accounts.models import Institution
from tawsiya.core import formats, word
from tawsiya.core.labels import text_of
from tawsiya.intake import markers
from tawsiya.intake.known import Identity
from tawsiya.intake.markers import DocumentMark, Mark
from tawsiya.intake.readers import filled_matrix as columns
from tawsiya.recommendations import reading
from tawsiya.recommendations.choices import Position, Status, scale_for
from tawsiya.reports.queries import MatrixRow

# Of the columns, in centimetres: together the width of a landscape page less its margins.
_WIDTHS = (7.4, 2.2, 6.3, 3.7, 3.7, 3.4)
_HEAD_COLOUR, _HEAD_INK, _MUTED = "1F5F5B", "FFFFFF", "595959"
STATUS_TAG = f"{columns.PREFIX}status"


def matrix(rows: Sequence[MatrixRow], institution: Institution, *, language: str, day: date) -> bytes:
    """Return the Word file.

    Args:
        rows: what the institution reports on, in order.
        language: of the file's own words; texts of the UN come in it where they exist.
        day: of the export.
    """
    document = docx.Document()
    right_to_left = word.is_right_to_left(language)
    word.landscape(document)
    word.set_fonts(document)
    _head(document, institution, language, day, right_to_left)
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    word.direct_table(table, right_to_left=right_to_left)
    _header(table, right_to_left)
    for row in rows:
        _add(table, row, institution, right_to_left)
    word.set_widths(table, _WIDTHS)
    _properties(document, institution, language)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def row_mark(row: MatrixRow, institution: Institution) -> str:
    """Return the signed mark by which a row is known again when the file comes back."""
    item, draft = row.item, row.draft
    return markers.write(
        Mark(
            recommendation=item.pk,
            version=item.version,
            institution=institution.pk,
            contribution=draft.pk if draft else 0,
            contribution_version=draft.version if draft else 0,
        )
    )


def _properties(document: WordDocument, institution: Institution, language: str) -> None:
    document.core_properties.title = _("Matrix of recommendations")
    document.core_properties.subject = text_of(institution.names)
    document.core_properties.author = "Tawsiya"
    document.core_properties.language = language


def _head(
    document: WordDocument, institution: Institution, language: str, day: date, right_to_left: bool
) -> None:
    title = word.direct(document.add_paragraph(), right_to_left=right_to_left)
    word.add_control(
        title,
        _("Matrix of recommendations"),
        tag=markers.write_document(DocumentMark(language, institution.pk)),
        locked=True,
        bold=True,
        points=16,
    )
    lines = [
        text_of(institution.names),
        _("Exported on %(date)s.") % {"date": formats.localise_date(day, "long")},
        _(
            "Fill in the last four columns and leave the others as they are. An empty row is skipped. "
            "The file is then read back into the application, where each row becomes a draft."
        ),
        _("Proposed status, by the State's position: %(supported)s; for noted recommendations: %(noted)s.")
        % {"supported": _scale(""), "noted": _scale(Position.NOTED.value)},
    ]
    for place, line in enumerate(lines):
        paragraph = word.direct(document.add_paragraph(), right_to_left=right_to_left)
        word.add_text(paragraph, line, bold=place == 0)


def _scale(position: str) -> str:
    return " · ".join(str(Status(status).label) for status in scale_for(position))


def _header(table: Table, right_to_left: bool) -> None:
    labels = (
        (columns.ITEM, _("Recommendation")),
        (columns.POSITION, _("Position")),
        (columns.MEASURES, _("Measures taken")),
        (columns.OBSTACLES, _("Obstacles")),
        (columns.STEPS, _("Next steps")),
        (columns.STATUS, _("Proposed status")),
    )
    row = table.rows[0]
    for cell, (role, label) in zip(row.cells, labels, strict=True):
        word.shade(cell, _HEAD_COLOUR)
        paragraph = word.direct(cell.paragraphs[0], right_to_left=right_to_left)
        word.add_control(
            paragraph, label, tag=f"{columns.COLUMN_PREFIX}{role}", locked=True, bold=True, colour=_HEAD_INK
        )
    word.repeat_header(row)


def _add(table: Table, row: MatrixRow, institution: Institution, right_to_left: bool) -> None:
    added = table.add_row()
    _item_cell, position, measures, obstacles, steps, status = added.cells
    _item(added, row, institution, right_to_left)
    word.fill(position, str(dict(Position.choices).get(row.item.position, "—")), right_to_left=right_to_left)
    draft = row.draft
    for cell, text in (
        (measures, draft.measures_taken if draft else ""),
        (obstacles, draft.obstacles if draft else ""),
        (steps, draft.next_steps if draft else ""),
    ):
        word.fill(cell, text, right_to_left=right_to_left)
    choice = word.direct(status.paragraphs[0], right_to_left=right_to_left)
    word.add_choice(
        choice,
        [(value.value, str(value.label)) for value in scale_for(row.item.position)],
        tag=STATUS_TAG,
        chosen=draft.proposed_status if draft else "",
        prompt=_("Choose"),
    )


def _item(added: _Row, row: MatrixRow, institution: Institution, right_to_left: bool) -> None:
    """Symbol and paragraph with the row's mark, the text, the States, the deadline."""
    cell, item = added.cells[0], row.item
    name = Identity(item.document.symbol, item.paragraph, item.subparagraph, item.ordinal).name
    first = word.direct(cell.paragraphs[0], right_to_left=right_to_left)
    word.add_control(first, name, tag=row_mark(row, institution), locked=True, bold=True)
    text = reading.reading_text(item)
    if text is not None:
        paragraph = word.direct(cell.add_paragraph(), right_to_left=word.is_right_to_left(text.language))
        word.add_text(paragraph, text.text)
    facts = [", ".join(state.name for state in reading.states_named(item))]
    if row.assignment.deadline:
        due = formats.localise_date(row.assignment.deadline, "long")
        facts.append(_("Deadline: %(date)s") % {"date": due})
    for fact in filter(None, facts):
        paragraph = word.direct(cell.add_paragraph(), right_to_left=right_to_left)
        word.add_text(paragraph, fact, points=8, colour=_MUTED)
