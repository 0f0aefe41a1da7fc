"""The five kinds of charts in Altair's words. One helper mirrors them for right-to-left readers."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import altair as alt

from tawsiya.core.charts import palette
from tawsiya.core.charts.model import Chart

_WIDTH = 520
_BAR, _CELL = 30, 34
_LABEL = 36  # characters of a row's label in one line, of which there are two at most
_COLUMN = 14
_LEGEND_LINE, _LETTER, _SWATCH = 20, 6.6, 26
_SIZE = 12
_HALF_LINE = 7


def layers(chart: Chart, placeholder: str) -> Any:
    """Return the chart with its legend, not configured yet.

    Args:
        placeholder: what a mark's link begins with; its place in `chart.marks` follows.
    """
    data = alt.Data(values=[_row(chart, place, placeholder) for place in range(len(chart.marks))])
    draw = {"bars": _bars, "stacked": _bars, "shares": _bars, "heat": _heat, "line": _line}[chart.kind]
    plot = draw(chart, data)
    if not chart.legend:
        return plot
    return alt.vconcat(_legend(chart), plot, spacing=8).resolve_scale(color="independent")


def _row(chart: Chart, place: int, placeholder: str) -> dict[str, Any]:
    mark = chart.marks[place]
    row = {
        "row": mark.row,
        "column": mark.column,
        "value": mark.value,
        "says": mark.says,
        "text": mark.text,
    }
    # Also where it leads nowhere: of a mark without a link vl-convert makes a link to a foreign host.
    return {**row, "href": f"{placeholder}{place}"}


def _mirrored(chart: Chart) -> bool:
    return chart.direction == "rtl"


def _start(chart: Chart) -> Any:
    """The side on which reading begins."""
    return "right" if _mirrored(chart) else "left"


def _wrapped(label: str, width: int) -> list[str]:
    lines = textwrap.wrap(label, width, max_lines=2, placeholder="…", break_long_words=True)
    # A dot between two parts of a label has nothing to part at the end of a line.
    return [line.strip(" ·") for line in lines] or [""]


def _lines_of(labels: tuple[str, ...], width: int) -> list[dict[str, Any]]:
    """Each label in one line or two, each line with its distance from the middle in pixels."""
    found = []
    for place, label in enumerate(labels):
        lines = _wrapped(label, width)
        shifts = (0,) if len(lines) == 1 else (-_HALF_LINE, _HALF_LINE)
        found += [
            {"place": place, "line": line, "shift": shift} for line, shift in zip(lines, shifts, strict=True)
        ]
    return found


def _axis(**more: Any) -> Any:
    look = {
        "labelColor": palette.INK,
        "labelFontSize": _SIZE,
        "titleColor": palette.INK_2,
        "titleFontSize": _SIZE,
        "titleFontWeight": "normal",
        "domainColor": palette.LINE,
        "tickColor": palette.LINE,
        "gridColor": palette.LINE,
        "labelLimit": 400,
        "labelPadding": 6,
    }
    return alt.Axis(**{**look, **more})


def _rows_axis(chart: Chart, field: str = "row:O") -> Any:
    scale = alt.Scale(domain=list(range(len(chart.rows))), paddingInner=0.3)
    return alt.Y(field, axis=None, scale=scale)


def _texts(lines: list[dict[str, Any]], **look: Any) -> list[Any]:
    """One layer for each distance: a text of two lines would be set wrongly from right to left."""
    return [
        alt.Chart(alt.Data(values=[row for row in lines if row["shift"] == shift])).mark_text(
            fontSize=_SIZE, color=palette.INK, aria=False, **{**look, "dy": look.get("dy", 0) + shift}
        )
        for shift in sorted({row["shift"] for row in lines})
    ]


def _row_labels(chart: Chart) -> list[Any]:
    edge = alt.value("width") if _mirrored(chart) else alt.value(0)
    side = 1 if _mirrored(chart) else -1
    layers = _texts(_lines_of(chart.rows, _LABEL), align="left" if _mirrored(chart) else "right", dx=side * 8)
    return [layer.encode(y=_rows_axis(chart, "place:O"), x=edge, text="line:N") for layer in layers]


def _column_labels(chart: Chart) -> list[Any]:
    layers = _texts(_lines_of(chart.columns, _COLUMN), align="center", dy=-16)
    return [
        layer.encode(x=_columns(chart, "place:O", None), y=alt.value(0), text="line:N") for layer in layers
    ]


def _amount(chart: Chart, field: str, channel: Any, **look: Any) -> Any:
    """The axis of the numbers, whole ones only, or shares; bars grow from where reading begins."""
    shares = chart.kind == "shares"
    top = max((mark.value for mark in chart.marks), default=1)
    axis = _axis(
        format="%" if shares else ",d",
        title=chart.value_title or None,
        tickCount=int(min(6, max(1, top))),
        **look,
    )
    reverse = channel is alt.X and _mirrored(chart)
    stack = None if chart.kind == "line" else "normalize" if shares else "zero"
    return channel(field, axis=axis, stack=stack, scale=alt.Scale(reverse=reverse, nice=not shares))


_MARK = {"description": "says:N", "href": "href:N"}
"""What every mark carries: its words and its link."""


def _colour(chart: Chart, field: str, count: int) -> Any:
    given = palette.colours(chart.tones, count)
    if not chart.legend and count == 1:
        given = [palette.TONES[chart.tones[0]] if chart.tones and chart.tones[0] else palette.PRIMARY]
    return alt.Color(f"{field}:O", scale=alt.Scale(domain=list(range(count)), range=given), legend=None)


def _bars(chart: Chart, data: Any) -> Any:
    base = alt.Chart(data, width=_WIDTH, height=alt.Step(_BAR))
    bars = base.mark_bar().encode(
        y=_rows_axis(chart),
        x=_amount(chart, "value:Q", alt.X),
        color=_colour(chart, "column", len(chart.columns)),
        order=alt.Order("column:O"),
        **_MARK,
    )
    if chart.kind != "bars":
        return alt.layer(bars, *_row_labels(chart))
    words = base.mark_text(
        align="right" if _mirrored(chart) else "left",
        dx=-6 if _mirrored(chart) else 6,
        fontSize=_SIZE,
        color=palette.INK_2,
        aria=False,
    ).encode(y=_rows_axis(chart), x=_amount(chart, "value:Q", alt.X), text="text:N")
    return alt.layer(bars, words, *_row_labels(chart))


def _columns(chart: Chart, field: str, axis: Any) -> Any:
    order = list(range(len(chart.columns)))
    return alt.X(field, axis=axis, scale=alt.Scale(domain=order[::-1] if _mirrored(chart) else order))


def _heat(chart: Chart, data: Any) -> Any:
    top = max((mark.value for mark in chart.marks), default=1)
    step = max(64, _WIDTH // max(1, len(chart.columns)))
    base = alt.Chart(data, width=alt.Step(step), height=alt.Step(_CELL))
    where = {"x": _columns(chart, "column:O", None), "y": _rows_axis(chart)}
    cells = base.mark_rect(cornerRadius=2, stroke=palette.SURFACE, strokeWidth=2).encode(
        color=alt.Color(
            "value:Q", scale=alt.Scale(domain=[0, top / 2, top], range=list(palette.HEAT)), legend=None
        ),
        **where,
        **_MARK,
    )
    dark = f"datum.value > {top * 0.6}"
    words = base.mark_text(fontSize=_SIZE, aria=False).encode(
        text="text:N",
        color=alt.condition(dark, alt.value(palette.SURFACE), alt.value(palette.INK)),
        **where,
    )
    return alt.layer(cells, words, *_row_labels(chart), *_column_labels(chart))


def _line(chart: Chart, data: Any) -> Any:
    base = alt.Chart(data, width=_WIDTH + 60, height=240)
    colour = _colour(chart, "row", len(chart.rows))
    axis = _amount(chart, "value:Q", alt.Y, orient=_start(chart))
    words = json.dumps([_wrapped(label, _COLUMN)[0] for label in chart.columns], ensure_ascii=False)
    below = _axis(labelExpr=f"{words}[datum.value]", labelAngle=0, ticks=False, title=None)
    x = _columns(chart, "column:O", below)
    # A place without a mark is a gap: unknown is no zero.
    lines = base.mark_line(strokeWidth=2, aria=False).encode(x=x, y=axis, color=colour, detail="row:O")
    points = base.mark_point(filled=True, size=64, opacity=1).encode(x=x, y=axis, color=colour, **_MARK)
    return alt.layer(lines, points)


def _legend(chart: Chart) -> Any:
    """Swatches and words, line by line from the side where reading begins: Vega's own legend knows one."""
    rows: list[dict[str, Any]] = []
    at, line = 0.0, 0
    width = _WIDTH
    for place, words in enumerate(chart.legend):
        room = _SWATCH + len(words) * _LETTER
        if at and at + room > width:
            at, line = 0.0, line + 1
        rows.append(
            {"series": place, "at": width - at if _mirrored(chart) else at, "line": line, "words": words}
        )
        at += room + 14
    base = alt.Chart(alt.Data(values=rows), width=width, height=(line + 1) * _LEGEND_LINE)
    x = alt.X("at:Q", scale=alt.Scale(domain=[0, width], nice=False, zero=False), axis=None)
    y = alt.Y("line:O", scale=alt.Scale(domain=list(range(line + 1))), axis=None)
    side = -1 if _mirrored(chart) else 1
    swatches = base.mark_square(size=110, opacity=1, aria=False, xOffset=side * 6).encode(
        x=x, y=y, color=_colour(chart, "series", len(chart.legend))
    )
    words = base.mark_text(
        align="right" if _mirrored(chart) else "left",
        dx=side * 18,
        fontSize=_SIZE,
        color=palette.INK,
        aria=False,
    ).encode(x=x, y=y, text="words:N")
    return alt.layer(swatches, words)
