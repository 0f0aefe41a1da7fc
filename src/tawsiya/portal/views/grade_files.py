"""UN grades from a file: choose it, see what recording it would do, then record what is new."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_with_role
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.core.previews import seal, unseal
from tawsiya.core.tables import REFUSED, csv_file
from tawsiya.followup.forms import GradeFileForm
from tawsiya.followup.grade_plans import PROBLEMS, Plan, plan
from tawsiya.followup.permissions import may_moderate
from tawsiya.portal.commands import record_grades
from tawsiya.programme.value_files import grids_of

_SALT = "tawsiya.portal.grades"
_SHOWN = 200


def _coordinator(request: HttpRequest) -> Reader:
    reader = reader_with_role(request)
    acting(reader, may_moderate(reader))
    return reader


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file of grades and show what recording it would do; nothing is stored before."""
    reader = _coordinator(request)
    form = GradeFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sheets = grids_of(file.read())
            made = plan(reader, sheets)
            payload = seal({"name": file.name[:200], "sheets": sheets}, salt=_SALT, user_id=reader.user_id)
        except RuleViolated as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, file.name, made, payload)
    status = 422 if form.is_bound else 200
    return render(request, "portal/grade_file.html", {"form": form}, status=status)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Record what is new in the file of the preview, or answer what was refused as CSV (`step=refused`)."""
    reader = _coordinator(request)
    held = unseal(request.POST.get("payload", ""), salt=_SALT, user_id=reader.user_id)
    if held is None:
        messages.error(request, _("This preview is no longer valid; choose the file again."))
        return redirect("portal:grade-file")
    name, made = held["name"], plan(reader, held["sheets"])
    if request.POST.get("step") == "refused":
        return csv_file("refused.csv", REFUSED, (row.values() for row in _refusals(made)))
    try:
        done = record_grades(grades=made.new(), by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return _preview(request, name, made, request.POST["payload"], status=422)
    text = ngettext("%(number)s grade is recorded.", "%(number)s grades are recorded.", len(done))
    messages.success(request, text % {"number": localise_number(len(done))})
    return redirect(f"{reverse('followup:voices')}?kind=grade")


def _preview(request: HttpRequest, name: str, made: Plan, payload: str, *, status: int = 200) -> HttpResponse:
    counts = made.counts
    context: dict[str, Any] = {
        "name": name,
        "payload": payload,
        "rows": sorted(made.rows, key=lambda row: row.outcome != "new")[:_SHOWN],
        "new": counts["new"],
        "unchanged": counts["unchanged"],
        "refused": _refusals(made)[:_SHOWN],
        "refused_count": len(made.refused),
        "shown": _SHOWN,
        "is_cut": len(made.rows) > _SHOWN,
    }
    return render(request, "portal/grade_preview.html", context, status=status)


def _refusals(made: Plan) -> list[dict[str, Any]]:
    """Return the cells that are left out: sheet, row, column, content, why."""
    return [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "content": one.content,
            "why": PROBLEMS[one.problem],
        }
        for one in made.refused
    ]
