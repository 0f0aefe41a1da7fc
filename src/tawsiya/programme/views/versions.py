"""A version with its tree, what it leaves open, and its way to adoption."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.versions import adopt as adopt_version
from tawsiya.programme.commands.versions import begin_revision, close_consultation, open_consultation
from tawsiya.programme.coverage import counts, gap_of, uncovered
from tawsiya.programme.forms import AdoptionForm, ConsultationForm
from tawsiya.programme.models import Measure, Version
from tawsiya.programme.permissions import may_act_on_version
from tawsiya.programme.queries import (
    comments_for,
    consultation_of,
    lead_of,
    measures_for,
    supporting,
    tree,
    version_or_404,
    versions_for,
    with_institutions,
)
from tawsiya.programme.views.common import actions_on, history, page_of
from tawsiya.programme.visibility import sees_whole
from tawsiya.recommendations.reading import reading_text

ALL = 2000  # a version is one page: no plan has more measures


def _lead_name(row: Measure) -> str:
    lead = lead_of(row)
    return text_of(lead.names) if lead else ""


COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("axis", gettext_lazy("Axis"), lambda row: f"{row.node.code} {text_of(row.node.names)}"),
    Column("number", gettext_lazy("Number"), lambda row: row.code),
    Column("title", gettext_lazy("Title"), lambda row: text_of(row.titles)),
    Column("lead", gettext_lazy("Lead institution"), _lead_name),
    Column(
        "supporting",
        gettext_lazy("Supporting institutions"),
        lambda row: [text_of(one.names) for one in supporting(row)],
    ),
    Column("starts_on", gettext_lazy("Start date"), lambda row: row.starts_on),
    Column("ends_on", gettext_lazy("End date"), lambda row: row.ends_on),
    Column("progress", gettext_lazy("Progress"), lambda row: row.progress),
    Column("targets", gettext_lazy("SDG targets"), lambda row: list(row.targets)),
    Column(
        "answers",
        gettext_lazy("Recommendations"),
        lambda row: [str(answer.recommendation) for answer in row.answers.all()],
    ),
)
UNCOVERED = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("reference", gettext_lazy("Recommendation"), str),
    Column("text", gettext_lazy("Text"), lambda row: text.text if (text := reading_text(row)) else ""),
    Column("position", gettext_lazy("Position"), lambda row: row.position),
)


def _filtered(rows: QuerySet[Measure], asked: Any) -> QuerySet[Measure]:
    """Narrow measures by the words, institution, progress and gap asked for; unknown values are ignored."""
    if words := asked.get("q", "").strip():
        found = Q(code__iexact=words)
        for language in ("ar", "fr", "en"):
            found |= Q(**{f"titles__{language}__icontains": words})
        rows = rows.filter(found)
    if (institution := asked.get("institution", "")).isdecimal():
        rows = rows.filter(institutions__institution_id=int(institution))
    if asked.get("progress") in Progress.values:
        rows = rows.filter(progress=asked["progress"])
    if gap := gap_of(asked.get("gap", "")):
        rows = rows.filter(gap.lacks())
    return rows


@require_safe
def show(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Show a version with its measures under their axes, as page, CSV or JSON."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    seen = measures_for(reader).filter(version=version)
    rows = with_institutions(_filtered(seen, request.GET).order_by("sort_key", "pk").distinct())
    if form != "html":  # the page leaves the recommendations out, of which a plan answers a thousand
        rows = rows.prefetch_related("answers__recommendation__document")
    measures = list(rows)
    context = _context(request, reader, version, seen, measures) if form == "html" else {}
    return respond(
        request,
        rows=Listed(measures),
        columns=COLUMNS,
        form=form,
        template="programme/version.html",
        context=context,
        page_size=ALL,
    )


def _context(
    request: HttpRequest, reader: Reader, version: Version, seen: QuerySet[Measure], measures: list[Measure]
) -> dict[str, Any]:
    narrowed = any(request.GET.get(name) for name in ("q", "institution", "progress", "gap"))
    whole = sees_whole(reader, version)
    involved = Institution.objects.filter(pk__in=seen.order_by().values("institutions__institution_id"))
    return {
        "version": version,
        "versions": versions_for(reader).filter(programme=version.programme).order_by("-number"),
        "consultation": consultation_of(version),
        "comments": comments_for(reader).filter(measure__version=version).count(),
        "branches": tree(reader, version, measures, narrowed=narrowed),
        "leads": {measure.pk: _lead_name(measure) for measure in measures},
        "gaps": counts(seen),
        "total": seen.count(),
        "uncovered": uncovered(reader, version).count() if whole else None,
        "gap": gap_of(request.GET.get("gap", "")),
        "narrowed": narrowed,
        "institutions": sorted(((row.pk, text_of(row.names)) for row in involved), key=lambda row: row[1]),
        "progresses": Progress.choices,
        "can": actions_on(reader, version),
        "may_publish": bool(may(reader, Act.PUBLISH)),
        "events": history(reader, {"programme.version": [version.pk]}),
    }


@require_safe
def coverage(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """List the recommendations that no measure of a version answers, as page, CSV or JSON."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    if not sees_whole(reader, version):
        raise Http404
    return respond(
        request,
        rows=uncovered(reader, version),
        columns=UNCOVERED,
        form=form,
        template="programme/coverage.html",
        context={"version": version, "can": actions_on(reader, version)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a version to consultation."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    acting(reader, may_act_on_version(reader, version, "open"))
    form = ConsultationForm(request.POST or None, initial={"opens_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        zone = timezone.get_current_timezone()
        try:
            open_consultation(
                version=version,
                audiences=form.chosen(),
                opens_at=datetime.combine(form.cleaned_data["opens_on"], time.min, zone),
                closes_at=datetime.combine(form.cleaned_data["closes_on"], time(23, 59, 59), zone),
                by=reader,
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The consultation is open; those consulted are told."))
            return redirect(page_of(version))
    context = {"form": form, "title": _("Open a consultation"), "button": _("Open a consultation")}
    return render(request, "programme/form.html", context | {"back_url": page_of(version)})


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt a version by its act."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    acting(reader, may_act_on_version(reader, version, "adopt"))
    form = AdoptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            adopt_version(version=version, by=reader, **form.cleaned_data)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The programme is adopted. It can no longer be changed, only revised.")
            )
            return redirect(page_of(version))
    context = {
        "form": form,
        "title": _("Adopt the programme"),
        "button": _("Adopt the programme"),
        "notice": _("What is adopted can no longer be changed: a revision begins as a copy of it."),
        "back_url": page_of(version),
    }
    return render(request, "programme/form.html", context)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the consultation on a version."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    close_consultation(version=version, by=reader)
    messages.success(request, _("The consultation is closed; the version is a draft again."))
    return redirect(page_of(version))


@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version as a copy of the adopted one."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    try:
        successor = begin_revision(version=version, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(version))
    messages.success(request, _("The next version is begun, as a copy of the one in force."))
    return redirect(page_of(successor))
