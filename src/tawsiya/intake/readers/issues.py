"""Lists of issues of treaty bodies, before a dialogue or prior to reporting: their paragraphs as questions.

A paragraph is a question, and so is each of its lettered parts; words that introduce the parts ("Please
provide information on:") lead every part in, so that each can be answered by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawsiya.intake.readers.folding import fold, one_line
from tawsiya.intake.readers.numbered import Entry, missing_numbers, walk
from tawsiya.intake.readers.numbered_records import language_of
from tawsiya.intake.readers.records import Json, UnreadableFile
from tawsiya.intake.readers.upr_report_source import Source
from tawsiya.mechanisms import symbols
from tawsiya.mechanisms.symbols import Kind, Symbol

LONGEST = 10_000
"""Characters of a question; the rest is cut off, and the question says so."""
MOST_LEFT_OUT = 20
"""Numbers that are named where paragraphs are missing."""
_KINDS = (Kind.LIST_OF_ISSUES, Kind.LIST_OF_ISSUES_PRIOR)
_TITLE = re.compile(
    r"list of (?:issues|themes|questions)|liste (?:de |des )?(?:points|questions|themes)|"
    r"قايمه (?:ال)?(?:مسايل|قضايا|اسيله|مواضيع)"
)
_FRONT = 40


@dataclass(frozen=True, slots=True)
class Issue:
    """A question: its number as "12 (a)", its words with what introduces them, the heading above it."""

    number: str
    text: str
    heading: str = ""
    page: int | None = None
    cut: bool = False

    def as_json(self) -> Json:
        """The plain values of it."""
        return {
            "number": self.number,
            "text": self.text,
            "heading": self.heading,
            "page": self.page,
            "cut": self.cut,
        }

    @classmethod
    def from_json(cls, value: Json) -> Issue:
        """The opposite of :meth:`as_json`."""
        return cls(**value)


@dataclass(frozen=True, slots=True)
class Issues:
    """What a file asks.

    ``known`` says whether symbol or title name a list of issues, ``damaged`` whether the wording cannot be
    trusted, ``missing`` the numbers that the paragraphs skip.
    """

    symbol: str | None
    title: str | None
    language: str | None
    known: bool
    damaged: bool
    missing: tuple[str, ...]
    rows: tuple[Issue, ...]

    def head(self) -> Json:
        """The plain values of all but the rows."""
        return {
            "symbol": self.symbol,
            "title": self.title,
            "language": self.language,
            "known": self.known,
            "damaged": self.damaged,
            "missing": list(self.missing),
        }

    @classmethod
    def from_json(cls, head: Json, rows: Sequence[Json]) -> Issues:
        """The opposite of :meth:`head` and the rows' :meth:`Issue.as_json`."""
        return cls(
            **(head | {"missing": tuple(head["missing"])}), rows=tuple(Issue.from_json(row) for row in rows)
        )


def read_issues(source: Source) -> Issues:
    """The questions of a document of numbered paragraphs. Raises UnreadableFile where there are none."""
    entries = walk(source.parts, damaged=source.damaged)
    rows = tuple(_questions(entries))
    if not rows:
        raise UnreadableFile("no_numbered_paragraphs")
    symbol, title = _symbol(source), _title(source)
    return Issues(
        symbol=symbol.text if symbol else None,
        title=title,
        language=language_of(entries),
        known=title is not None or (symbol is not None and symbol.kind in _KINDS),
        damaged=source.damaged,
        missing=tuple(missing_numbers(entries)[:MOST_LEFT_OUT]),
        rows=rows,
    )


def _questions(entries: Sequence[Entry]) -> Iterator[Issue]:
    introduces = {id(entry.lead) for entry in entries if entry.lead is not None}
    for entry in entries:
        if entry.annex or not entry.text.strip() or (id(entry) in introduces and entry.opens):
            continue
        text = " ".join(one_line(words) for words in (*_introductions(entry), entry.text))
        yield Issue(
            number=_number(entry),
            text=text[:LONGEST],
            heading=entry.heading or "",
            page=entry.page,
            cut=len(text) > LONGEST,
        )


def _introductions(entry: Entry) -> list[str]:
    """The words that lead an entry in, outermost first."""
    found: list[str] = []
    lead = entry.lead
    while lead is not None:
        if lead.opens:
            found.insert(0, lead.text)
        lead = lead.lead
    return found


def _number(entry: Entry) -> str:
    return " ".join([entry.number, *(f"({step})" for step in entry.path.split(".") if step)])


def _symbol(source: Source) -> Symbol | None:
    """The symbol of a list of issues on the front page or in the headers, else the first one there."""
    lines = [line for line in (*source.front[:_FRONT], *source.references[:_FRONT]) if len(line) < _FRONT * 4]
    found = [symbol for line in lines for symbol in symbols.find_all(line)]
    return next((symbol for symbol in found if symbol.kind in _KINDS), found[0] if found else None)


def _title(source: Source) -> str | None:
    """The title, where it names a list of issues and stands above the first paragraphs."""
    for part in source.parts[:_FRONT]:
        if _TITLE.search(fold(part.text)) and len(part.text) < LONGEST // 20:
            return re.sub(r"\s*[*∗]+", "", one_line(part.text))
    return None
