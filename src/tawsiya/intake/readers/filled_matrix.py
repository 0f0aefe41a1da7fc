"""Reading back a matrix that an institution has filled in: pure, like every reader.

The exporter leaves marks in content controls (``w:tag``): one per row, one per column, one for the
document. Where an editor lost them, columns are known by their header and rows by symbol and
paragraph. What a mark says is not believed here: the application checks its signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from tawsiya.intake.readers import docx
from tawsiya.intake.readers.archive import Package
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.numbering import Numbering
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.wordtext import paragraph_text
from tawsiya.intake.readers.xmlsafe import descend

PREFIX = "tw1."
COLUMN_PREFIX = f"{PREFIX}col."
DOCUMENT_PREFIX = f"{PREFIX}doc."

ITEM, POSITION = "item", "position"
MEASURES, OBSTACLES, STEPS, STATUS = "measures_taken", "obstacles", "next_steps", "status"
FILLED = (MEASURES, OBSTACLES, STEPS, STATUS)
_HEADERS: dict[str, tuple[str, ...]] = {
    ITEM: ("recommendation", "recommandation", "التوصية"),
    POSITION: ("position", "موقف", "الموقف"),
    MEASURES: ("measures taken", "mesures prises", "التدابير المتخذة", "الإجراءات المتخذة"),
    OBSTACLES: ("obstacles", "العراقيل", "الصعوبات", "المعيقات", "العقبات"),
    STEPS: ("next steps", "prochaines étapes", "étapes suivantes", "الخطوات المقبلة", "الخطوات التالية"),
    STATUS: ("proposed status", "état proposé", "statut proposé", "الحالة المقترحة", "الوضعية المقترحة"),
}
_MAX_HEADER = 120
MAX_CELL = 20_000
"""Characters kept of one cell; a contribution has a few thousand."""
_NAME = re.compile(
    r"(?P<symbol>[A-Z][A-Za-z0-9./-]*/[A-Za-z0-9./-]+)\s*§\s*"
    r"(?P<paragraph>\d[\d.]*(?:\s(?:bis|ter|quater))?)"
    r"(?P<path>(?:\s*\([^()\s]{1,6}\))*)\s*(?:#(?P<ordinal>\d{1,3}))?"
)
_OPENED = frozenset({"w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:moveTo", "w:smartTag"})
_BLOCKS = _OPENED | {"w:tbl", "w:tr", "w:tc"}


@dataclass(frozen=True, slots=True)
class RowName:
    """A recommendation as its cell names it."""

    symbol: str
    paragraph: str
    subparagraph: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a filled matrix. ``marks`` as they stand in the file; ``cells``: what was written.

    ``stray`` is what was written in columns of the institution's own; ``cut``: a cell was too long.
    """

    number: int
    item: str
    marks: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    stray: str = ""
    cut: bool = False

    @property
    def name(self) -> RowName | None:
        """Symbol and paragraph as the first cell gives them, None if it gives none."""
        match = _NAME.search(self.item)
        if match is None:
            return None
        path = ".".join(re.findall(r"\(([^()\s]+)\)", match["path"]))
        return RowName(
            match["symbol"].rstrip("."), match["paragraph"].rstrip("."), path, int(match["ordinal"] or 1)
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in any cell to fill."""
        return not any(self.cells.values()) and not self.stray

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "number": self.number,
            "item": self.item,
            "marks": list(self.marks),
            "cells": dict(self.cells),
            "stray": self.stray,
            "cut": self.cut,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> FilledRow:
        """The inverse of :meth:`as_json`. Raises KeyError or TypeError for other shapes."""
        return cls(**{**value, "marks": tuple(value["marks"])})


@dataclass(frozen=True, slots=True)
class FilledMatrix:
    """All rows below the headers, in order; ``mark`` of the document, None where it was lost."""

    rows: tuple[FilledRow, ...]
    mark: str | None = None


def is_ours(package: Package) -> bool:
    """Whether a Word file carries marks of an exported matrix."""
    return f'"{PREFIX}'.encode() in package.read(docx.main_part(package))


def read_filled(package: Package) -> FilledMatrix:
    """Read a filled matrix. Raises UnreadableFile where no table has its columns."""
    main = docx.main_part(package)
    root = package.xml(main)
    _drop_prompts(root)
    reader = _Reader(_numbering(package, main))
    for table in root.iter("w:tbl"):
        reader.read_table(table)
    if not reader.found:
        raise UnreadableFile("not_a_filled_matrix")
    marks = [tag for tag in _tags(root) if tag.startswith(DOCUMENT_PREFIX)]
    return FilledMatrix(tuple(reader.rows), marks[0] if marks else None)


def _numbering(package: Package, main: str) -> Numbering:
    present = set(package.names())
    parts = {link.kind: link.target for link in package.relationships(main) if link.target in present}
    numbering, styles = (
        package.xml(parts[kind]) if kind in parts else None for kind in ("numbering", "styles")
    )
    return Numbering(numbering, styles)


def _drop_prompts(root: Element) -> None:
    """Empty the controls in which nothing was chosen or typed: they show a prompt, not an answer."""
    for control in root.iter("w:sdt"):
        if descend(control, "w:sdtPr", "w:showingPlcHdr") is not None:
            content = control.find("w:sdtContent")
            if content is not None:
                _blank(content)


def _blank(content: Element) -> None:
    for child in list(content):
        if child.tag == "w:r":
            content.remove(child)
        else:
            _blank(child)


def _tags(element: Element) -> Iterator[str]:
    for properties in element.iter("w:sdtPr"):
        tag = properties.find("w:tag")
        value = tag.get("w:val", "") if tag is not None else ""
        if value.startswith(PREFIX):
            yield value


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self.rows: list[FilledRow] = []
        self.found = False
        self._numbering = numbering
        self._seen = 0

    def read_table(self, table: Element) -> None:
        """Read the rows below a header row of ours; a table without one is not ours."""
        columns: dict[int, str] = {}
        for row in _children(table, "w:tr"):
            if descend(row, "w:trPr", "w:del") is not None:
                continue
            self._seen += 1
            if self._seen > docx.MAX_ROWS:
                raise UnreadableFile("too_many_rows", limit=docx.MAX_ROWS)
            cells = list(_cells(row))
            # Once per cell: asking for a list's number counts it on.
            texts = {place: self._text(cell) for place, cell in cells}
            header = _columns(cells, texts)
            if header:
                columns, self.found = header, True
            elif columns:
                self._read_row(row, texts, columns)

    def _read_row(self, row: Element, written: dict[int, str], columns: dict[int, str]) -> None:
        texts = dict.fromkeys((ITEM, POSITION, *FILLED), "")
        stray: list[str] = []
        for place, text in written.items():
            if place in columns:
                texts[columns[place]] = text
            elif text:
                stray.append(text)
        item, _position = texts.pop(ITEM), texts.pop(POSITION)
        marks = tuple(tag for tag in _tags(row) if is_row_mark(tag))
        if not item and not marks and not any(texts.values()) and not stray:
            return
        cut = any(len(text) > MAX_CELL for text in texts.values())
        kept = {role: text[:MAX_CELL] for role, text in texts.items()}
        self.rows.append(
            FilledRow(
                number=self._seen,
                item=item[:MAX_CELL],
                marks=tuple(dict.fromkeys(marks)),
                cells=kept,
                stray="\n".join(stray)[:MAX_CELL],
                cut=cut,
            )
        )

    def _text(self, cell: Element) -> str:
        """The text of a cell, a line per paragraph; list numbers are kept, bullets become dashes."""
        lines = []
        for paragraph in _paragraphs(cell):
            text = paragraph_text(paragraph).strip()
            label = self._numbering.label(paragraph)
            if text and label:
                text = f"{label} {text}"
            elif text and descend(paragraph, "w:pPr", "w:numPr") is not None:
                text = f"– {text}"
            lines.append(text)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _columns(cells: list[tuple[int, Element]], texts: dict[int, str]) -> dict[int, str]:
    """Roles by grid column if the row is a header: by its marks, else by its words."""
    marked = {
        place: tag.removeprefix(COLUMN_PREFIX)
        for place, cell in cells
        for tag in _tags(cell)
        if tag.startswith(COLUMN_PREFIX)
    }
    known = {place: role for place, role in marked.items() if role in _HEADERS}
    if known:
        return known
    return columns_by_words(texts)


def known_roles() -> frozenset[str]:
    """The columns that a matrix can have."""
    return frozenset(_HEADERS)


def columns_by_words(texts: Mapping[int, str]) -> dict[int, str]:
    """Roles by column if the words of a row are those of a header; {} for any other row."""
    named: dict[int, str] = {}
    for place, text in texts.items():
        words = fold(text[: _MAX_HEADER + 1])
        for role, phrases in _HEADERS.items():
            if len(words) <= _MAX_HEADER and any(words.startswith(fold(phrase)) for phrase in phrases):
                named.setdefault(place, role)
    return named if ITEM in named.values() and MEASURES in named.values() else {}


def is_row_mark(tag: str) -> bool:
    """Whether a mark is one of a row, and not of a column or of the document."""
    return tag[len(PREFIX) : len(PREFIX) + 1].isdecimal()


def _children(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _OPENED:
            yield from _children(child, tag)


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with the grid column each begins in."""
    place = 0
    for cell in _children(row, "w:tc"):
        yield place, cell
        span = descend(cell, "w:tcPr", "w:gridSpan")
        value = span.get("w:val", "1") if span is not None else "1"
        place += min(int(value), 64) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == "w:p":
            yield child
        elif child.tag in _BLOCKS:
            yield from _paragraphs(child)
