"""A plan from elsewhere, in Excel or Word: which column holds what, and its cells by our own sheets."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.core.errors import Message, RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.text.chars import fold
from tawsiya.programme.exchange.layout import SHEETS
from tawsiya.programme.exchange.stored import Stored, Table, letters
from tawsiya.programme.models import Node, Version

FIELDS: dict[str, Message] = {
    "title": gettext_lazy("Title"),
    "code": gettext_lazy("Number of the measure"),
    "axis": gettext_lazy("Axis or objective"),
    "description": gettext_lazy("Description"),
    "lead": gettext_lazy("Lead institution"),
    "supporting": gettext_lazy("Supporting institutions"),
    "starts_on": gettext_lazy("Start date"),
    "ends_on": gettext_lazy("End date"),
    "milestones": gettext_lazy("Milestones"),
    "answers": gettext_lazy("Recommendations"),
    "targets": gettext_lazy("SDG targets"),
    "risks": gettext_lazy("Risks"),
    "amount": gettext_lazy("Amount"),
    "source": gettext_lazy("Source of the money"),
}
# How headers begin or what they hold, folded, in three languages; the first that fits is proposed.
_HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("supporting", ("support", "partner", "partenaire", "appui", "شرك", "داعم", "مساعد")),
    ("lead", ("lead", "responsib", "responsable", "pilote", "institution", "مسؤول", "المكلف", "قائد")),
    ("answers", ("recommendation", "recommandation", "توصي")),
    ("milestones", ("milestone", "jalon", "etape", "محط", "مراحل")),
    ("starts_on", ("start", "debut", "from", "بداي")),
    ("ends_on", ("end", "fin", "deadline", "echeance", "until", "due", "اجل", "أجل", "نهاي")),
    ("amount", ("amount", "budget", "cost", "montant", "cout", "ميزاني", "كلف", "مبلغ")),
    ("source", ("source", "fund", "financement", "تمويل", "مصدر")),
    ("targets", ("sdg", "odd", "اهداف التنمي", "أهداف التنمي")),
    ("risks", ("risk", "risque", "مخاطر")),
    ("axis", ("axis", "axe", "objective", "objectif", "محور", "هدف")),
    ("description", ("description", "detail", "وصف")),
    ("code", ("no", "n°", "number", "numero", "code", "ref", "رقم")),
    ("title", ("measure", "mesure", "action", "activit", "title", "titre", "تدبير", "إجراء", "اجراء")),
)
_LINES = re.compile(r"[\n;؛]+")
_BULLET = re.compile(r"^(?:[-–—•▪◦●*·]\s*)+")
_DAY = re.compile(r"\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})\b")
_LOOKED_AT = 15  # rows in which the header is looked for


@dataclass(frozen=True)
class Naming:
    """What a person said of a file: the table, the row of its header (from 1), a field per column.

    `language` is that of its texts; `axis` the number of the axis for rows that name none; `year`, `currency`
    and `source` say what an amount is. `shape` knows the header again in the next file (`shape_of`).
    """

    table: int = 0
    header: int = 1
    columns: tuple[str, ...] = ()
    language: str = "fr"
    axis: str = ""
    year: str = ""
    currency: str = ""
    source: str = ""
    shape: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return vars(self) | {"columns": list(self.columns)}


def proposed(tables: Sequence[Table], language: str, table: int | None = None) -> Naming:
    """Return the naming that the words of the headers suggest: of the table of which most is understood."""
    choices = range(len(tables)) if table is None else [table]
    found = [_proposed(tables[place], place, language) for place in choices]
    return max(found, key=lambda one: sum(bool(column) for column in one.columns))


def shape_of(headers: Sequence[str]) -> str:
    """Return a fingerprint of a header, blank columns at its end left out; "" where it says nothing."""
    folded = [fold(header) for header in headers]
    while folded and not folded[-1]:
        folded.pop()
    return hashlib.sha256("\x1f".join(folded).encode()).hexdigest() if any(folded) else ""


def known_again(tables: Sequence[Table], said: Mapping[str, Mapping[str, Any]]) -> Naming | None:
    """Return the naming of the first table whose header was named before, None where none was.

    Args:
        said: what people said, by the shape of the header.
    """
    for place, table in enumerate(tables):
        for number, row in enumerate(table["rows"][:_LOOKED_AT], start=1):
            if (former := said.get(shape_of(row))) is not None:
                place_of = {"table": place, "header": number, "columns": tuple(former["columns"])}
                return Naming(**{**former, **place_of})
    return None


def shapes_of(tables: Sequence[Table]) -> set[str]:
    """Return the shape of each row that may be a header."""
    return {shape_of(row) for table in tables for row in table["rows"][:_LOOKED_AT]} - {""}


def _proposed(table: Table, place: int, language: str) -> Naming:
    best = Naming(place, 1, (), language)
    for number, row in enumerate(table["rows"][:_LOOKED_AT], start=1):
        columns = propose_columns(row)
        if sum(map(bool, columns)) > sum(map(bool, best.columns)):
            best = Naming(place, number, columns, language)
    return best


def propose_columns(headers: Sequence[str]) -> tuple[str, ...]:
    """Return the field that each header suggests, each once; "" for none."""
    taken: set[str] = set()
    found = []
    for header in headers:
        words = fold(header)
        name = next(
            (
                code
                for code, starts in _HEADERS
                if code not in taken
                and any(fold(start) in words.split() or _within(fold(start), words) for start in starts)
            ),
            "",
        )
        taken.add(name)
        found.append(name if len(header) <= 80 else "")
    return tuple(found)


def _within(start: str, words: str) -> bool:
    return len(start) > 3 and start in words


@dataclass
class _Sheets:
    """Our sheets being filled from a file; each cell with the place it came from."""

    name: str
    columns: dict[str, list[str]]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, to: str, **cells: tuple[str, str]) -> None:
        """Add a row: text and place by column."""
        columns = self.columns[to]
        self.rows.setdefault(to, []).append(
            {
                "cells": [cells.get(column, ("", ""))[0] for column in columns],
                "at": [cells.get(column, ("", ""))[1] for column in columns],
            }
        )

    def stored(self) -> list[Stored]:
        return [
            {"code": sheet.code, "name": self.name, "columns": self.columns[sheet.code], "rows": rows}
            for sheet in SHEETS
            if (rows := self.rows.get(sheet.code))
        ]


def convert(tables: Sequence[Table], naming: Mapping[str, Any], version: Version) -> list[Stored]:
    """Return the cells of a file by our own sheets, as its columns were named.

    A row with one filled cell is the axis of the rows below it. An axis is known by number or name, else new.

    Raises:
        RuleViolated: no column holds the title, or the table is not there.
    """
    said = Naming(**{**naming, "columns": tuple(naming["columns"])})
    if "title" not in said.columns or not 0 <= said.table < len(tables):
        raise RuleViolated(_("Say which column holds the title of the measure."))
    return _Converter(tables[said.table], said, version).convert()


class _Converter:
    def __init__(self, table: Table, said: Naming, version: Version) -> None:
        self.table, self.said = table, said
        language = said.language
        texts = {
            "axes": [f"names_{language}"],
            "measures": [f"titles_{language}", f"descriptions_{language}"],
        }
        texts |= {"milestones": [f"titles_{language}"], "legislation": [f"titles_{language}"]}
        plain = {
            "axes": ["code"],
            "measures": ["code", "axis", "starts_on", "ends_on", "targets", "risks"],
            "institutions": ["measure", "institution", "level"],
            "answers": ["measure", "recommendation"],
            "milestones": ["measure", "order", "due_on"],
            "budget": ["measure", "year", "kind", "amount", "currency", "source"],
            "legislation": ["measure", "kind"],
        }
        self.out = _Sheets(table["name"], {code: [*plain[code], *texts.get(code, ())] for code in plain})
        self.axes: dict[str, str] = {}
        nodes = list(Node.objects.filter(version=version))
        for node in nodes:
            self.axes |= {fold(name): node.code for name in node.names.values()} | {
                fold(node.code): node.code
            }
        self.numbers = {node.code for node in nodes}
        self.codes = set(version.measures.values_list("code", flat=True))

    def convert(self) -> list[Stored]:
        axis = (self.said.axis, "")
        for number, row in enumerate(self.table["rows"][self.said.header :], start=self.said.header + 1):
            filled = [place for place, cell in enumerate(row) if cell.strip()]
            if not filled:
                continue
            if len(filled) == 1 and len(self.said.columns) > 1:
                axis = self._axis(row[filled[0]], f"{letters(filled[0])}{number}")
                continue
            cells = self._cells(row, number)
            if cells.get("axis", ("", ""))[0]:
                axis = self._axis(*cells["axis"])
            if cells.get("title", ("", ""))[0]:
                self._measure(cells, axis)
        return self.out.stored()

    def _cells(self, row: Sequence[str], number: int) -> dict[str, tuple[str, str]]:
        return {
            name: (row[place].strip(), f"{letters(place)}{number}")
            for place, name in enumerate(self.said.columns)
            if name and place < len(row)
        }

    def _axis(self, text: str, at: str) -> tuple[str, str]:
        """Return the number of an axis that a cell names, adding one that is not there."""
        known = fold(text)
        if known not in self.axes:
            code = next(str(n) for n in range(1, len(self.numbers) + 2) if str(n) not in self.numbers)
            self.numbers.add(code)
            self.axes[known] = code
            self.out.add("axes", code=(code, ""), **{f"names_{self.said.language}": (text, at)})
        return self.axes[known], at

    def _measure(self, cells: dict[str, tuple[str, str]], axis: tuple[str, str]) -> None:
        code = cells.get("code", ("", ""))
        if not code[0]:
            stem = f"{axis[0]}." if axis[0] else ""
            number = next(n for n in range(1, len(self.codes) + 2) if f"{stem}{n}" not in self.codes)
            code = (f"{stem}{number}", "")
        self.codes.add(code[0])
        language = self.said.language
        copied = {name: cells[name] for name in ("starts_on", "ends_on", "targets", "risks") if name in cells}
        texts = {f"titles_{language}": cells["title"]}
        if "description" in cells:
            texts[f"descriptions_{language}"] = cells["description"]
        self.out.add("measures", code=code, axis=axis, **copied, **texts)
        self._institutions(cells, code)
        for text, at in _pieces(cells, "answers"):
            self.out.add("answers", measure=code, recommendation=(text, at))
        for order, (text, at) in enumerate(_pieces(cells, "milestones"), start=1):
            day = _DAY.search(text)
            title = _DAY.sub("", text).strip(" :–—-()") if day else text
            due = (day[1], at) if day else ("", at)
            self.out.add(
                "milestones",
                measure=code,
                order=(str(order), at),
                due_on=due,
                **{f"titles_{language}": (title, at)},
            )
        if cells.get("amount", ("", ""))[0]:
            source = cells.get("source", ("", ""))
            self.out.add(
                "budget",
                measure=code,
                amount=cells["amount"],
                # Refused, they are looked for where the amount stands.
                year=(self.said.year, cells["amount"][1]),
                currency=(self.said.currency, cells["amount"][1]),
                source=source if source[0] else (self.said.source, source[1] or cells["amount"][1]),
            )

    def _institutions(self, cells: dict[str, tuple[str, str]], code: tuple[str, str]) -> None:
        leads = _pieces(cells, "lead")
        parts = [(one, "lead" if place == 0 else "support") for place, one in enumerate(leads)]
        parts += [(one, "support") for one in _pieces(cells, "supporting")]
        for (text, at), level in parts:
            self.out.add("institutions", measure=code, institution=(text, at), level=(level, at))


def _pieces(cells: Mapping[str, tuple[str, str]], name: str) -> list[tuple[str, str]]:
    """Return the values of a cell: one on each line, or between semicolons."""
    text, at = cells.get(name, ("", ""))
    found = (_BULLET.sub("", piece.strip()).strip() for piece in _LINES.split(text))
    return [(piece, at) for piece in dict.fromkeys(found) if piece]


def axes_of(version: Version) -> list[tuple[str, str]]:
    """Return the axes of a version as number and name."""
    rows = Node.objects.filter(version=version).order_by("sort_key", "pk")
    return [(node.code, f"{node.code} {text_of(node.names)}") for node in rows]
