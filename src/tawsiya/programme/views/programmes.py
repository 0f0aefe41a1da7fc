"""The list of programmes, and a new one."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.programme.commands.programmes import create_programme
from tawsiya.programme.forms import ProgrammeForm, label_of
from tawsiya.programme.permissions import may_plan
from tawsiya.programme.queries import outlines, versions_for
from tawsiya.programme.views.common import state_of_instance

COLUMNS = (
    Column("id", _("Id"), lambda row: row.pk),
    Column("programme", _("Programme"), lambda row: text_of(row.programme.names)),
    Column("version", _("Version"), lambda row: row.number),
    Column("state", _("State"), lambda row: row.state),
    Column("act", _("Number of the act"), lambda row: row.act_number),
    Column("act_date", _("Date of the act"), lambda row: row.act_date),
)


@require_safe
def programme_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the versions of programmes that the reader sees, as page, CSV or JSON."""
    reader = reader_of(request)
    rows = versions_for(reader).order_by("programme__key", "-number")
    return respond(
        request,
        rows=rows,
        columns=COLUMNS,
        form=form,
        template="programme/programmes.html",
        context={"may_plan": bool(may_plan(reader))},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Begin a programme."""
    reader = reader_of(request)
    acting(reader, may_plan(reader))
    ready = outlines(state_of_instance())
    form = ProgrammeForm(request.POST or None, ready=ready)
    if request.method == "POST" and form.is_valid():
        chosen = next((row for row in ready if row.code == form.cleaned_data.get("outline")), None)
        try:
            version = create_programme(
                names=label_of(form, "name"), axes=chosen.axes if chosen else (), by=reader
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("programme:version", version.pk)
    context = {"form": form, "title": _("New programme"), "button": _("Begin the programme"), "back_url": ""}
    return render(request, "programme/form.html", context)
