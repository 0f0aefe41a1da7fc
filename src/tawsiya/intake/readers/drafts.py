"""From the drafts of rows to finished records: States, position, symbol, language, ordinals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tawsiya.intake.readers.attribution import attribute
from tawsiya.intake.readers.cells import MAX_TEXT, Entry, Lists, sdg_codes
from tawsiya.intake.readers.folding import fold, western_digits
from tawsiya.intake.readers.labels import parse_position
from tawsiya.intake.readers.language import detect
from tawsiya.intake.readers.messages import Params
from tawsiya.intake.readers.records import DocumentInfo, ReaderWarning, Record
from tawsiya.mechanisms import symbols

_AROUND_SLASH = re.compile(r"[ \t]?/[ \t]?")
"""Typists put blanks around the slashes of a symbol."""


@dataclass(slots=True)
class Draft:
    """A recommendation as its row gives it, before anything is derived."""

    row: int
    entry: Entry
    heading: str | None
    section: str | None
    position: str | None
    has_position_column: bool
    states_column: list[str] | None
    comment: str | None
    lists: Lists = field(default_factory=Lists)
    warnings: list[ReaderWarning] = field(default_factory=list)


def finished(drafts: Sequence[Draft], info: DocumentInfo, title: str) -> Iterator[Record]:
    """Records in file order. ``title`` is searched for a symbol where no row gives one."""
    records = [_record(draft, info) for draft in drafts]
    language = detect(" ".join([*(record.text for record in records), title]), least=1)
    symbol = _common_symbol(records) or symbol_in(title)
    first: dict[tuple[str | None, str | None], dict[str, int]] = {}
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for record in records:
        warnings = list(record.warnings)
        if record.symbol is None:
            warnings.append(_symbol_warning(symbol))
        final = record.symbol or symbol
        key = (final, record.paragraph)
        counts[key] += 1
        seen = first.setdefault(key, {})
        warnings += _repeat_warnings(record, seen)
        seen.setdefault(fold(record.text), record.row or 0)
        yield replace(
            record,
            symbol=final,
            language=record.language or language,
            ordinal=counts[key],
            warnings=tuple(warnings),
        )


def symbol_in(text: str) -> str | None:
    """The Working Group report that "A/HRC/25/5/Add.1 - Para. 186.28" speaks of: "A/HRC/25/5"."""
    joined = _AROUND_SLASH.sub("/", western_digits(text)).upper()
    for symbol in symbols.find_all(joined):
        if symbol.series == "A/HRC" and symbol.session and symbol.number:
            return f"A/HRC/{symbol.session}/{symbol.number}"
    return None


def _common_symbol(records: Sequence[Record]) -> str | None:
    """The symbol of the rows if they all name the same one."""
    named = {record.symbol for record in records if record.symbol}
    return named.pop() if len(named) == 1 else None


def _symbol_warning(symbol: str | None) -> ReaderWarning:
    if symbol is None:
        return ReaderWarning("no_symbol")
    return ReaderWarning("symbol_from_elsewhere", {"symbol": symbol})


def _repeat_warnings(record: Record, seen: dict[str, int]) -> list[ReaderWarning]:
    if record.paragraph is None or not seen:
        return []
    row = seen.get(fold(record.text))
    if row is None:
        return [ReaderWarning("same_paragraph", {"paragraph": record.paragraph})]
    params: Params = {"paragraph": record.paragraph, "row": row}
    return [ReaderWarning("repeated_recommendation", params)]


def _record(draft: Draft, info: DocumentInfo) -> Record:
    warnings = list(draft.warnings)
    text = draft.entry.text
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        warnings.append(ReaderWarning("text_too_long", {"limit": MAX_TEXT}))
    attribution = attribute(text, draft.states_column)
    position = _position(draft, warnings)
    source = draft.entry.source_text
    if draft.entry.number is None:
        warnings.append(ReaderWarning("no_number"))
    if not attribution.text:
        warnings.append(ReaderWarning("text_empty"))
    if source is None:
        warnings.append(ReaderWarning("no_source"))
    return Record(
        kind="recommendation",
        mechanism="UPR",
        symbol=symbol_in(source or ""),
        document=info,
        paragraph=draft.entry.number,
        text=attribution.text,
        heading=draft.heading,
        language=detect(attribution.text),
        recommending_states=attribution.states,
        recommending_states_unrecognised=attribution.unrecognised,
        position=position,
        source_of_position=source,
        comment=draft.comment,
        themes=tuple(draft.lists.themes),
        affected_persons=tuple(draft.lists.persons),
        sdgs=tuple(draft.lists.sdgs),
        sdg_codes=sdg_codes(draft.lists.sdgs),
        row=draft.row,
        warnings=(*warnings, *attribution.warnings),
    )


def _position(draft: Draft, warnings: list[ReaderWarning]) -> str | None:
    written = draft.position
    if written is None:
        if draft.section is None and draft.has_position_column:
            warnings.append(ReaderWarning("position_missing"))
        return draft.section
    position = parse_position(written)
    if position is None:
        warnings.append(ReaderWarning("position_unknown", {"position": written[:200]}))
    return position
