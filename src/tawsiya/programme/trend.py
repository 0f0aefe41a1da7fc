"""The total of an indicator in time, drawn at once: for pages that cannot wait for a job (see the ADR on it).

Observed values are joined where they compare and follow one another; targets are a dashed line; a break of
method is an upright line. The table beside it says the same in words.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tawsiya.programme.indicator_choices import Measured
from tawsiya.programme.indicator_series import Row, Series
from tawsiya.programme.indicator_words import number_text

_WIDTH, _HEIGHT = 440, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 14, 30
_TICKS = 4
_MOST_LABELS = 8
Point = tuple[float, float]


@dataclass(frozen=True)
class _Plane:
    """Where periods and values lie. `mirrored`: time runs from right to left."""

    count: int
    ticks: Sequence[float]
    mirrored: bool

    def x(self, place: float) -> float:
        inner = _WIDTH - _LEFT - _RIGHT
        share = (place + 0.5) / self.count
        return self.turned(_LEFT + inner * share)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (value - low) / (high - low), 1)

    def turned(self, x: float) -> float:
        return round(_WIDTH - x if self.mirrored else x, 1)


def ticks_of(low: float, high: float) -> list[float]:
    """Return round numbers from below the lowest value to above the highest; from zero where that is near."""
    if low > 0 and low < high / 2:
        low = 0
    span = (high - low) or abs(high) or 1.0
    power = 10 ** math.floor(math.log10(span / _TICKS))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power * _TICKS >= span)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return [round(place * step, 6) for place in range(first, last + 1)]


def _aim(row: Row) -> Decimal | None:
    goal = row.target or row.baseline
    return goal.value if goal else None


def trend(series: Series, title: str, *, mirrored: bool) -> SafeString:
    """Return the drawing of an indicator's totals; "" where no number is known, or it is of yes and no.

    Args:
        title: what it shows, for who does not see it.
        mirrored: time runs from right to left.
    """
    rows = series.rows
    observed = [row.cells[0].value if row.cells and row.cells[0] else None for row in rows]
    if series.indicator.measured == Measured.YES_NO or not any(value is not None for value in observed):
        return mark_safe("")
    aims = [_aim(row) for row in rows] if any(row.target for row in rows) else [None] * len(rows)
    numbers = [float(value) for value in (*observed, *aims) if value is not None]
    plane = _Plane(len(rows), ticks_of(min(numbers), max(numbers)), mirrored)
    return format_html(
        '<svg class="tw-trend" viewBox="0 0 {} {}" role="img" aria-label="{}" direction="ltr">'
        "{}{}{}{}{}</svg>",
        _WIDTH,
        _HEIGHT,
        title,
        _axis(series, plane),
        _periods(rows, plane),
        _breaks(rows, plane),
        _aimed(series, aims, plane),
        _line(series, observed, plane),
    )


def _axis(series: Series, plane: _Plane) -> SafeString:
    side, far = plane.turned(_LEFT), plane.turned(_WIDTH - _RIGHT)
    anchor = "start" if plane.mirrored else "end"
    return format_html_join(
        "",
        '<line class="tw-trend__grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (
                *(side, far, plane.y(tick), plane.y(tick)),
                *(plane.turned(_LEFT - 8), plane.y(tick) + 4, anchor),
                number_text(series.indicator, Decimal(str(tick))),
            )
            for tick in plane.ticks
        ),
    )


def _periods(rows: Sequence[Row], plane: _Plane) -> SafeString:
    every = math.ceil(len(rows) / _MOST_LABELS)
    last = len(rows) - 1
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (plane.x(place), _HEIGHT - 8, row.period)
            for place, row in enumerate(rows)
            if (last - place) % every == 0
        ),
    )


def _breaks(rows: Sequence[Row], plane: _Plane) -> SafeString:
    return format_html_join(
        "",
        '<line class="tw-trend__break" x1="{0}" x2="{0}" y1="{1}" y2="{2}"><title>{3}</title></line>',
        (
            (
                *(plane.x(place - 0.5), _TOP, _HEIGHT - _BOTTOM),
                _("Break of method from %(period)s: %(change)s")
                % {"period": row.period, "change": row.cut.explanation},
            )
            for place, row in enumerate(rows)
            if row.cut
        ),
    )


def _polyline(kind: str, points: Iterable[Point]) -> SafeString:
    return format_html(
        '<polyline class="tw-trend__{}" points="{}"/>', kind, " ".join(f"{x},{y}" for x, y in points)
    )


def _dots(kind: str, dots: Iterable[tuple[float, float, str]]) -> SafeString:
    return format_html_join(
        "",
        '<circle class="tw-trend__{}" cx="{}" cy="{}" r="3.5"><title>{}</title></circle>',
        ((kind, *dot) for dot in dots),
    )


def _aimed(series: Series, aims: Sequence[Decimal | None], plane: _Plane) -> SafeString:
    dots = [
        (plane.x(place), plane.y(float(value)), _said(series, place, value, _("Target")))
        for place, value in enumerate(aims)
        if value is not None
    ]
    return format_html(
        "{}{}", _polyline("aim", [(x, y) for x, y, _says in dots]) if dots else "", _dots("aimed", dots)
    )


def _line(series: Series, observed: Sequence[Decimal | None], plane: _Plane) -> SafeString:
    runs: list[list[Point]] = [[]]
    dots = []
    for place, value in enumerate(observed):
        if value is None or series.rows[place].cut:
            runs.append([])
        if value is not None:
            point = (plane.x(place), plane.y(float(value)))
            runs[-1].append(point)
            dots.append((*point, _said(series, place, value, _("Observed"))))
    lines = [_polyline("line", run) for run in runs if len(run) > 1]
    return format_html("{}{}", format_html_join("", "{}", ((line,) for line in lines)), _dots("dot", dots))


def _said(series: Series, place: int, value: Decimal, what: str) -> str:
    return _("%(series)s, %(period)s: %(value)s") % {
        "series": what,
        "period": series.rows[place].period,
        "value": number_text(series.indicator, value),
    }
