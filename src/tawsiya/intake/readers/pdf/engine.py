"""Pages and lines out of a PDF file, by PDFium, within bounds.

PDFium gives the characters of a page in one piece; the place of a line is asked for its first
and last character only, which keeps reading fast. Nothing is drawn, no script is run.
"""

from __future__ import annotations

import ctypes
import re
import sys
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise, repeat
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium

from tawsiya.intake.readers.pdf import rtl, tables
from tawsiya.intake.readers.pdf.page import HYPHEN, Line, Page
from tawsiya.intake.readers.pdf.shapes import Glyph
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


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes addresses as integers and keeps the lock: half the cost.

    It is asked some thousand times for a document, each time for a moment.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_Box = tuple[float, float, float, float]
"""Left, top, right, bottom of a character as PDFium counts, from the lower left corner."""
_Type = tuple[float, float]
"""Size in points and height of the base line."""
_HANDLE, _INT = ctypes.c_void_p, ctypes.c_int
_loose_box = _plain(pdfium.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _HANDLE)
_matrix = _plain(pdfium.FPDFText_GetMatrix, _INT, _HANDLE, _INT, _HANDLE)
_font_size = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _HANDLE, _INT)
_weight = _plain(pdfium.FPDFText_GetFontWeight, _INT, _HANDLE, _INT)
_unicode = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
_get_text = _plain(pdfium.FPDFText_GetText, _INT, _HANDLE, _INT, _INT, _HANDLE)
_is_generated = _plain(pdfium.FPDFText_IsGenerated, _INT, _HANDLE, _INT)
_MAYBE_RAISED = 0.93
_LEAST_SIZE = 1.5
"""Points; text in a form of its own comes with less."""
_NOMINAL = 0.9
"""Size of a font as a share of its box, and the base line's height in it, as in Times."""
_FOOT = 0.22
_OTHER_BLOCKS = bytes({*range(256)} - {0x05, 0x06, 0x07, 0x08, 0xFB, 0xFC, 0xFD, 0xFE})
"""High bytes of characters that are certainly no right-to-left letters."""
_RUN = re.compile(r"[0-9\u0660-\u0669*∗]+")
_MARK = re.compile(r"[0-9\u0660-\u0669*∗][0-9\u0660-\u0669*∗]{0,3}(?=[ \r\n.,;:)\]\u00a0\ufffe]|\Z)")
"""A run of figures or asterisks that may be a mark, by what follows it.

The first is named by itself because a pattern is searched for twice as fast by its first character.
"""
_BEFORE_MARK = frozenset(".,;:)]”’»\"'؛،")
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
        columns: Sequence[float] = ()
        for index in range(count):
            page = _page(document, index, columns)
            columns = page.columns
            total += sum([len(line.text) for line in page.lines])
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


def _page(document: Any, index: int, columns: Sequence[float]) -> Page:
    """One page, after one with a table of these ``columns``.

    One that PDFium cannot load comes without lines and without size.
    """
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
            reader = _Reader(text, index + 1, frame.left, frame.top, columns)
            lines = reader.lines()
            size = frame.right - frame.left, frame.top - frame.bottom
            return Page(index + 1, *size, lines, tuple(reader.columns))
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


