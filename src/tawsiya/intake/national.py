"""What a State's former tracker says of its own work, compared with the work that is here. Pure.

National work that exists is never overwritten: what the tracker says otherwise becomes a warning.
The changes of a row are named `national.…`, beside those of the recommendation itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tawsiya.intake.choices import Action, What
from tawsiya.intake.known import Known
from tawsiya.intake.planning import PlannedRow, warning
from tawsiya.intake.readers.records import National
from tawsiya.recommendations.choices import Status, scale_for

PREFIX = "national."
STATUS, LEAD, SUPPORT, MEASURES = (PREFIX + name for name in ("status", "lead", "support", "measures"))


@dataclass
class _Compared:
    changes: dict[str, list[Any]] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)


def with_national(row: PlannedRow, known: Known, today: date) -> PlannedRow:
    """Return a row with what its tracker would bring, and what of it cannot be brought.

    Args:
        today: nothing is dated later.
    """
    given = row.record.get("national")
    if not given or row.incoming is None or row.what != What.RECOMMENDATION:
        return row
    national = National.from_json(given)
    found = _Compared()
    _compare_status(row, national, today, found)
    _compare_assignments(row, national, known, found)
    _compare_measures(row, national, known, found)
    if national.letter_on is not None and national.letter_on > today:
        found.warnings.append(warning("national_future", date=national.letter_on.isoformat()))
    action = Action.UPDATE if found.changes and row.action == Action.UNCHANGED else row.action
    changes = {**row.changes, **found.changes}
    return replace(row, action=action, changes=changes, warnings=(*row.warnings, *found.warnings))


def of_recommendation(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes of the recommendation itself."""
    return {key: pair for key, pair in changes.items() if not key.startswith(PREFIX)}


def is_national(changes: Mapping[str, Any]) -> bool:
    """Whether any national work would be brought over."""
    return any(key.startswith(PREFIX) for key in changes)


def _compare_status(row: PlannedRow, national: National, today: date, found: _Compared) -> None:
    if not national.status:
        return
    if national.status_on is not None and national.status_on > today:
        found.warnings.append(warning("national_future", date=national.status_on.isoformat()))
        return
    kept = row.item.status if row.item is not None else ""
    position = row.changes.get("position", [None, None])[1]
    if position is None:
        position = (
            row.item.position if row.item is not None else row.incoming.position if row.incoming else ""
        )
    if kept == national.status:
        return
    if kept:
        found.warnings.append(warning("national_status_kept", status=kept, file=national.status))
    elif Status(national.status) not in scale_for(position):
        found.warnings.append(warning("national_status_unfit", status=national.status))
    else:
        found.changes[STATUS] = ["", national.status]


def _compare_assignments(row: PlannedRow, national: National, known: Known, found: _Compared) -> None:
    work = known.work.get(row.item.pk) if row.item is not None else None
    before, open_lead = (work.ever, work.lead) if work is not None else (frozenset[str](), "")
    lead = open_lead
    for key in (national.lead, *national.support):
        if key and key not in known.assignable:
            found.warnings.append(warning("national_institution_gone", institution=key))
    if national.lead in known.assignable and national.lead != open_lead:
        if open_lead or national.lead in before:
            found.warnings.append(warning("national_lead_kept", institution=national.lead))
        else:
            found.changes[LEAD] = ["", national.lead]
            lead = national.lead
    support = [
        key for key in national.support if key in known.assignable and key not in before and key != lead
    ]
    if support:
        found.changes[SUPPORT] = [[], support]


def _compare_measures(row: PlannedRow, national: National, known: Known, found: _Compared) -> None:
    if not national.measures.strip():
        return
    work = known.work.get(row.item.pk) if row.item is not None else None
    writer = national.lead if national.lead in known.assignable else ""
    if not writer:
        found.warnings.append(warning("national_no_lead"))
    elif work is None or writer not in work.contributed:
        found.changes[MEASURES] = ["", national.measures.strip()]
