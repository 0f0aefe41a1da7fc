"""What a person said the columns of a sheet hold; and what is still missing before it can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tawsiya.intake.readers.sheets import fields
from tawsiya.intake.readers.sheets.layout import Look


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping: sheet ("" for the first), row of its header from 1 (0 for none), a field per column.

    ``fixed`` are values for all rows, by field of :data:`fields.FIXED`. ``words`` say what the words
    of a column mean (:data:`fields.STATUS`, ``lead``, ``support``): field → word as written → code.
    ``encoding`` and ``delimiter`` are a person's choices, "" for what was recognised.
    """

    sheet: str = ""
    header: int = 1
    columns: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""

    def of(self, name: str) -> tuple[int, ...]:
        """The columns of a field, from 0, in their order."""
        return tuple(index for index, column in enumerate(self.columns) if column == name)

    def has(self, *names: str) -> bool:
        """Whether any of the fields has a column or a value for all rows."""
        return any(name in self.columns or self.fixed.get(name) for name in names)

    @property
    def is_tracker(self) -> bool:
        """Whether it also says what the State did: status, institutions, deadlines, measures."""
        return any(column in fields.NATIONAL for column in self.columns)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "sheet": self.sheet,
            "header": self.header,
            "columns": list(self.columns),
            "fixed": dict(self.fixed),
            "words": {name: dict(words) for name, words in self.words.items()},
            "encoding": self.encoding,
            "delimiter": self.delimiter,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Columns:
        """The inverse of :meth:`as_json`. Raises KeyError or TypeError for other shapes."""
        return cls(**{**value, "columns": tuple(value["columns"])})


def propose(look: Look) -> Columns:
    """The mapping that headers and contents suggest."""
    return Columns(
        sheet=look.name, header=look.header, columns=tuple(column.field for column in look.columns)
    )


def fitted(remembered: Columns, look: Look) -> Columns:
    """A mapping of a file with the same header, for this sheet."""
    width = len(look.columns)
    columns = (*remembered.columns, *("",) * width)[:width]
    return replace(remembered, sheet=look.name, header=look.header, columns=columns)


def missing(columns: Columns) -> tuple[str, ...]:
    """The fields without which no row can be read, by name; TEXT stands for a text in any language."""
    lacking = [] if columns.has(fields.SYMBOL) else [fields.SYMBOL]
    # A tracker may name recommendations that are here already by symbol and paragraph alone.
    if not columns.has(*fields.TEXTS) and not (columns.is_tracker and columns.has(fields.PARAGRAPH)):
        lacking.append(fields.TEXT)
    if not columns.has(fields.PARAGRAPH, fields.EXTERNAL_ID, *fields.TEXTS):
        lacking.append(fields.PARAGRAPH)
    return tuple(lacking)


def repeated(columns: Sequence[str]) -> tuple[str, ...]:
    """Fields given to several columns though each row can have one only."""
    counts = Counter(column for column in columns if column and column not in fields.SEVERAL)
    return tuple(name for name, count in counts.items() if count > 1)
