"""The steering page, the lists behind its figures, and the page on paper."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.audit.kept import until_next_act
from tawsiya.core.charts.kept import figures_of
from tawsiya.core.errors import Message
from tawsiya.core.paper import CannotTypeset
from tawsiya.core.query import without
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.dashboards.permissions import may_steer
from tawsiya.dashboards.steering import due, moves, paper
from tawsiya.dashboards.steering.lines import Lines
from tawsiya.dashboards.steering.pace import answer_line, answers_for, paces_of
from tawsiya.dashboards.steering.page import PACES, steering_of
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import reading_text


def _reader(request: HttpRequest) -> Reader:
    """Return the reader.

    Raises:
        PermissionRefused: neither of the delegation nor an observer.
    """
    reader = reader_of(request)
    acting(reader, may_steer(reader))
    return reader


def _periods(request: HttpRequest, days: int) -> list[dict[str, Any]]:
    """Return the periods offered, and the one asked for, as tabs."""
    found = []
    for offered in sorted({*moves.PERIODS, days}):
        query = without(request.GET, "page")
        query["days"] = str(offered)
        found.append({"days": offered, "url": f"?{query.urlencode()}", "active": offered == days})
    return found


def _papers(days: int) -> list[dict[str, str]]:
    """Return the addresses of the page on paper, the reader's language first."""
    now = get_language()
    codes = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != now)
    found = []
    for code in codes:
        with override(code):
            found.append({"code": code, "url": f"{reverse('dashboards:steering-pdf')}?days={days}"})
    return found


@require_safe
def steering(request: HttpRequest) -> HttpResponse:
    """Show where the whole stands, who is late, what moved and what falls due."""
    reader = _reader(request)
    days = moves.days_of(request.GET)
    page = steering_of(reader, days)
    sections = [section for section in page.sections if section.crossing.rows]
    figures = figures_of([section.chart for section in sections])
    context = {
        "steering": page,
        "sections": [
            {"section": section, "figure": figure} for section, figure in zip(sections, figures, strict=True)
        ],
        "paces": page.paces[:PACES],
        "papers": _papers(days),
        "periods": _periods(request, days),
        "since": moves.since_days(days),
        "sees_sending": reader.is_delegation,
    }
    return render(request, "dashboards/steering.html", context)


@require_safe
def steering_pdf(request: HttpRequest) -> HttpResponse:
    """Answer the page as a PDF of two pages, in the language of the address."""
    reader = _reader(request)
    page = steering_of(reader, moves.days_of(request.GET))
    try:
        data = paper.pdf_of(page, reader)
    except CannotTypeset:
        messages.error(request, _("The PDF could not be made: it took too long, or too much memory."))
        return redirect("dashboards:steering")
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="steering-{page.today.isoformat()}.pdf"'
    return response


INSTITUTION_COLUMNS = (
    Column("institution", gettext_lazy("Institution"), lambda row: row.name),
    Column("open", gettext_lazy("Open assignments"), lambda row: row.open),
    Column("late", gettext_lazy("Overdue"), lambda row: row.late),
    Column("oldest", gettext_lazy("Oldest deadline past"), lambda row: row.oldest),
    Column("answered", gettext_lazy("Answered within a year"), lambda row: row.answered),
    Column("answer_days", gettext_lazy("Days to answer (median)"), lambda row: row.answer_days),
    Column("reported", gettext_lazy("Contributed within a year"), lambda row: row.reported),
    Column("report_days", gettext_lazy("Days to contribute (median)"), lambda row: row.report_days),
)


