"""Tables of recommendations: number, position, comment side by side.

PDF knows no tables: cells of one height come as one line, the lines of a cell one after the other. A
page is taken for a table only where several lines begin with a number of a recommendation at one edge,
and several begin at another edge well beside it, at the same heights.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tawsiya.intake.readers.folding import western_digits
from tawsiya.intake.readers.pdf.page import Line

_NUMBER = re.compile(r"\(?\d{1,3}\s?[.\-‑–]\s?\d{1,3}(?!\d)")
_LEAST = 3
"""Numbered lines, and lines at another edge, that make a table."""
_BACK = 2
_APART = 60.0
"""Points between the edges of two columns; less is the place of a number before its text."""
EDGE = 2.0
"""Points by which lines of one column may begin apart."""


def edges(lines: Sequence[Line], before: Sequence[float] = (), *, rtl: bool = False) -> list[float]:
    """Where the columns of a table begin, in reading order (right edges for ``rtl``); empty for no table.

    ``before`` are those of the page before, whose table may go on with a row or two.
    """
    labels = [line for line in lines if line.text[0] == "(" or line.text[0].isdigit()]
    numbered = Counter(round(_start(line, rtl)) for line in labels if _is_numbered(line))
    first, count = numbered.most_common(1)[0] if numbered else (0, 0)
    if count and before and abs(first - (-before[0] if rtl else before[0])) <= EDGE:
        sides = [-edge if rtl else edge for edge in before[1:]]
        if any(abs(_start(line, rtl) - side) <= EDGE for line in lines for side in sides):
            return list(before)
    if count < _LEAST:
        return []
    beside = [start for line in lines if (start := _start(line, rtl)) >= first + _APART - 1]
    if len(beside) < _LEAST:
        return []
    found = [float(first)]
    for start, often in sorted(Counter(map(round, beside)).items()):
        if often >= _LEAST and start >= found[-1] + _APART:
            found.append(float(start))
    if len(found) == 1 or not _side_by_side(lines, found, rtl=rtl):
        return []
    return [-start for start in found] if rtl else found


def _is_numbered(line: Line) -> bool:
    return _NUMBER.match(western_digits(line.text[:12])) is not None


def _start(line: Line, rtl: bool) -> float:
    return -line.x1 if rtl else line.x0


def _side_by_side(lines: Sequence[Line], starts: Sequence[float], *, rtl: bool) -> bool:
    """Whether lines of the columns stand at the same heights, or the file goes back up from cell to cell."""
    heights = {round(x.base / EDGE) for x in lines if abs(_start(x, rtl) - starts[0]) <= EDGE}
    beside = sum(
        round(x.base / EDGE) in heights
        for x in lines
        if any(abs(_start(x, rtl) - start) <= EDGE for start in starts[1:])
    )
    back = 0 if rtl else sum(b.base < a.base - a.size for a, b in pairwise(lines))
    return max(beside, back) >= _BACK


def place(lines: Sequence[Line], found: Sequence[float], *, rtl: bool = False) -> None:
    """Tell each line its column, from 1; ``found`` are the :func:`edges`."""
    starts = [-edge for edge in found] if rtl else list(found)
    for line in lines:
        line.column = max(1, bisect_right(starts, _start(line, rtl) + EDGE))


def in_rows(lines: Sequence[Line]) -> list[Line]:
    """Lines of a table row by row, cell by cell; a row begins with a number in the first column."""
    tops = sorted(line.base - EDGE for line in lines if line.column == 1 and _is_numbered(line))
    for line in lines:
        line.row = bisect_right(tops, line.base)
    return sorted(lines, key=lambda line: (line.row, line.column, line.base, line.x0))
