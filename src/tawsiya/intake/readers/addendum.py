"""Addenda to UPR reports: what the State answers to each recommendation.

An addendum has no fixed form. It names recommendations by number, in lists and ranges, under
headings ("Noted recommendations"), in sentences ("accepts recommendations …"), one by one with an
answer and a comment, or in a table. Each recommendation that it names gives one record with the
symbol and paragraph of the report; the addendum's own paragraphs are records of kind ``other``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tawsiya.intake.readers.addendum_answers import (
    answer_of,
    answers_parts,
    first_sentence,
    is_answer,
    of_recommendations,
    verdict,
    without_label,
)
from tawsiya.intake.readers.addendum_numbers import (
    Reference,
    beginning,
    leads,
    list_paragraphs,
    only_references,
    plain_references,
    references,
)
from tawsiya.intake.readers.attribution import attribute
from tawsiya.intake.readers.labels import BOTH
from tawsiya.intake.readers.language import detect
from tawsiya.intake.readers.records import Box, ReaderWarning, ReadResult, Record
from tawsiya.intake.readers.upr_report_front import Front
from tawsiya.intake.readers.upr_report_items import RECOMMENDATION
from tawsiya.intake.readers.upr_report_leads import PENDING
from tawsiya.intake.readers.upr_report_numbers import label_of
from tawsiya.intake.readers.upr_report_source import Part, Source
from tawsiya.mechanisms import symbols

_MAX_COMMENT = 20_000


@dataclass(slots=True)
class Answer:
    """What is known of one recommendation; ``stated`` outright, ``implied`` by its heading."""

    paragraph: str
    stated: str | None = None
    implied: str | None = None
    source: str | None = None
    text: str = ""
    comments: list[str] = field(default_factory=list)
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    warnings: list[ReaderWarning] = field(default_factory=list)

    @property
    def position(self) -> str | None:
        """The position as far as it is known."""
        return self.stated or self.implied


@dataclass(slots=True)
class _Paragraph:
    """A numbered paragraph of the addendum itself."""

    number: str
    text: str
    heading: str | None
    page: int | None
    boxes: tuple[Box, ...]


def read_addendum(source: Source, front: Front) -> ReadResult:
    """The answers, in the order in which the recommendations are first named, and the paragraphs."""
    reader = _Reader(source)
    started = False
    for part in source.parts:
        started = started or reader.begins(part)
        if started:
            reader.take(part)
    language = detect(" ".join(part.text for part in source.parts[:80])[:2_000], least=1)
    records = list(_records(reader, front, language, damaged=source.damaged))
    warnings = list(front.warnings)
    if not reader.answers:
        warnings.append(ReaderWarning("no_answers"))
    if source.damaged:
        warnings.append(ReaderWarning("text_damaged"))
    return ReadResult(front.info, tuple(records), tuple(warnings))


class _Reader:
    """Takes the parts in order."""

    def __init__(self, source: Source) -> None:
        texts = [part.text for part in source.parts]
        self._known = leads(texts)
        self._list = self._one_list(texts)
        self.answers: dict[str, Answer] = {}
        self.paragraphs: list[_Paragraph] = []
        self._heading: str | None = None
        self._section: str | None = None
        self._number: str | None = None
        self._targets: list[Answer] = []
        self._columns: dict[tuple[int, int], str] = {}

    def _one_list(self, texts: list[str]) -> int | None:
        """The one paragraph of the report that the addendum speaks of, for answers by plain number."""
        named = {number for text in texts for number in list_paragraphs(text)}
        return named.pop() if len(named) == 1 else None

    def begins(self, part: Part) -> bool:
        """Whether the text proper begins here, after the title page."""
        label, _ = label_of(part.text)
        if label is not None and label.figures in ((1,), (0,)):
            return True
        return bool(self._references(part.text)) or (part.page or 1) > 1 or self._is_column_head(part)

    def take(self, part: Part) -> None:
        """One paragraph or heading."""
        if self._is_column_head(part):
            return
        alone = only_references(part.text, self._known)
        if alone:
            self._name(alone, part)
            self._state_by_column(part)
            return
        if part.heading and not self._references(part.text):
            self._take_heading(part)
            return
        names, rest = beginning(part.text, self._known)
        if names:
            self._name(names, part)
            self._take_about(rest, part)
            return
        label, rest = label_of(part.text)
        if label is not None and len(label.figures) == 1 and self._follows(label.figures[0]):
            self._number = label.text
            self._targets = []
            own = _Paragraph(label.text, rest, self._heading, part.page, part.boxes)
            self.paragraphs.append(own)
            self._take_sentences(rest, part)
            return
        self._take_text(part)

    def _is_column_head(self, part: Part) -> bool:
        """Whether a cell heads a column of recommendations that are all answered alike."""
        cell = part.cell
        if cell is None or cell.row or not of_recommendations(part.text):
            return False
        answer = answer_of(part.text)
        if answer is None or self._references(part.text):
            return False
        self._columns[cell.table, cell.column] = answer
        self._targets = []
        return True

    def _state_by_column(self, part: Part) -> None:
        cell = part.cell
        answer = self._columns.get((cell.table, cell.column)) if cell is not None else None
        if answer is not None:
            self._state(self._targets, answer, part)

    def _follows(self, number: int) -> bool:
        last = int(self._number or 0)
        return last < number <= last + 6

    def _take_heading(self, part: Part) -> None:
        self._heading = part.text
        answer = answer_of(part.text)
        if answer is not None:
            if self._targets and not of_recommendations(part.text) and is_answer(part.text):
                self._state(self._targets, answer, part)  # "Accepted" in bold under its recommendation
                return
            self._section = answer
        self._targets = []

    def _references(self, text: str) -> list[Reference]:
        found = references(text, self._known)
        if not found and not self._known:
            plain = plain_references(text)
            if self._list is None:
                return plain
            return [
                Reference(tuple(f"{self._list}.{name}" for name in ref.paragraphs), ref.start, ref.end)
                for ref in plain
            ]
        return found

    # What the parts say

    def _name(self, names: tuple[str, ...], part: Part) -> None:
        """A line of numbers alone: what follows is about them."""
        self._targets = [self._answer(name, part) for name in names]
        for target in self._targets:
            if target.implied is None:
                target.implied = self._section
                target.source = target.source or self._number

    def _take_about(self, text: str, part: Part) -> None:
        """A text about the recommendations named last: their answer, their wording or a comment.

        "140.7 Accepted. …", "140.7 The text of the recommendation (Chile)", "140.7 A comment."
        """
        text = without_label(text)
        first, rest = first_sentence(text)
        position = answer_of(first) if is_answer(first) else None
        if position is not None:
            self._state(self._targets, position, part)
            text = rest
        elif answers_parts(text):
            self._state([t for t in self._targets if t.position is None], BOTH, part)
        if not text:
            return
        given = attribute(text)
        for target in self._targets:
            if given.states and not target.text and not target.comments and position is None:
                target.text = given.text
            elif sum(map(len, target.comments)) < _MAX_COMMENT:
                target.comments.append(text)
            target.boxes += tuple(box for box in part.boxes if box not in target.boxes)

    def _take_text(self, part: Part) -> None:
        """A paragraph without a number."""
        if self._take_sentences(part.text, part):
            return
        if self._targets:
            self._take_about(part.text, part)
        elif self.paragraphs:
            last = self.paragraphs[-1]
            last.text = f"{last.text} {part.text}"
            last.boxes += part.boxes

    def _take_sentences(self, text: str, part: Part) -> bool:
        """Verdicts on lists inside a text; whether there were any."""
        groups = self._references(text)
        verdicts = False
        end = 0
        for index, group in enumerate(groups):
            following = groups[index + 1].start if index + 1 < len(groups) else len(text)
            answer, excepted = verdict(text[end : group.start], text[group.end : following])
            end = group.end
            if answer is None and self._targets:
                continue  # a comment that mentions other recommendations
            if answer is None and self._section is None:
                continue
            verdicts = True
            targets = [self._answer(name, part) for name in group.paragraphs]
            if excepted:
                for target in targets:
                    target.warnings.append(ReaderWarning("answer_excepted"))
            elif answer is not None:
                self._state(targets, answer, part)
            else:
                self._name(group.paragraphs, part)
        if verdicts:
            self._targets = []
            if not self.paragraphs or self.paragraphs[-1].boxes != part.boxes:
                self._extend_last(text, part)
        return verdicts

    def _extend_last(self, text: str, part: Part) -> None:
        if self.paragraphs:
            self.paragraphs[-1].text = f"{self.paragraphs[-1].text} {text}"
            self.paragraphs[-1].boxes += part.boxes

    def _answer(self, name: str, part: Part) -> Answer:
        answer = self.answers.get(name)
        if answer is None:
            answer = self.answers[name] = Answer(name, page=part.page, boxes=part.boxes)
        return answer

    def _state(self, targets: list[Answer], position: str, part: Part) -> None:
        if position == PENDING:
            return
        for target in targets:
            if target.stated is not None and target.stated != position:
                params = {"first": target.stated, "second": position}
                target.warnings.append(ReaderWarning("answers_differ", params))
                continue
            target.stated = position
            target.source = self._number
            target.page, target.boxes = part.page, part.boxes


def _records(reader: _Reader, front: Front, language: str | None, *, damaged: bool) -> Iterator[Record]:
    own = symbols.parse(front.symbol or "")
    report = f"A/HRC/{own.session}/{own.number}" if own.session and own.number else None
    damage = (ReaderWarning("text_damaged"),) if damaged else ()
    for paragraph in reader.paragraphs:
        yield Record(
            kind="other",
            mechanism="UPR",
            symbol=front.symbol,
            document=front.info,
            paragraph=paragraph.number,
            text=paragraph.text,
            heading=paragraph.heading,
            language=language,
            page=paragraph.page,
            boxes=paragraph.boxes,
            warnings=damage,
        )
    for answer in reader.answers.values():
        warnings = [*answer.warnings, *damage]
        if answer.position is None:
            warnings.append(ReaderWarning("answer_missing"))
        source = f"{front.symbol} - Para. {answer.source}" if answer.source else front.symbol
        yield Record(
            kind=RECOMMENDATION,
            mechanism="UPR",
            symbol=report,
            document=front.info,
            paragraph=answer.paragraph,
            text=answer.text,
            language=language,
            position=answer.position,
            source_of_position=source if answer.position else None,
            comment="\n".join(answer.comments) or None,
            page=answer.page,
            boxes=answer.boxes,
            warnings=tuple(warnings),
        )
