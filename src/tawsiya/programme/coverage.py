"""What a version leaves open: recommendations without a measure, measures without what a measure needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.core.errors import Message
from tawsiya.programme.models import (
    BudgetLine,
    IndicatorMeasure,
    Measure,
    MeasureAnswer,
    MeasureInstitution,
    Milestone,
    Version,
)
from tawsiya.recommendations.choices import AccessLevel, Kind
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import as_issued


@dataclass(frozen=True)
class Gap:
    """Something a measure can lack: its code in addresses, its words, and the filter."""

    code: str
    label: Message
    lacks: Callable[[], Q]


def _none(rows: QuerySet[Any]) -> Q:
    return Q(~Exists(rows))


GAPS: tuple[Gap, ...] = (
    Gap(
        "lead",
        _("Without a lead institution"),
        lambda: _none(MeasureInstitution.objects.filter(measure=OuterRef("pk"), level=AccessLevel.LEAD)),
    ),
    Gap("date", _("Without an end date"), lambda: Q(ends_on__isnull=True)),
    Gap(
        "milestone",
        _("Without a milestone"),
        lambda: _none(Milestone.objects.filter(measure=OuterRef("pk"))),
    ),
    Gap("money", _("Without money"), lambda: _none(BudgetLine.objects.filter(measure=OuterRef("pk")))),
    Gap(
        "indicator",
        _("Without an indicator"),
        lambda: _none(IndicatorMeasure.objects.filter(measure_key=OuterRef("key"))),
    ),
    Gap(
        "answer",
        _("Answering no recommendation"),
        lambda: _none(MeasureAnswer.objects.filter(measure=OuterRef("pk"))),
    ),
)


def gap_of(code: str) -> Gap | None:
    """Return the gap of a code, None where there is none."""
    return next((gap for gap in GAPS if gap.code == code), None)


def counts(measures: QuerySet[Measure]) -> list[tuple[Gap, int]]:
    """Return each gap with how many of the measures have it."""
    return [(gap, measures.filter(gap.lacks()).count()) for gap in GAPS]


def uncovered(reader: Reader, version: Version) -> QuerySet[Recommendation]:
    """Return the recommendations as issued that no measure of a version answers, nor any of their parts.

    Withdrawn ones, and paragraphs that recommend nothing, ask for no measure. For readers who see the
    version whole.
    """
    answers = MeasureAnswer.objects.filter(measure__version=version)
    # Apart, so that the database joins each once: together it would look for every recommendation anew.
    itself = Exists(answers.filter(recommendation=OuterRef("pk")))
    a_part = Exists(answers.filter(recommendation__parent=OuterRef("pk")))
    return (
        as_issued(reader)
        .filter(~itself, ~a_part, kind=Kind.RECOMMENDATION, withdrawn_at=None)
        .select_related("document")
        .prefetch_related("texts")
        .order_by(F("document__published_on").desc(nulls_last=True), "document__symbol", "sort_key", "pk")
    )
