"""UN grades from a file: choose it, see what recording it would do, then record what is new."""

import csv
from typing import Any

from django.contrib import messages
from django.core import signing
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
from tawsiya.core.tables import safe_cell
from tawsiya.followup.forms import GradeFileForm
from tawsiya.followup.grade_files import Grid
from tawsiya.followup.grade_plans import PROBLEMS, Plan, plan
from tawsiya.followup.permissions import may_moderate
from tawsiya.portal.commands import record_grades
from tawsiya.programme.value_files import grids_of

_SALT = "tawsiya.portal.grades"
_MAX_AGE = 8 * 3600
_MAX_PAYLOAD = 3_000_000
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
            payload = _packed(reader, file.name, sheets)
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
    opened = _unpacked(reader, request.POST.get("payload", ""))
    if opened is None:
        messages.error(request, _("This preview is no longer valid; choose the file again."))
        return redirect("portal:grade-file")
    name, sheets = opened
    made = plan(reader, sheets)
    if request.POST.get("step") == "refused":
        return _refused_file(made)
    try:
        done = record_grades(grades=made.new(), by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return _preview(request, name, made, request.POST["payload"], status=422)
    text = ngettext("%(number)s grade is recorded.", "%(number)s grades are recorded.", len(done))
    messages.success(request, text % {"number": localise_number(len(done))})
    return redirect(f"{reverse('followup:voices')}?kind=grade")


def _packed(reader: Reader, name: str, sheets: list[tuple[str, list[list[str]]]]) -> str:
    """Return the file's cells, signed for their reader, so that nothing is kept before it is recorded.

    Raises:
        RuleViolated: there are too many.
    """
    value = {"user": reader.user_id, "name": name[:200], "sheets": sheets}
    packed = signing.dumps(value, salt=_SALT, compress=True)
    if len(packed) > _MAX_PAYLOAD:
        raise RuleViolated(_("The file holds too much for one step; divide it."))
    return packed


def _unpacked(reader: Reader, payload: str) -> tuple[str, list[Grid]] | None:
    try:
        value = signing.loads(payload, salt=_SALT, max_age=_MAX_AGE)
    except signing.BadSignature:
        return None
    if value["user"] != reader.user_id:
        return None
    return value["name"], [(sheet, rows) for sheet, rows in value["sheets"]]


def _preview(request: HttpRequest, name: str, made: Plan, payload: str, *, status: int = 200) -> HttpResponse:
    counts = made.counts
    context: dict[str, Any] = {
        "name": name,
        "payload": payload,
        "rows": sorted(made.rows, key=lambda row: row.outcome != "new")[:_SHOWN],
        "new": counts["new"],
        "unchanged": counts["unchanged"],
        "refused": [{"cell": one, "why": PROBLEMS[one.problem]} for one in made.refused[:_SHOWN]],
        "refused_count": len(made.refused),
        "shown": _SHOWN,
        "is_cut": max(len(made.rows), len(made.refused)) > _SHOWN,
    }
    return render(request, "portal/grade_preview.html", context, status=status)


def _refused_file(made: Plan) -> HttpResponse:
    """Answer the cells that are left out as CSV, to be corrected."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="refused.csv"'
    writer = csv.writer(response)
    writer.writerow(("sheet", "row", "column", "content", "problem"))
    for one in made.refused:
        cells = (one.sheet, one.row, one.column, one.content, str(PROBLEMS[one.problem]))
        writer.writerow([safe_cell(cell) for cell in cells])
    return response
