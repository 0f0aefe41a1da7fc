"""An institution reports on its measure, and its validator decides."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import acting
from tawsiya.core.errors import RuleViolated
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.reports import ReportContent, act_on_report, report_on_measure
from tawsiya.programme.forms import ReportForm
from tawsiya.programme.permissions import may_report
from tawsiya.programme.queries import lead_of, measure_or_404, reports_for
from tawsiya.programme.views.common import reader_of
from tawsiya.recommendations.reading import reader_language


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a report on a measure of the own institution."""
    reader = reader_of(request)
    measure = measure_or_404(reader, pk)
    lead = lead_of(measure)
    acting(reader, may_report(reader, measure.version, lead.pk if lead else None))
    form = ReportForm(
        request.POST or None,
        steps=[step for step in measure.milestones.all() if step.reached_on is None],
        initial={"progress": measure.progress, "language": reader_language()},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        content = ReportContent(
            progress=Progress(data["progress"]),
            text=data["text"],
            language=data["language"],
            milestone=form.steps.get(data["milestone"]),
            reached_on=data["reached_on"],
            proof=data["proof"],
        )
        try:
            report_on_measure(measure=measure, content=content, by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is with your validator."))
            return redirect("programme:measure", pk)
    return render(request, "programme/report.html", {"form": form, "measure": measure})


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