class _Reader:
    """The lines of one page while PDFium holds it open."""

    def __init__(
        self, text: Any, number: int, left: float, top: float, columns: Sequence[float] = ()
    ) -> None:
        self.columns = columns
        self._text = text
        self._handle = ctypes.cast(text, ctypes.c_void_p).value
        self._number = number
        self._left = left
        self._top = top
        self._mapped = False
        self._maybe_rtl = False

    def lines(self) -> list[Line]:
        """Lines in the order of the file, without blank ones."""
        text = self._characters()
        if self._maybe_rtl and rtl.is_rtl(text):
            lines, self.columns = rtl.lines(self._number, self._glyphs(), self._left, self._top, self.columns)
            return lines
        rows, spans, asked = _rows(text)
        if not rows:
            return []
        found = self._placed(rows, spans, asked)
        self._take_marks(text, found, rows)
        for line, (_, _, end) in zip(found, rows, strict=True) if HYPHEN in text else ():
            if text[end : end + 1] == HYPHEN:
                line.text += HYPHEN
        self.columns = tables.edges(found, self.columns)
        return self._in_columns(found, rows, self.columns) if self.columns else found

    def _in_columns(
        self, lines: list[Line], rows: Sequence[tuple[str, int, int]], columns: Sequence[float]
    ) -> list[Line]:
        """Lines of a table divided where they run from one column into the next."""
        found: list[Line] = []
        for line, (bare, first, _) in zip(lines, rows, strict=True):
            places = range(first, first + len(bare))
            crossed = [x for x in columns if line.x0 < x - tables.EDGE and line.x1 > x + tables.EDGE]
            if crossed and not line.marks:
                boxes = self._boxes([*map(self._index, places)] if self._mapped else places)
                found += _divided(
                    line, [(box[0] - self._left, box[2] - self._left) for box in boxes], crossed
                )
            else:
                found.append(line)
        tables.place(found, columns)
        return found

    def _glyphs(self) -> Iterator[Glyph]:
        """Every character that the page draws, in the order of the engine."""
        indices = range(pdfium.FPDFText_CountChars(self._text))
        weights = map(_weight, repeat(self._handle), indices)
        codes = map(_unicode, repeat(self._handle), indices)
        made = map(_is_generated, repeat(self._handle), indices)
        shapes = zip(self._boxes(indices), self._types(indices), weights, codes, made, strict=True)
        for box, kind, weight, code, generated in shapes:
            if code < ord(" ") or 0xD800 <= code < 0xE000 or code > sys.maxunicode or code == ord(HYPHEN):
                continue
            size, base = _typed(kind, box[1], box[3])
            if generated == 1:
                box = (box[0], box[1], box[0], box[3])  # a blank that the engine puts between words
            yield Glyph(chr(code), *box, base, size, weight >= _BOLD)

    def _placed(self, rows: Sequence[tuple[str, int, int]], spans: list[int], asked: list[int]) -> list[Line]:
        """The lines with their place, by the boxes of first and last character and the type of a letter.

        ``spans`` are the positions of first and last characters in turn, ``asked`` those of the
        letters. Each question is put to PDFium for the whole page in one sweep.
        """
        if self._mapped:
            spans, asked = [*map(self._index, spans)], [*map(self._index, asked)]
        number, left, head = self._number, self._left, self._top
        _, boxes = self._asked(_loose_box, 4, spans)
        types = self._types(asked)
        weights = map(_weight, repeat(self._handle), asked)
        found: list[Line] = []
        for (text, _, _), first, x0, top, right, bottom, start, last_top, x1, foot, kind, weight in zip(
            rows, spans[::2], *(boxes[edge::8] for edge in range(8)), types, weights, strict=True
        ):
            size, base = _typed(kind, last_top, foot)
            note = False
            if top - bottom < _MAYBE_RAISED * (last_top - foot) and not text[0].isalpha():
                raised, _ = _typed(self._types([first])[0], last_top, foot)
                note = raised < _RAISED * size
            found.append(
                Line(
                    number,
                    text,
                    (x0 if x0 < start else start) - left,
                    head - (top if top > last_top else last_top),
                    (x1 if x1 > right else right) - left,
                    head - (bottom if bottom < foot else foot),
                    head - base,
                    size,
                    weight >= _BOLD,
                    note,
                )
            )
        return found

    def _boxes(self, indices: Sequence[int]) -> list[_Box]:
        """Loose boxes of characters: left, top, right, bottom."""
        _, boxes = self._asked(_loose_box, 4, indices)
        flat = iter(boxes)
        return list(zip(flat, flat, flat, flat, strict=True))

    def _types(self, indices: Sequence[int]) -> list[_Type]:
        """Size in points and base line of characters; a size of 0 where PDFium cannot tell.

        Text is drawn by a matrix: its scale times the nominal size is the size, its last figure
        the base line.
        """
        known, matrices = self._asked(_matrix, 6, indices)
        sizes = map(_font_size, repeat(self._handle), indices)
        return [
            (size * hypot(c, d) if found else 0.0, base)
            for found, size, c, d, base in zip(
                known, sizes, matrices[2::6], matrices[3::6], matrices[5::6], strict=True
            )
        ]

    def _asked(self, ask: Any, each: int, indices: Sequence[int]) -> tuple[list[int], array[float]]:
        """Whether PDFium answered for each of these characters, and its answers, ``each`` floats apiece."""
        room, start = _room("f", each * len(indices))
        places = range(start, start + 4 * each * len(indices), 4 * each)
        return list(map(ask, repeat(self._handle), indices, places)), room

    def _characters(self) -> str:
        count = pdfium.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        if count > MAX_PAGE_CHARS:
            raise UnreadableFile("pdf_page_too_full", page=self._number, limit=MAX_PAGE_CHARS)
        # A character that PDFium cannot name has no text: positions are then asked one by one.
        units, start = _room("H", count + 1)
        written = max(_get_text(self._handle, 0, count, start) - 1, 0)
        self._mapped = written != count
        raw = units.tobytes()[: 2 * written]
        self._maybe_rtl = bool(raw[1::2].translate(None, _OTHER_BLOCKS))
        text = raw.decode("utf-16-le", "surrogatepass")
        if len(text) == written:
            return text
        # One character of the text for each unit, so that positions hold.
        return "".join(chr(u) if not 0xD800 <= u < 0xE000 else "\ufffd" for u in units[:written])

    def _take_marks(self, text: str, lines: Sequence[Line], rows: Sequence[tuple[str, int, int]]) -> None:
        """Move what marks footnotes from the lines to their marks."""
        marks = self._marks(text)
        for line, (_, first, end) in zip(lines, rows, strict=True) if marks else ():
            while marks and marks[-1][0] < end:
                place, size = marks.pop()
                if size <= _RAISED * line.size:
                    _take_mark(line, text, place, first)

    def _marks(self, text: str) -> list[tuple[int, float]]:
        """Where runs of figures or asterisks stand as marks of footnotes do, raised or not; last first.

        Each with the size of figures, and 0 for asterisks, which need not be small.
        """
        places = _marked(text)
        if not places:
            return []
        indices = [*map(self._index, places)] if self._mapped else places
        shapes = zip(self._types(indices), self._boxes(indices), strict=True)
        sizes = [_typed(kind, box[1], box[3])[0] for kind, box in shapes]
        return [
            (place, size if text[place].isdigit() else 0.0) for place, size in zip(places, sizes, strict=True)
        ]

    def _index(self, position: int) -> int:
        """The character at ``position`` of the text, where the two are counted differently."""
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, position))


