"""Reports of the UPR Working Group, cycles 1 to 4: recommendations, pledges, every other paragraph.

A report has numbered paragraphs in sections. In "Conclusions and/or recommendations" a paragraph
introduces a list and says the State's position; the items below are numbered 140.1, 140.2 …, in the
first cycle 1, 2 … under each introduction. Their records are named after both: "76.1".
"""

from __future__ import annotations

from tawsiya.intake.readers.language import detect
from tawsiya.intake.readers.records import ReaderWarning, ReadResult
from tawsiya.intake.readers.upr_report_front import Front
from tawsiya.intake.readers.upr_report_items import Item, Reader
from tawsiya.intake.readers.upr_report_records import records_of
from tawsiya.intake.readers.upr_report_source import Source

_SAMPLE, _SAMPLE_CHARACTERS = 20, 1_000
_MAX_SHOWN = 20


def read_report(source: Source, front: Front) -> ReadResult:
    """Every numbered paragraph of a report, in order, with its kind."""
    reader = Reader()
    for part in source.parts:
        reader.take(part)
    items = reader.items
    language = detect(" ".join(item.text for item in items[:_SAMPLE])[:_SAMPLE_CHARACTERS], least=1)
    records = tuple(records_of(items, front, language, damaged=source.damaged))
    warnings = list(front.warnings)
    missing = _missing(items)
    if missing:
        shown = (*missing[:_MAX_SHOWN], *(("…",) if len(missing) > _MAX_SHOWN else ()))
        warnings.append(ReaderWarning("numbers_missing", {"numbers": shown}))
    if source.damaged:
        warnings.append(ReaderWarning("text_damaged"))
    if source.tracked:
        warnings.append(ReaderWarning("tracked_changes"))
    return ReadResult(front.info, records, tuple(warnings))


def _missing(items: list[Item]) -> list[str]:
    """Numbers that the numbering of paragraphs and of each list skips."""
    found = {item.paragraph for item in items}
    tops = [int(item.paragraph) for item in items if item.paragraph and item.paragraph.isdigit()]
    missing = [str(n) for n in range(1, max(tops, default=0)) if str(n) not in found]
    for lead in {id(item.lead): item.lead for item in items if item.lead is not None}.values():
        names = (f"{lead.number}.{n}" for n in range(lead.first, lead.last + 1))
        missing += [name for name in names if name not in found]
    return missing
