"""Concluding observations of the treaty bodies: every numbered paragraph and item, with its kind.

Ten committees write alike: a chapter of introduction and praise, then concerns and recommendations
under headings, in paragraphs of their own or (in older ones) in one; closing paragraphs choose some
for follow-up and say when the next report is due.
"""

from __future__ import annotations

from tawsiya.intake.readers.numbered import Entry, walk
from tawsiya.intake.readers.numbered_records import Judged, Named, file_warnings, language_of, records_of
from tawsiya.intake.readers.observations_deadlines import FOLLOW_UP, chosen, deadlines
from tawsiya.intake.readers.observations_front import ObservationsFront
from tawsiya.intake.readers.observations_kinds import (
    CONCERN,
    OTHER,
    RECOMMENDATION,
    Act,
    act_of,
    is_closing_heading,
    is_concern_heading,
    is_opening_heading,
    is_recommendation_heading,
    item_asks,
    leaves_it_to_items,
)
from tawsiya.intake.readers.records import Deadline, ReaderWarning, ReadResult
from tawsiya.intake.readers.upr_report_source import Source


def read_observations(source: Source, front: ObservationsFront) -> ReadResult:
    """Records, warnings and deadlines. A damaged text gives no deadlines: its figures may be wrong."""
    entries = walk(source.parts, damaged=source.damaged)
    due: list[Deadline] = []
    if not source.damaged:
        due = deadlines(entries, adopted=front.info.adopted, published=front.info.date)
    named = Named(front.body, front.symbol, front.info, language_of(entries), source.damaged)
    judge = _Judge(entries, due, damaged=source.damaged)
    records = tuple(records_of(entries, named, judge))
    warnings = [*front.warnings, *file_warnings(entries, source), *_unknown(due, entries)]
    return ReadResult(front.info, records, tuple(warnings), tuple(due))


class _Judge:
    """Gives each entry its kind; remembers what paragraphs said of the items under them."""

    def __init__(self, entries: list[Entry], due: list[Deadline], *, damaged: bool) -> None:
        self._acts: dict[int, Act] = {}
        self._due = [deadline for deadline in due if deadline.kind == FOLLOW_UP and deadline.due]
        self._damaged = damaged
        self._first_items: dict[int, Entry] = {}
        for entry in entries:
            if entry.lead is not None:
                self._first_items.setdefault(id(entry.lead), entry)
        # A document without such a heading is judged by its words alone.
        self._has_opening = any(is_opening_heading(heading) for e in entries for heading in e.headings)

    def __call__(self, entry: Entry) -> Judged:
        act = self._act(entry)
        self._acts[id(entry)] = act
        day = next((d.due for d in self._due if chosen(d.items, entry)), None)
        return Judged(act.kind, follow_up=day)

    def _act(self, entry: Entry) -> Act:
        if entry.annex:
            return Act(OTHER, OTHER)
        if entry.lead is not None:
            return self._act_of_item(entry, self._acts[id(entry.lead)].of_items)
        among = self._among_concerns(entry)
        own = act_of(entry.text, among_concerns=among, bold=entry.bold, damaged=self._damaged)
        if own.kind == RECOMMENDATION:
            return own
        if leaves_it_to_items(entry.text) and self._first_item_asks(entry):
            return Act(RECOMMENDATION, RECOMMENDATION)
        if any(map(is_recommendation_heading, entry.headings)):
            worries = act_of(entry.text, among_concerns=False).kind == CONCERN
            return own if worries else Act(RECOMMENDATION, RECOMMENDATION)
        return own

    def _act_of_item(self, entry: Entry, upper: str) -> Act:
        """An item is what its introduction makes it, unless it asks by itself."""
        if upper == RECOMMENDATION or item_asks(entry.text):
            return Act(RECOMMENDATION, RECOMMENDATION)
        bold = self._damaged and entry.bold and self._among_concerns(entry)
        return Act(RECOMMENDATION, RECOMMENDATION) if bold else Act(upper, upper)

    def _first_item_asks(self, lead: Entry) -> bool:
        first = self._first_items.get(id(lead))
        return first is not None and item_asks(first.text)

    def _among_concerns(self, entry: Entry) -> bool:
        if entry.headings and is_closing_heading(entry.headings[-1]) and not (self._damaged or entry.bold):
            return False
        if any(map(is_concern_heading, entry.headings)):
            return True
        return self._has_opening and bool(entry.headings) and not any(map(is_opening_heading, entry.headings))


def _unknown(due: list[Deadline], entries: list[Entry]) -> list[ReaderWarning]:
    """A warning naming the parts chosen for follow-up that were not found."""
    items = [item for deadline in due for item in deadline.items]
    missing = tuple(item for item in items if not any(chosen((item,), entry) for entry in entries))
    return [ReaderWarning("follow_up_not_found", {"numbers": missing})] if missing else []