@require_safe
def institutions(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the institutions with what they owe and how fast they answer; `?late=yes`: the late ones."""
    reader = _reader(request)
    rows = paces_of(reader)
    late_only = request.GET.get("late") == "yes"
    late = [row for row in rows if row.late]
    context = {
        "late_only": late_only,
        "all_count": len(rows),
        "late_count": len(late),
        "sees_sending": reader.is_delegation,
    }
    return respond(
        request,
        rows=Listed(late if late_only else rows),
        columns=INSTITUTION_COLUMNS,
        form=form,
        template="dashboards/institutions.html",
        context=context,
    )


def _text(item: Recommendation) -> str:
    row = reading_text(item)
    return row.text if row else ""


ANSWER_COLUMNS = (
    Column("symbol", gettext_lazy("Symbol"), lambda row: row.item.document.symbol),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: row.item.label),
    Column("recommendation", gettext_lazy("Recommendation"), lambda row: _text(row.item)),
    Column("institution", gettext_lazy("Institution"), lambda row: row.institution),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("assigned_at", gettext_lazy("Assigned"), lambda row: row.assigned_at),
    Column("answered_at", gettext_lazy("Answered"), lambda row: row.answered_at),
    Column("answer_days", gettext_lazy("Days to answer"), lambda row: row.answer_days),
    Column("reported_at", gettext_lazy("First contribution"), lambda row: row.reported_at),
    Column("report_days", gettext_lazy("Days to contribute"), lambda row: row.report_days),
)


@require_safe
def answers(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the assignments of a year with the days each took; `?institution=KEY`: of one institution."""
    reader = _reader(request)
    rows: QuerySet[Any, Any] = answers_for(reader)
    key = request.GET.get("institution", "")
    chosen = Institution.objects.filter(key=key).first() if key else None
    if key:
        rows = rows.filter(institution__key=key)
    count = None
    if form == "html":
        count = until_next_act(rows.order_by().count, "dashboards.answers", reader.audience, key)
    return respond(
        request,
        rows=_lines(moves.with_items(rows), answer_line),
        columns=ANSWER_COLUMNS,
        form=form,
        template="dashboards/answers.html",
        context={"institution": chosen, "sees_sending": reader.is_delegation},
        count=count,
    )


MOVE_COLUMNS = (
    Column("at", gettext_lazy("When"), lambda row: row.at),
    Column("symbol", gettext_lazy("Symbol"), lambda row: row.item.document.symbol),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: row.item.label),
    Column("recommendation", gettext_lazy("Recommendation"), lambda row: _text(row.item)),
    Column("institution", gettext_lazy("Institution"), lambda row: row.institution),
    Column("before", gettext_lazy("Before"), lambda row: row.before),
    Column("after", gettext_lazy("After"), lambda row: row.after),
)
DUE_COLUMNS = (
    Column("on", gettext_lazy("Due"), lambda row: row.on),
    Column("symbol", gettext_lazy("Symbol"), lambda row: row.symbol),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: row.paragraph),
    Column("text", gettext_lazy("What"), lambda row: row.text),
    Column("who", gettext_lazy("Who"), lambda row: row.who),
)


def _lines(rows: QuerySet[Any, Any], line: Callable[[Any], Any]) -> QuerySet[Any, Any]:
    # Counted, cut and read in chunks as a queryset is.
    return cast("QuerySet[Any, Any]", Lines(rows, line))


def _kinds(
    request: HttpRequest, kinds: Mapping[str, Message], chosen: str, counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    found = []
    for name, label in kinds.items():
        query = without(request.GET, "page")
        query["what"] = name
        found.append(
            {"label": label, "url": f"?{query.urlencode()}", "active": name == chosen, "badge": counts[name]}
        )
    return found


@require_safe
def moved(request: HttpRequest, form: str) -> HttpResponseBase:
    """List what moved of one kind (`?what=…`) in the last days (`?days=…`)."""
    reader = _reader(request)
    days, what = moves.days_of(request.GET), moves.kind_of(request.GET)
    context: dict[str, Any] = {}
    counts: Mapping[str, int] = {}
    if form == "html":
        counts = moves.counts(reader, days)
        context = {
            "kinds": _kinds(request, moves.KINDS, what, counts),
            "what": what,
            "periods": _periods(request, days),
            "since": moves.since_days(days),
        }
    rows = moves.with_items(moves.moved(reader, what, days))
    return respond(
        request,
        rows=_lines(rows, lambda row: moves.line(what, row)),
        columns=MOVE_COLUMNS,
        form=form,
        template="dashboards/moved.html",
        context=context,
        count=counts.get(what),
    )


@require_safe
def falling_due(request: HttpRequest, form: str) -> HttpResponseBase:
    """List what falls due of one kind (`?what=…`) in the next days (`?days=…`)."""
    reader = _reader(request)
    days, what = moves.days_of(request.GET), due.kind_of(request.GET)
    rows = due.with_items(what, due.due(reader, what, days))
    context: dict[str, Any] = {}
    counts: Mapping[str, int] = {}
    if form == "html":
        counts = due.counts(reader, days)
        context = {
            "kinds": _kinds(request, due.KINDS, what, counts),
            "periods": _periods(request, days),
            "days": days,
        }
    return respond(
        request,
        rows=_lines(rows, lambda row: due.line(what, row)),
        columns=DUE_COLUMNS,
        form=form,
        template="dashboards/due.html",
        context=context,
        count=counts.get(what),
    )
