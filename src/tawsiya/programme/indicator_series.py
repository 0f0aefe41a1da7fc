"""The values of an indicator laid out in time: a table of periods and breakdowns, and its chart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from tawsiya.core import formats
from tawsiya.core.charts import Chart, Cut, Mark
from tawsiya.core.labels import text_of
from tawsiya.programme.indicator_choices import GoalKind, Measured
from tawsiya.programme.indicator_codes import word_of
from tawsiya.programme.indicator_periods import between
from tawsiya.programme.indicator_words import number_text
from tawsiya.programme.models import Indicator, IndicatorBreak, IndicatorGoal, IndicatorValue

MOST_LINES = 8
_LAST = {"Q": "-Q4", "S": "-S2", "-": "-12"}


@dataclass(frozen=True)
class Column:
    """A breakdown by one dimension: its words, and its values by period; "" is the total."""

    code: str
    label: str
    values: Mapping[str, IndicatorValue]


@dataclass(frozen=True)
class Row:
    """A period: the cell of each column, the target due then, and the break that begins with it."""

    period: str
    cells: Sequence[IndicatorValue | None]
    target: IndicatorGoal | None = None
    baseline: IndicatorGoal | None = None
    cut: IndicatorBreak | None = None

    @property
    def says_something(self) -> bool:
        """Whether a value, a target or a break belongs to the period."""
        return any(self.cells) or bool(self.target or self.baseline or self.cut)


@dataclass(frozen=True)
class Series:
    """All of it, oldest period first."""

    indicator: Indicator
    by: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    breaks: Sequence[IndicatorBreak] = field(default_factory=list)

    @property
    def told(self) -> list[Row]:
        """The rows of a table, newest first: gaps between values stand there, years to come without a target
        do not."""
        last = max((period for column in self.columns for period in column.values), default="")
        return [row for row in reversed(self.rows) if row.period <= last or row.says_something]

    @property
    def has_values(self) -> bool:
        """Whether anything was recorded, be it that a value is missing."""
        return any(column.values for column in self.columns)


def series_of(
    indicator: Indicator,
    values: Iterable[IndicatorValue],
    goals: Iterable[IndicatorGoal],
    breaks: Sequence[IndicatorBreak],
    by: str = "",
) -> Series:
    """Return the values that count by period, for the total and each code of one dimension.

    Args:
        values: those that count, of any breakdown.
        by: a dimension of the indicator, "" for the total only.
    """
    found: dict[str, dict[str, IndicatorValue]] = {"": {}}
    for value in values:
        if not value.breakdown:
            found[""][value.period] = value
        elif by and set(value.breakdown) == {by}:
            found.setdefault(value.breakdown[by], {})[value.period] = value
    columns = [
        Column(code, word_of(by, code) if code else _("Total"), found[code])
        for code in sorted(found, key=lambda code: (code != "", code))
    ]
    observed = {period for column in columns for period in column.values}
    aims: dict[str, dict[str, IndicatorGoal]] = {"baseline": {}, "target": {}}
    suffix = _suffix(observed)
    for goal in goals:
        aims[goal.kind][f"{goal.year}{suffix}"] = goal
    every = observed | set(aims["baseline"]) | set(aims["target"])
    periods = sorted(every | set(between(min(every), max(every)))) if every else []
    cuts = {mark.period: mark for mark in breaks}
    rows = [
        Row(
            period,
            [column.values.get(period) for column in columns],
            aims["target"].get(period),
            aims["baseline"].get(period),
            cuts.get(period),
        )
        for period in periods
    ]
    return Series(indicator, by, columns, rows, breaks)


def _suffix(observed: Iterable[str]) -> str:
    """Return the end of the last period of a year, among periods shorter than one."""
    short = max((period for period in observed if len(period) > 4), default="")
    if not short:
        return ""
    return _LAST.get(short[5], "-12")


def chart_of(series: Series, title: str) -> Chart | None:
    """Return the chart, None where nothing can be drawn: no number, or only yes and no."""
    indicator = series.indicator
    if indicator.measured == Measured.YES_NO:
        return None
    shown = [column for column in series.columns if column.values][:MOST_LINES]
    marks = [mark for place, column in enumerate(shown) for mark in _observed(series, place, column)]
    if not marks:
        return None
    aimed = _aimed(series, len(shown))
    labels = [column.label for column in shown] + ([_("Target")] if aimed else [])
    return Chart(
        kind="line",
        title=title,
        direction="rtl" if get_language_bidi() else "ltr",
        rows=tuple(labels),
        columns=tuple(row.period for row in series.rows),
        marks=(*marks, *aimed),
        tones=(*("" for _column in shown), *(("warning",) if aimed else ())),
        legend=tuple(labels),
        value_title="%" if indicator.measured == Measured.PERCENT else text_of(indicator.units),
        locale=formats.current_locale(),
        dashed=(len(shown),) if aimed else (),
        cuts=tuple(_cuts(series)),
        gaps=True,
        decimals=indicator.decimals,
    )


def _observed(series: Series, place: int, column: Column) -> Iterable[Mark]:
    for at, row in enumerate(series.rows):
        value = column.values.get(row.period)
        if value is None or value.value is None:
            continue
        words = {
            "series": column.label,
            "period": row.period,
            "value": number_text(series.indicator, value.value),
        }
        says = _("%(series)s, %(period)s: %(value)s") % words
        if value.quality != "final":
            says = f"{says} ({value.get_quality_display()})"
        yield Mark(row=place, column=at, value=float(value.value), says=says)


def _aimed(series: Series, place: int) -> list[Mark]:
    """Return the marks of the baseline and the targets; none where there is no target."""
    found = []
    for at, row in enumerate(series.rows):
        goal = row.target or row.baseline
        if goal is None:
            continue
        words = {"period": row.period, "value": number_text(series.indicator, goal.value)}
        is_target = goal.kind == GoalKind.TARGET
        text = _("Target, %(period)s: %(value)s") if is_target else _("Baseline, %(period)s: %(value)s")
        found.append(Mark(row=place, column=at, value=float(goal.value), says=text % words))
    return found if any(row.target for row in series.rows) else []


def _cuts(series: Series) -> Iterable[Cut]:
    """Return the breaks that have a place: before the first period shown that is not before them."""
    for mark in series.breaks:
        at = next((place for place, row in enumerate(series.rows) if row.period >= mark.period), None)
        if at:
            words = {"period": mark.period, "change": mark.explanation}
            yield Cut(at, _("Break of method from %(period)s: %(change)s") % words)
