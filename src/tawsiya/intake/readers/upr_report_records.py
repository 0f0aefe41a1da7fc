"""From what was collected in a report to records: States, positions, comments, warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tawsiya.intake.readers.attribution import attribute
from tawsiya.intake.readers.cells import MAX_TEXT
from tawsiya.intake.readers.records import ReaderWarning, Record
from tawsiya.intake.readers.upr_report_front import Front
from tawsiya.intake.readers.upr_report_items import RECOMMENDATION, Item

MECHANISM = "UPR"


def records_of(
    items: Sequence[Item], front: Front, language: str | None, *, damaged: bool
) -> Iterator[Record]:
    """Records in document order; ``damaged`` marks the words of each as not to be trusted."""
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for item in items:
        key = (item.paragraph, item.letter)
        counts[key] += 1
        warnings = list(item.warnings)
        if damaged:
            warnings.append(ReaderWarning("text_damaged"))
        warnings += [ReaderWarning("footnote", {"text": note}) for note in item.notes]
        if counts[key] > 1:
            warnings.append(ReaderWarning("same_paragraph", {"paragraph": item.paragraph or ""}))
        yield _record(item, front, language, counts[key], warnings)


def _record(
    item: Item, front: Front, language: str | None, ordinal: int, warnings: list[ReaderWarning]
) -> Record:
    text = item.text
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        warnings.append(ReaderWarning("text_too_long", {"limit": MAX_TEXT}))
    is_recommendation = item.kind == RECOMMENDATION
    given = attribute(text, inside=True, reviewed=front.info.review.state) if is_recommendation else None
    lead = item.lead
    position = lead.stance.position if lead is not None and is_recommendation else None
    source = f"{front.symbol} - Para. {lead.number}" if position and lead and front.symbol else None
    if given is not None:
        warnings += given.warnings
        if not given.text:
            warnings.append(ReaderWarning("text_empty"))
        if lead is not None and lead.stance.answer is None:
            warnings.append(ReaderWarning("position_missing"))
    return Record(
        kind=item.kind,
        mechanism=MECHANISM,
        symbol=front.symbol,
        document=front.info,
        paragraph=item.paragraph,
        subparagraph=item.letter,
        ordinal=ordinal,
        heading=item.heading,
        text=given.text if given is not None else text,
        language=language,
        recommending_states=given.states if given else (),
        recommending_states_unrecognised=given.unrecognised if given else (),
        position=position,
        source_of_position=source,
        comment=lead.comment if lead is not None and is_recommendation else None,
        page=item.page,
        boxes=item.boxes,
        warnings=tuple(warnings),
    )
