"""Letters of right-to-left pages as they are drawn: ligatures, vowel signs, rows of one height.

A ligature is one shape and several letters, which the engine gives backwards. A vowel sign is a shape
of its own, drawn a little higher or lower, and some files say of it, too, which letter it stands on:
that letter then comes twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

LETTER = re.compile(r"[\u0590-\u05ff\u0620-\u065f\u066e-\u06d5\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""A letter or vowel sign of a right-to-left script."""
_BACKWARDS = re.compile(r"[\u0622\u0623\u0625\u0627\u0671]\u0644")
_FORWARDS = re.compile(r"\u0644[\u0622\u0623\u0625\u0627\u0671]")
_SAME_LINE = 0.6
"""Share of the font's size by which letters of one line may stand higher."""
_FEW = 6
_AROUND = 3
_HIGHEST = 1.3
"""Sizes by which a vowel sign may stand above or below its line."""
_RAISED = 0.05
_NEAR = 0.6
EXACT = 0.02
"""Points by which two places that are the same may differ."""


@dataclass(slots=True)
class Glyph:
    """A shape on the page with its letters; figures in points from the lower left corner.

    ``base`` is the line it stands on, ``size`` its font's, ``bold`` its weight. ``doubtful``: it
    shares its shape with a vowel sign, and may repeat the letter that the sign belongs to. ``owner``:
    that letter, where the sign's shape names it. ``spaced``: its line has blanks of its own.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool
    doubtful: bool = False
    owner: str = ""
    spaced: bool = False

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return (self.left + self.right) / 2


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The shapes of a page in rows from top to bottom, each from right to left, signs with their letters."""
    bases, marks = _parted(_ligatures(glyphs))
    rows = _rows(bases)
    _attach(marks, rows)
    return rows


