"""Answers of the State to recommendations of an earlier report. Pure.

An addendum changes the position, its source and the State's comment of recommendations that are
there; it never creates one. What it says of a paragraph that the report does not have is rejected.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from tawsiya.intake.choices import Action
from tawsiya.intake.incoming import MAX_SOURCE, Entry, Refusal, name_of
from tawsiya.intake.known import Identity, Known, KnownItem
from tawsiya.intake.planning import Changes, PlannedRow, national_warnings, rejected, warning
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.records import ReadResult, Record
from tawsiya.mechanisms import symbols
from tawsiya.recommendations.choices import Position

ADDENDUM = "upr_addendum"
ANSWER = "recommendation"
# Below this likeness (0 to 100) the text that an answer quotes is another recommendation's.
ALIKE = 60


def is_answer(record: Record) -> bool:
    """Whether a record answers a recommendation of another document."""
    return record.document.type == ADDENDUM and record.kind == ANSWER


def own_symbol(result: ReadResult) -> str:
    """Return the document that the file is, as its records name it; "" where none does."""
    for record in result.records:
        if record.symbol and not is_answer(record):
            return symbols.parse(record.symbol).text
    return ""


def answered_symbol(result: ReadResult) -> str:
    """Return the report that an addendum answers: its own symbol without the addendum; "" if unknown."""
    for record in result.records:
        if is_answer(record) and record.symbol:
            return symbols.parse(record.symbol).text
    base, mark, number = own_symbol(result).rpartition("/Add.")
    return base if mark and number.isdecimal() else ""


@dataclass
class Answers:
    """Plans the answers of one file. `report` is the one answered where a record does not name it."""

    known: Known
    report: str
    own: str
    refusal: Refusal | None = None
    _seen: set[Identity] = field(default_factory=set)

    def planned(self, record: Record, excluded: Iterable[str]) -> PlannedRow:
        """Return what becomes of one answer."""
        symbol = symbols.parse(record.symbol or "").text or self.report
        identity = Identity(symbol, record.paragraph or "", record.subparagraph or "")
        name = identity.name if symbol and record.paragraph else name_of(record)
        left_out = name in set(excluded)
        refusal = self.refusal or self._refusal(identity, record)
        if refusal is not None:
            return rejected(Entry(record, name, refusal=refusal), record.as_json(), refusal, left_out)
        self._seen.add(identity)
        item = self.known.items[identity]
        changes = self._changes(item, record)
        found = self._warnings(item, record, changes)
        return PlannedRow(
            name,
            Action.UPDATE if changes else Action.UNCHANGED,
            record.as_json(),
            item=item,
            changes=changes,
            warnings=(*(one.as_json() for one in record.warnings), *found),
            excluded=left_out,
        )

    def _refusal(self, identity: Identity, record: Record) -> Refusal | None:
        if not identity.symbol:
            return Refusal("no_report")
        if not identity.paragraph:
            return Refusal("no_paragraph")
        if (record.position or "") not in ("", *Position.values):
            return Refusal("value_not_understood", {"value": (record.position or "")[:60]})
        if identity.symbol not in self.known.documents:
            return Refusal("report_not_here", {"symbol": identity.symbol})
        if identity not in self.known.items:
            return Refusal(
                "answer_unknown", {"symbol": identity.symbol, "paragraph": identity.paragraph[:60]}
            )
        if identity in self._seen:
            return Refusal("answered_twice", {"name": identity.name})
        return None

    def _changes(self, item: KnownItem, record: Record) -> Changes:
        """An empty answer erases nothing; another language version adds and never replaces."""
        document = self.known.documents.get(self.own)
        joins = bool(document and document.first_language and document.first_language != record.language)
        answer = {
            "position": record.position or "",
            "source_of_position": (record.source_of_position or "")[:MAX_SOURCE],
            "comment": (record.comment or "").strip(),
        }
        changes: Changes = {}
        for name, new in answer.items():
            old = getattr(item, name)
            if new and new != old and not (joins and old):
                changes[name] = [old, new]
        return changes

    def _warnings(self, item: KnownItem, record: Record, changes: Changes) -> list[dict[str, Any]]:
        found = []
        new = record.position or ""
        differs = bool(item.position and new and item.position != new)
        if differs and (self.own in item.source_of_position or "position" not in changes):
            found.append(warning("position_contradicts", kept=item.position, file=new))
        if "position" in changes:
            found += national_warnings(item, new)
        text, _status = item.texts.get(record.language or "", ("", ""))
        if record.text and text and fuzz.token_set_ratio(fold(record.text), fold(text)) < ALIKE:
            found.append(warning("answer_text_differs"))
        second = Identity(item.identity.symbol, item.identity.paragraph, item.identity.subparagraph, 2)
        if second in self.known.items:
            found.append(warning("answer_of_several", name=item.identity.name))
        return found
