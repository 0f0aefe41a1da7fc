"""Footnotes: the small print at the foot of a page, taken out of the text and kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tawsiya.intake.readers.pdf.furniture import is_job_number, is_rule
from tawsiya.intake.readers.pdf.page import Line

_START = re.compile(r"(\d{1,3}|[*∗]{1,4}|[a-z])(?=[\s/A-Z(“\"]|$)")
_ASTERISK = re.compile(r"[*∗]{1,4}\s*\S")
_SMALL = 0.955
"""Footnotes are set smaller than this share of the text's size (9 against 10 points)."""
_LOWER = 0.35
"""Footnotes without small print are looked for below this share of the page only."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its page, its mark as printed ("3", "**"), its text on one line."""

    page: int
    mark: str
    text: str


def split(lines: Sequence[Line], size: float, height: float) -> tuple[list[Line], list[Note]]:
    """The lines of one page without its footnotes, and the footnotes.

    ``size`` is the font size of the document's text, ``height`` that of the page.
    """
    start = _start(lines, size, height)
    return list(lines[:start]), _notes(lines[start:])


def _start(lines: Sequence[Line], size: float, height: float) -> int:
    """Index of the first line of the footnotes; their number if there are none."""
    for index, line in enumerate(lines):
        drawn = is_rule(line.text) and line.top > height * _LOWER and "_" in line.text
        if drawn and all(below.top > line.top for below in lines[index + 1 :]):
            if any(_START.match(below.text) for below in lines[index + 1 : index + 3]):
                return index
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        small = line.size < _SMALL * size
        if _begins(line, small=small, height=height):
            start = index
        elif not small and not is_job_number(line.text):
            break
    return start


def _begins(line: Line, *, small: bool, height: float) -> bool:
    if line.note:
        return _START.match(line.text) is not None and line.top > height * _LOWER / 2
    if _ASTERISK.match(line.text):
        return line.top > height * _LOWER
    return small and _START.match(line.text) is not None and line.top > height * _LOWER


def _notes(lines: Sequence[Line]) -> list[Note]:
    notes: list[Note] = []
    for line in lines:
        if is_rule(line.text) or is_job_number(line.text):
            continue
        match = _START.match(line.text)
        if match is not None:
            notes.append(Note(line.page, match[1], line.text[match.end() :].strip()))
        elif notes:
            last = notes[-1]
            notes[-1] = Note(last.page, last.mark, f"{last.text} {line.text}".strip())
    return notes
