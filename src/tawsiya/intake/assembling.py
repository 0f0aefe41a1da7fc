"""From what was read to what an import would do: corrections, answers, records, doubts, deadlines. Pure.

One function, the same for preview and for applying (ADR 6).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tawsiya.core import clock
from tawsiya.intake.addenda import Answers, answered_symbol, is_answer, own_symbol
from tawsiya.intake.choices import Action, What
from tawsiya.intake.corrections import Made, Reading, corrected
from tawsiya.intake.doubts import doubts_of
from tawsiya.intake.incoming import of_this_state, refusal_of_file
from tawsiya.intake.known import Identity, Known
from tawsiya.intake.national import with_national
from tawsiya.intake.owed import planned_obligations
from tawsiya.intake.planning import Plan, PlannedRow, make_plan, warning
from tawsiya.intake.readers.records import ReadResult
from tawsiya.mechanisms.paragraphs import paragraph_key


@dataclass(frozen=True)
class Choices:
    """What people decided about an import before it is planned."""

    complete_for: str = ""
    exclude: Sequence[str] = ()
    corrections: Sequence[Made] = ()


def plan_import(result: ReadResult, *, state: str, known: Known, choices: Choices) -> Plan:
    """Compare what was read, as corrected, with what is there.

    Args:
        state: the State named by the person who imports, ISO 3166 alpha-3.
        known: loaded for the documents of the file (`queries.load_known`).
    """
    result = of_this_state(result, known)
    readings, lost = corrected(result.records, choices.corrections)
    excluded = known.exclusions | frozenset(choices.exclude)
    records = tuple(reading.record for reading in readings)
    answers = Answers(
        known=known,
        report=answered_symbol(result) or known.report,
        own=own_symbol(result),
        refusal=refusal_of_file(result, state, known),
    )
    plan = make_plan(
        replace(result, records=tuple(record for record in records if not is_answer(record))),
        state=state,
        known=known,
        complete_for=choices.complete_for,
        exclude=choices.exclude,
    )
    others = iter(plan.rows)
    rows = [
        _followed(answers.planned(reading.record, excluded), reading)
        if is_answer(reading.record)
        else _followed(next(others), reading)
        for reading in readings
    ]
    rows = [with_national(row, known, clock.now().date()) for row in _with_language_doubts(rows, known)]
    rows += others
    rows += planned_obligations(
        result,
        symbol=answers.own,
        language=next((record.language for record in records if record.language), ""),
        known=known,
        excluded=excluded,
        refusal=answers.refusal,
    )
    notes = [
        *([warning("another_report", symbol=known.another_report)] if known.another_report else []),
        *_missing_in_language(rows, known),
        *([warning("corrections_lost", count=str(len(lost)))] if lost else []),
    ]
    settled = {reading.key: reading.settled for reading in readings}
    return Plan(tuple(_doubted(row, settled) for row in rows), plan.new_tags, tuple(notes))


def _followed(row: PlannedRow, reading: Reading) -> PlannedRow:
    return replace(row, key=reading.key, fixes=reading.fixes)


def _doubted(row: PlannedRow, settled: dict[str, frozenset[str]]) -> PlannedRow:
    """Say what is doubtful of a row that would be written; also of one that is left out for it."""
    if row.action not in (Action.CREATE, Action.UPDATE) or row.what != What.RECOMMENDATION:
        return row
    doubts = doubts_of(row.warnings)
    return replace(
        row, doubts=doubts, settled=bool(doubts) and set(doubts) <= settled.get(row.key, frozenset())
    )


def _joins(row: PlannedRow, known: Known) -> bool:
    """Whether a row is of another language version than the document's first."""
    if row.incoming is None or not row.incoming.language:
        return False
    document = known.documents.get(row.incoming.identity.symbol)
    first = document.first_language if document else ""
    return bool(first) and first != row.incoming.language


def _with_language_doubts(rows: Iterable[PlannedRow], known: Known) -> list[PlannedRow]:
    """Doubt what another language version has and the first does not, and what another place knows."""
    listed = list(rows)
    elsewhere = {item.external_id: item for item in known.items.values() if item.external_id}
    in_file, there = _parts(row.incoming.identity for row in listed if row.incoming), _parts(known.items)
    found = []
    for row in listed:
        incoming = row.incoming
        added: list[dict[str, Any]] = []
        if incoming is not None:
            place = (incoming.identity.symbol, incoming.identity.paragraph)
            if _joins(row, known):
                if row.action == Action.CREATE:
                    added.append(warning("only_in_this_language"))
                elif not incoming.identity.subparagraph and in_file[place] != there[place]:
                    counts = {"kept": str(there[place]), "file": str(in_file[place])}
                    added.append(warning("parts_differ", **counts))
            other = elsewhere.get(incoming.external_id) if row.item is None else None
            if other is not None:
                added.append(warning("known_elsewhere", name=other.identity.name))
        found.append(replace(row, warnings=(*row.warnings, *added)) if added else row)
    return found


def _parts(identities: Iterable[Identity]) -> dict[tuple[str, str], int]:
    """Return how many lettered parts each paragraph has."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for identity in identities:
        counts[identity.symbol, identity.paragraph] += bool(identity.subparagraph)
    return counts


def _missing_in_language(rows: Iterable[PlannedRow], known: Known) -> list[dict[str, Any]]:
    """Say which paragraphs of the first language version another one does not have."""
    joining = [row.incoming for row in rows if row.incoming is not None and _joins(row, known)]
    present = {incoming.identity for incoming in joining}
    # A list of recommendations in another language is not expected to hold the whole document.
    documents = {(one.identity.symbol, one.kind) for one in joining}
    missing: dict[str, list[str]] = defaultdict(list)
    for identity, item in known.items.items():
        if (identity.symbol, item.kind) in documents and identity not in present and not item.withdrawn:
            path = "".join(f" ({step})" for step in identity.subparagraph.split(".") if step)
            missing[identity.symbol].append(f"{identity.paragraph}{path}")
    return [
        {
            "code": "missing_in_language",
            "params": {"symbol": symbol, "numbers": sorted(numbers, key=paragraph_key)},
        }
        for symbol, numbers in sorted(missing.items())
    ]
