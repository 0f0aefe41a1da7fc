"""Filling in an exported matrix as a person would in Word."""

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

MEASURES, OBSTACLES, STEPS, STATUS = 2, 3, 4, 5


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def row_of(document: Document, name: str) -> Any:
    """The table row whose first cell begins with a name such as `A/HRC/36/6 § 140.7`."""
    for row in document.tables[0].rows:
        texts = [node.text or "" for node in row.cells[0]._tc.iter(qn("w:t"))]
        if texts and texts[0] == name:
            return row
    raise LookupError(name)


def choose(row: Any, words: str) -> None:
    """Choose a status in the list: Word replaces the prompt by the words and drops its mark."""
    cell = row.cells[STATUS]._tc
    for prompt in list(cell.iter(qn("w:showingPlcHdr"))):
        prompt.getparent().remove(prompt)
    next(cell.iter(qn("w:t"))).text = words


def fill(data: bytes, name: str, cells: dict[int, str], status: str = "") -> bytes:
    """The file with some cells of one row filled."""

    def write(document: Document) -> None:
        row = row_of(document, name)
        for place, text in cells.items():
            first, *others = text.split("\n")
            row.cells[place].paragraphs[0].text = first
            for line in others:
                row.cells[place].add_paragraph(line)
        if status:
            choose(row, status)

    return changed(data, write)


def changed(data: bytes, change: Callable[[Document], None]) -> bytes:
    document = opened(data)
    change(document)
    return saved(document)


def tags(document: Document) -> list[str]:
    return [node.get(qn("w:val")) for node in document.element.body.iter(qn("w:tag"))]
