"""How a file looks to a person who compares it with what was read: its pages, or its passages.

Nothing here loads the PDF engine: what a child found out comes as plain values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.records import Json

PAGES = "pages"
PASSAGES = "passages"
NONE = "none"
MAX_PASSAGES = 6_000
MAX_PASSAGE = 4_000
_KNOWN_BY, _HARDLY_KNOWN_BY, _WITH_NUMBER = 200, 50, 12
"""Folded characters by which a record's text is found among the passages."""
_SHORTEST = 12
"""Folded characters of a passage that can be the beginning of a record."""
_MARGIN = 3.0
"""Points around a record's letters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its size in points before it is turned, quarter turns clockwise."""

    number: int
    width: float
    height: float
    turns: int = 0

    @property
    def seen_width(self) -> float:
        """Width in points of the page as it is shown."""
        return self.height if self.turns % 2 else self.width

    @property
    def seen_height(self) -> float:
        """Height in points of the page as it is shown."""
        return self.width if self.turns % 2 else self.height

    @property
    def transform(self) -> str:
        """SVG transformation from places on the page to places on the page as it is shown; "" for none."""
        return (
            "",
            f"matrix(0 1 -1 0 {self.height:g} 0)",
            f"matrix(-1 0 0 -1 {self.width:g} {self.height:g})",
            f"matrix(0 -1 1 0 0 {self.width:g})",
        )[self.turns % 4]

    def as_json(self) -> Json:
        """Plain values."""
        return {"number": self.number, "width": self.width, "height": self.height, "turns": self.turns}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Sheet:
        """The inverse of :meth:`as_json`. Raises KeyError, TypeError or ValueError for other shapes."""
        width, height = float(value["width"]), float(value["height"])
        return cls(int(value["number"]), width, height, int(value["turns"]))


@dataclass(frozen=True, slots=True)
class Layout:
    """``kind``: PAGES (a PDF, with ``sheets``), PASSAGES (a Word file, with ``passages``) or NONE."""

    kind: str
    sheets: tuple[Sheet, ...] = ()
    passages: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """Plain values."""
        return {
            "kind": self.kind,
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "passages": list(self.passages),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Layout:
        """The inverse of :meth:`as_json`. Raises KeyError, TypeError or ValueError for other shapes."""
        sheets = tuple(map(Sheet.from_json, value["sheets"]))
        return cls(str(value["kind"]), sheets, tuple(map(str, value["passages"])))


@dataclass(frozen=True, slots=True)
class Mark:
    """The rectangle on a page of one record, in points from the page's top left corner.

    ``record`` is its place in the list it came from, ``part`` counts its rectangles from 1.
    """

    record: int
    part: int
    page: int
    x: float
    y: float
    width: float
    height: float


def marks(records: Sequence[Mapping[str, Any]]) -> dict[int, list[Mark]]:
    """By page the rectangles of records in JSON, a little wider than the letters."""
    found: dict[int, list[Mark]] = {}
    for place, record in enumerate(records):
        for part, (page, left, top, right, bottom) in enumerate(record.get("boxes") or (), start=1):
            x, y = left - _MARGIN, top - _MARGIN
            width, height = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
            sizes = (round(value, 1) for value in (x, y, max(width, 1.0), max(height, 1.0)))
            found.setdefault(int(page), []).append(Mark(place, part, int(page), *sizes))
    return found


def places(records: Sequence[Mapping[str, Any]], passages: Sequence[str]) -> dict[int, int]:
    """By place of a record the place of the passage in which its text begins; those found only.

    Records come in the order of the file, so each is looked for from the one before on, and only then
    from the beginning.
    """
    folded = [fold(passage) for passage in passages]
    found: dict[int, int] = {}
    last = -1
    for place, record in enumerate(records):
        for wanted in _beginnings(record):
            at = next((at for at in _onward(last + 1, len(folded)) if _begins(wanted, folded[at])), None)
            if at is not None:
                found[place] = last = at
                break
    return found


def _beginnings(record: Mapping[str, Any]) -> Iterator[str]:
    """What a record is known by among the passages, the surest first."""
    text = fold(str(record.get("text") or ""))
    number = fold(str(record.get("paragraph") or ""))
    if number and text:
        yield f"{number} {text[:_KNOWN_BY]}"
        # States named inside the text were taken out of it.
        yield f"{number} {text[:_WITH_NUMBER]}"
    if text:
        yield text[:_KNOWN_BY]
        yield text[:_HARDLY_KNOWN_BY]


def _begins(wanted: str, passage: str) -> bool:
    """Whether a record begins in a passage, which may be shorter than what the record is known by."""
    return wanted in passage or (len(passage) >= _SHORTEST and wanted.startswith(passage))


def rest_of(passage: str, label: str) -> str:
    """A passage without the number that it may begin with."""
    return passage.removeprefix(label).lstrip(" \t.):-–") if label and passage.startswith(label) else passage


def _onward(start: int, end: int) -> Iterator[int]:
    yield from range(start, end)
    yield from range(start)
