"""Paragraphs out of lines: by the space between them, by their numbers, across pages.

A paragraph begins after a wider space, at a change of size, or with a number that continues the
numbering. At the top of a page it goes on unless something says that a new one begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import floor

from tawsiya.intake.readers.folding import western_digits
from tawsiya.intake.readers.pdf.document import PdfDocument
from tawsiya.intake.readers.pdf.furniture import is_rule
from tawsiya.intake.readers.pdf.page import Line
from tawsiya.intake.readers.pdf.words import Words, joined
from tawsiya.intake.readers.records import Box

_WIDER = 1.22
"""A space between lines wider than this share of the usual one separates paragraphs."""
_WIDER_IN_CELL = 1.7
_CLOSE = 1.5
"""Lines of one paragraph are nearer than this share of the font's size."""
_RULE_STARTS = frozenset(" _-–—.=")
_ENOUGH = 30
"""Distances from which the commonest is taken, whatever the font."""
_USUAL_LEADING = 1.2
_OTHER_SIZE = 0.07
_ENDED = re.compile(r"[.;:!?؛؟…][\"”’»)\]]*\s*$")
_NUMBERED = re.compile(
    r"[-–]?\(?\s?\d{1,3}\s?(?:[.\-‑–]\s?\d{1,3}){0,3}\s?[.)\-–]{0,2}(?:\s|$|(?<=[.)\-–])(?=[^\W\d_]))"
)
_DOTTED = re.compile(r"\d{1,3}\s?[.\-‑–]\s?\d{1,3}(?:[.\-]\d{1,3})?\.?\s")
_LETTERED = re.compile(r"\(?(?:[a-z]{1,2}|[ivx]{1,5}|[\u0621-\u064a]{1,2})\)\s")
_LETTER = re.compile(r"[^\W\d_]")
_ENTRY = re.compile(r"\.{12,}|…{6,}|(?:\s\.){6,}|(?:\.{4,}|…{2,}|(?:\s\.){4,})[\s\d–-]*\d\s*$")
"""Leaders of a table of contents: many dots, or some before a page number."""
_FEWEST_DOTS = 4


