"""Deadlines that a document sets, as obligations: what is new, what changes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tawsiya.intake.choices import Action, What
from tawsiya.intake.incoming import Refusal
from tawsiya.intake.known import Known, KnownObligation
from tawsiya.intake.planning import Changes, PlannedRow
from tawsiya.intake.readers.records import Deadline, ReadResult
from tawsiya.mechanisms import symbols
from tawsiya.mechanisms.choices import ObligationKind

MAX_PARAGRAPH = MAX_ITEM = 20
_FIELDS = ("due_on", "within_months", "paragraph", "items", "note")


@dataclass(frozen=True)
class Owed:
    """An obligation as its document states it; `due_on` is ISO text, "" where only months are known."""

    symbol: str
    body: str
    kind: str
    due_on: str
    within_months: int | None
    paragraph: str
    items: tuple[str, ...]
    note: str


def planned_obligations(
    result: ReadResult,
    *,
    symbol: str,
    language: str,
    known: Known,
    excluded: frozenset[str],
    refusal: Refusal | None,
) -> list[PlannedRow]:
    """Return a row for each deadline of the file.

    A deadline is known by document, kind and paragraph; one that its document states once may move
    to another paragraph in a later edition.

    Args:
        symbol: the document that the file is; "" where it names none.
        language: the language of the file: another version than the first changes no wording.
        refusal: why nothing of the file can enter.
    """
    body = known.documents[symbol].body if symbol in known.documents else symbols.parse(symbol).body or ""
    body = body or next((record.mechanism for record in result.records if record.mechanism), None) or ""
    document = known.documents.get(symbol)
    joins = bool(document and document.first_language and document.first_language != language)
    rows: list[PlannedRow] = []
    names: dict[str, int] = {}
    taken: set[int] = set()
    for deadline in result.deadlines:
        owed = _owed(deadline, symbol, body)
        name = _name(owed)
        names[name] = names.get(name, 0) + 1
        name = name if names[name] == 1 else f"{name} #{names[name]}"
        record = {"deadline": deadline.as_json(), "symbol": symbol, "language": language, "text": owed.note}
        why = refusal or _refusal(owed)
        if why is not None:
            rows.append(_row(name, Action.REJECT, record, name in excluded, reason=why))
            continue
        item = _match(owed, result.deadlines, known.obligations, taken)
        changes = _changes(item, owed, joins) if item else {}
        if item is not None:
            taken.add(item.pk)
        action = Action.CREATE if item is None else Action.UPDATE if changes else Action.UNCHANGED
        rows.append(_row(name, action, record, name in excluded, owed=owed, item=item, changes=changes))
    return rows


def _row(
    name: str,
    action: Action,
    record: dict[str, Any],
    excluded: bool,
    *,
    owed: Owed | None = None,
    item: KnownObligation | None = None,
    changes: Changes | None = None,
    reason: Refusal | None = None,
) -> PlannedRow:
    return PlannedRow(
        name,
        action,
        record,
        changes=changes or {},
        reason=reason.code if reason else "",
        reason_params=dict(reason.params) if reason else {},
        excluded=excluded,
        what=What.OBLIGATION,
        owed=owed,
        obligation_id=item.pk if item else None,
    )


def _owed(deadline: Deadline, symbol: str, body: str) -> Owed:
    return Owed(
        symbol=symbol,
        body=body,
        kind=deadline.kind,
        due_on=deadline.due.isoformat() if deadline.due else "",
        within_months=deadline.within_months,
        paragraph=(deadline.paragraph or "")[:MAX_PARAGRAPH],
        items=tuple(item[:MAX_ITEM] for item in deadline.items),
        note=deadline.text.strip(),
    )


def _name(owed: Owed) -> str:
    place = f"§ {owed.paragraph}" if owed.paragraph else "§ —"
    return f"{owed.symbol or '—'} {place} [{owed.kind}]"


def _refusal(owed: Owed) -> Refusal | None:
    if not owed.symbol:
        return Refusal("no_symbol")
    if not owed.body:
        return Refusal("no_mechanism")
    if owed.kind not in ObligationKind.values:
        return Refusal("value_not_understood", {"value": owed.kind[:60]})
    return None


def _match(
    owed: Owed, deadlines: Sequence[Deadline], known: Iterable[KnownObligation], taken: set[int]
) -> KnownObligation | None:
    of_kind = [
        one for one in known if (one.symbol, one.kind) == (owed.symbol, owed.kind) and one.pk not in taken
    ]
    for one in of_kind:
        if one.paragraph == owed.paragraph:
            return one
    alone = sum(deadline.kind == owed.kind for deadline in deadlines) == 1
    return of_kind[0] if alone and len(of_kind) == 1 else None


def _changes(item: KnownObligation, owed: Owed, joins: bool) -> Changes:
    """What the file says and the database does not; an empty value erases nothing."""
    changes: Changes = {}
    for name in _FIELDS:
        old, new = getattr(item, name), getattr(owed, name)
        if not new or old == new or (joins and (old or name == "note")):
            continue
        if isinstance(new, tuple):
            old, new = list(old), list(new)
        changes[name] = ["" if old is None else old, new]
    return changes
