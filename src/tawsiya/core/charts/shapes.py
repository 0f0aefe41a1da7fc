"""The five kinds of charts in Altair's words. One helper mirrors them for right-to-left readers."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import Any

import altair as alt

from tawsiya.core.charts import palette
from tawsiya.core.charts.model import Chart


@dataclass(frozen=True, slots=True)
class Size:
    """How much room a drawing has, in pixels and characters.

    width: of the plot. bar, cell: height of a row. label: characters of a row's label in one line, of which
    there are two at most; column: of a column's. most_columns: labels beside each other under a line chart.
    above: a row's label stands above its bar, not beside it, and a column's is turned upright.
    """

    width: int
    bar: int
    cell: int
    label: int
    column: int
    most_columns: int
    above: bool = False


WIDE = Size(width=520, bar=30, cell=34, label=36, column=14, most_columns=14)
NARROW = Size(width=304, bar=64, cell=66, label=42, column=24, most_columns=5, above=True)
"""A phone 390 pixels wide, in the letters of the page."""
_LINE = 60  # that a line chart is wider: it has no labels of rows beside it
_LEGEND_LINE, _LETTER, _SWATCH = 20, 6.6, 26
_SIZE = 12
_HALF_LINE = 7
_ABOVE = 23  # from the middle of a row to that of the label above it


def layers(chart: Chart, placeholder: str, size: Size = WIDE) -> Any:
    """Return the chart with its legend, not configured yet.

    Args:
        placeholder: what a mark's link begins with; its place in `chart.marks` follows.
        size: the room there is.
    """
    runs = _runs(chart) if chart.kind == "line" else {}
    data = alt.Data(
        values=[_row(chart, place, placeholder, runs.get(place, "")) for place in range(len(chart.marks))]
    )
    draw = {"bars": _bars, "stacked": _bars, "shares": _bars, "heat": _heat, "line": _line}[chart.kind]
    plot = draw(chart, data, size)
    if not chart.legend:
        return plot
    return alt.vconcat(_legend(chart, size), plot, spacing=8).resolve_scale(color="independent")


def _row(chart: Chart, place: int, placeholder: str, run: str) -> dict[str, Any]:
    mark = chart.marks[place]
    row = {
        "row": mark.row,
        "column": mark.column,
        "value": mark.value,
        "says": mark.says,
        "text": mark.text,
        "run": run,
        "dashed": mark.row in chart.dashed,
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


def _lines_of(labels: tuple[str, ...], width: int, above: int = 0) -> list[dict[str, Any]]:
    """Each label in one line or two, each line with its distance from the middle in pixels.

    Args:
        above: how far over the middle of its row the label ends; 0 for one that stands in the middle.
    """
    found = []
    for place, label in enumerate(labels):
        lines = _wrapped(label, width)
        shifts = (0,) if len(lines) == 1 else (-_HALF_LINE, _HALF_LINE)
        if above:
            shifts = (-above,) if len(lines) == 1 else (-above - 2 * _HALF_LINE, -above)
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


def _rows_axis(chart: Chart, size: Size, field: str = "row:O") -> Any:
    inner, outer = (0.65, 0.5) if size.above else (0.3, 0.15)
    scale = alt.Scale(domain=list(range(len(chart.rows))), paddingInner=inner, paddingOuter=outer)
    return alt.Y(field, axis=None, scale=scale)


def _texts(lines: list[dict[str, Any]], **look: Any) -> list[Any]:
    """One layer for each distance: a text of two lines would be set wrongly from right to left."""
    return [
        alt.Chart(alt.Data(values=[row for row in lines if row["shift"] == shift])).mark_text(
            fontSize=_SIZE, color=palette.INK, aria=False, **{**look, "dy": look.get("dy", 0) + shift}
        )
        for shift in sorted({row["shift"] for row in lines})
    ]


def _row_labels(chart: Chart, size: Size) -> list[Any]:
    edge = alt.value("width") if _mirrored(chart) else alt.value(0)
    if size.above:
        lines = _lines_of(chart.rows, size.label, above=_ABOVE)
        layers = _texts(lines, align="right" if _mirrored(chart) else "left")
    else:
        side = 1 if _mirrored(chart) else -1
        look = {"align": "left" if _mirrored(chart) else "right", "dx": side * 8}
        layers = _texts(_lines_of(chart.rows, size.label), **look)
    return [layer.encode(y=_rows_axis(chart, size, "place:O"), x=edge, text="line:N") for layer in layers]


def _column_labels(chart: Chart, size: Size) -> list[Any]:
    if size.above:
        lines = [
            {"place": place, "line": _wrapped(label, size.column)[0], "shift": 0}
            for place, label in enumerate(chart.columns)
        ]
        layers = _texts(lines, align="left", baseline="middle", angle=270, dx=8)
    else:
        layers = _texts(_lines_of(chart.columns, size.column), align="center", dy=-16)
    return [
        layer.encode(x=_columns(chart, "place:O", None), y=alt.value(0), text="line:N") for layer in layers
    ]


def _amount(chart: Chart, field: str, channel: Any, size: Size, **look: Any) -> Any:
    """The axis of the numbers, whole ones only, or shares; bars grow from where reading begins."""
    shares = chart.kind == "shares"
    top = max((mark.value for mark in chart.marks), default=1)
    most = 4 if size.above and channel is alt.X else 6
    axis = _axis(
        format="%" if shares else f",.{chart.decimals}f" if chart.decimals else ",d",
        title=chart.value_title or None,
        tickCount=most if chart.decimals else int(min(most, max(1, top))),
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


def _bars(chart: Chart, data: Any, size: Size) -> Any:
    base = alt.Chart(data, width=size.width, height=alt.Step(size.bar))
    bars = base.mark_bar().encode(
        y=_rows_axis(chart, size),
        x=_amount(chart, "value:Q", alt.X, size),
        color=_colour(chart, "column", len(chart.columns)),
        order=alt.Order("column:O"),
        **_MARK,
    )
    if chart.kind != "bars":
        return alt.layer(bars, *_row_labels(chart, size))
    words = base.mark_text(
        align="right" if _mirrored(chart) else "left",
        dx=-6 if _mirrored(chart) else 6,
        fontSize=_SIZE,
        color=palette.INK_2,
        aria=False,
    ).encode(y=_rows_axis(chart, size), x=_amount(chart, "value:Q", alt.X, size), text="text:N")
    return alt.layer(bars, words, *_row_labels(chart, size))


def _columns(chart: Chart, field: str, axis: Any) -> Any:
    order = list(range(len(chart.columns)))
    return alt.X(field, axis=axis, scale=alt.Scale(domain=order[::-1] if _mirrored(chart) else order))


def _heat(chart: Chart, data: Any, size: Size) -> Any:
    top = max((mark.value for mark in chart.marks), default=1)
    step = max(26 if size.above else 64, size.width // max(1, len(chart.columns)))
    base = alt.Chart(data, width=alt.Step(step), height=alt.Step(size.cell))
    where = {"x": _columns(chart, "column:O", None), "y": _rows_axis(chart, size)}
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
    return alt.layer(cells, words, *_row_labels(chart, size), *_column_labels(chart, size))


def _line(chart: Chart, data: Any, size: Size) -> Any:
    width = size.width - 20 if size.above else size.width + _LINE
    base = alt.Chart(data, width=width, height=240)
    colour = _colour(chart, "row", len(chart.rows))
    axis = _amount(chart, "value:Q", alt.Y, size, orient=_start(chart))
    words = json.dumps(_thinned(chart.columns, size), ensure_ascii=False)
    below = _axis(labelExpr=f"{words}[datum.value]", labelAngle=0, ticks=False, title=None)
    x = _columns(chart, "column:O", below)
    where = {"x": x, "y": axis, "color": colour}
    # A place without a mark is a gap: unknown is no zero.
    strokes = [
        base.transform_filter("!datum.dashed")
        .mark_line(strokeWidth=2, aria=False)
        .encode(**where, detail="run:N")
    ]
    points = [
        base.transform_filter("!datum.dashed")
        .mark_point(filled=True, size=64, opacity=1)
        .encode(**where, **_MARK)
    ]
    if chart.dashed:
        aims = base.transform_filter("datum.dashed")
        strokes.insert(
            0, aims.mark_line(strokeWidth=2, strokeDash=[5, 4], aria=False).encode(**where, detail="row:O")
        )
        diamonds = aims.mark_point(filled=True, size=80, opacity=1, shape="diamond")
        points.insert(0, diamonds.encode(**where, **_MARK))
    return alt.layer(*_cuts(chart, x, width), *strokes, *points)


def _thinned(columns: tuple[str, ...], size: Size) -> list[str]:
    """The labels of columns in one line each; where there are many, every other or third one only."""
    step = -(-len(columns) // size.most_columns)
    last = len(columns) - 1
    return [
        _wrapped(label, size.column)[0] if (last - place) % step == 0 else ""
        for place, label in enumerate(columns)
    ]


def _cuts(chart: Chart, x: Any, width: int) -> list[Any]:
    """An upright line half a column before each cut, over the whole height."""
    if not chart.cuts:
        return []
    half = width / max(1, len(chart.columns)) / 2
    rows = [{"column": cut.column, "says": cut.says} for cut in chart.cuts]
    base = alt.Chart(alt.Data(values=rows), width=width, height=240)
    drawn = base.mark_rule(
        strokeWidth=1.5, strokeDash=[2, 3], color=palette.INK_2, xOffset=half if _mirrored(chart) else -half
    )
    return [drawn.encode(x=x, description="says:N")]


def _runs(chart: Chart) -> dict[int, str]:
    """The piece of a line that each mark belongs to, by place: cuts and, where asked for, gaps part them."""
    cuts = {cut.column for cut in chart.cuts}
    found: dict[int, str] = {}
    by_row: dict[int, list[int]] = {}
    for place, mark in enumerate(chart.marks):
        by_row.setdefault(mark.row, []).append(place)
    for row, places in by_row.items():
        run, before = 0, None
        for place in sorted(places, key=lambda place: chart.marks[place].column):
            column = chart.marks[place].column
            if before is not None:
                parted = any(before < cut <= column for cut in cuts)
                run += parted or (chart.gaps and column - before > 1)
            found[place], before = f"{row}-{run}", column
    return found


def _legend(chart: Chart, size: Size) -> Any:
    """Swatches and words, line by line from the side where reading begins: Vega's own legend knows one."""
    rows: list[dict[str, Any]] = []
    at, line = 0.0, 0
    width = size.width
    most = int((width - _SWATCH) / _LETTER)
    end = "\u200f…" if _mirrored(chart) else "…"
    for place, said in enumerate(chart.legend):
        words = said if len(said) <= most else f"{said[: most - 1].rstrip()}{end}"
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
