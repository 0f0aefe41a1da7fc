"""Walking through a document of numbered paragraphs with lettered items under them.

Every committee and rapporteur writes so: "12. The Committee recommends that the State party:",
then "(a)" and "(b)", under them "(i)" and "(ii)"; here and there a paragraph without a number goes
on with the one before. What is a number, a heading or a figure at the start of a line is decided by
what stands around it: paragraphs are counted without gaps, headings stand before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tawsiya.intake.readers.folding import fold, western_digits
from tawsiya.intake.readers.headings import THIRD, Headings, level_of
from tawsiya.intake.readers.item_labels import Path, item_label
from tawsiya.intake.readers.observations_kinds import asks, is_opening_heading
from tawsiya.intake.readers.records import Box, ReaderWarning
from tawsiya.intake.readers.upr_report_numbers import label_of
from tawsiya.intake.readers.upr_report_source import ENDED, MAX_HEADING, Part

_ANNEX = ("annex", "annexe", "annexes", "anexo", "المرفق", "مرفق", "appendix", "appendice", "التذييل")
_JUMP = 6
"""Numbers that may be missing in a row before a number is taken for a figure of the text."""
_WINDOW = 40
"""Numbers looked at further on, when one seems missing."""
_SHORT = 110
_LONG = 4_000
"""Characters of a paragraph after which what goes on with it is not asked again what it does."""
_OPENS = re.compile(r"(?:[:：]|(?:following|below|suit|suivants|suivantes|يلي|التالية|التايل)\s?[.:]?)\s*$")
_INDENT = 6.0
"""Points by which edges of one margin may differ."""
_WORD = re.compile(r"[^\W_]")
_BEFORE_FIGURES = re.compile(r"[-–(]?\s?([1-9]\d{0,2})\s?[.)–-]{1,3}\s+(?=\d)")
"""The number of a paragraph whose text begins with figures: "12. 2030 is the year …"."""
_TORN_NUMBER = re.compile(r"\D{0,24}?(?:^|\s)(?:[-–](\d{1,3})|(\d{1,3})[-–])\s")
_TORN_LETTER = re.compile(r"[^()]{1,24}(?=\(\s?[\u0621-\u064a]{1,2}\s?\)\s)")
"""Labels where letters of the text came out before them, in a damaged text layer."""
_STARTS_HEADING = re.compile(r"[\"“«‘]?(?:[^\W\d_]|\d{1,2}\s?[.)-])")


@dataclass(slots=True)
class Entry:
    """A numbered paragraph, an item of one, or a paragraph without number that belongs to one.

    ``number`` as printed; ``path`` of an item ("a.i"), empty for a paragraph; ``lead`` the entry
    that introduces an item; ``headings`` all that hold, outermost first, ``heading`` their line.
    """

    number: str
    path: str
    text: str
    headings: tuple[str, ...]
    heading: str | None
    lead: Entry | None = None
    annex: bool = False
    page: int | None = None
    indent: float | None = None
    boxes: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()
    bold: bool = False
    warnings: list[ReaderWarning] = field(default_factory=list)
    _asks: bool | None = None

    def extend(self, part: Part) -> None:
        """Add a following paragraph that has no number or letter of its own."""
        if self._asks is False:
            self._asks = None if len(self.text) < _LONG else False
        self.text = f"{self.text} {part.text}".strip()
        self.boxes += part.boxes
        self.notes += part.notes

    @property
    def opens(self) -> bool:
        """Whether the text ends as one that introduces a list does."""
        return _OPENS.search(self.text[-_SHORT:]) is not None

    @property
    def complete(self) -> bool:
        """Whether the text ends with a closing mark."""
        return ENDED.search(self.text[-_SHORT:]) is not None

    @property
    def asks(self) -> bool:
        """Whether the text so far asks for something."""
        if self._asks is None:
            self._asks = asks(self.text)
        return self._asks


def walk(parts: Sequence[Part], *, damaged: bool = False) -> list[Entry]:
    """The entries of a document in order. ``damaged``: letters of labels may be unreadable."""
    walker = _Walker(parts, damaged=damaged)
    return walker.entries()


def missing_numbers(entries: Sequence[Entry]) -> list[str]:
    """Numbers of paragraphs that the numbering skips."""
    found = {int(e.number) for e in entries if not e.annex and e.number.isdigit()}
    return [str(n) for n in range(min(found, default=1), max(found, default=0)) if n not in found]


@dataclass(slots=True)
class _Number:
    """A number at the start of a part, which may be a paragraph's: its place, value, what follows."""

    index: int
    value: int
    rest: str
    torn: bool = False


