"""A Word document as its paragraphs and tables, in order, with merged cells resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tawsiya.intake.readers.archive import Package
from tawsiya.intake.readers.numbering import Numbering
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.wordtext import is_on, mark_deleted, paragraph_text

MAX_ROWS = 20_000
_MAX_SPAN = 64
_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag", "w:body"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Visible text (breaks are newlines) and the label of automatic numbering, if any."""

    text: str
    label: str | None = None

    @property
    def numbered(self) -> str:
        """The text with its automatic label before it."""
        return f"{self.label} {self.text}" if self.label and self.text.strip() else self.text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in order, from all levels of content controls."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from grid ``column`` over ``span`` columns; ``continues``: merged with the one above."""

    column: int
    span: int
    blocks: tuple[Paragraph | Table, ...]
    continues: bool = False

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Paragraphs of the cell, those of nested tables in their place."""
        return tuple(_flat(self.blocks))

    @property
    def text(self) -> str:
        """The whole text, one line per paragraph or break, stripped."""
        return "\n".join(p.text for p in self.paragraphs).strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; ``number`` counts the rows of the document from 1; ``header`` repeats."""

    number: int
    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class WordDocument:
    """The blocks of the body, the paragraphs of the page headers, whether changes are tracked.

    ``notes`` are the footnotes in the order of their part.
    """

    blocks: tuple[Paragraph | Table, ...]
    headers: tuple[str, ...]
    tracked: bool
    notes: tuple[str, ...] = ()


def _flat(blocks: tuple[Paragraph | Table, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _flat(cell.blocks)


def load(package: Package) -> WordDocument:
    """Read the main part with its numbering and headers. Raises UnreadableFile."""
    main = main_part(package)
    links = package.relationships(main)
    root = package.xml(main)
    body = root.find("w:body")
    if body is None:
        raise UnreadableFile("part_missing", part="w:body")
    present = set(package.names())
    by_kind = {link.kind: link.target for link in links if link.target in present}
    numbering = package.xml(by_kind["numbering"]) if "numbering" in by_kind else None
    styles = package.xml(by_kind["styles"]) if "styles" in by_kind else None
    reader = _Reader(Numbering(numbering, styles))
    targets = {link.id: link.target for link in links if link.target in present}
    headers: list[str] = []
    for reference in body.iter("w:headerReference"):
        target = targets.pop(reference.get("r:id", ""), None)
        if target is not None:
            texts = [paragraph_text(p).strip() for p in package.xml(target).iter("w:p")]
            headers.extend(text for text in texts if text and text not in headers)
    tracked = any(next(body.iter(tag), None) is not None for tag in ("w:del", "w:moveFrom"))
    return WordDocument(tuple(reader.blocks(body)), tuple(headers), tracked, _notes(package, by_kind))


def _notes(package: Package, by_kind: Mapping[str, str]) -> tuple[str, ...]:
    """The text of each footnote. Raises UnreadableFile for a broken part."""
    if "footnotes" not in by_kind:
        return ()
    notes = (
        " ".join(paragraph_text(p).strip() for p in note.iter("w:p")).strip()
        for note in package.xml(by_kind["footnotes"]).iter("w:footnote")
    )
    return tuple(note for note in notes if note)


def main_part(package: Package) -> str:
    """Name of the main document part. Raises UnreadableFile if there is none."""
    for link in package.relationships(""):
        if link.kind == "officeDocument":
            return link.target
    raise UnreadableFile("part_missing", part="officeDocument")


class _Reader:
    """Turns elements into blocks, asking for labels in document order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._rows = 0

    def blocks(self, parent: Element) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables directly in ``parent``, wrappers opened."""
        carried, carried_label = "", None
        for child in _unwrapped(parent):
            if child.tag == "w:tbl":
                yield Table(tuple(self._table(child)))
            elif child.tag == "w:p":
                label = self._numbering.label(child)
                text = carried + paragraph_text(child)
                label = carried_label if carried else label
                if mark_deleted(child):
                    carried, carried_label = text, label
                    continue
                carried, carried_label = "", None
                yield Paragraph(text, label)
        if carried:
            yield Paragraph(carried, carried_label)

    def _table(self, table: Element) -> Iterator[Row]:
        for element in _unwrapped(table):
            if element.tag != "w:tr":
                continue
            properties = element.find("w:trPr")
            if properties is not None and properties.find("w:del") is not None:
                continue
            self._rows += 1
            if self._rows > MAX_ROWS:
                raise UnreadableFile("too_many_rows", limit=MAX_ROWS)
            number = self._rows
            header = properties is not None and is_on(properties.find("w:tblHeader"))
            before = properties.find("w:gridBefore") if properties is not None else None
            yield Row(number, tuple(self._cells(element, _span(before, 0))), header)

    def _cells(self, row: Element, column: int) -> Iterator[Cell]:
        for element in _unwrapped(row):
            if element.tag != "w:tc":
                continue
            properties = element.find("w:tcPr")
            span, continues, deleted = 1, False, False
            if properties is not None:
                span = _span(properties.find("w:gridSpan"), 1)
                merge = properties.find("w:vMerge")
                continues = merge is not None and merge.get("w:val", "continue") == "continue"
                deleted = properties.find("w:cellDel") is not None
            blocks = tuple(self.blocks(element))
            yield Cell(column, span, () if deleted else blocks, continues)
            column += span


def _span(element: Element | None, default: int) -> int:
    value = element.get("w:val", "") if element is not None else ""
    if value.isascii() and value.isdigit() and len(value) < 6:
        return max(default, min(int(value), _MAX_SPAN))
    return default


def _unwrapped(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        elif child.tag == "mc:AlternateContent":
            branch = child.find("mc:Choice")
            branch = branch if branch is not None else child.find("mc:Fallback")
            if branch is not None:
                yield from _unwrapped(branch)
        else:
            yield child
