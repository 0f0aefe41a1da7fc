"""What the cells of a matrix hold: numbered texts with their source, and lists of labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tawsiya.intake.readers.docx import Cell, Paragraph
from tawsiya.intake.readers.folding import one_line, western_digits
from tawsiya.intake.readers.labels import (
    goals_marker,
    paragraph_number,
    persons_marker,
    split_source,
)

MAX_TEXT = 20_000
"""Characters of one recommendation; the longest known has about 1,500."""
_MAX_ITEM = 1_000
_BULLET = re.compile(r"^(?:[-–—•▪◦●*·]\s*)+")
_MARKED = re.compile(
    r"(?:SDGs?|Goals?|Targets?|ODDs?|ODS|Objectifs?|Cibles?|Objetivos?|Metas?|الهدف|الغاية)"
    r"\s*(?:n[o°º]\.?\s*)?",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\d.])(1[0-7]|[1-9])(?:\.(\d{1,2}|[a-d]))?(?![\d.]|\w)", re.IGNORECASE)
_CODE_LIST = re.compile(r"(?:[\d.a-d]{1,5}\s*(?:,|;|/|&|and|et|y|و)?\s*)+", re.IGNORECASE)
_CONTINUED_SOURCE = re.compile(r"\W*(?:[A-Z]/|paras?\b|para\.|paragraph|§|الفقرة)", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """One recommendation of a cell as it stands there: number, text lines, source."""

    number: str | None
    lines: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text on one line, States still in it."""
        return one_line(" ".join(self.lines))

    @property
    def source_text(self) -> str | None:
        """The source of the position, None if the cell gives none."""
        return one_line(" ".join(self.source)) or None


@dataclass(slots=True)
class Lists:
    """Labels of the thematic columns, as written."""

    themes: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    sdgs: list[str] = field(default_factory=list)


def lines_of(paragraphs: Iterable[Paragraph], *, numbered: bool = False) -> Iterator[str]:
    """Non-empty lines, breaks separating; with the labels of automatic numbering if asked."""
    for paragraph in paragraphs:
        text = paragraph.numbered if numbered else paragraph.text
        for line in text[: 2 * MAX_TEXT].split("\n"):
            if line.strip():
                yield one_line(line)


def entries(cell: Cell) -> list[Entry]:
    """The recommendations of a cell: nearly always one, more where a cell was never divided."""
    found: list[Entry] = []
    in_source = False
    for paragraph in cell.paragraphs:
        for index, line in enumerate(_entry_lines(paragraph)):
            number, rest = paragraph_number(line)
            begins = number is not None and (
                not found or (index == 0 and _next_number(found[-1].number, number, in_source))
            )
            if begins:
                found.append(Entry(number))
                line, in_source = rest, False
            elif not found:
                found.append(Entry(None))
            in_source = _add(found[-1], line, in_source)
    return found


def _entry_lines(paragraph: Paragraph) -> Iterator[str]:
    """Lines of a paragraph, the automatic label put first where no number is typed."""
    typed = paragraph_number(paragraph.text)[0] is not None
    yield from lines_of([paragraph], numbered=not typed)


def _next_number(previous: str | None, number: str, in_source: bool) -> bool:
    """Whether ``number`` opens another recommendation: "140.8" after "140.7", not "1. " in a list."""
    if previous is None:
        return in_source
    if previous.partition(".")[0] == number.partition(".")[0] and "." in number:
        return previous != number
    return in_source and ("." in previous) == ("." in number)


def _add(entry: Entry, line: str, in_source: bool) -> bool:
    """Put ``line`` where it belongs; returns whether the next line may continue the source."""
    divided = split_source(line)
    if divided is not None:
        before, after = divided
        if before.strip():
            entry.lines.append(before)
        if after.strip():
            entry.source.append(after)
        return True
    if in_source and (_CONTINUED_SOURCE.match(line) or not entry.source):
        entry.source.append(line)
    else:
        entry.lines.append(line)
    return in_source


def read_lists(cell: Cell | None, kind: str, into: Lists) -> None:
    """Add the labels of ``cell`` to ``into``; ``kind`` (themes, persons, sdgs) until a marker says else.

    A label that a cell holds twice is kept twice, as written; one that an earlier cell gave is not.
    """
    if cell is None:
        return
    before = {name: set(getattr(into, name)) for name in ("themes", "persons", "sdgs")}
    for line in lines_of(cell.paragraphs):
        persons, goals = persons_marker(line), goals_marker(line)
        if persons is not None:
            kind, line = "persons", persons
        elif goals is not None:
            kind, line = "sdgs", goals
        label = _BULLET.sub("", line).strip()[:_MAX_ITEM]
        target: list[str] = getattr(into, kind)
        if label and label not in before[kind]:
            target.append(label)


def sdg_codes(labels: Iterable[str]) -> tuple[str, ...]:
    """Goal and target codes ("5", "5.2", "16.a") at the head of labels, once, in order."""
    codes: dict[str, None] = {}
    for label in labels:
        plain = western_digits(label)
        marked = _MARKED.match(plain)
        start = marked.end() if marked else 0
        head = _CODE_LIST.match(plain, start)
        if head is None:
            continue
        for match in _CODE.finditer(plain, start, head.end()):
            codes[match[1] + (f".{match[2].lower()}" if match[2] else "")] = None
    return tuple(codes)
