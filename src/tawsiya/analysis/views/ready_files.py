"""A ready-made analysis in each of its forms: page, CSV, JSON, workbook, and its chart as a picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tawsiya.analysis.excel import listing
from tawsiya.core.charts import Chart
from tawsiya.core.charts.kept import figure_of, picture
from tawsiya.core.query import without
from tawsiya.core.tables import Column, Listed, respond

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Analysis:
    """What a ready-made analysis holds for a reader and an address.

    name: of its page among the addresses of analysis; its file is called so.
    chart: the chart of it, None where there is nothing to draw.
    context: of the page; `chips` says what was filtered. Both are worked out where they are needed.
    """

    name: str
    template: str
    title: str
    rows: "QuerySet[Any, Any] | Listed"
    columns: tuple[Column, ...]
    chart: Callable[[], Chart | None]
    context: Callable[[], dict[str, Any]]


def answer(request: HttpRequest, found: Analysis, form: str) -> HttpResponseBase:
    """Answer an analysis in one of its forms: `html`, `csv`, `json`, `xlsx`, `svg` or `png`."""
    if form == "xlsx":
        return _workbook(found)
    if form in ("svg", "png"):
        return _picture(request, found, form)
    return respond(
        request,
        rows=found.rows,
        columns=found.columns,
        form=form,
        template=found.template,
        context=_page(request, found) if form == "html" else {},
    )


def _page(request: HttpRequest, found: Analysis) -> dict[str, Any]:
    query = without(request.GET, "page")
    chart = found.chart()
    pictures = {
        f"{form}_url": f"{reverse(f'analysis:{found.name}-{form}')}?{query.urlencode()}"
        for form in ("svg", "png")
    }
    return {"figure": figure_of(chart) if chart else None, **pictures, **found.context()}


def _workbook(found: Analysis) -> HttpResponse:
    content = listing(found.rows, found.columns, found.title, found.context()["chips"])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.name}.xlsx"'
    return response


def _picture(request: HttpRequest, found: Analysis, form: str) -> HttpResponse:
    """Answer the chart; back to the page, which has it drawn, where it is not drawn yet."""
    chart = found.chart()
    figure = figure_of(chart) if chart else None
    if figure is None or figure.state != "drawn":
        return redirect(f"{reverse(f'analysis:{found.name}')}?{request.GET.urlencode()}")
    return picture(figure, form)