def _room(kind: str, count: int) -> tuple[array[Any], int]:
    """Zeros for PDFium to write over, and their address.

    Not an array of ctypes: each length would be a new class, dearer than what is asked.
    """
    room = array(kind, bytes(count * array(kind).itemsize))
    return room, room.buffer_info()[0]


def _rows(text: str) -> tuple[list[tuple[str, int, int]], list[int], list[int]]:
    """Lines that are not blank: each stripped, with its start and the end of the whole line.

    Then the positions of their first and last characters in turn, and of a letter of each: the
    last, because a footnote's mark may end the line.
    """
    rows: list[tuple[str, int, int]] = []
    spans: list[int] = []
    asked: list[int] = []
    end = -1
    for row in text.replace("\r", "\n").replace(HYPHEN, "\n").split("\n"):
        first = end + 1
        end = first + len(row)
        bare = row.strip()
        if not bare:
            continue
        if bare != row:
            first += len(row) - len(row.lstrip())
        letter = last = len(bare) - 1
        while letter > 0 and not bare[letter].isalpha():
            letter -= 1
        rows.append((bare, first, end))
        spans += (first, first + last)
        asked.append(first + (letter or last))
    return rows, spans, asked


def _marked(text: str) -> list[int]:
    """Where runs stand as marks do: after a word or its punctuation, or apart at a line's end; last first."""
    places = []
    for match in _MARK.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else ""
        if before == " " and text[end : end + 1] in _LINE_ENDS:
            before = text[start - 2 : start - 1]
        if before in _BEFORE_MARK or before.isalpha():
            places.append(start)
    places.reverse()
    return places


def _take_mark(line: Line, text: str, place: int, first: int) -> None:
    """Move the run at ``place`` of the page from the line that starts at ``first`` to its marks."""
    match = _RUN.match(text, place)
    if match is None:
        return
    start = place - first - sum(map(len, line.marks))
    line.text = (line.text[:start] + line.text[start + len(match[0]) :]).rstrip()
    line.marks += (match[0],)


def _divided(line: Line, places: Sequence[tuple[float, float]], columns: Sequence[float]) -> Iterator[Line]:
    """A line in pieces, each beginning with the character at the edge of a column."""
    starts = [0]
    for column in columns:
        at = [i for i in range(1, len(places)) if abs(places[i][0] - column) < tables.EDGE]
        starts += [i for i in at[:1] if line.text[i - 1 : i] == " " and i > starts[-1]]
    for start, end in pairwise([*starts, len(line.text)]):
        text = line.text[start:end].strip()
        last = min(start + len(text), len(places)) - 1
        yield replace(line, text=text, x0=places[start][0], x1=places[last][1])


def _typed(kind: _Type, top: float, bottom: float) -> _Type:
    """Size and base line; from the box where the type cannot be (text in a form of its own)."""
    size, base = kind
    if size > _LEAST_SIZE and bottom - size < base < top:
        return kind
    height = top - bottom
    return height * _NOMINAL, bottom + height * _FOOT