class _Walker:
    def __init__(self, parts: Sequence[Part], *, damaged: bool) -> None:
        self._parts = [part for part in parts if _WORD.search(part.text)]
        self._damaged = damaged
        self._count()
        if self._divide():
            self._count()
        self._headed = self._before_numbers()
        self._headings = Headings()
        self._entries: list[Entry] = []
        self._lead: Entry | None = None
        self._path = Path()

    def entries(self) -> list[Entry]:
        """Everything in order."""
        for index, part in enumerate(self._parts):
            if index == self._annex:
                self._headings = Headings()
            number = self._numbers.get(index) or self._in_annex.get(index)
            if number is not None:
                self._begin(number, part)
            elif self._is_heading(index):
                self._take_heading(part)
            elif self._entries:
                self._take_unnumbered(part)
        return self._entries

    # Numbers

    def _count(self) -> None:
        """Find the numbers of paragraphs, in the text and in annexes."""
        candidates = [
            n for i, p in enumerate(self._parts) if (n := _number(i, p, damaged=self._damaged)) is not None
        ]
        self._annex = self._first_annex(candidates)
        chain = self._chain([c for c in candidates if c.index < self._annex])
        self._numbers = {number.index: number for number in chain}
        self._in_annex = {c.index: c for c in candidates if c.index >= self._annex}

    def _divide(self) -> bool:
        """Divide parts that hold a paragraph whose number is missing; whether there were any."""
        chain = sorted(self._numbers.items())
        cuts: dict[int, list[str]] = {}
        for (place, before), (end, after) in pairwise(chain):
            for value in range(before.value + 1, after.value):
                inside = re.compile(rf"(?<=[.;:)]) (?={value}\. [A-ZÀ-Ý\u0621-\u064a])")
                for index in range(place, end):
                    pieces = cuts.get(index, [self._parts[index].text])
                    divided = [*pieces[:-1], *inside.split(pieces[-1], maxsplit=1)]
                    if len(divided) > len(pieces):
                        cuts[index] = divided
                        break
        if not cuts:
            return False
        self._parts = [
            replace(part, text=text)
            for index, part in enumerate(self._parts)
            for text in cuts.get(index, [part.text])
        ]
        return True

    def _first_annex(self, candidates: Sequence[_Number]) -> int:
        """Where annexes begin; what is annexed to a summary (before paragraph 2) is the document."""
        begun = next((c.index for c in candidates if c.value == 2), len(self._parts))
        for index in range(begun, len(self._parts)):
            if _is_annex(self._parts[index]):
                return index
        return len(self._parts)

    def _chain(self, candidates: Sequence[_Number]) -> list[_Number]:
        """Those that count the paragraphs: each one more than the last, small gaps allowed."""
        start = self._start(candidates)
        if start is None:
            return []
        chain = [candidates[start]]
        for place in range(start + 1, len(candidates)):
            number, last = candidates[place], chain[-1].value
            following = [c.value for c in candidates[place + 1 : place + 1 + _WINDOW]]
            if not last < number.value <= last + (1 if number.torn else _JUMP):
                continue
            if number.value > last + 1 and last + 1 in following:
                continue
            if self._is_numbered_heading(number, last, following):
                continue
            chain.append(number)
        return chain

    def _start(self, candidates: Sequence[_Number]) -> int | None:
        """The first paragraph: number 1, else the first that another follows by one."""
        for place, number in enumerate(candidates):
            following = [c.value for c in candidates[place + 1 : place + 1 + _JUMP]]
            if number.value == 1 and not self._is_numbered_heading(number, 0, following):
                return place
        for place, number in enumerate(candidates[:-1]):
            if candidates[place + 1].value == number.value + 1:
                return place
        return None

    def _is_numbered_heading(self, number: _Number, last: int, following: Sequence[int]) -> bool:
        """Whether "3. Right to life" is a heading: a paragraph with the number due comes after it."""
        text = self._parts[number.index].text
        if len(text) > _SHORT or ENDED.search(text):
            return False
        return bool(following) and following[0] == last + 1

    # Headings

    def _before_numbers(self) -> list[bool]:
        """Whether each part looks like a heading and stands, with others, before a numbered paragraph."""
        found = [False] * len(self._parts)
        following = False
        for index in range(len(self._parts) - 1, -1, -1):
            if index in self._numbers or index in self._in_annex:
                following = True
                continue
            following = following and self._looks_like_heading(self._parts[index])
            found[index] = following
            following = following or index == self._annex
        return found

    def _is_heading(self, index: int) -> bool:
        if not self._headed[index]:
            return index == self._annex
        last = self._entries[-1] if self._entries else None
        return self._parts[index].heading or last is None or last.complete or self._headings.fresh

    def _looks_like_heading(self, part: Part) -> bool:
        text = part.text
        if len(text) > MAX_HEADING or not _STARTS_HEADING.match(text):
            return False
        if item_label(text)[0] is not None:
            return False
        if part.heading:
            return True
        return not self._damaged and not ENDED.search(text) and len(text) <= _SHORT and not text[:1].islower()

    def _take_heading(self, part: Part) -> None:
        # Before the first paragraph stand the lines of the front page.
        if self._entries or level_of(part.text) < THIRD or is_opening_heading(part.text):
            self._headings.push(part.text)

    # Paragraphs

    def _begin(self, number: _Number, part: Part) -> None:
        last = next((int(e.number) for e in reversed(self._entries) if e.number.isdigit()), number.value - 1)
        entry = self._entry(str(number.value), "", number.rest, part)
        entry.annex = number.index >= self._annex
        if not entry.annex and number.value != last + 1:
            entry.warnings.append(ReaderWarning("number_unexpected", {"number": entry.number}))
        self._entries.append(entry)
        self._lead, self._path = entry, Path()
        self._headings.passed()

    def _entry(self, number: str, path: str, text: str, part: Part) -> Entry:
        return Entry(
            number,
            path,
            text,
            self._headings.all,
            self._headings.line,
            page=part.page,
            indent=part.indent,
            boxes=part.boxes,
            notes=part.notes,
            bold=part.bold,
        )

    def _take_unnumbered(self, part: Part) -> None:
        last = self._entries[-1]
        label, rest = item_label(part.text)
        if label is None and self._damaged and (torn := _TORN_LETTER.match(part.text)) is not None:
            label, rest = item_label(part.text[torn.end() :])
        taken = label is not None and self._path.take(label, opens=last.opens)
        if not taken and self._damaged and part.text.startswith("(") and (self._path.levels or last.opens):
            # The letter is unreadable, its bracket is there.
            self._path.next(opens=False)
            taken, rest = True, part.text
        if taken:
            self._add_item(rest, part)
        elif self._goes_on(last, part):
            last.extend(part)
        else:
            self._add_trailing(part)

    def _add_item(self, text: str, part: Part) -> None:
        lead = self._lead
        if lead is None:
            return
        item = self._entry(lead.number, self._path.text, text, part)
        item.lead, item.annex = self._parent() or lead, lead.annex
        item.headings, item.heading = lead.headings, lead.heading
        self._entries.append(item)

    def _parent(self) -> Entry | None:
        """The item that the one at hand is a part of."""
        upper = self._path.text.rpartition(".")[0]
        if not upper:
            return None
        for entry in reversed(self._entries):
            if entry is self._lead:
                return None
            if entry.path == upper:
                return entry
        return None

    def _goes_on(self, last: Entry, part: Part) -> bool:
        """Whether a part without label is the rest of the last entry, not a paragraph after it."""
        if self._damaged or not last.complete or part.text[:1].islower():
            return True
        if not last.path:
            return last.opens or last.asks or not asks(part.text)
        if self._lead is None or last.opens:
            return True
        if part.indent is not None and self._lead.indent is not None:
            if part.page is not None and last.boxes and part.page > last.boxes[-1][0]:
                return not asks(part.text)
            return part.indent > self._lead.indent + _INDENT
        return False

    def _add_trailing(self, part: Part) -> None:
        """A paragraph without number after the items, or one that asks after one that worried."""
        lead = self._lead
        if lead is None:
            return
        entry = self._entry(lead.number, "", part.text, part)
        entry.annex, entry.headings, entry.heading = lead.annex, lead.headings, lead.heading
        self._entries.append(entry)
        self._lead, self._path = entry, Path()


def _number(index: int, part: Part, *, damaged: bool) -> _Number | None:
    before_figures = _BEFORE_FIGURES.match(western_digits(part.text[:12]))
    if before_figures is not None:
        return _Number(index, int(before_figures[1]), part.text[before_figures.end() :])
    label, rest = label_of(part.text)
    if label is None:
        torn = _TORN_NUMBER.match(western_digits(part.text)) if damaged and not part.heading else None
        if torn is None:
            return None
        return _Number(index, int(torn[1] or torn[2]), part.text[torn.end() :], torn=True)
    if len(label.figures) != 1 or not 0 < label.figures[0] < 1000 or label.suffix:
        return None
    return _Number(index, label.figures[0], rest)


def _is_annex(part: Part) -> bool:
    if len(part.text) > _SHORT:
        return False
    folded = fold(part.text)
    return len(folded) < 60 and folded.split(" ", 1)[0] in _ANNEX and not ENDED.search(part.text)
