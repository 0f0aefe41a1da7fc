"""What a chart shows, as plain data: pure, the same for the page, the file and the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

Kind = Literal["bars", "stacked", "shares", "heat", "line"]
Direction = Literal["ltr", "rtl"]

DRAWING_VERSION = 3
"""Rises when the same chart would be drawn otherwise, so that no old picture is shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, cell or point.

    row, column: places in the chart's rows and columns, from 0.
    value: the number it stands for.
    says: the mark in words, with its number: what a screen reader and the pointer's hint say.
    href: a page of this system with the rows behind the mark, beginning with "/"; "" for none.
    text: what stands on or beside the mark; "" for nothing.
    """

    row: int
    column: int
    value: float
    says: str
    href: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a line ends and begins anew: from this column on numbers do not compare with before.

    column: the first column after the cut. says: why, in words.
    """

    column: int
    says: str


@dataclass(frozen=True)
class Chart:
    """A chart of rows and columns.

    kind: `bars` (one bar a row), `stacked` (a bar a row, parted by column), `shares` (the same, each
        bar the whole), `heat` (a cell for each pair), `line` (a line a row over the columns).
    rows, columns: their labels, in order, in the reader's language.
    tones: the tone of each series (columns of bars, rows of lines), "" for one of the palette.
    legend: the words of each series in the legend; empty for no legend.
    value_title: what the numbers count.
    locale: Babel's locale, for the digits of the axis.
    dashed: rows of a line chart drawn as a dashed line that no gap interrupts: what is aimed at.
    cuts: breaks of a line chart, drawn as upright lines that no other line but a dashed one crosses.
    gaps: a column without a mark interrupts a line, too: unknown is no straight way.
    decimals: how many the numbers of the axis have.
    """

    kind: Kind
    title: str
    direction: Direction
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    marks: tuple[Mark, ...]
    tones: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    value_title: str = ""
    locale: str = "en"
    dashed: tuple[int, ...] = ()
    cuts: tuple[Cut, ...] = ()
    gaps: bool = False
    decimals: int = 0

    @cached_property
    def key(self) -> str:
        """A fingerprint of all that is drawn: another number, word or language is another chart."""
        text = json.dumps([DRAWING_VERSION, self.as_json()], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Chart:
        """The inverse of :meth:`as_json`. Raises KeyError or TypeError for other shapes."""
        given = dict(value)
        for name in ("rows", "columns", "tones", "legend", "dashed"):
            given[name] = tuple(given.get(name, ()))
        given["cuts"] = tuple(Cut(**cut) for cut in given.get("cuts", ()))
        given["marks"] = tuple(Mark(**mark) for mark in given["marks"])
        return cls(**given)
