"""An institution reports on its measure, and its validator decides."""

import logging
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.audit.commands import log_access
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.reports import (
    AmountFacts,
    FileFacts,
    ReportContent,
    StageFacts,
    act_on_report,
    report_on_measure,
)
from tawsiya.programme.forms import AmountForm, ReportForm, StageForm
from tawsiya.programme.models import Measure
from tawsiya.programme.permissions import may_report
from tawsiya.programme.queries import answering, measure_or_404, report_files_for, reports_for
from tawsiya.programme.views.common import filled_lines
from tawsiya.recommendations.reading import reader_language

log = logging.getLogger(__name__)
EMPTY_LINES = 2
# As for evidence: a file that came from outside is saved, never run or framed.
SAFE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a report on a measure of the own institution."""
    reader = reader_of(request)
    measure = measure_or_404(reader, pk)
    lead = answering(measure)
    acting(reader, may_report(reader, measure.version, lead.pk if lead else None))
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        steps=[step for step in measure.milestones.all() if step.reached_on is None],
        initial={"progress": measure.progress, "language": reader_language()},
    )
    sets = _lines(request.POST or None, measure)
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in sets.values())]):
        try:
            report_on_measure(measure=measure, content=_content(form, sets, measure), by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is with your validator."))
            return redirect("programme:measure", pk)
    return render(request, "programme/report.html", {"form": form, "measure": measure, "sets": sets})


def _lines(data: Any, measure: Measure) -> dict[str, BaseFormSet[Any]]:
    """Return the lines of money and laws; a form that was sent without them has none."""
    laws = list(measure.legislation.all())
    kinds: dict[str, tuple[type[Any], dict[str, Any]]] = {"amounts": (AmountForm, {})}
    if laws:
        kinds["stages"] = (StageForm, {"laws": laws})
    return {
        name: formset_factory(kind, extra=EMPTY_LINES)(
            data if data and f"{name}-TOTAL_FORMS" in data else None if data is None else _NO_LINES[name],
            prefix=name,
            form_kwargs=more,
        )
        for name, (kind, more) in kinds.items()
    }


_NO_LINES = {
    name: {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"} for name in ("amounts", "stages")
}


def _content(form: ReportForm, sets: dict[str, BaseFormSet[Any]], measure: Measure) -> ReportContent:
    data = form.cleaned_data
    upload: UploadedFile | None = data["file"]
    laws = {str(law.pk): law for law in measure.legislation.all()}
    stages = filled_lines(sets["stages"]) if "stages" in sets else []
    return ReportContent(
        progress=Progress(data["progress"]),
        text=data["text"],
        language=data["language"],
        milestone=form.steps.get(data["milestone"]),
        reached_on=data["reached_on"],
        proof=data["proof"],
        amounts=tuple(
            AmountFacts(row["year"], row["kind"], row["amount"], row["currency"], row["source"])
            for row in filled_lines(sets["amounts"])
        ),
        stages=tuple(
            StageFacts(laws[row["law"]], row["stage"], row["since"], row["number"]) for row in stages
        ),
        files=(FileFacts(data["file_title"], upload.name or "", upload.read()),) if upload else (),
    )


@require_POST
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Approve or return a report."""
    reader = reader_of(request)
    report = reports_for(reader).filter(pk=pk).first()
    if report is None:
        raise Http404
    try:
        act_on_report(report=report, action=action, by=reader, reason=request.POST.get("reason", ""))
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        done = {"approve": _("The report is approved."), "return": _("The report is returned to its author.")}
        messages.success(request, done[action])
    return redirect("programme:measure", report.measure_id)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a file of a report that the reader sees, as an attachment; note who read it."""
    reader = reader_of(request)
    file = report_files_for(reader).filter(pk=pk).first()
    if file is None:
        raise Http404
    try:
        with default_storage.open(file.stored_as) as stored:
            data = stored.read()
    except FileNotFoundError as missing:
        log.exception("file %s of a report is missing from storage", file.pk)
        raise Http404 from missing
    if reader.user_id is not None:
        log_access(user_id=reader.user_id, subject=file)
    disposition = content_disposition_header(as_attachment=True, filename=file.file_name)
    return HttpResponse(
        data,
        content_type=file.media_type,
        headers={**SAFE_HEADERS, "Content-Disposition": disposition or "attachment"},
    )
