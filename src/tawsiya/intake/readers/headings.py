"""Section headings of a document: their levels by outline label, and the line a paragraph carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tawsiya.intake.readers.folding import one_line

_ROMAN = re.compile(r"(?:[IVX]{1,5})\s?[.)–-]\s*\S")
_LETTER = re.compile(r"([A-Z])\s?[.)]\s*\S")
_DIGIT = re.compile(r"\d{1,2}\s?[.)–-]\s*\S")
_ORDINAL_AR = re.compile(
    r"(?:أو?لا|أوال|ثانيا|اثنيا|ثالثا|اثلثا|رابعا|ابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)\u064b?\s?[-–‑.]"
)
_LETTER_AR = re.compile(r"(?:ألف|باء|ابء|جيم|دال|هاء|واو|زاي|حاء|طاء|ياء|كاف|لام)\s?[-–‑.]")
_MARKS = re.compile(r"\s*[*∗]+\s*$")
_TANWIN = re.compile(r"[\u064b-\u0652]")
TOP, SECOND, THIRD, PLAIN, NESTED = range(5)
JOINT = " › "
"""Stands between the levels of a heading."""


def level_of(text: str, *, after_h: bool = False) -> int:
    """The level that an outline label gives: "II." before "A." before "1."; PLAIN without one.

    ``after_h`` says that "H." was the letter before, so that "I." is a letter too.
    """
    plain = _TANWIN.sub("", text)
    if _ROMAN.match(plain) and not (after_h and plain.startswith("I.")):
        return TOP
    if _ORDINAL_AR.match(plain):
        return TOP
    if _LETTER.match(plain) or _LETTER_AR.match(plain):
        return SECOND
    return THIRD if _DIGIT.match(plain) else PLAIN


@dataclass(slots=True)
class Headings:
    """The headings above the place where we are, outermost first."""

    stack: list[tuple[int, str]] = field(default_factory=list)
    _fresh: bool = False

    def push(self, text: str) -> None:
        """Take a heading: it closes those of its own level and below.

        A plain one directly under a plain one is nested in it, or goes on where that broke off.
        """
        text = _MARKS.sub("", one_line(text))
        letters = [held for level, held in self.stack if level == SECOND]
        level = level_of(text, after_h=bool(letters) and letters[-1].startswith("H"))
        if level == PLAIN and self._fresh and self.stack:
            last_level, last = self.stack[-1]
            if text[:1].islower() or last.endswith((",", "-")):
                self.stack[-1] = (last_level, f"{last} {text}")
                return
            if last_level == PLAIN:
                level = NESTED
        self.stack = [held for held in self.stack if held[0] < level]
        self.stack.append((level, text))
        self._fresh = True

    @property
    def fresh(self) -> bool:
        """Whether no paragraph stands under the last heading yet."""
        return self._fresh

    def passed(self) -> None:
        """A paragraph stands under the headings pushed so far."""
        self._fresh = False

    @property
    def all(self) -> tuple[str, ...]:
        """Every heading that holds here, outermost first."""
        return tuple(text for _level, text in self.stack)

    @property
    def line(self) -> str | None:
        """The levels in one line; the outermost chapter only where nothing stands below it."""
        texts = [text for level, text in self.stack if level != TOP] or [text for _, text in self.stack]
        return JOINT.join(texts) or None
