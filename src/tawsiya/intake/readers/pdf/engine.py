"""Pages and lines out of a PDF file, by PDFium, within bounds.

PDFium gives the characters of a page in one piece; the place of a line is asked for its first
and last character only, which keeps reading fast. Nothing is drawn, no script is run.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium

from tawsiya.intake.readers.pdf.page import HYPHEN, Line, Page
from tawsiya.intake.readers.records import UnreadableFile

MAX_PAGES = 1_000
"""Pages of one document; the longest report known has about 120."""
MAX_PAGE_CHARS = 60_000
"""Characters of one page; a page of a UN document has about 4,000."""
MAX_CHARS = 6_000_000
_BOLD = 600
"""Weight from which a font counts as bold; PDFium derives about 695 for Times-Bold."""
_RAISED = 0.8
"""A footnote's mark is smaller than this share of the line's font."""
_loose_box = pdfium.FPDFText_GetLooseCharBox
_matrix = pdfium.FPDFText_GetMatrix
_font_size = pdfium.FPDFText_GetFontSize
_weight = pdfium.FPDFText_GetFontWeight
_MAYBE_RAISED = 0.93
_NOMINAL = 0.9
"""Size of a font as a share of its box, and the base line's height in it, as in Times."""
_FOOT = 0.22
_LINE = re.compile(r"[^\r\n\ufffe]+")
_RUN = re.compile(r"[0-9\u0660-\u0669*∗]+")
_LONGEST_MARK = 4
_BEFORE_MARK = frozenset(".,;:)]”’»\"'؛،")
_AFTER_MARK = frozenset((*" \r\n.,;:)]\u00a0\ufffe", ""))
_LINE_ENDS = frozenset(("", "\r", "\n"))
_PASSWORD = 4
"""PDFium's error code for a file that asks for a password."""


def pages(data: bytes) -> Iterator[Page]:
    """The pages in order. Raises UnreadableFile for what is no readable PDF or too large."""
    with opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise UnreadableFile("pdf_broken")
        if count > MAX_PAGES:
            raise UnreadableFile("pdf_too_many_pages", count=count, limit=MAX_PAGES)
        total = 0
        for index in range(count):
            page = _page(document, index)
            total += sum(len(line.text) for line in page.lines)
            if total > MAX_CHARS:
                raise UnreadableFile("pdf_too_much_text", limit=MAX_CHARS)
            yield page


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """A document held open. Raises UnreadableFile: broken, locked."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        code = "encrypted" if pdfium.FPDF_GetLastError() == _PASSWORD else "pdf_broken"
        raise UnreadableFile(code)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, index: int) -> Page:
    """One page; one that PDFium cannot load comes without lines and without size."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return Page(index + 1, 0.0, 0.0)
    try:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            return Page(index + 1, 0.0, 0.0)
        try:
            frame = pdfium.FS_RECTF()
            pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(frame))
            lines = _Reader(text, index + 1, frame.left, frame.top).lines()
            return Page(index + 1, frame.right - frame.left, frame.top - frame.bottom, lines)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


