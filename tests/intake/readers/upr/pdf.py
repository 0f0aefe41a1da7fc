"""PDF files written by hand for the tests, in the layout of the UN: a header, a footer, wide spaces.

Only what the tests need of the format: Times in regular and bold, one byte per character.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

Block = tuple[str, ...]
_WIDTH, _HEIGHT = 595, 842
_TOP, _FOOT = 760.0, 110.0
_LEADING, _SPACE = 12.0, 18.0
_MARGIN, _INDENT = 113.0, 142.0


@dataclass
class Text:
    """One piece of text at a place, in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10.0
    bold: bool = False


@dataclass
class Layout:
    """Blocks flowing over pages; ``note`` puts a footnote on the page being filled."""

    symbol: str
    pages: list[list[Text]] = field(default_factory=list)
    y: float = 0.0

    def add(self, text: str, *, x: float = _MARGIN, size: float = 10.0, bold: bool = False) -> None:
        """A paragraph, wrapped at some 80 characters, over a page break if need be."""
        wide = 80 if x == _MARGIN else 72
        self.y -= _SPACE - _LEADING
        for line in textwrap.wrap(text, wide, break_long_words=False, break_on_hyphens=True):
            if self.y - _LEADING < _FOOT:
                self.new_page()
            self.y -= _LEADING
            self.pages[-1].append(Text(x, self.y, line, size, bold))

    def new_page(self) -> None:
        """Begin a page with its header and footer, which come first in the file as in Word's."""
        number = len(self.pages) + 1
        self.pages.append(
            [Text(57, 791, self.symbol, 9, bold=True), Text(57, 30, f"{number} GE.23-00001", 9, bold=True)]
        )
        self.y = _TOP

    def mark(self, mark: str, note: str) -> None:
        """A raised mark after the last line and its footnote at the foot of the page."""
        last = self.pages[-1][-1]
        self.pages[-1].append(Text(last.x + 4.5 * len(last.text) + 20, last.y + 3, mark, 6))
        self.pages[-1].append(Text(105, 75, mark, 6))
        self.pages[-1].append(Text(113, 72, note, 9))


def report(blocks: Sequence[Block], symbol: str = "A/HRC/52/99", *, first_cycle: bool = False) -> bytes:
    """A report of :mod:`texts`; ``first_cycle`` numbers the items of a list 1, 2, 3."""
    layout = Layout(symbol)
    first = [Text(113, 780 - 20 * i, line) for i, line in enumerate(b[1] for b in blocks if b[0] == "front")]
    layout.pages.append(first)
    layout.new_page()
    for block in blocks:
        kind = block[0]
        if kind == "heading":
            layout.add(block[1], size=14, bold=True)
        elif kind == "main":
            layout.add(f"{block[1]}. {block[2]}")
        elif kind == "item":
            number = f"{block[1].partition('.')[2]}." if first_cycle else block[1]
            layout.add(f"{number} {block[2]}", x=_INDENT, bold=True)
        elif kind == "note":
            layout.mark(block[1], block[2])
        elif kind == "plain":
            layout.add(block[1], x=_INDENT)
        elif kind == "page":
            layout.new_page()
    return document(layout.pages)


def document(pages: Sequence[Sequence[Text]]) -> bytes:
    """A PDF of these pages."""
    objects = [b"", b"", _font("Times-Roman"), _font("Times-Bold")]
    kids = []
    for page in pages:
        stream = "\n".join(map(_drawn, page)).encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % (_WIDTH, _HEIGHT, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return assembled(objects)


def assembled(objects: Sequence[bytes]) -> bytes:
    """A file of numbered objects with its table of places; the first is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def _font(name: str) -> bytes:
    return b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name.encode()


def _drawn(piece: Text) -> str:
    escaped = piece.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    font = "F2" if piece.bold else "F1"
    return f"BT /{font} {piece.size} Tf {piece.x} {piece.y} Td ({escaped}) Tj ET"
