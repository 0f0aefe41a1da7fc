"""What the page of comparison shows: records on one side, pages or passages of the document on the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tawsiya.intake.digests import digest_of
from tawsiya.intake.models import ImportRow, ImportRun, SeenRow
from tawsiya.intake.presenting import RowShown, rows_shown
from tawsiya.intake.readers import layout
from tawsiya.intake.readers.layout import Layout, Mark, Sheet


@dataclass(frozen=True)
class Pair:
    """A record and where it stands: `target` is the id of its first rectangle or passage, "" for none.

    `preview_page` is the page of the preview on which its row stands.
    """

    shown: RowShown
    label: str
    page: int | None
    target: str
    seen_by: str
    preview_page: int

    @property
    def order(self) -> int:
        """Its number in the import."""
        return self.shown.row.order


@dataclass(frozen=True)
class Place:
    """A rectangle with the record it belongs to."""

    mark: Mark
    order: int
    label: str
    warned: bool


@dataclass(frozen=True)
class SheetShown:
    """A page with its rectangles."""

    sheet: Sheet
    places: Sequence[Place]


@dataclass(frozen=True)
class Passage:
    """A paragraph of a Word file, with the number and label of the record that begins in it."""

    text: str
    order: int | None = None
    label: str = ""

    @property
    def rest(self) -> str:
        """The text without the label that it may begin with."""
        return layout.rest_of(self.text, self.label)


@dataclass(frozen=True)
class Comparison:
    """All of one page; `kind` as in `readers.layout`."""

    kind: str
    pairs: Sequence[Pair]
    sheets: Sequence[SheetShown] = field(default=())
    passages: Sequence[Passage] = field(default=())

    @property
    def seen(self) -> int:
        """How many records were seen."""
        return sum(bool(pair.seen_by) for pair in self.pairs)

    @property
    def warned(self) -> int:
        """How many records carry a warning."""
        return sum(bool(pair.shown.warnings) for pair in self.pairs)


def compare(run: ImportRun, rows: Sequence[ImportRow], document: Layout, *, rows_per_page: int) -> Comparison:
    """Return the comparison of some rows of an import, in their order; two queries.

    Args:
        rows_per_page: how many rows a page of the preview has, for the way there.
    """
    seen = {
        digest: str(person)
        for digest, person in (
            (one.digest, one.seen_by) for one in SeenRow.objects.filter(run=run).select_related("seen_by")
        )
    }
    records = [row.record for row in rows]
    marks = layout.marks(records) if document.kind == layout.PAGES else {}
    passages = layout.places(records, document.passages)
    targets = {place: f"passage-{at}" for place, at in passages.items()}
    for mark in (mark for page in marks.values() for mark in page if mark.part == 1):
        targets[mark.record] = f"box-{rows[mark.record].order}-1"
    pairs = [
        Pair(
            shown=shown,
            label=_label(shown.row),
            page=shown.row.record.get("page"),
            target=targets.get(place, ""),
            seen_by=seen.get(digest_of(shown.row), ""),
            preview_page=(shown.row.order - 1) // rows_per_page + 1,
        )
        for place, shown in enumerate(rows_shown(run, rows))
    ]
    return Comparison(
        kind=document.kind,
        pairs=pairs,
        sheets=_sheets(document, marks, pairs),
        passages=_passages(document, passages, pairs),
    )


def _label(row: ImportRow) -> str:
    """A record's number as its document prints it; without one, the name of the row."""
    record = row.record
    part = record.get("subparagraph")
    number = f"{record.get('paragraph') or ''}{f' ({part})' if part else ''}"
    return number or row.name


def _sheets(
    document: Layout, marks: Mapping[int, Sequence[Mark]], pairs: Sequence[Pair]
) -> Sequence[SheetShown]:
    """The pages from the first with a record of these to the last; all where none has a place."""
    first, last = (min(marks), max(marks)) if marks else (1, len(document.sheets))
    return [
        SheetShown(
            sheet,
            [
                Place(mark, pairs[mark.record].order, pairs[mark.record].label, _warned(pairs[mark.record]))
                for mark in marks.get(sheet.number, ())
            ],
        )
        for sheet in document.sheets
        if first <= sheet.number <= last and sheet.width > 0 and sheet.height > 0
    ]


def _warned(pair: Pair) -> bool:
    return bool(pair.shown.warnings)


def _passages(document: Layout, places: Mapping[int, int], pairs: Sequence[Pair]) -> Sequence[Passage]:
    by_passage = {at: pairs[place] for place, at in reversed(list(places.items()))}
    return [
        Passage(text, pair.order, pair.label) if (pair := by_passage.get(at)) else Passage(text)
        for at, text in enumerate(document.passages)
    ]
