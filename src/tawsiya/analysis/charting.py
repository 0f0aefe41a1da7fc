"""A crossing as a chart: which kinds fit, and what each mark says."""

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from tawsiya.analysis.crossing import IN_TIME, Crossing, Value
from tawsiya.core import formats
from tawsiya.core.charts import Chart, Mark
from tawsiya.core.charts.model import Kind
from tawsiya.core.looks import LOOKS
from tawsiya.recommendations.filters import NONE

# More than that is no picture any more: the table beside it holds everything.
MOST_ROWS, MOST_SERIES, MOST_COLUMNS, MOST_LINES = 15, 8, 10, 7

KINDS: dict[Kind, str | Promise] = {
    "bars": gettext_lazy("Bars"),
    "stacked": gettext_lazy("Stacked bars"),
    "shares": gettext_lazy("Shares"),
    "heat": gettext_lazy("Heat map"),
    "line": gettext_lazy("Time line"),
}


def kinds_for(crossing: Crossing) -> list[Kind]:
    """Return the kinds of chart that fit, the usual one first."""
    if not crossing.columns_by:
        return ["bars"]
    kinds: list[Kind] = ["stacked", "shares", "heat"]
    return ["line", *kinds] if crossing.columns_by in IN_TIME else kinds


def chosen_kind(crossing: Crossing, asked: str) -> Kind:
    """Return the kind that an address asks for where it fits, else the usual one."""
    fitting = kinds_for(crossing)
    return next((kind for kind in fitting if kind == asked), fitting[0])


def title_of(crossing: Crossing, labels: dict[str, str]) -> str:
    """Return `Recommendations · Body × Status`."""
    rows = labels[crossing.rows_by]
    if not crossing.columns_by:
        return _("Recommendations · %(rows)s") % {"rows": rows}
    return _("Recommendations · %(rows)s × %(columns)s") % {
        "rows": rows,
        "columns": labels[crossing.columns_by],
    }


def chart_of(crossing: Crossing, kind: Kind, title: str) -> Chart:
    """Return the chart; the first rows and columns only, where there are too many for a picture."""
    rows = _shown(crossing.rows, MOST_LINES if kind == "line" else MOST_ROWS, crossing.rows_by)
    most = MOST_COLUMNS if kind in ("heat", "line") else MOST_SERIES
    columns = _shown(crossing.columns, most, crossing.columns_by)
    places = _in_time(columns, crossing) if kind == "line" else list(columns)
    marks = _row_marks(crossing, rows) if kind == "bars" else _pair_marks(crossing, kind, list(rows), places)
    series = _series(crossing, kind, rows, columns)
    return Chart(
        kind=kind,
        title=title,
        direction="rtl" if get_language_bidi() else "ltr",
        rows=tuple(str(row.label) for row in rows),
        columns=tuple(str(column.label) for column in places) or ("",),
        marks=tuple(marks),
        tones=tuple(tone_of(value) for value in series),
        legend=tuple(_with_share(value.label, value.count, crossing.total) for value in series),
        value_title="" if kind in ("shares", "heat") else _("Recommendations"),
        locale=formats.current_locale(),
    )


def is_cut(crossing: Crossing, kind: Kind) -> bool:
    """Tell whether the picture shows less than the table."""
    rows = MOST_LINES if kind == "line" else MOST_ROWS
    columns = MOST_COLUMNS if kind in ("heat", "line") else MOST_SERIES
    return len(crossing.rows) > rows or len(crossing.columns) > columns


def _shown(values: tuple[Value, ...], most: int, dimension: str) -> tuple[Value, ...]:
    """Return the most frequent values, in their own order; of what is in time the latest."""
    if len(values) <= most:
        return values
    if dimension in IN_TIME:
        return tuple(sorted(values, key=lambda value: -int(value.code))[:most])
    kept = {value.code for value in sorted(values, key=lambda value: -value.count)[:most]}
    return tuple(value for value in values if value.code in kept)


def _in_time(columns: tuple[Value, ...], crossing: Crossing) -> list[Value]:
    return (
        sorted(columns, key=lambda value: int(value.code))
        if crossing.columns_by in IN_TIME
        else list(columns)
    )


def _series(
    crossing: Crossing, kind: Kind, rows: tuple[Value, ...], columns: tuple[Value, ...]
) -> tuple[Value, ...]:
    if kind in ("stacked", "shares"):
        return columns
    return rows if kind == "line" else ()


def tone_of(value: Value) -> str:
    """Return the tone of a value that is a status; `rest` for none, "" for other values."""
    if value.code == NONE:
        return "rest"
    look = LOOKS.get(value.code)
    return look.tone if look is not None else ""


def _with_share(label: object, count: int, total: int) -> str:
    figure = {"label": label, "count": formats.localise_number(count)}
    share = formats.localise_percent(count / total) if total else ""
    return _("%(label)s · %(count)s (%(share)s)") % {**figure, "share": share}


def _row_marks(crossing: Crossing, rows: tuple[Value, ...]) -> list[Mark]:
    marks = []
    for place, row in enumerate(rows):
        count, share = (
            formats.localise_number(row.count),
            formats.localise_percent(row.count / crossing.total),
        )
        marks.append(
            Mark(
                row=place,
                column=0,
                value=row.count,
                says=_("%(row)s: %(count)s, %(share)s of all")
                % {"row": row.label, "count": count, "share": share},
                href=row.url,
                text=_("%(count)s (%(share)s)") % {"count": count, "share": share},
            )
        )
    return marks


def _pair_marks(crossing: Crossing, kind: Kind, rows: list[Value], columns: list[Value]) -> list[Mark]:
    row_place = {row.code: place for place, row in enumerate(crossing.rows)}
    column_place = {column.code: place for place, column in enumerate(crossing.columns)}
    marks = []
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            cell = crossing.cells.get((row_place[row.code], column_place[column.code]))
            if cell is None:
                continue
            figures = {
                "row": row.label,
                "column": column.label,
                "count": formats.localise_number(cell.count),
                "share": formats.localise_percent(cell.count / row.count),
            }
            marks.append(
                Mark(
                    row=i,
                    column=j,
                    value=cell.count,
                    says=_("%(row)s, %(column)s: %(count)s (%(share)s)") % figures,
                    href=cell.url,
                    text=formats.localise_number(cell.count) if kind == "heat" else "",
                )
            )
    return marks
