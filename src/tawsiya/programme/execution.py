"""The state of execution of measures: what approved reports say, beside the plan, which stays as adopted.

The latest approved report that names an amount or a text of law holds for it. Measures are the same over all
versions of a programme by their key, so that a revision keeps what was reported.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from tawsiya.accounts.reader import Reader
from tawsiya.programme.choices import BudgetKind, LawStage, ReportState
from tawsiya.programme.models import BudgetLine, Legislation, Measure, ReportAmount, ReportStage
from tawsiya.programme.queries import reports_for


@dataclass(frozen=True)
class Money:
    """An amount for a year from a source: what the plan says of it, and what was reported since."""

    year: int
    currency: str
    source: str
    planned: Decimal | None = None
    committed: Decimal | None = None
    spent: Decimal | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class LawState:
    """A text of law with its stage: the reported one where there is one, else the plan's."""

    law: Legislation
    stage: str
    since: date | None
    number: str
    reported: bool

    @property
    def stage_name(self) -> str:
        """The stage in words."""
        return str(LawStage(self.stage).label)


@dataclass
class Execution:
    """What is reported of one measure."""

    amounts: dict[tuple[int, str, str, str], ReportAmount] = field(default_factory=dict)
    stages: dict[UUID, ReportStage] = field(default_factory=dict)


def executions(reader: Reader, keys: Collection[UUID]) -> dict[UUID, Execution]:
    """Return the state of execution of measures by their key, as the reader sees the approved reports."""
    approved = reports_for(reader).filter(state=ReportState.APPROVED, measure__key__in=keys)
    found: dict[UUID, Execution] = defaultdict(Execution)
    ids = approved.order_by().values("pk")
    amounts = ReportAmount.objects.filter(report__in=ids).select_related("report__measure")
    for amount in amounts.order_by("report__decided_at", "report_id"):
        place = (amount.year, amount.kind, amount.currency, amount.source)
        found[amount.report.measure.key].amounts[place] = amount
    stages = ReportStage.objects.filter(report__in=ids).select_related("report__measure", "legislation")
    for stage in stages.order_by("report__decided_at", "report_id"):
        found[stage.report.measure.key].stages[stage.legislation.key] = stage
    return found


def money(measure: Measure, execution: Execution) -> list[Money]:
    """Return the amounts of a measure (of `with_everything`): planned, committed and spent, side by side."""
    figures: dict[tuple[int, str, str], dict[str, Decimal]] = defaultdict(dict)
    seen: dict[tuple[int, str, str], date] = {}
    plan: Iterable[BudgetLine] = measure.budget.all()
    for line in plan:
        figures[line.year, line.currency, line.source][line.kind] = line.amount
    for (year, kind, currency, source), amount in execution.amounts.items():
        figures[year, currency, source][kind] = amount.amount
        seen[year, currency, source] = amount.report.written_at.date()
    return [
        Money(
            year,
            currency,
            source,
            planned=by_kind.get(BudgetKind.PLANNED),
            committed=by_kind.get(BudgetKind.COMMITTED),
            spent=by_kind.get(BudgetKind.SPENT),
            as_of=seen.get((year, currency, source)),
        )
        for (year, currency, source), by_kind in sorted(figures.items())
    ]


def laws(measure: Measure, execution: Execution) -> list[LawState]:
    """Return the texts of law of a measure (of `with_everything`) with how far each is."""
    found = []
    for law in measure.legislation.all():
        stage = execution.stages.get(law.key)
        if stage is None:
            found.append(LawState(law, law.stage, law.stage_since, law.number, reported=False))
        else:
            number = stage.number or law.number
            found.append(LawState(law, stage.stage, stage.since, number, reported=True))
    return found
