"""What the text layer of a page holds: lines with their place."""

from __future__ import annotations

from dataclasses import dataclass, field

from tawsiya.intake.readers.records import Box

HYPHEN = "\ufffe"
"""Stands at the end of a line whose last word goes on in the next: the engine's mark."""


@dataclass(slots=True)
class Line:
    """One line of text.

    ``x0``, ``top``, ``x1``, ``bottom`` are points from the top left corner of the page; ``base``
    is the line it stands on and ``size`` its font's size, in points too. ``bold`` is the weight
    of the last character. ``note`` says that the line begins with a raised figure or asterisk,
    as a footnote does; ``marks`` are those that pointed to footnotes, already out of ``text``.
    ``column`` counts from 1 in a table and is 0 elsewhere; ``row`` counts its rows from 1, and is 0
    before the first. ``begins`` says that a paragraph is known to begin with it, whatever its space above.
    """

    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    note: bool = False
    marks: tuple[str, ...] = ()
    column: int = 0
    row: int = 0
    begins: bool = False

    @property
    def box(self) -> Box:
        """The line's rectangle."""
        return self.page, self.x0, self.top, self.x1, self.bottom


@dataclass(slots=True)
class Page:
    """A page: its number from 1, its size in points, its lines in the order of the file.

    ``columns`` are the edges of a table on it, which may go on on the next page.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    columns: tuple[float, ...] = ()
