"""What the public will see of indicators, those of a programme or of a recommendation, and the reading again.

Totals only: a breakdown may be of few persons. Of values that are missing the kind of reason, not its words.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from tawsiya.accounts.reader import Reader
from tawsiya.core.labels import text_of
from tawsiya.programme.indicator_choices import IndicatorState
from tawsiya.programme.indicator_periods import year_of
from tawsiya.programme.indicator_queries import (
    breaks_of,
    indicators_for,
    is_met,
    target_for,
    values_that_count,
)
from tawsiya.programme.indicator_series import Series, series_of
from tawsiya.programme.models import (
    Indicator,
    IndicatorBreak,
    IndicatorGoal,
    IndicatorMeasure,
    IndicatorRecommendation,
    IndicatorValue,
    Measure,
)
from tawsiya.programme.trend import trend

Plain = dict[str, Any]
_SHEET = ("code", "names", "kind", "right", "attributes", "definitions", "methods", "units", "sources")
_FORM = ("measured", "decimals", "better", "periodicity")
_VALUE = ("period", "state", "missing", "quality", "source")


def compose_indicators(measures: Sequence[Measure], by: Reader) -> list[Plain]:
    """Return what the public would see of the indicators in use that follow measures; four queries."""
    codes = {row.key: row.code for row in measures}
    links = IndicatorMeasure.objects.filter(measure_key__in=list(codes))
    followed: dict[int, list[str]] = {}
    for indicator, key in links.values_list("indicator_id", "measure_key"):
        followed.setdefault(indicator, []).append(codes[key])
    order = list(codes.values())
    return [
        content | {"measures": sorted(set(followed[pk]), key=order.index)}
        for pk, content in _composed(followed, by)
    ]


def compose_linked(recommendation_id: int, by: Reader) -> list[Plain]:
    """Return what the public would see of the indicators in use that follow a recommendation by themselves.

    One query where there is none.
    """
    links = IndicatorRecommendation.objects.filter(recommendation_id=recommendation_id)
    linked = list(links.values_list("indicator_id", flat=True))
    return [content for _pk, content in _composed(linked, by)] if linked else []


def _composed(ids: Collection[int], by: Reader) -> list[tuple[int, Plain]]:
    """Return of these indicators those in use, each with its content, ordered by right and code."""
    rows = list(
        indicators_for(by)
        .filter(pk__in=ids, state=IndicatorState.IN_USE)
        .prefetch_related("goals")
        .order_by("right", "code")
    )
    found = [row.pk for row in rows]
    values = _by_indicator(values_that_count(found).filter(cell=""))
    breaks = _by_indicator(breaks_of(found).order_by("period"))
    return [(row.pk, _indicator(row, values.get(row.pk, ()), breaks.get(row.pk, ()))) for row in rows]


def _by_indicator(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.indicator_id, []).append(row)
    return found


def _indicator(row: Indicator, values: Iterable[IndicatorValue], breaks: Iterable[IndicatorBreak]) -> Plain:
    return {
        **{name: getattr(row, name) for name in (*_SHEET, *_FORM)},
        "sdg": list(row.sdg),
        "institution": row.institution.names,
        "goals": [
            {"kind": goal.kind, "year": goal.year, "value": _plain(goal.value)} for goal in row.goals.all()
        ],
        "values": [
            {name: getattr(one, name) for name in _VALUE} | {"value": _plain(one.value)} for one in values
        ],
        "breaks": [
            {"period": one.period, "explanation": one.explanation, "language": one.language} for one in breaks
        ],
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@dataclass(frozen=True)
class PublicIndicator:
    """A published indicator. Everything is read from the snapshot's content; no row of a table is."""

    content: Plain

    @cached_property
    def sheet(self) -> Indicator:
        """The indicator as its tags and drawings take it; never stored."""
        return Indicator(**{name: self.content[name] for name in (*_SHEET, *_FORM)}, sdg=self.content["sdg"])

    @cached_property
    def goals(self) -> list[IndicatorGoal]:
        """The baseline and the targets."""
        return [
            IndicatorGoal(kind=row["kind"], year=row["year"], value=Decimal(row["value"]))
            for row in self.content["goals"]
        ]

    @cached_property
    def series(self) -> Series:
        """The totals in time, with targets and breaks of method."""
        values = [
            IndicatorValue(**{name: row[name] for name in _VALUE}, value=_number(row["value"]))
            for row in self.content["values"]
        ]
        breaks = [IndicatorBreak(**row) for row in self.content["breaks"]]
        return series_of(self.sheet, values, self.goals, breaks)

    def as_open_data(self) -> Plain:
        """Return it for the API: what it measures, targets, totals and breaks of method."""
        named = ("code", "names", "kind", "units", "sdg", "institution", "goals", "breaks")
        values = [{name: row[name] for name in (*_VALUE, "value")} for row in self.content["values"]]
        return {name: self.content[name] for name in named} | {"values": values}

    @property
    def drawing(self) -> SafeString:
        """The totals drawn, with the target line; "" where nothing can be drawn."""
        return trend(self.series, text_of(self.content["names"]), mirrored=get_language_bidi())

    @property
    def has_target(self) -> bool:
        """Whether a target was set."""
        return any(row.target for row in self.series.rows)

    @property
    def standing(self) -> str:
        """Where the last total stands: `met`, `missed`, `no_target`, `unknown` or `no_value`."""
        if not self.content["values"]:
            return "no_value"
        last = max(self.content["values"], key=lambda row: str(row["period"]))
        if last["value"] is None:
            return "unknown"
        goal = target_for(self.goals, year_of(last["period"]))
        met = is_met(self.sheet, Decimal(last["value"]), goal.value if goal else None)
        return "no_target" if met is None else "met" if met else "missed"


@dataclass(frozen=True)
class PublicValue:
    """A value as open data give it: one row for each period of an indicator."""

    indicator: PublicIndicator
    content: Plain

    @property
    def target(self) -> Decimal | None:
        """The target of the year, or the last one due before it."""
        goal = target_for(self.indicator.goals, year_of(self.content["period"]))
        return goal.value if goal else None


def values_of(indicators: Iterable[PublicIndicator]) -> Iterator[PublicValue]:
    """Yield every published value, indicator by indicator."""
    for indicator in indicators:
        for row in indicator.content["values"]:
            yield PublicValue(indicator, row)