class _Reader:
    """The lines of one page while PDFium holds it open."""

    def __init__(self, text: Any, number: int, left: float, top: float) -> None:
        self._text = text
        self._number = number
        self._left = left
        self._top = top
        self._mapped = False
        self._rect = pdfium.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_pointer = ctypes.byref(self._matrix)

    def lines(self) -> list[Line]:
        """Lines in the order of the file, without blank ones."""
        text = self._characters()
        marks = self._marks(text)
        found: list[Line] = []
        for match in _LINE.finditer(text):
            row = match[0]
            bare = row.strip()
            if not bare:
                continue
            first, end = match.span()
            if bare is not row:
                first += len(row) - len(row.lstrip())
            line = self._line(bare, first, first + len(bare) - 1)
            while marks and marks[-1] < end:
                self._take_mark(line, text, first, marks.pop())
            if text[end : end + 1] == HYPHEN:
                line.text += HYPHEN
            found.append(line)
        return found

    def _characters(self) -> str:
        count = pdfium.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        if count > MAX_PAGE_CHARS:
            raise UnreadableFile("pdf_page_too_full", page=self._number, limit=MAX_PAGE_CHARS)
        # A character that PDFium cannot name has no text: positions are then asked one by one.
        buffer = (ctypes.c_ushort * (count + 1))()
        written = max(pdfium.FPDFText_GetText(self._text, 0, count, buffer) - 1, 0)
        self._mapped = written != count
        raw = bytes(buffer)[: 2 * written]
        text = raw.decode("utf-16-le", "surrogatepass")
        if len(text) == written:
            return text
        # One character of the text for each unit, so that positions hold.
        return "".join(chr(u) if not 0xD800 <= u < 0xE000 else "\ufffd" for u in buffer[:written])

    def _marks(self, text: str) -> list[int]:
        """Where runs of figures or asterisks stand as marks of footnotes do, raised or not; last first."""
        places = []
        for match in _RUN.finditer(text):
            start, end = match.span()
            if end - start > _LONGEST_MARK or start == 0:
                continue
            before = text[start - 1]
            if before == " " and text[end : end + 1] in _LINE_ENDS:
                before = text[start - 2 : start - 1]  # set apart at the end of its line
            if (before in _BEFORE_MARK or before.isalpha()) and text[end : end + 1] in _AFTER_MARK:
                places.append(start)
        places.reverse()
        return places

    def _take_mark(self, line: Line, text: str, first: int, place: int) -> None:
        """Move the run at ``place`` from the line's text to its marks if it is small print."""
        if text[place].isdigit():
            self._loose(place)
            if self._type(place)[0] > _RAISED * line.size:
                return
        match = _RUN.match(text, place)
        if match is None:
            return
        removed = sum(map(len, line.marks))
        start = place - first - removed
        line.text = (line.text[:start] + line.text[start + len(match[0]) :]).rstrip()
        line.marks += (match[0],)

    def _line(self, text: str, first: int, last: int) -> Line:
        rect = self._rect
        self._loose(first)
        x0, top, x1, bottom = rect.left, rect.top, rect.right, rect.bottom
        self._loose(last)
        if rect.left < x0:
            x0 = rect.left
        if rect.right > x1:
            x1 = rect.right
        letter = len(text) - 1
        while letter > 0 and not text[letter].isalpha():
            letter -= 1  # a footnote's mark may end the line
        kind = first + letter if letter else last
        size, base = self._type(kind)
        note = False
        if top - bottom < _MAYBE_RAISED * (rect.top - rect.bottom) and not text[0].isalpha():
            note = self._type(first)[0] < _RAISED * size
        top, bottom = max(top, rect.top), min(bottom, rect.bottom)
        if self._mapped:
            kind = self._index(kind)
        bold = _weight(self._text, kind) >= _BOLD
        left, head = self._left, self._top
        return Line(
            self._number, text, x0 - left, head - top, x1 - left, head - bottom, head - base, size, bold, note
        )

    def _type(self, position: int) -> tuple[float, float]:
        """Size in points and height of the base line; after :meth:`_loose` of the same line.

        Text is drawn by a matrix: its scale times the nominal size is the size, its last figure
        the base line. Where that cannot be (text in a form of its own), the box tells.
        """
        index = self._index(position) if self._mapped else position
        rect, matrix = self._rect, self._matrix
        if _matrix(self._text, index, self._matrix_pointer):
            size = _font_size(self._text, index) * hypot(matrix.c, matrix.d)
            if size > 1.5 and rect.bottom - size < matrix.f < rect.top:
                return size, matrix.f
        height = rect.top - rect.bottom
        return height * _NOMINAL, rect.bottom + height * _FOOT

    def _loose(self, position: int) -> None:
        """Put the box of the character at ``position`` of the text into the rectangle."""
        _loose_box(self._text, self._index(position) if self._mapped else position, self._pointer)

    def _index(self, position: int) -> int:
        """The character at ``position`` of the text, where the two are counted differently."""
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, position))
