"""The page on which a person says what the columns of a spreadsheet hold."""

from dataclasses import replace
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import require
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated
from tawsiya.intake import column_forms, commands, messages, naming, presenting
from tawsiya.intake.choices import RunState
from tawsiya.intake.models import ImportRun
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sheets.files import Examined
from tawsiya.intake.readers.sheets.mapping import Columns, missing
from tawsiya.intake.views.runs import run_of


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a spreadsheet with what its columns would be; read it so once a person says so."""
    reader = reader_of(request)
    found = run_of(reader, pk)
    require(reader, Act.IMPORT_DOCUMENTS)
    if not found.columns or found.state not in (RunState.MAPPING, RunState.PREVIEWED):
        return redirect("intake:run", pk=pk)
    problem = ""
    before = Columns.from_json(found.columns)
    try:
        seen = _seen(request, found, before)
        if "preview" in request.POST:
            commands.map_columns(found, seen.columns, by=reader)
            notes.success(request, _("The file was read as you named its columns."))
            return redirect("intake:run", pk=pk)
    except RuleViolated as error:
        problem = str(error)
    except UnreadableFile as error:
        # What was chosen cannot be read so: back to what was recognised.
        problem = messages.refusal(error)
        seen = naming.examined(commands.stored_bytes(found), replace(before, encoding="", delimiter=""), {})
    return render(
        request, "intake/columns.html", _context(found, seen, problem), status=422 if problem else 200
    )


def _seen(request: HttpRequest, found: ImportRun, before: Columns) -> Examined:
    data = commands.stored_bytes(found)
    if request.method != "POST":
        return naming.examined(data, before, {})
    chosen = column_forms.chosen(request.POST.dict(), before)
    seen = naming.examined(data, chosen, {})
    if not seen.words:
        return seen
    return naming.examined(data, seen.columns, column_forms.said(request.POST.dict(), seen))


def _context(found: ImportRun, seen: Examined, problem: str) -> dict[str, Any]:
    return {
        "run": found,
        "form": column_forms.ColumnsForm(seen=seen),
        "seen": seen,
        "problem": problem,
        "missing": [messages.COLUMNS[name] for name in missing(seen.columns)],
        "first": [presenting.record_shown(record) for record in seen.first],
    }
