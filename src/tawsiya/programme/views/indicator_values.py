"""Values of indicators: the list, one by form, corrections, breaks, and the files that carry them out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated
from tawsiya.core.tables import Column, respond
from tawsiya.programme import sdmx
from tawsiya.programme.commands.indicator_values import record_values
from tawsiya.programme.commands.indicators import mark_break, withdraw_break
from tawsiya.programme.forms.indicators import BreakForm, ValueForm
from tawsiya.programme.indicator_choices import Origin
from tawsiya.programme.indicator_periods import read_period
from tawsiya.programme.indicator_permissions import may_record
from tawsiya.programme.indicator_queries import (
    asked_now,
    breaks_of,
    indicator_or_404,
    indicators_for,
    values_for,
    values_that_count,
)
from tawsiya.programme.models import Indicator, IndicatorBreak, IndicatorValue
from tawsiya.programme.queries import regions
from tawsiya.programme.value_workbook import workbook
from tawsiya.programme.views.common import state_of_instance
from tawsiya.recommendations.reading import reader_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SDMX_CSV = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"


def _text(row: IndicatorValue, name: str) -> str | None:
    return row.breakdown.get(name)


def _of(name: str) -> Any:
    return lambda row: _text(row, name)


COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("indicator", gettext_lazy("Indicator"), lambda row: row.indicator.code),
    Column("period", gettext_lazy("Period"), lambda row: row.period),
    *(
        Column(name, gettext_lazy("Disaggregation"), _of(name))
        for name in ("sex", "age", "region", "area", "disability", "nationality", "income", "education")
    ),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("value", gettext_lazy("Value"), lambda row: None if row.value is None else float(row.value)),
    Column("missing", gettext_lazy("Why it is missing"), lambda row: row.missing),
    Column("quality", gettext_lazy("Quality"), lambda row: row.quality),
    Column("source", gettext_lazy("Source"), lambda row: row.source),
    Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
    Column("corrects", gettext_lazy("Corrects"), lambda row: row.corrects_id),
    Column("counts", gettext_lazy("Counts"), lambda row: not hasattr(row, "corrected_by")),
    Column("recorded_at", gettext_lazy("Recorded"), lambda row: row.recorded_at),
)


def _may(reader: Reader, indicator: Indicator) -> Any:
    return may_record(reader, indicator, asked_now([indicator.pk]).get(indicator.pk, ()))


@require_safe
def value_list(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """List every value of an indicator, corrected ones too, as page, CSV or JSON."""
    reader = reader_of(request)
    indicator = indicator_or_404(reader, pk)
    rows = values_for(reader).filter(indicator=indicator).order_by("-period", "cell", "-pk")
    if period := read_period(request.GET.get("period", "")):
        rows = rows.filter(period=period)
    context = {"indicator": indicator, "may_record": bool(_may(reader, indicator)), "period": period}
    return respond(
        request,
        rows=rows,
        columns=COLUMNS,
        form=form,
        template="programme/indicator_values.html",
        context=context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a value by form."""
    return _write(request, indicator_or_404(reader_of(request), pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a value that counts: it stays, and the correction stands after it."""
    value = get_object_or_404(values_for(reader_of(request)), pk=pk)
    if hasattr(value, "corrected_by"):
        messages.info(request, _("This value was corrected already; here is what counts now."))
        page = reverse("programme:indicator-values", args=[value.indicator_id])
        return redirect(f"{page}?period={value.period}")
    return _write(request, value.indicator, value)


def _write(request: HttpRequest, indicator: Indicator, old: IndicatorValue | None) -> HttpResponse:
    reader = reader_of(request)
    acting(reader, _may(reader, indicator))
    initial: dict[str, Any] = {"period": request.GET.get("period", "")}
    if old:
        initial = {
            "period": old.period,
            "state": old.state,
            "value": f"{old.value.normalize():f}" if old.value is not None else "",
            "quality": old.quality or "final",
            "missing": old.missing,
            "source": old.source,
            **old.breakdown,
        }
    form = ValueForm(
        request.POST or None,
        indicator=indicator,
        regions=regions(state_of_instance()),
        corrects=old is not None,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = record_values(
                indicator=indicator, readings=[form.reading()], by=reader, origin=Origin.FORM
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("The value is recorded.") if done.new or done.corrected else _("Nothing changed.")
            messages.success(request, said)
            return redirect("programme:indicator", indicator.pk)
    context = {
        "form": form,
        "indicator": indicator,
        "old": old,
        "title": _("Correct a value") if old else _("Record a value"),
        "button": _("Record the correction") if old else _("Record the value"),
        "notice": _("What stands now is kept; your correction stands after it, with its reason.")
        if old
        else "",
        "back_url": reverse("programme:indicator", args=[indicator.pk]),
    }
    return render(request, "programme/indicator_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_break(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a break of method."""
    reader = reader_of(request)
    indicator = indicator_or_404(reader, pk)
    acting(reader, _may(reader, indicator))
    form = BreakForm(request.POST or None, initial={"language": reader_language()})
    if request.method == "POST" and form.is_valid():
        try:
            mark_break(indicator=indicator, by=reader, **form.cleaned_data)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The break is marked; the chart no longer joins what it parts."))
            return redirect("programme:indicator", pk)
    context = {
        "form": form,
        "indicator": indicator,
        "title": _("Mark a break of method"),
        "button": _("Mark the break"),
        "back_url": reverse("programme:indicator", args=[pk]),
    }
    return render(request, "programme/indicator_page.html", context)


@require_POST
def remove_break(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a break that was marked in error."""
    reader = reader_of(request)
    mark = IndicatorBreak.objects.filter(pk=pk, indicator__in=indicators_for(reader)).first()
    if mark is None:
        raise Http404
    try:
        withdraw_break(mark=mark, by=reader, reason=request.POST.get("reason", ""))
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The break is withdrawn."))
    return redirect("programme:indicator", mark.indicator_id)


def observations(rows: list[Indicator]) -> list[sdmx.Observation]:
    """Return the values of indicators that count, for SDMX; a break is said of the first value after it."""
    by_pk = {row.pk: row for row in rows}
    notes = {(mark.indicator_id, mark.period): mark.explanation for mark in breaks_of(by_pk)}
    found = []
    for value in values_that_count(by_pk):
        row = by_pk[value.indicator_id]
        found.append(
            sdmx.Observation(
                indicator=row.code,
                period=value.period,
                breakdown=value.breakdown,
                state=value.state,
                value=value.value,
                missing=value.missing,
                quality=value.quality,
                measured=row.measured,
                source=value.source,
                reason=value.reason,
                break_note=notes.get((row.pk, value.period), ""),
            )
        )
    return sorted(found, key=lambda one: (one.indicator, one.period))


def _sdmx(rows: list[Indicator], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        sdmx.lines(observations(rows), state_of_instance()), content_type=SDMX_CSV
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.sdmx.csv"'
    return response


@require_safe
def sdmx_file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Answer the values of an indicator as SDMX-CSV."""
    indicator = indicator_or_404(reader_of(request), pk)
    return _sdmx([indicator], indicator.code)


@require_safe
def sdmx_all(request: HttpRequest) -> StreamingHttpResponse:
    """Answer the values of all indicators that the reader sees as SDMX-CSV."""
    return _sdmx(list(indicators_for(reader_of(request))), "indicators")


@require_safe
def workbook_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the values of an indicator as a workbook that can be filled in and read back."""
    indicator = indicator_or_404(reader_of(request), pk)
    values = list(values_that_count([indicator.pk]))
    response = HttpResponse(workbook(indicator, values), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{indicator.code}.xlsx"'
    return response
