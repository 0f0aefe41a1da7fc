"""The paragraphs of a report, whether it came as PDF or as Word: what the report reader works on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tawsiya.intake.readers import docx
from tawsiya.intake.readers.folding import one_line, western_digits
from tawsiya.intake.readers.records import Box

_FRONT_LINES = 60
MAX_HEADING = 160
"""Characters of the longest heading."""
OUTLINE = re.compile(r"(?:[IVX]{1,5}|[A-Z])\s?[.)]\s+\S|[\u0621-\u064a]{1,8}\s?[-–]\s")
ENDED = re.compile(r"[.;:,؛،][\"”’»)\]]*$")
NUMBER = re.compile(r"[-–]?\(?\d")
_BARE_LABEL = re.compile(r"(\d{1,3})|[a-z]|[ivx]{1,5}|[\u0621-\u064a]")
_TYPED = re.compile(
    r"[-–]?\(?\d{1,3}(?:[.\-–]\d{1,3})*\s?[.)\-–](?:\s|$)|[-–]?\(?\d{1,3}(?:[.\-–]\d{1,3})+\s"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table: the table's number in the document, row and column from 0."""

    table: int
    row: int
    column: int


@dataclass(slots=True)
class Part:
    """A paragraph or heading with its place.

    ``page`` counts from 1 (None in Word), ``boxes`` are its rectangles, ``indent`` its left edge
    in points (None in Word), ``notes`` the footnotes that it points to, ``cell`` its place in a
    table (None outside of tables and in PDF), ``bold`` says that most of its lines are (in a PDF).
    """

    text: str
    heading: bool = False
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    indent: float | None = None
    notes: tuple[str, ...] = ()
    cell: Cell | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A document ready to be read.

    ``front`` are the lines of its first page, ``references`` all that may name other documents
    (headers and footnotes), ``damaged`` says that the wording cannot be trusted.
    """

    parts: tuple[Part, ...]
    front: tuple[str, ...]
    references: tuple[str, ...] = field(default=())
    damaged: bool = False
    tracked: bool = False


def from_word(document: docx.WordDocument) -> Source:
    """The paragraphs of a Word file; its numbers may be typed or Word's own."""
    paragraphs = list(_paragraphs(document.blocks))
    parts = tuple(_word_part(paragraph, cell) for paragraph, cell in paragraphs if paragraph.text.strip())
    front = tuple(line for p, _ in paragraphs[:_FRONT_LINES] for line in p.text.split("\n") if line.strip())
    return Source(parts, (*document.headers, *front), document.notes, tracked=document.tracked)


def _word_part(paragraph: docx.Paragraph, cell: Cell | None) -> Part:
    bare = western_digits(paragraph.text.strip())
    # Under an automatic number "2030 Agenda" is text; "140.7." typed beside one is the number.
    typed = _TYPED.match(bare) if paragraph.label else NUMBER.match(bare)
    label = paragraph.label if not typed and paragraph.text.strip() else None
    if label and (bare_label := _BARE_LABEL.fullmatch(label)):
        # A list that shows "12" or "a" alone.
        label = f"{label}." if bare_label[1] else f"({label})"
    text = one_line(f"{label} {paragraph.text}" if label else paragraph.text)
    heading = (
        len(text) <= MAX_HEADING
        and not NUMBER.match(western_digits(text))
        and not ENDED.search(text)
        and text[:1] not in "(•-–—"
    )
    return Part(text, heading, cell=cell)


def _paragraphs(parts: Sequence[docx.Paragraph | docx.Table]) -> Iterator[tuple[docx.Paragraph, Cell | None]]:
    for number, part in enumerate(parts):
        if isinstance(part, docx.Paragraph):
            yield part, None
            continue
        for index, row in enumerate(part.rows):
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    yield paragraph, Cell(number, index, cell.column)
