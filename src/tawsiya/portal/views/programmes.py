"""Programmes for everyone: list, measures in time, one measure; and the page on which one is published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import require
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, Listed
from tawsiya.portal.columns import VALUES
from tawsiya.portal.commands import publish_programme, withdraw_programme
from tawsiya.portal.indicators import values_of
from tawsiya.portal.models import PublicationAct
from tawsiya.portal.opening import as_data, public_data, public_page, shell
from tawsiya.portal.programmes import PublicProgramme, compose
from tawsiya.portal.queries import (
    as_public,
    consultations_begun,
    current_programmes,
    current_snapshots,
    latest_of_programme,
)
from tawsiya.programme import gantt
from tawsiya.programme.queries import version_or_404

LIST = (
    Column("programme", gettext_lazy("Programme"), lambda row: text_of(row.content["names"])),
    Column("key", gettext_lazy("Identity"), lambda row: row.row.key),
    Column("act", gettext_lazy("Number of the act"), lambda row: row.content["act"]["number"]),
    Column("act_date", gettext_lazy("Date of the act"), lambda row: row.act_date),
    Column("measures", gettext_lazy("Measures"), lambda row: len(row.content["measures"])),
    Column("published_at", gettext_lazy("Published"), lambda row: row.row.published_at),
)
MEASURES = (
    Column("number", gettext_lazy("Number"), lambda row: row.code),
    Column("axis", gettext_lazy("Axis"), lambda row: row.content["axis"]),
    Column("title", gettext_lazy("Title"), lambda row: text_of(row.titles)),
    Column("lead", gettext_lazy("Lead institution"), lambda row: text_of(row.content["lead"])),
    Column(
        "supporting",
        gettext_lazy("Supporting institutions"),
        lambda row: [text_of(names) for names in row.content["supporting"]],
    ),
    Column("starts_on", gettext_lazy("Start date"), lambda row: row.starts_on),
    Column("ends_on", gettext_lazy("End date"), lambda row: row.ends_on),
    Column("progress", gettext_lazy("Progress"), lambda row: row.content["progress"]),
    Column(
        "milestones_reached",
        gettext_lazy("Milestones reached"),
        lambda row: sum(step.reached_on is not None for step in row.steps),
    ),
    Column("milestones", gettext_lazy("Milestones"), lambda row: len(row.steps)),
    Column("targets", gettext_lazy("SDG targets"), lambda row: row.content["targets"]),
    Column(
        "recommendations",
        gettext_lazy("Recommendations"),
        lambda row: [one["reference"] for one in row.content["recommendations"]],
    ),
)


def _all() -> list[PublicProgramme]:
    today = timezone.localdate()
    return [PublicProgramme(row, today) for row in current_programmes().order_by("key")]


def _one(key: str) -> PublicProgramme:
    row = current_programmes().filter(key=key).first()
    if row is None:
        raise Http404
    return PublicProgramme(row, timezone.localdate())


@public_page
def browse(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the programmes that are public."""
    with as_public():
        rows, asked = _all(), consultations_begun().exists()
    context = {"programmes": rows, "has_consultations": asked}
    return render(request, "portal/programmes.html", {**shell(request), **context})


@public_data
def browse_data(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give the list of public programmes as CSV or JSON."""
    with as_public():
        rows = Listed(_all())
    return as_data(request, rows, LIST, form)


@public_page
def show(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """Show a programme: its measures under their axes, drawn in time."""
    with as_public():
        found = _one(key)
    scale = _scale(found)
    axes = [
        (axis, [(row, scale.bar(row), [(step, scale.bar(step)) for step in row.steps]) for row in rows])
        for axis, rows in found.axes()
    ]
    context = {"programme": found, "axes": axes, "years": scale.head(), "count": len(found.measures)}
    return render(request, "portal/programme.html", {**shell(request), **context})


@public_data
def show_data(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """Give the measures of a programme as CSV or JSON."""
    with as_public():
        rows = Listed(_one(key).measures)
    return as_data(request, rows, MEASURES, form)


def _scale(programme: PublicProgramme) -> gantt.Scale:
    days = [programme.today]
    for row in programme.measures:
        days += [day for day in (row.starts_on, row.ends_on, *(step.ends_on for step in row.steps)) if day]
    return gantt.scale_of(days, programme.today, mirrored=get_language_bidi())


@public_page
def measure(request: HttpRequest, key: str, code: str) -> HttpResponseBase:
    """Show a measure with the recommendations it answers."""
    with as_public():
        found = _one(key)
        row = next((one for one in found.measures if one.code == code), None)
        if row is None:
            raise Http404
        ids = [one["id"] for one in row.content["recommendations"]]
        public = set(
            current_snapshots().filter(recommendation_id__in=ids).values_list("recommendation_id", flat=True)
        )
    context = {"programme": found, "measure": row, "public": public}
    return render(request, "portal/measure.html", {**shell(request), **context})


@public_page
def indicators(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show the indicators that follow a programme."""
    with as_public():
        found = _one(key)
    context = {"programme": found, "indicators": found.indicators}
    return render(request, "portal/indicators.html", {**shell(request), **context})


@public_data
def indicators_data(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """Give the values of the indicators that follow a programme as CSV or JSON, one row for each period."""
    with as_public():
        rows = Listed(values_of(_one(key).indicators))
    return as_data(request, rows, VALUES, form)


# Inside.


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the public would see of an adopted programme; POST publishes it."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    require(reader, Act.PUBLISH)
    current = latest_of_programme(version.programme.key)
    problem = ""
    content: dict[str, Any] = {}
    try:
        if request.method == "POST":
            publish_programme(version=version, by=reader)
            messages.success(request, _("The programme is public."))
            return redirect("portal:publish-programme", pk)
        content = compose(version, reader)
    except RuleViolated as refusal:
        problem = str(refusal)
    is_public = current is not None and current.act == PublicationAct.PUBLISH
    context = {
        "version": version,
        "current": current if is_public else None,
        "content": content,
        "same": is_public and current is not None and current.content == content,
        "problem": problem,
    }
    return render(
        request, "portal/publish_programme.html", context, status=422 if problem and request.POST else 200
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a programme off the public pages."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    require(reader, Act.PUBLISH)
    try:
        withdraw_programme(version=version, by=reader, reason=request.POST.get("reason", ""))
        messages.success(request, _("Withdrawn from the public pages."))
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:publish-programme", pk)
