"""The list of indicators, the page of one, its sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core import facets
from tawsiya.core.charts.kept import figure_of, picture
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.programme.commands.indicators import save_indicator, set_indicator_state
from tawsiya.programme.indicator_choices import Dimension, IndicatorState
from tawsiya.programme.indicator_filters import INDICATOR_FACETS, IndicatorFilter
from tawsiya.programme.indicator_permissions import (
    may_ask,
    may_close,
    may_define,
    may_record,
    may_set_aside,
)
from tawsiya.programme.indicator_queries import (
    asked_now,
    breaks_of,
    indicator_or_404,
    indicators_for,
    links_of,
    requests_for,
    standings,
    values_that_count,
    with_standing,
)
from tawsiya.programme.indicator_series import Series, chart_of, series_of
from tawsiya.programme.models import Indicator
from tawsiya.programme.views.common import history
from tawsiya.programme.views.indicator_sheet import goal_lines, sheet_form, sheet_of
from tawsiya.recommendations.reading import reading_text

_DONE = {
    IndicatorState.IN_USE: gettext_lazy("The indicator is in use; everybody with a role sees it."),
    IndicatorState.NOT_APPLICABLE: gettext_lazy("It is decided that the indicator does not apply."),
    IndicatorState.RETIRED: gettext_lazy("The indicator is no longer followed."),
}


def _number(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return None if value is None else float(value)


def _institution(row: Any) -> str:
    return text_of(row.institution.names)


COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("code", gettext_lazy("Code"), lambda row: row.code),
    Column("name", gettext_lazy("Name"), lambda row: text_of(row.names)),
    Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
    Column("right", gettext_lazy("Right"), lambda row: row.right),
    Column("attribute", gettext_lazy("Attribute of the right"), lambda row: text_of(row.attributes)),
    Column("unit", gettext_lazy("Unit"), lambda row: text_of(row.units)),
    Column("sdg", gettext_lazy("SDG indicators"), lambda row: list(row.sdg)),
    Column("dimensions", gettext_lazy("Disaggregation"), lambda row: list(row.dimensions)),
    Column("periodicity", gettext_lazy("Periodicity"), lambda row: row.periodicity),
    Column(
        "institution", gettext_lazy("Responsible institution"), lambda row: text_of(row.institution.names)
    ),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("last_period", gettext_lazy("Last period"), lambda row: row.last_period),
    Column("last_value", gettext_lazy("Last value"), lambda row: _number(row, "last_value")),
    Column("target", gettext_lazy("Target"), lambda row: _number(row, "target")),
    Column("standing", gettext_lazy("Standing"), lambda row: row.standing),
)


@require_safe
def indicator_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the indicators that the reader sees, with where each stands, as page, CSV or JSON."""
    reader = reader_of(request)
    seen = with_standing(indicators_for(reader))
    rows = IndicatorFilter(request.GET, queryset=seen).qs.order_by("right", "code")
    context: dict[str, Any] = {"may_define": bool(may_define(reader))}
    if form == "html":
        context |= facets.shell(INDICATOR_FACETS, IndicatorFilter, request.GET, seen, request.path)
        context["may_record"] = bool(reader.own_institutions) or context["may_define"]
    return respond(
        request,
        rows=rows,
        columns=COLUMNS,
        form=form,
        template="programme/indicators.html",
        context=context,
    )


def _series(request: HttpRequest, indicator: Indicator) -> Series:
    by = request.GET.get("by", "")
    return series_of(
        indicator,
        values_that_count([indicator.pk]).select_related("corrects"),
        indicator.goals.all(),
        list(breaks_of([indicator.pk])),
        by if by in indicator.dimensions else "",
    )