def _ligatures(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Letters with one box between them are one shape: put together, and turned round if need be."""
    found: list[Glyph] = []
    for glyph in glyphs:
        last = found[-1] if found else None
        if (
            last is not None
            and (last.left, last.right, last.base) == (glyph.left, glyph.right, glyph.base)
            and glyph.right > glyph.left
            and LETTER.match(glyph.text)
            and LETTER.match(last.text)
        ):
            last.text += glyph.text
        else:
            found.append(glyph)
    _doubt(found)
    several = [glyph for glyph in found if len(glyph.text) > 1]
    # Lam and alef are the ligature that every font has, and its order tells that of the others.
    wrong = sum(_BACKWARDS.fullmatch(glyph.text) is not None for glyph in several)
    right = sum(_FORWARDS.fullmatch(glyph.text) is not None for glyph in several)
    if wrong >= right:
        for glyph in several:
            glyph.text = glyph.text[::-1]
    return found


def _doubt(glyphs: Sequence[Glyph]) -> None:
    """Mark letters that share their shape with a vowel sign, and tell the sign its letter.

    The engine gives both the place of the shape, or each an equal part of it.
    """
    wider: list[tuple[Glyph, Glyph]] = []
    for index, sign in enumerate(glyphs):
        if not unicodedata.combining(sign.text[0]):
            continue
        around = glyphs[max(0, index - _AROUND) : index + _AROUND + 1]
        for letter in (g for g in around if LETTER.match(g.text) and not unicodedata.combining(g.text[0])):
            parts = _are_parts(sign, letter)
            if parts or (letter.left, letter.right, letter.base) == (sign.left, sign.right, sign.base):
                sign.owner, letter.doubtful = letter.text, True
            if parts:
                wider.append((letter, sign))
    for first, second in pairwise(glyphs):
        if first.doubtful is not second.doubtful and LETTER.match(second.text) and _are_parts(first, second):
            first.doubtful = second.doubtful = True
    for letter, sign in wider:
        letter.left, letter.right = min(letter.left, sign.left), max(letter.right, sign.right)


def _are_parts(first: Glyph, second: Glyph) -> bool:
    """Whether two letters stand side by side on one line and are exactly as wide."""
    widths = first.right - first.left, second.right - second.left
    touching = min(abs(first.left - second.right), abs(first.right - second.left)) < EXACT
    return touching and abs(widths[0] - widths[1]) < EXACT and first.base == second.base


def _parted(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Letters, and the vowel signs that belong to them."""
    bases: list[Glyph] = []
    marks: list[Glyph] = []
    for glyph in glyphs:
        signs = "".join(char for char in glyph.text if unicodedata.combining(char))
        if not signs:
            bases.append(glyph)
            continue
        letters = "".join(char for char in glyph.text if char not in signs)
        marks.append(replace(glyph, text=signs, owner=letters or glyph.owner))
        if letters:
            bases.append(replace(glyph, text=letters, doubtful=True))
    return bases, marks


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Letters at one height, those rows from top to bottom; each from right to left."""
    exact: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        exact.setdefault(round(glyph.base, 1), []).append(glyph)
    rows: dict[float, list[Glyph]] = {}
    # Few letters a little higher or lower than many belong to them: marks, and letters under signs.
    for height, row in sorted(exact.items(), key=lambda pair: -len(pair[1])):
        near = min(rows, key=lambda other: abs(other - height), default=None)
        if near is not None and _is_part(row, rows[near], abs(near - height)):
            rows[near] += row
        else:
            rows[height] = row
    found = [_without_repeated(rows[height], height) for height in sorted(rows, reverse=True)]
    for row in found:
        row.sort(key=lambda g: -g.middle)
        if any(glyph.text.isspace() and glyph.right - glyph.left > EXACT for glyph in row):
            for glyph in row:
                glyph.spaced = True
    return found


def _is_part(row: Sequence[Glyph], line: Sequence[Glyph], height: float) -> bool:
    """Whether letters ``height`` points out of a line belong to it: few, and within its length."""
    size = max(glyph.size for glyph in line)
    left, right = min(g.left for g in line) - 2 * size, max(g.right for g in line) + 2 * size
    few = len(row) <= _FEW or len(row) * 5 < len(line)
    return few and height < _SAME_LINE * size and all(left < glyph.middle < right for glyph in row)


def _without_repeated(row: Sequence[Glyph], base: float) -> list[Glyph]:
    """The row without letters that a vowel sign repeats, drawn raised or in one shape with it."""
    kept: list[Glyph] = []
    doubtful: list[Glyph] = []
    raised: list[Glyph] = []
    for glyph in row:
        if abs(glyph.base - base) > _RAISED * glyph.size and LETTER.match(glyph.text):
            raised.append(glyph)
        else:
            (doubtful if glyph.doubtful else kept).append(glyph)
    for glyph in (*doubtful, *raised):
        over = any(g.left < glyph.middle < g.right for g in kept if not g.text.isspace())
        if not over and not all(_is_near(glyph, char, kept) for char in glyph.text):
            kept.append(glyph)
    return kept


def _is_near(glyph: Glyph, char: str, row: Sequence[Glyph]) -> bool:
    return any(char in g.text and _is_at(g, glyph) for g in row)


def _is_at(glyph: Glyph, other: Glyph) -> bool:
    return abs(glyph.middle - other.middle) < _NEAR * other.size


def _attach(marks: Sequence[Glyph], rows: Sequence[list[Glyph]]) -> None:
    """Give each vowel sign to the letter under or over it."""
    if not rows:
        return
    heights = [max(g.base for g in row if g.size == max(h.size for h in row)) for row in rows]
    for mark in marks:
        index = min(range(len(rows)), key=lambda i: abs(heights[i] - mark.base))
        if abs(heights[index] - mark.base) > _HIGHEST * mark.size:
            continue
        letters = [glyph for glyph in rows[index] if LETTER.match(glyph.text)]
        owners = [g for g in letters if mark.owner and mark.owner[-1] in g.text and _is_at(g, mark)]
        letters = owners or letters
        if letters:
            nearest = min(letters, key=lambda g: max(g.left - mark.middle, mark.middle - g.right, 0.0))
            nearest.text += "".join(char for char in mark.text if char not in nearest.text)
