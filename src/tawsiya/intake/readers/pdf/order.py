"""Reading order: fragments of one line joined, lines drawn out of order and columns set right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tawsiya.intake.readers.pdf.page import HYPHEN, Line
from tawsiya.intake.readers.pdf.tables import in_rows

_LABEL = re.compile(r"[-–]?\(?[\w.]{1,10}[.)\]]{0,2}[-–]?|[•▪–—·●-]")
_MARK = re.compile(r"(\d{1,3}|[*∗]{1,4})(?:\s+|$)")
_RAISED = 0.75
"""A figure smaller than this share of the text beside it is the mark of a footnote."""
_SAME = 0.45
"""Share of the font's size by which the base lines of one line's pieces may differ."""
_NEAR = 1.2
"""Blank between two pieces of a line, in sizes; more is the space between two columns."""
_LABEL_GAP = 6.0
"""The same between a number and its text."""
_BACK = 0.6
"""A line that begins higher than the one before by more than this share is out of order."""
_COLUMN_SHARE = 0.2


def in_order(lines: Sequence[Line], width: float) -> list[Line]:
    """Lines of one page as a person reads them."""
    if any(line.column for line in lines):
        return _joined(in_rows(lines))
    joined = _joined(lines)
    if all(below.base > above.base - _BACK * above.size for above, below in pairwise(joined)):
        return joined
    columns = _columns(joined, width)
    if columns is not None:
        return columns
    return _joined(sorted(joined, key=lambda line: (round(line.base / 3), line.x0)))


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one line put together: "140.7" and its text, a word and what follows its hyphen."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and abs(last.base - line.base) < _SAME * max(last.size, line.size):
            glue = _glue(last, line)
            if glue is not None:
                mark = _MARK.match(line.text) if line.note or line.size < _RAISED * last.size else None
                found[-1] = _one(last, line, glue) if mark is None else _marked(last, line, mark, glue)
                continue
        found.append(line)
    return found


def _marked(first: Line, second: Line, mark: re.Match[str], glue: str) -> Line:
    """Two pieces of a line, the second of which begins with the mark of a footnote."""
    rest = second.text[mark.end() :]
    held = replace(first, marks=(*first.marks, mark[1]))
    return _one(held, replace(second, text=rest, note=False), glue) if rest else held


def _glue(first: Line, second: Line) -> str | None:
    """What stands between two pieces of a line; None if they are no such pieces."""
    if first.column != second.column:
        return None
    if first.text.endswith(HYPHEN):
        return "-"
    gap = max(second.x0 - first.x1, first.x0 - second.x1)
    size = max(first.size, second.size)
    if gap < -size:
        return None
    is_label = _LABEL.fullmatch(first.text) or _LABEL.fullmatch(second.text)
    return " " if gap < (_LABEL_GAP if is_label else _NEAR) * size else None


def _one(first: Line, second: Line, glue: str) -> Line:
    if second.x0 > first.x0 and (_is_rtl(first.text) or _is_rtl(second.text)):
        first, second = second, first  # read from the right
    return replace(
        first,
        text=f"{first.text.removesuffix(HYPHEN)}{glue}{second.text}",
        x0=min(first.x0, second.x0),
        x1=max(first.x1, second.x1),
        top=min(first.top, second.top),
        bottom=max(first.bottom, second.bottom),
        bold=second.bold,
        marks=first.marks + second.marks,
    )


def _columns(lines: Sequence[Line], width: float) -> list[Line] | None:
    """Two columns one after the other, with what spans both in its place; None if there are none."""
    middle = width / 2
    left = [line for line in lines if line.x1 <= middle + 5]
    right = [line for line in lines if line.x0 >= middle - 5]
    enough = len(lines) * _COLUMN_SHARE
    if len(left) < enough or len(right) < enough or len(left) + len(right) < 0.7 * len(lines):
        return None
    spanning = sorted((x for x in lines if x not in left and x not in right), key=lambda x: x.top)
    rtl = sum(_is_rtl(line.text) for line in lines) * 2 > len(lines)
    order: list[Line] = []
    above = float("-inf")
    for top, span in [*((line.top, line) for line in spanning), (float("inf"), None)]:
        for column in (right, left) if rtl else (left, right):
            order += sorted((x for x in column if above <= x.top < top), key=lambda x: x.top)
        if span is not None:
            order.append(span)
        above = top
    return order


def _is_rtl(text: str) -> bool:
    return any("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in text)
