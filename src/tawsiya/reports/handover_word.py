"""The handover as a Word file: readable without the application, each line a link into it."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import docx
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.table import Table, _Cell

from tawsiya.core import formats, word
from tawsiya.core.labels import text_of
from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.models import Assignment, Contribution, Reference
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import reading_text
from tawsiya.reports.handover import Handover, Said

_HEAD_COLOUR, _HEAD_INK, _MUTED = "1F5F5B", "FFFFFF", "595959"
_SHOWN_LETTERS = 400


def handover_docx(
    handover: Handover, events: Sequence[Mapping[str, Any]], *, language: str, day: date
) -> bytes:
    """Return the Word file.

    Args:
        events: the exchanges as the time line shows them, each with its `item`.
        language: of the file's own words.
        day: of the export.
    """
    document = docx.Document()
    paper = _Paper(document, word.is_right_to_left(language))
    word.landscape(document)
    word.set_fonts(document)
    title = _("Handover of %(person)s") % {"person": handover.person.name_in(language)}
    document.core_properties.title, document.core_properties.author = title, "Tawsiya"
    document.core_properties.language = language
    paper.line(title, bold=True, points=16)
    paper.line(" · ".join(text_of(row.names) for row in handover.institutions) or "—", bold=True)
    paper.line(_("Exported on %(date)s.") % {"date": formats.localise_date(day, "long")})
    paper.line(_("It holds what a focal point of the institution may see, and nothing else."), colour=_MUTED)
    _owed(paper, handover)
    _said(paper, handover.said)
    _given(paper, handover)
    _talks(paper, handover, language)
    _exchanged(paper, events)
    _people(paper, handover, language)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Paper:
    """A document with its reading direction."""

    def __init__(self, document: WordDocument, right_to_left: bool) -> None:
        self.document, self.right_to_left = document, right_to_left

    def line(self, text: str, **look: Any) -> None:
        """Add a paragraph."""
        paragraph = word.direct(self.document.add_paragraph(), right_to_left=self.right_to_left)
        word.add_text(paragraph, text, **look)

    def head(self, text: str) -> None:
        """Add a heading."""
        heading = word.direct(self.document.add_heading(level=2), right_to_left=self.right_to_left)
        word.add_text(heading, text, bold=True, points=13, colour=_HEAD_COLOUR)

    def table(self, heads: Sequence[str], widths: Sequence[float], empty: str) -> "_Rows":
        """Begin a table; `empty` is said where no row follows."""
        return _Rows(self, heads, widths, empty)


class _Rows:
    """A table that is begun with its first row, so that an empty one is a sentence."""

    def __init__(self, paper: _Paper, heads: Sequence[str], widths: Sequence[float], empty: str) -> None:
        self._paper, self._heads, self._widths = paper, heads, widths
        self._table: Table | None = None
        self._empty = empty

    def add(self, *cells: str, link: str = "") -> tuple[_Cell, ...]:
        """Add a row of texts; `link` is the address that its first cell opens."""
        if self._table is None:
            self._table = self._begin()
        row = self._table.add_row()
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            if place == 0 and link:
                paragraph = word.direct(cell.paragraphs[0], right_to_left=self._paper.right_to_left)
                word.add_link(paragraph, text, link)
            else:
                word.fill(cell, text, right_to_left=self._paper.right_to_left)
        return row.cells

    def _begin(self) -> Table:
        table = self._paper.document.add_table(rows=1, cols=len(self._heads), style="Table Grid")
        word.direct_table(table, right_to_left=self._paper.right_to_left)
        for cell, head in zip(table.rows[0].cells, self._heads, strict=True):
            word.shade(cell, _HEAD_COLOUR)
            word.fill(cell, head, right_to_left=self._paper.right_to_left, bold=True, colour=_HEAD_INK)
        word.repeat_header(table.rows[0])
        return table

    def end(self) -> None:
        """Fix the widths, or say that there is nothing."""
        if self._table is None:
            self._paper.line(self._empty, colour=_MUTED)
        else:
            word.set_widths(self._table, self._widths)


def _address(name: str, *place: int | str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=place)}"


def _name(item: Recommendation) -> str:
    return f"{item.document.symbol} § {item.label}"


def _text(item: Recommendation) -> str:
    row = reading_text(item)
    return _short(row.text) if row else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1].rstrip()}…"


def _owed(paper: _Paper, handover: Handover) -> None:
    paper.head(_("What is owed"))
    heads = (_("Recommendation"), _("What"), _("Text"), _("Deadline"))
    rows = paper.table(heads, (5.0, 4.5, 13.0, 4.2), _("Nothing is owed today."))
    for what, assignments in (
        (_("Accept or refuse the assignment"), handover.to_answer),
        (_("Write and send a contribution"), handover.to_write),
    ):
        for row in assignments:
            _add_assignment(rows, what, row)
    for reply in handover.replies:
        rows.add(
            reply.questionnaire.title,
            _("Answer the questionnaire"),
            "",
            formats.localise_date(reply.deadline),
            link=_address("followup:reply", reply.pk),
        )
    for contribution in (*handover.unfinished, *handover.waiting):
        _add_unfinished(rows, contribution)
    rows.end()


def _add_assignment(rows: _Rows, what: str, row: Assignment) -> None:
    item = row.recommendation
    late = f" ({_('overdue')})" if getattr(row, "is_late", False) else ""
    due = f"{formats.localise_date(row.deadline)}{late}" if row.deadline else "—"
    rows.add(_name(item), what, _text(item), due, link=_address("followup:item", item.pk))


def _add_unfinished(rows: _Rows, row: Contribution) -> None:
    item = row.recommendation
    state = str(row.get_state_display())
    what = f"{state}: {row.return_reason}" if row.return_reason else state
    rows.add(
        _name(item), what, _short(row.measures_taken), "—", link=_address("followup:contribution", row.pk)
    )


def _said(paper: _Paper, said: Iterable[Said]) -> None:
    paper.head(_("What was said, and with what evidence"))
    heads = (_("Recommendation"), _("State"), _("Text"), _("Evidence"))
    rows = paper.table(heads, (5.0, 4.5, 10.6, 6.6), _("Nothing was written by this person."))
    for one in said:
        row, item = one.row, one.row.recommendation
        when = formats.localise_date(row.changed_at)
        text = "\n".join(filter(None, (row.measures_taken, row.obstacles, row.next_steps)))
        cells = rows.add(
            _name(item),
            f"{row.get_state_display()}\n{when}",
            text,
            "" if one.files or one.references else "—",
            link=_address("followup:contribution", row.pk),
        )
        proofs = [(file.title, _address("followup:evidence", file.pk), file.mark) for file in one.files]
        proofs += [(_cited(cited), cited.url, cited.mark) for cited in one.references]
        for place, (title, address, mark) in enumerate(proofs):
            paragraph = cells[3].paragraphs[0] if place == 0 else cells[3].add_paragraph()
            word.direct(paragraph, right_to_left=paper.right_to_left)
            if address:
                word.add_link(paragraph, title, address)
            else:
                word.add_text(paragraph, title)
            word.add_text(paragraph, f" ({EvidenceMark(mark).label})", colour=_MUTED)
    rows.end()


def _cited(row: Reference) -> str:
    """Return a law with its number and date, or the title of a page."""
    day = formats.localise_date(row.dated) if row.dated else ""
    return " · ".join(filter(None, (row.title, row.number, day)))


def _given(paper: _Paper, handover: Handover) -> None:
    paper.head(_("Figures that were given"))
    heads = (_("Figure"), _("Where"), _("When"))
    rows = paper.table(heads, (14.7, 8.0, 4.0), _("No figure was given by this person."))
    for figure in handover.figures:
        cells = (figure.words, figure.source, formats.localise_date(figure.given_at))
        rows.add(*cells, link=settings.SITE_ADDRESS + figure.path)
    rows.end()


def _talks(paper: _Paper, handover: Handover, language: str) -> None:
    paper.head(_("Open conversations"))
    heads = (_("Recommendation"), _("Conversation"), _("Last message"), _("When"))
    rows = paper.table(heads, (5.0, 6.0, 11.7, 4.0), _("No conversation is open."))
    for talk in handover.talks:
        last = talk.last
        said = _("Message withdrawn") if last.withdrawn_at else _short(last.text)
        rows.add(
            str(last.recommendation),
            "\n".join(
                filter(None, (str(last.get_circle_display()), _("Awaits an answer") if talk.awaits else ""))
            ),
            f"{last.author.name_in(language)}: {said}",
            formats.localise_date(last.written_at),
            link=_address("followup:thread", last.recommendation_id, last.circle, last.institution_id or 0),
        )
    rows.end()


def _exchanged(paper: _Paper, events: Sequence[Mapping[str, Any]]) -> None:
    paper.head(_("What passed, and with whom"))
    heads = (_("Recommendation"), _("When"), _("Who"), _("What"))
    rows = paper.table(heads, (5.0, 3.6, 5.4, 12.7), _("Nothing is recorded yet."))
    for event in events:
        item = event["item"]
        said = "\n".join(filter(None, (event["text"], event["reason"])))
        rows.add(
            _name(item) if item else "—",
            formats.localise_date(event["when"]),
            event["who"],
            said,
            link=_address("followup:item", item.pk) if item else "",
        )
    rows.end()


def _people(paper: _Paper, handover: Handover, language: str) -> None:
    paper.head(_("Who else is there"))
    heads = (_("Name"), _("Role"), _("Institution"), _("E-mail address"))
    rows = paper.table(heads, (6.5, 5.0, 8.5, 6.7), _("Nobody else holds a role in this institution."))
    for row in handover.colleagues:
        rows.add(
            row.user.name_in(language),
            str(row.get_role_display()),
            text_of(row.institution.names),
            row.user.email,
        )
    rows.end()
    for deputy in handover.deputies:
        paper.line(
            _("%(deputy)s replaces %(person)s from %(first)s to %(last)s.")
            % {
                "deputy": deputy.deputy.name_in(language),
                "person": deputy.person.name_in(language),
                "first": formats.localise_date(deputy.starts_on),
                "last": formats.localise_date(deputy.ends_on),
            }
        )
