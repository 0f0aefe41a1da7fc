"""What adopted programmes say of recommendations: measures, milestones and laws, as last reported.

The door through which the rule of assessment reads programmes. Drafts and replaced versions say nothing;
what nobody has reported is unknown, neither zero nor no.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tawsiya.core.labels import Label
from tawsiya.programme.choices import Progress, ReportState, VersionState
from tawsiya.programme.models import (
    Legislation,
    Measure,
    MeasureAnswer,
    MeasureReport,
    Milestone,
    ReportStage,
)


@dataclass(frozen=True)
class MilestoneFact:
    """A step of a measure. `reached_on` is None as long as no approved report says that it was reached."""

    milestone_id: int
    titles: Label
    due_on: date
    reached_on: date | None


@dataclass(frozen=True)
class LawFact:
    """A text that a measure needs, and its stage, a value of `LawStage`."""

    legislation_id: int
    titles: Label
    stage: str


@dataclass(frozen=True)
class MeasureFact:
    """A measure in force. `progress` is a value of `Progress`, None where no report was approved."""

    measure_id: int
    code: str
    titles: Label
    progress: str | None
    milestones: tuple[MilestoneFact, ...] = ()
    laws: tuple[LawFact, ...] = ()


def programme_facts(items: Collection[int]) -> dict[int, list[MeasureFact]]:
    """Return the measures in force that answer each recommendation, by its id; five queries for any number.

    A measure that answers a paragraph says nothing of its lettered parts by itself, nor the other way.
    """
    answers = MeasureAnswer.objects.filter(
        recommendation_id__in=items, measure__version__state=VersionState.ADOPTED
    )
    pairs = list(answers.values_list("recommendation_id", "measure_id").order_by("measure__sort_key", "pk"))
    measures = _measures({measure for _item, measure in pairs})
    found: dict[int, list[MeasureFact]] = {pk: [] for pk in items}
    for item, measure in pairs:
        found[item].append(measures[measure])
    return found


def _measures(ids: Collection[int]) -> dict[int, MeasureFact]:
    if not ids:
        return {}
    milestones: dict[int, list[MilestoneFact]] = defaultdict(list)
    for step in Milestone.objects.filter(measure_id__in=ids).order_by("measure_id", "order"):
        milestones[step.measure_id].append(MilestoneFact(step.pk, step.titles, step.due_on, step.reached_on))
    rows = list(Measure.objects.filter(pk__in=ids))
    # A revision keeps the key of a measure, and what was reported on it before still holds.
    approved = MeasureReport.objects.filter(
        measure__key__in=[row.key for row in rows], state=ReportState.APPROVED
    )
    reported = set(approved.values_list("measure__key", flat=True))
    # The latest report on a text of law holds, else the plan.
    told = ReportStage.objects.filter(report__in=approved.order_by().values("pk"))
    stages = dict(told.order_by("report__decided_at", "report_id").values_list("legislation__key", "stage"))
    laws: dict[int, list[LawFact]] = defaultdict(list)
    for law in Legislation.objects.filter(measure_id__in=ids).order_by("measure_id", "pk"):
        laws[law.measure_id].append(LawFact(law.pk, law.titles, stages.get(law.key, law.stage)))
    return {
        row.pk: MeasureFact(
            measure_id=row.pk,
            code=row.code,
            titles=row.titles,
            progress=row.progress if row.key in reported or row.progress != Progress.PLANNED else None,
            milestones=tuple(milestones[row.pk]),
            laws=tuple(laws[row.pk]),
        )
        for row in rows
    }
