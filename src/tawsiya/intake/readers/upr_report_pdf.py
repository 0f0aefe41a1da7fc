"""The paragraphs of a report that came as PDF."""

from __future__ import annotations

from tawsiya.intake.readers.pdf.blocks import Block, blocks
from tawsiya.intake.readers.pdf.document import PdfDocument
from tawsiya.intake.readers.upr_report_source import ENDED, MAX_HEADING, NUMBER, OUTLINE, Part, Source

_LARGER = 1.08
"""A heading's font is larger than this share of the text's."""


def from_pdf(document: PdfDocument) -> Source:
    """The paragraphs of a PDF."""
    notes: dict[tuple[int, str], str] = {}
    for note in document.notes:
        notes.setdefault((note.page, note.mark), note.text)
    parts = tuple(_part(block, document.size, notes) for block in blocks(document))
    front = tuple(line.text for line in document.first_page)
    references = (*(note.text for note in document.notes), *(line.text for line in document.furniture))
    return Source(parts, front, references, document.trust.damaged)


def _part(block: Block, size: float, notes: dict[tuple[int, str], str]) -> Part:
    text, lines = block.text, block.lines
    bold = [line.bold for line in lines].count(True)
    heading = len(text) <= MAX_HEADING and not NUMBER.match(text)
    if heading and not block.size > size * _LARGER:
        heading = bold == len(lines) and (not ENDED.search(text) or OUTLINE.match(text) is not None)
    found: list[str] = []
    if block.marks:
        pages = {line.page for line in lines}
        found = [notes[p, mark] for mark in block.marks for p in sorted(pages) if (p, mark) in notes]
    return Part(text, heading, block.page, block.boxes, block.x0, tuple(found), bold=bold * 2 > len(lines))
