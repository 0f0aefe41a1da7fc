"""Walking through a report: sections, numbered paragraphs, the items of its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from tawsiya.intake.readers.attribution import attribute
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.records import Box, ReaderWarning
from tawsiya.intake.readers.upr_report_leads import PENDING, Stance, stance
from tawsiya.intake.readers.upr_report_numbers import (
    Label,
    label_of,
    letter_of,
    split_spaced,
    without_bullet,
)
from tawsiya.intake.readers.upr_report_source import Part

PLAIN, RECOMMENDATION, PLEDGE = "other", "recommendation", "pledge"

_SUMMARY, _CONCLUSIONS, _PLEDGES, _ANNEX = range(4)
_CONCLUSION = re.compile(r"\bconclusion|استنتاجات|выводы|结论")
_RECOMMENDATION = re.compile(r"\brecom|توصيات|рекомендац|建议")
_PLEDGE = re.compile(
    r"\bvoluntary (?:\w+ ){0,3}(?:pledges?|commitments?|promises|undertakings)|\bpledges and commitments"
    r"|\b(?:engagements?|promesses?|contributions?)\b.*\b(?:volontair|exprimes?\b)"
    r"|\b(?:compromisos|promesas|contribuciones)\b.*\bvoluntari"
    r"|(?:تعهدات|التزامات|تبرعات).*طوعي"
    r"|добровольн.*обязательств|自愿承诺"
)
_ANNEX_WORDS = ("annex", "annexe", "annexes", "anexo", "المرفق", "مرفق", "приложение", "附件", "appendix")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_SHOWN = 80
_JUMP = 6
"""Numbers that may be missing in a row before a number is taken for a figure of the text."""


@dataclass(slots=True)
class Item:
    """A numbered paragraph being collected.

    ``lead`` is the paragraph that introduces it; ``answers`` what was said of its position.
    """

    kind: str
    paragraph: str | None
    text: str
    heading: str | None
    letter: str | None = None
    lead: Lead | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: list[ReaderWarning] = field(default_factory=list)

    def extend(self, part: Part, text: str | None = None) -> None:
        """Add a following paragraph that has no number of its own."""
        self.text = f"{self.text} {part.text if text is None else text}".strip()
        self.boxes += part.boxes
        self.notes += part.notes


@dataclass
class Lead:
    """A paragraph that may introduce recommendations: its number and its item.

    ``said`` replaces what its own words say once a sentence after the list has spoken; ``first``
    and ``last`` are the numbers of its first and last recommendation, ``numbered`` whether they
    are printed.
    """

    number: int
    item: Item
    said: Stance | None = None
    first: int = 1
    last: int = 0
    numbered: bool = False

    @cached_property
    def _own(self) -> Stance:
        return stance(self.item.text)

    @property
    def stance(self) -> Stance:
        """What was said of the recommendations under it; read when it is first asked for."""
        return self.said or self._own

    @property
    def comment(self) -> str | None:
        """The introduction itself, where it says more than the position ("already implemented")."""
        own = self._own
        return self.item.text if own.reasoned and own.answer != PENDING else None


class Reader:
    """Takes the parts in order; ``items`` holds what was found."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._section = _SUMMARY
        self._heading: str | None = None
        self._last = 0
        self._counted = 0
        self._lead: Lead | None = None

    def take(self, part: Part) -> None:
        """One paragraph or heading."""
        if part.heading and self._take_heading(part):
            return
        label, rest = label_of(part.text)
        if label is not None and label.spaced and not self._may_be_item(label):
            label, rest = split_spaced(label, rest)
        if label is None or not self._take_numbered(label, rest, part):
            self._take_unnumbered(part)

    def _take_heading(self, part: Part) -> bool:
        """Note a heading; False where it is rather the rest of a recommendation in bold."""
        folded = fold(part.text)
        section = _section(folded)
        if section is None and self._section == _CONCLUSIONS and self._open():
            return False
        if section is not None and self._last:
            self._section = section
        self._heading = part.text
        return True

    def _open(self) -> bool:
        """Whether the last recommendation lacks its end."""
        last = self.items[-1] if self.items else None
        return last is not None and last.kind == RECOMMENDATION and not _complete(last.text)

    def _kind(self) -> str:
        """What the items of a list are where the reader is."""
        return PLEDGE if self._section == _PLEDGES else RECOMMENDATION

    # Numbered paragraphs

    def _may_be_item(self, label: Label) -> bool:
        """Whether "12. 5" can be recommendation 12.5: under introduction 12, in turn."""
        lead = self._lead
        return lead is not None and label.figures[0] == lead.number and label.figures[1] in _near(lead.last)

    def _take_numbered(self, label: Label, rest: str, part: Part) -> bool:
        """File a numbered paragraph; False for a number that is none ("15. " in running text)."""
        if self._section == _ANNEX:
            return self._take_plain(label, rest, part)
        if len(label.figures) > 1:
            return self._take_dotted(label, rest, part)
        if self._lead is not None and self._begins_list(label):
            self._section = _CONCLUSIONS  # under a heading of other words
        if self._lead is not None and self._is_listed(label, rest, part):
            return self._take_listed(label, rest, part)
        return self._take_plain(label, rest, part)

    def _take_dotted(self, label: Label, rest: str, part: Part) -> bool:
        lead = self._lead
        if lead is None:
            return False
        first, second = label.figures[0], label.figures[1]
        if first != lead.number and second == lead.number and _ARABIC.search(rest):
            # Right to left, "129-1" may come out as "1-129".
            first, second = second, first
            label = Label((first, second), label.suffix)
        warnings = []
        if first != lead.number or (len(label.figures) == 2 and second not in _near(lead.last)):
            if first != lead.number and second not in _near(lead.last) and not label.closed:
                if not attribute(rest).states:
                    return False
            warnings.append(ReaderWarning("number_unexpected", {"number": label.text}))
        lead.last = second if second in _near(lead.last) or lead.last == 0 else lead.last + 1
        lead.numbered = True
        self._section = max(self._section, _CONCLUSIONS)
        self._add(self._kind(), label.text, rest, part, lead=lead, warnings=warnings)
        return True

    def _begins_list(self, label: Label) -> bool:
        """Whether "1." follows a paragraph that introduces recommendations."""
        lead = self._lead
        return (
            label.figures == (1,)
            and lead is not None
            and lead.last == 0
            and lead.item.text.rstrip().endswith(":")
            and lead.stance.answer is not None
        )

    def _is_listed(self, label: Label, rest: str, part: Part) -> bool:
        """Whether a plain number counts recommendations under the introduction, not paragraphs."""
        lead = self._lead
        if lead is None or self._section not in (_CONCLUSIONS, _PLEDGES):
            return False
        number = label.figures[0]
        # Some lists go on counting where the one before ended.
        goes_on = lead.last == 0 and number == self._counted + 1
        follows_list, follows_report = number == lead.last + 1 or goes_on, number == self._last + 1
        if follows_list and not follows_report:
            return True
        if self._section == _PLEDGES:
            return False
        named = bool(attribute(rest).states)
        if follows_list:
            return named or not stance(rest).speaks
        return named and number in _near(lead.last)

    def _take_listed(self, label: Label, rest: str, part: Part) -> bool:
        lead = self._lead
        if lead is None:
            return False
        number = label.figures[0]
        warnings = []
        if number != lead.last + 1 and not (lead.last == 0 and number == self._counted + 1):
            warnings.append(ReaderWarning("number_unexpected", {"number": label.text}))
        if lead.last == 0:
            lead.first = number
        lead.last, lead.numbered = number, True
        self._counted = number
        name = f"{lead.number}.{label.text}"
        self._add(self._kind(), name, rest, part, lead=lead, warnings=warnings)
        return True

    def _take_plain(self, label: Label, rest: str, part: Part) -> bool:
        number = label.figures[0]
        if self._section == _ANNEX:
            self._add(PLAIN, label.text, rest, part)
            return True
        if len(label.figures) > 1 or not self._last < number <= self._last + _JUMP:
            return False
        if self._last == 0 and number != 1:
            return False
        warnings = []
        if number != self._last + 1:
            warnings.append(ReaderWarning("number_unexpected", {"number": label.text}))
        self._last = number
        self._lead = None
        kind = PLEDGE if self._section == _PLEDGES else PLAIN
        item = self._add(kind, label.text, rest, part, warnings=warnings)
        lead = Lead(number, item)
        if self._section == _CONCLUSIONS:
            own = lead.stance
            if own.backwards and own.answer is not None:
                self._answer_above(own)
        self._lead = lead
        return True

    # Paragraphs without a number

    def _take_unnumbered(self, part: Part) -> None:
        if not self.items:
            return
        letter, rest = letter_of(part.text)
        last = self.items[-1]
        if self._section == _PLEDGES and last.kind == PLEDGE and self._take_pledge(part, letter, rest):
            return
        if self._section != _CONCLUSIONS or self._lead is None:
            if self._section != _ANNEX:
                last.extend(part)
            return
        self._take_in_list(part, letter, rest)

    def _take_pledge(self, part: Part, letter: str | None, rest: str) -> bool:
        """A lettered pledge, or one after a bullet; False for the rest of the one before."""
        bullet, bare = without_bullet(part.text)
        lead = self._lead
        if letter is not None:
            self._add(PLEDGE, self.items[-1].paragraph, rest, part, letter=letter)
        elif bullet and lead is not None:
            lead.last += 1
            name = f"{lead.number}.{lead.last}"
            self._add(PLEDGE, name, bare, part, warnings=[ReaderWarning("number_by_order", {"number": name})])
        else:
            return False
        return True

    def _take_in_list(self, part: Part, letter: str | None, rest: str) -> None:
        """An unnumbered paragraph in a list: a closing sentence, a lettered item, a continuation."""
        lead = self._lead
        last = self.items[-1]
        if lead is None:
            return
        said = stance(part.text)
        if said.speaks and said.answer is not None and said.backwards:
            lead.item.extend(part)
            self._answer_above(said)
            return
        named = bool(attribute(part.text).states)
        counted = lead.last > 0
        if letter is not None and not counted and (last is lead.item or last.letter):
            name = str(lead.number)
            self._add(RECOMMENDATION, name, rest, part, letter=letter, lead=lead)
            return
        bullet, bare = without_bullet(part.text)
        named = named and letter is None and _complete(last.text)
        if named and not lead.numbered and (last is lead.item or last.kind == RECOMMENDATION):
            lead.last += 1
            name = f"{lead.number}.{lead.last}"
            warning = ReaderWarning("number_by_order", {"number": name})
            text = bare if bullet else part.text
            self._add(RECOMMENDATION, name, text, part, lead=lead, warnings=[warning])
            return
        if named and last.kind == RECOMMENDATION:
            shown = part.text if len(part.text) <= _SHOWN else f"{part.text[:_SHOWN]}…"
            last.warnings.append(ReaderWarning("unnumbered_joined", {"text": shown}))
        last.extend(part)

    def _answer_above(self, said: Stance) -> None:
        """Give the answer of "The recommendations listed above …" to the list before it."""
        for item in reversed(self.items):
            lead = item.lead
            if lead is None or (said.named and lead.number not in said.named):
                continue
            if lead.stance.answer is None:
                lead.said = said
            return

    def _add(
        self,
        kind: str,
        paragraph: str | None,
        text: str,
        part: Part,
        *,
        letter: str | None = None,
        lead: Lead | None = None,
        warnings: list[ReaderWarning] | None = None,
    ) -> Item:
        item = Item(
            kind,
            paragraph,
            text,
            self._heading,
            letter,
            lead,
            part.page,
            part.boxes,
            part.notes,
            warnings or [],
        )
        self.items.append(item)
        return item


def _near(last: int) -> range:
    """Numbers that may follow ``last``, one of which may be missing or repeated."""
    return range(last + 1, last + 1 + _JUMP)


def _complete(text: str) -> bool:
    """Whether a recommendation has its States or its closing mark."""
    return text.rstrip().endswith((";", ".", ":", "؛")) or bool(attribute(text).states)


def _section(folded: str) -> int | None:
    """The section that a heading opens; None for a heading inside one."""
    if _CONCLUSION.search(folded) and _RECOMMENDATION.search(folded):
        return _CONCLUSIONS
    if _PLEDGE.search(folded):
        return _PLEDGES
    first = folded.split(" ", 1)[0]
    return _ANNEX if first in _ANNEX_WORDS and len(folded) < 60 else None