@dataclass(slots=True)
class Block:
    """A paragraph or heading: its lines, and its text on one line.

    ``gap`` is the space above its first line as a share of the usual distance of lines (large at
    the top of a page); ``marks`` are its footnotes' marks.
    """

    lines: list[Line]
    gap: float
    text: str = ""
    marks: tuple[str, ...] = field(default=())

    @property
    def page(self) -> int:
        """Page of the first line, from 1."""
        return self.lines[0].page

    @property
    def x0(self) -> float:
        """Left edge of the first line, in points."""
        return self.lines[0].x0

    @property
    def size(self) -> float:
        """Font size of the first line, in points."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all its lines are bold (at their ends)."""
        return all(line.bold for line in self.lines)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One rectangle for each page that the block stands on."""
        return boxes_of(self.lines)


def boxes_of(lines: Sequence[Line]) -> tuple[Box, ...]:
    """One rectangle around the lines of each page (each column, where lines jump back up)."""
    boxes: list[Box] = []
    page, x0, top, x1, bottom = 0, 0.0, 0.0, 0.0, 0.0
    for line in lines:
        if line.page != page or line.bottom < bottom - 2 * line.size:
            if page:
                boxes.append((page, _tenth(x0), _tenth(top), _tenth(x1), _tenth(bottom)))
            page, x0, top, x1, bottom = line.page, line.x0, line.top, line.x1, line.bottom
            continue
        if line.x0 < x0:
            x0 = line.x0
        if line.top < top:
            top = line.top
        if line.x1 > x1:
            x1 = line.x1
        if line.bottom > bottom:
            bottom = line.bottom
    if page:
        boxes.append((page, _tenth(x0), _tenth(top), _tenth(x1), _tenth(bottom)))
    return tuple(boxes)


def _tenth(points: float) -> float:
    """``points`` with one decimal; a fifth of what ``round`` takes."""
    return floor(points * 10 + 0.5) / 10


def blocks(document: PdfDocument) -> list[Block]:
    """The paragraphs and headings of a document in order; contents and drawn rules left out."""
    leading = _leading(document.lines)
    found = list(_grouped(document.lines, leading))
    for block in found:
        _finish(block, document.words)
    return [block for block in found if block.text and not _is_entry(block.text)]


def _finish(block: Block, words: Words) -> None:
    lines = block.lines
    block.text = joined([line.text for line in lines], words)
    block.marks = tuple([mark for line in lines for mark in line.marks])


def _grouped(lines: Sequence[Line], leading: float) -> Iterator[Block]:
    current: Block | None = None
    entry = False
    for line in lines:
        text = line.text
        if text[0] in _RULE_STARTS and is_rule(text):
            continue
        before, entry = entry, _is_entry(text)
        gap = _gap(current.lines[-1], line, leading) if current is not None else 9.0
        if current is None or entry or before or _begins(current, line, gap):
            if current is not None:
                yield current
            current = Block([line], gap)
        else:
            current.lines.append(line)
    if current is not None:
        yield current


def _gap(above: Line, below: Line, leading: float) -> float:
    if below.page != above.page or below.base < above.base:
        return 9.0
    return (below.base - above.base) / leading if leading else 1.0


def _begins(block: Block, line: Line, gap: float) -> bool:
    """Whether ``line`` begins a block of its own after ``block``."""
    last = block.lines[-1]
    if line.begins or line.column != last.column or line.row != last.row:
        return True
    if line.row and line.page == last.page:
        return gap > _WIDER_IN_CELL
    if last.size != line.size and abs(last.size - line.size) > _OTHER_SIZE * max(last.size, line.size):
        return True
    if gap >= 9.0:
        return _begins_page(block, last, line)
    if gap > _WIDER:
        return True
    return (
        line.text[0].isdigit()
        and _DOTTED.match(western_digits(line.text)) is not None
        and _ENDED.search(last.text) is not None
    )


def _is_entry(text: str) -> bool:
    """Whether a line has the leaders of a table of contents."""
    dotted = text.count(".") >= _FEWEST_DOTS and (".." in text or " ." in text)
    return (dotted or "…" in text) and _ENTRY.search(text) is not None


def _begins_page(block: Block, last: Line, line: Line) -> bool:
    """At the top of a page (or column) the paragraph goes on where its sentence does."""
    text = western_digits(line.text)
    if len(block.lines) == 1 and not _LETTER.search(last.text):
        return True  # a number alone: "140.1-6"
    if _ENDED.search(last.text):
        # "Council in 2012." may be followed by the rest of the paragraph: then by no number.
        return True
    if _DOTTED.match(text):
        return True
    if _NUMBERED.match(text) and not _goes_on(last.text):
        return True
    if _LETTERED.match(line.text) and line.x0 > block.x0 + 1:
        return True
    return bool(block.bold and len(block.lines) <= 2 and not line.bold and len(block.text) < 90)


def _goes_on(text: str) -> bool:
    """Whether a line must have a continuation: it ends with a comma, a hyphen or a small word."""
    return text[-1:] in ",-‑\ufffe(" or text.rsplit(" ", 1)[-1].lower() in _SMALL_WORDS


_SMALL = """
a an and article articles at by for from in no nos of on or para paragraph paragraphs art arts section
the to with de des du et la le les l à au aux en par pour sur un une في من على إلى عن المادة الفقرة
protocol resolution law act annex chapter part about than over under nearly some
"""
_SMALL_WORDS = frozenset(_SMALL.split())


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between the base lines of two lines of one paragraph, in points.

    Where paragraphs are single lines, the space between them is commoner than that inside: so
    distances in proportion to the font go first.
    """
    distances: list[float] = []
    near: list[float] = []
    for above, below in pairwise(lines):
        distance = below.base - above.base
        if 4 < distance < 60 and above.page == below.page:
            half = round(distance * 2) / 2
            distances.append(half)
            if distance < _CLOSE * above.size and distance < _CLOSE * below.size:
                near.append(half)
    counts, close = Counter(distances), Counter(near)
    if close.total() * 20 >= counts.total() and close:
        return close.most_common(1)[0][0]
    if counts.total() >= _ENOUGH:
        return counts.most_common(1)[0][0]
    return _USUAL_LEADING * min((line.size for line in lines), default=0.0)
