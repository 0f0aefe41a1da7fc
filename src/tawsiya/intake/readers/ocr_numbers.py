"""Numbers and letters of paragraphs on scanned Arabic pages.

Tesseract's Arabic model does not know the figures ٠ to ٩, nor a letter alone in brackets.
What stands where a number does is looked at figure by figure (:mod:`ocr_figures`). One figure may be mistaken
for another; numbers that follow each other are not, so the whole document decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

Place = tuple[float, float, float, float]
"""Left, top, right, bottom of a line in points, from the top left corner."""
Likeness = tuple[float, ...]
"""How much a shape is like each figure from 0 to 9: 1 is the same."""
_MISSED = 0.3
"""What it costs to suppose that a number was not seen, beside figures that are unlike (0 to 1)."""
_NO_NUMBER = 0.35
_UNLIKE = 0.3
_MOST_MISSED = 4
_LEAST_LABELS = 3

_Way = tuple[float, tuple[int | None, ...]]
"""The cost of numbering the labels so far, and their numbers."""


@dataclass(frozen=True, slots=True)
class Label:
    """What may be a number: its line in the list, its left edge in points, its figures from the left."""

    line: int
    edge: float
    figures: tuple[Likeness, ...]

    def as_json(self) -> list[Any]:
        """Plain values."""
        return [self.line, self.edge, [list(figure) for figure in self.figures]]

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> Label:
        """The inverse of :meth:`as_json`."""
        line, edge, figures = value
        return cls(int(line), float(edge), tuple(tuple(map(float, figure)) for figure in figures))


def in_sequence(found: Sequence[Label]) -> list[int | None]:
    """The number of each label of a document in order, None for what is none or cannot be told.

    Of all ways to number them upwards that way is taken in which the figures are most alike; a number may
    have been missed now and then, and a label may be none. Nothing is numbered where the way is a poor one:
    the labels may be no Arabic figures.
    """
    ways: dict[int, _Way] = {0: (0.0, ())}
    for label in found:
        ways = _further(ways, label)
    cost, numbers = min(ways.values(), key=itemgetter(0))
    named = sum(number is not None for number in numbers)
    if named < _LEAST_LABELS or cost > _UNLIKE * len(numbers):
        return [None] * len(found)
    return list(numbers)


def _further(ways: Mapping[int, _Way], label: Label) -> dict[int, _Way]:
    """The best way to each last number, with one label more."""
    best: dict[int, _Way] = {}
    for last, (cost, numbers) in ways.items():
        choices: list[tuple[int, float, int | None]] = [(last, _NO_NUMBER, None)]
        for missed in range(_MOST_MISSED):
            number = last + 1 + missed
            choices.append((number, missed * _MISSED + _unlike(label, number), number))
        for reached, more, named in choices:
            if reached not in best or cost + more < best[reached][0]:
                best[reached] = cost + more, (*numbers, named)
    return best


def _unlike(label: Label, number: int) -> float:
    """How unlike a label's figures are to a number's: 0 for the likest, 1 for another count of them."""
    figures = str(number)
    if len(figures) != len(label.figures):
        return 1.0
    return max(max(likes) - likes[int(f)] for likes, f in zip(label.figures, figures, strict=True))


def in_letters(seen: Sequence[int | None]) -> list[int | None]:
    """The places in the alphabet, from 0, of the letters of one list of items; None for what cannot be told.

    ``seen`` holds those that were read. A letter that was not is told by the ones around it: as many must be
    missing as are not read. After the last that was read they follow on.
    """
    found = list(seen)
    last, waiting = -1, list[int]()
    for place, letter in enumerate(seen):
        if letter is None:
            waiting.append(place)
            continue
        if letter == last + len(waiting) + 1:
            for number, unread in enumerate(waiting, start=last + 1):
                found[unread] = number
        last, waiting = letter, []
    for number, unread in enumerate(waiting, start=last + 1):
        found[unread] = number
    return found
