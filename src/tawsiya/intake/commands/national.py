"""Bring over what a former tracker says of the State's own work, once its recommendations are written."""

from collections.abc import Iterable
from typing import Any

from tawsiya.accounts.models import Institution
from tawsiya.accounts.reader import Acting
from tawsiya.followup.commands.assignments import Letter
from tawsiya.followup.commands.brought import Brought, bring_over
from tawsiya.intake.models import ImportRun
from tawsiya.intake.national import LEAD, MEASURES, STATUS, SUPPORT, is_national
from tawsiya.intake.planning import PlannedRow
from tawsiya.intake.readers.records import National
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.models import Recommendation


def bring_rows(run: ImportRun, rows: Iterable[tuple[PlannedRow, int]], actor: Acting) -> None:
    """Write the national work of rows, each with the id of its recommendation. Runs inside an audited act."""
    working = [(row, pk) for row, pk in rows if is_national(row.changes)]
    items = Recommendation.objects.select_related("document").in_bulk([pk for _row, pk in working])
    keys = {key for row, _pk in working for key in _institutions(row)}
    register = {one.key: one for one in Institution.objects.filter(key__in=keys)}
    for row, pk in working:
        bring_over(items[pk], _brought(run, row, register), by=actor)


def _institutions(row: PlannedRow) -> Iterable[str]:
    national = National.from_json(row.record["national"])
    yield from (key for key in (national.lead, *national.support) if key)


def _new(row: PlannedRow, key: str) -> Any:
    return row.changes[key][1] if key in row.changes else None


def _brought(run: ImportRun, row: PlannedRow, register: dict[str, Institution]) -> Brought:
    national = National.from_json(row.record["national"])
    status, lead = _new(row, STATUS), _new(row, LEAD)
    measures = _new(row, MEASURES) or ""
    return Brought(
        origin=f"{run.file_name} · {row.record['row']}",
        import_id=run.pk,
        lead=register[lead] if lead else None,
        support=tuple(register[key] for key in _new(row, SUPPORT) or ()),
        deadline=national.deadline,
        letter=Letter(national.letter, national.letter_on),
        status=Status(status) if status else None,
        status_on=national.status_on,
        writer=register[national.lead] if measures else None,
        measures=measures,
        language=national.measures_language,
    )
