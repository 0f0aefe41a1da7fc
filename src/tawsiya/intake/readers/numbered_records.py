"""From numbered paragraphs and their items to records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tawsiya.intake.readers.cells import MAX_TEXT
from tawsiya.intake.readers.language import detect
from tawsiya.intake.readers.numbered import Entry, missing_numbers
from tawsiya.intake.readers.records import DocumentInfo, ReaderWarning, Record
from tawsiya.intake.readers.upr_report_source import Source

_SAMPLE, _SAMPLE_CHARACTERS = 20, 1_000
_MAX_SHOWN = 20
_RAISED_O = re.compile(r"\b([nN])\s[oº°]s?\s(?=\d)")
"""The French "nᵒ" whose raised letter came out apart."""


@dataclass(frozen=True, slots=True)
class Named:
    """What all records of a document share."""

    mechanism: str | None
    symbol: str | None
    info: DocumentInfo
    language: str | None
    damaged: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found out about an entry beside its words."""

    kind: str
    addressee: str | None = None
    follow_up: date | None = None


def language_of(entries: Sequence[Entry]) -> str | None:
    """The language of the document, by its first paragraphs."""
    return detect(" ".join(e.text for e in entries[:_SAMPLE])[:_SAMPLE_CHARACTERS], least=1)


def records_of(entries: Sequence[Entry], named: Named, judge: Callable[[Entry], Judged]) -> Iterator[Record]:
    """A record for each entry, in order; ``judge`` is asked once for each, in order too."""
    counts: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        judged = judge(entry)
        key = (entry.number, entry.path)
        counts[key] += 1
        warnings = [*entry.warnings, *(ReaderWarning("footnote", {"text": note}) for note in entry.notes)]
        if named.damaged:
            warnings.insert(0, ReaderWarning("text_damaged"))
        text = entry.text
        if named.language == "fr":
            text = _RAISED_O.sub(r"\1o ", text)
        if not text.strip():
            warnings.append(ReaderWarning("text_empty"))
        if len(text) > MAX_TEXT:
            text = text[:MAX_TEXT]
            warnings.append(ReaderWarning("text_too_long", {"limit": MAX_TEXT}))
        yield Record(
            kind=judged.kind,
            mechanism=named.mechanism,
            symbol=named.symbol,
            document=named.info,
            paragraph=entry.number,
            subparagraph=entry.path or None,
            ordinal=counts[key],
            heading=entry.heading,
            text=text.strip(),
            language=named.language,
            addressee=judged.addressee,
            follow_up=judged.follow_up,
            page=entry.page,
            boxes=entry.boxes,
            warnings=tuple(warnings),
        )


def file_warnings(entries: Sequence[Entry], source: Source) -> list[ReaderWarning]:
    """What concerns the file as a whole: numbers skipped, damaged letters, tracked changes."""
    warnings: list[ReaderWarning] = []
    missing = missing_numbers(entries)
    if missing:
        shown = (*missing[:_MAX_SHOWN], *(("…",) if len(missing) > _MAX_SHOWN else ()))
        warnings.append(ReaderWarning("numbers_missing", {"numbers": shown}))
    if source.damaged:
        warnings.append(ReaderWarning("text_damaged"))
    if source.tracked:
        warnings.append(ReaderWarning("tracked_changes"))
    return warnings
