"""The page that counts by one dimension or crosses two: chart, table, files, saved views."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.analysis.charting import KINDS, chart_of, chosen_kind, is_cut, kinds_for, title_of
from tawsiya.analysis.crossing import Crossing, cross, dimensions_for, flat
from tawsiya.analysis.excel import workbook
from tawsiya.analysis.forms.saved import save_form
from tawsiya.analysis.queries.saved import saved_views_for
from tawsiya.analysis.views.ready import tabs_for
from tawsiya.core.charts.kept import figure_of, picture
from tawsiya.core.query import without
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.recommendations.facets import chips, facets_for

_SHOWN_VIEWS = 6
_PICTURES = {"svg", "png"}

# A row: value of the rows, value of the columns or None for the row's total, count.
COLUMNS = (
    Column("row", _("Row"), lambda row: row[0].code),
    Column("row_label", _("Row, in words"), lambda row: str(row[0].label)),
    Column("column", _("Column"), lambda row: row[1].code if row[1] else ""),
    Column("column_label", _("Column, in words"), lambda row: str(row[1].label) if row[1] else ""),
    Column("count", _("Recommendations"), lambda row: row[2]),
)


@require_safe
def crossing_page(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer the crossing that the address asks for: page, or one line per figure as CSV and JSON."""
    reader = reader_of(request)
    crossing = cross(reader, request.GET)
    rows = Listed(flat(crossing))
    context = _context(request, reader, crossing) if form == "html" else {}
    return respond(
        request, rows=rows, columns=COLUMNS, form=form, template="analysis/crossing.html", context=context
    )


@require_safe
def crossing_xlsx(request: HttpRequest) -> HttpResponse:
    """Answer the crossing's table as a workbook, its filters on a second sheet."""
    reader = reader_of(request)
    crossing = cross(reader, request.GET)
    labels = _labels(reader)
    in_force = chips(facets_for(reader, request.GET), request.GET)
    response = HttpResponse(
        workbook(crossing, labels, title_of(crossing, labels), in_force),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = 'attachment; filename="analysis.xlsx"'
    return response


@require_safe
def crossing_picture(request: HttpRequest, form: str) -> HttpResponse:
    """Answer the chart as a file; back to the page, which draws it, where it is not drawn yet."""
    if form not in _PICTURES:
        raise Http404
    reader = reader_of(request)
    crossing = cross(reader, request.GET)
    kind = chosen_kind(crossing, request.GET.get("chart", ""))
    figure = figure_of(chart_of(crossing, kind, title_of(crossing, _labels(reader))))
    if figure is None or figure.state != "drawn":
        return redirect(f"{reverse('analysis:crossing')}?{request.GET.urlencode()}")
    return picture(figure, form)


def _labels(reader: Reader) -> dict[str, str]:
    return {name: str(label) for name, label in dimensions_for(reader)}


def _context(request: HttpRequest, reader: Reader, crossing: Crossing) -> dict[str, Any]:
    labels = _labels(reader)
    kind = chosen_kind(crossing, request.GET.get("chart", ""))
    title = title_of(crossing, labels)
    facets = facets_for(reader, request.GET)
    query = without(request.GET, "page")
    saved = saved_views_for(reader)
    return {
        "tabs": tabs_for(reader, "crossing"),
        "crossing": crossing,
        "title": title,
        "table": _table(crossing),
        "rows_label": labels.get(crossing.rows_by, ""),
        "columns_label": labels.get(crossing.columns_by, ""),
        "dimensions": dimensions_for(reader),
        "kinds": [(code, KINDS[code]) for code in kinds_for(crossing)],
        "kind": kind,
        "is_cut": is_cut(crossing, kind),
        "figure": figure_of(chart_of(crossing, kind, title)),
        "facets": facets,
        "chips": chips(facets, request.GET),
        "clear_url": reverse("analysis:crossing"),
        "search_query": request.GET.get("q", ""),
        "query": query.urlencode(),
        "save_form": save_form(query.urlencode()),
        "saved": saved[:_SHOWN_VIEWS],
        "saved_count": saved.count(),
    }


def _table(crossing: Crossing) -> list[dict[str, Any]]:
    """Return the rows as the template lays them out: every cell, empty ones too, with shares."""
    return [
        {
            "value": row,
            "share": row.count / crossing.total,
            "cells": [
                {"column": column, "cell": cell, "share": cell.count / row.count if cell else 0}
                for j, column in enumerate(crossing.columns)
                for cell in [crossing.cells.get((i, j))]
            ],
        }
        for i, row in enumerate(crossing.rows)
    ]
