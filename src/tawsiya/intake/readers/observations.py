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
    OTHER,
    RECOMMENDATION,
    Act,
    act_of,
    is_concern_heading,
    is_opening_heading,
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
        among = self._among_concerns(entry)
        own = act_of(entry.text, among_concerns=among, bold=entry.bold, damaged=self._damaged)
        if entry.lead is None:
            return own
        upper = self._acts[id(entry.lead)].of_items
        if own.kind == RECOMMENDATION != upper and not _is_whole(entry):
            # Part of a sentence: "(b) That the law should … has not been adopted".
            return Act(upper, upper)
        kind = own.kind if own.kind == RECOMMENDATION else upper
        return Act(kind, own.of_items if own.of_items == RECOMMENDATION else kind)

    def _among_concerns(self, entry: Entry) -> bool:
        if any(map(is_concern_heading, entry.headings)):
            return True
        return self._has_opening and bool(entry.headings) and not any(map(is_opening_heading, entry.headings))


def _is_whole(entry: Entry) -> bool:
    """Whether an item has sentences of its own, in which the committee may ask."""
    return ". " in entry.text


def _unknown(due: list[Deadline], entries: list[Entry]) -> list[ReaderWarning]:
    """A warning naming the parts chosen for follow-up that were not found."""
    items = [item for deadline in due for item in deadline.items]
    missing = tuple(item for item in items if not any(chosen((item,), entry) for entry in entries))
    return [ReaderWarning("follow_up_not_found", {"numbers": missing})] if missing else []