def _title(series: Series) -> str:
    name = f"{series.indicator.code} · {text_of(series.indicator.names)}"
    return f"{name} · {Dimension(series.by).label}" if series.by else name


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an indicator: chart, table, sheet, what it follows, what is asked, history."""
    reader = reader_of(request)
    indicator = indicator_or_404(reader, pk)
    series = _series(request, indicator)
    chart = chart_of(series, _title(series))
    requests = list(requests_for(reader).filter(indicator=indicator).order_by("state", "due_on"))
    links = links_of(reader, indicator)
    context = {
        "indicator": indicator,
        "series": series,
        "figure": figure_of(chart) if chart else None,
        "query": request.GET.urlencode(),
        "by_tabs": _tabs(indicator, series.by),
        "standing": standings([indicator])[indicator.pk],
        "goals": indicator.goals.all(),
        "breaks": indicator.breaks.select_related("recorded_by").all(),
        "requests": [{"row": row, **_closing(reader, row)} for row in requests],
        "measures": links.measures,
        "items": [{"item": item, "text": reading_text(item)} for item in links.items],
        "can": _can(reader, indicator),
        "events": history(
            reader,
            {
                "programme.indicator": [indicator.pk],
                "programme.valuerequest": [row.pk for row in requests],
            },
        ),
    }
    return render(request, "programme/indicator.html", context)


def _tabs(indicator: Indicator, by: str) -> list[dict[str, Any]]:
    """Return the breakdowns of the table as tabs, none where there is only the total."""
    if not indicator.dimensions:
        return []
    chosen = [("", _("Total")), *((name, Dimension(name).label) for name in indicator.dimensions)]
    return [
        {"label": label, "url": f"?by={name}" if name else "?", "active": name == by}
        for name, label in chosen
    ]


def _closing(reader: Reader, row: Any) -> dict[str, bool]:
    return {
        name: bool(may_close(reader, row, state))
        for name, state in (("decline", "declined"), ("withdraw", "withdrawn"))
    }


def _can(reader: Reader, indicator: Indicator) -> frozenset[str]:
    """Return what the reader may do with an indicator now."""
    asked = asked_now([indicator.pk]).get(indicator.pk, ())
    decisions = {
        "edit": may_define(reader),
        "set_aside": may_set_aside(reader),
        "record": may_record(reader, indicator, asked),
        "ask": may_ask(reader, indicator),
    }
    return frozenset(name for name, decision in decisions.items() if decision)


@require_safe
def chart_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Answer the chart as a file; back to the page, which draws it, where it is not drawn yet."""
    indicator = indicator_or_404(reader_of(request), pk)
    series = _series(request, indicator)
    chart = chart_of(series, _title(series))
    figure = figure_of(chart) if chart else None
    if figure is None or figure.state != "drawn":
        return redirect(f"{reverse('programme:indicator', args=[pk])}?{request.GET.urlencode()}")
    return picture(figure, form)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Define an indicator, empty or for a measure (`measure`) or recommendation (`item`)."""
    return _write(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the sheet of an indicator."""
    return _write(request, indicator_or_404(reader_of(request), pk))


def _write(request: HttpRequest, indicator: Indicator | None) -> HttpResponse:
    reader = reader_of(request)
    acting(reader, may_define(reader))
    form = sheet_form(request, reader, indicator)
    lines = goal_lines(request, indicator)
    status = 200
    # Both are looked at, so that all errors show at once.
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            saved = save_indicator(
                sheet=sheet_of(form, lines),
                by=reader,
                indicator=indicator,
                seen_version=form.cleaned_data["seen_version"],
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("The indicator is saved."))
            return redirect("programme:indicator", saved.pk)
    context = {"form": form, "lines": lines, "indicator": indicator}
    return render(request, "programme/indicator_form.html", context, status=status)


@require_POST
def set_state(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """Take an indicator into use, or set it aside with a reason."""
    reader = reader_of(request)
    indicator = indicator_or_404(reader, pk)
    try:
        set_indicator_state(
            indicator=indicator, state=state, by=reader, reason=request.POST.get("reason", "")
        )
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(_DONE[IndicatorState(state)]))
    return redirect("programme:indicator", pk)
