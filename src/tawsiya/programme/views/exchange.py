"""A version as a workbook; a plan read from a file, corrected and applied to a draft."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting, require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.programme.choices import PlanFileState
from tawsiya.programme.commands.exchange import apply_file, correct_file, drop_file, name_columns
from tawsiya.programme.exchange.cells import why
from tawsiya.programme.exchange.changes import KINDS, Entry
from tawsiya.programme.exchange.foreign import Naming, known_again, proposed, shapes_of
from tawsiya.programme.exchange.layout import LANGUAGES, SHEETS, heading, sheet_of
from tawsiya.programme.exchange.planning import Planned, honoured, planned
from tawsiya.programme.exchange.rows import plan_of
from tawsiya.programme.exchange.stored import Fault, row_id
from tawsiya.programme.exchange.writing import returned, workbook
from tawsiya.programme.forms import NamingForm
from tawsiya.programme.models import PlanFile, Version
from tawsiya.programme.permissions import may_act_on_version
from tawsiya.programme.queries import file_or_404, namings_remembered, version_or_404
from tawsiya.programme.views.common import page_of
from tawsiya.programme.visibility import sees_whole
from tawsiya.recommendations.reading import reader_language

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_ROWS = 6  # of a file from elsewhere, shown beside the names of its columns

COLUMNS = (
    Column("sheet", gettext_lazy("Sheet"), lambda row: row[0].sheet),
    Column("number", gettext_lazy("Number"), lambda row: row[0].code),
    Column("title", gettext_lazy("Title"), lambda row: row[0].title),
    Column("change", gettext_lazy("Change"), lambda row: row[0].kind),
    Column("field", gettext_lazy("Field"), lambda row: str(row[1].label) if row[1] else ""),
    Column("before", gettext_lazy("Before"), lambda row: row[1].before if row[1] else ""),
    Column("after", gettext_lazy("After"), lambda row: row[1].after if row[1] else ""),
)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as a workbook that can be read back; `language` for its texts in one language only."""
    reader = reader_of(request)
    require(reader, Act.EXPORT)
    version = version_or_404(reader, pk)
    if not sees_whole(reader, version):
        raise Http404
    asked = request.GET.get("language", "")
    languages = [asked] if asked in LANGUAGES else list(LANGUAGES)
    plan, names = plan_of(version)
    data = workbook(plan, names, languages=languages, about=_about(version, reader))
    stem = f"{version.programme.key}-{version.number}"
    return _file(data, f"{stem}-{asked}.xlsx" if asked in LANGUAGES else f"{stem}.xlsx")


def _about(version: Version, reader: Reader) -> dict[str, str]:
    return {
        _("Programme"): text_of(version.programme.names),
        _("Version"): str(version.number),
        _("State"): str(version.get_state_display()),
        _("Exported"): timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        _("By"): reader.name,
        _("How it is read back"): _(
            "Leave the hidden first row and the identities as they are. A row without an identity is new. "
            "Nothing is removed unless the sheet is declared complete."
        ),
    }


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def show(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Show what a file would make of its draft, and the cells that are refused, as page, CSV or JSON."""
    reader = reader_of(request)
    file = file_or_404(reader, pk)
    if file.state == PlanFileState.COLUMNS:
        if form != "html":
            raise Http404
        return redirect("programme:file-columns", pk)
    if file.state != PlanFileState.PREVIEW:
        return redirect(page_of(file.version))
    plan = planned(file, reader)
    entries = [one for one in plan.entries if one.kind != "unchanged"]
    rows = [(one, field) for one in entries for field in one.fields or (None,)]
    return respond(
        request,
        rows=Listed(rows),
        columns=COLUMNS,
        form=form,
        template="programme/file.html",
        context=_context(file, plan, entries) if form == "html" else {},
        page_size=max(len(rows), 1),
    )


def _context(file: PlanFile, plan: Planned, entries: list[Entry]) -> dict[str, Any]:
    counts = {kind: sum(one.kind == kind for one in plan.entries) for kind in KINDS}
    here = [stored["code"] for stored in file.sheets]
    return {
        "file": file,
        "version": file.version,
        "entries": entries,
        "counts": counts,
        "faults": [_shown(fault) for fault in plan.faults],
        "left_out": _left_out(file),
        "sheets": [
            {"code": sheet.code, "label": sheet.label, "complete": sheet.code in file.complete}
            for sheet in SHEETS
            if sheet.code in here
        ],
        "ignored": [sheet_of(code).label for code in file.complete if code not in honoured(file)],
        "may_apply": not plan.faults and any(counts[kind] for kind in KINDS if kind != "unchanged"),
        "is_foreign": bool(file.tables),
    }


def _shown(fault: Fault) -> dict[str, Any]:
    column = sheet_of(fault.sheet).column(fault.column)
    return {
        "field": fault.field,
        "row_id": row_id(fault.sheet, fault.row),
        "sheet": fault.name,
        "at": fault.at,
        "column": heading(column) if column else fault.column,
        "text": fault.text,
        "why": why(fault.why, fault.params),
        "long": len(fault.text) > 80 or "\n" in fault.text,
    }


def _left_out(file: PlanFile) -> list[dict[str, str]]:
    """Return the rows that are left out, with what they say."""
    found = []
    for stored in file.sheets:
        for index, line in enumerate(stored["rows"]):
            if (name := row_id(stored["code"], index)) in file.left_out:
                text = " · ".join(cell for cell in line["cells"] if cell)
                found.append({"row_id": name, "sheet": stored["name"], "text": text[:160]})
    return found


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the corrections of a page: cells, rows left out, sheets declared complete."""
    reader = reader_of(request)
    file = file_or_404(reader, pk)
    cells = {
        name.removeprefix("cell:"): text for name, text in request.POST.items() if name.startswith("cell:")
    }
    try:
        correct_file(
            file=file,
            cells={name: str(text) for name, text in cells.items()},
            left_out=request.POST.getlist("left_out"),
            complete=request.POST.getlist("complete"),
            by=reader,
        )
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    return redirect("programme:file", pk)


@require_safe
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file back with the refused cells marked and the reason on each."""
    reader = reader_of(request)
    file = file_or_404(reader, pk)
    if file.state != PlanFileState.PREVIEW:
        raise Http404
    data = returned(file.sheets, planned(file, reader).faults)
    return _file(data, f"{file.version.programme.key}-{file.version.number}-corrections.xlsx")


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply a file to its draft."""
    reader = reader_of(request)
    file = file_or_404(reader, pk)
    try:
        counts = apply_file(file=file, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
        return redirect("programme:file", pk)
    done = sum(counts.values())
    text = ngettext(
        "%(count)s axis or measure was written.", "%(count)s axes and measures were written.", done
    )
    messages.success(request, text % {"count": done})
    return redirect(page_of(file.version))


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a file."""
    reader = reader_of(request)
    file = file_or_404(reader, pk)
    try:
        drop_file(file=file, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    return redirect(page_of(file.version))


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the columns of a file from elsewhere hold."""
    reader = reader_of(request)
    file = file_or_404(reader, pk)
    acting(reader, may_act_on_version(reader, file.version, "edit"))
    if not file.tables:
        return redirect("programme:file", pk)
    remembered = None if file.naming else _remembered(reader, file)
    form = _naming_form(request, file, remembered[0] if remembered else None)
    if request.method == "POST" and "read" in request.POST and form.is_valid():
        try:
            name_columns(file=file, naming=form.naming().as_json(), by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("programme:file", pk)
    rows = file.tables[form.shown.table]["rows"]
    context = {
        "file": file,
        "version": file.version,
        "form": form,
        "first": rows[form.shown.header : form.shown.header + FIRST_ROWS],
        "remembered": remembered[1] if remembered and form.shown == remembered[0] else None,
    }
    return render(request, "programme/file_columns.html", context)


def _remembered(reader: Reader, file: PlanFile) -> tuple[Naming, PlanFile] | None:
    """Return what was said of the last file with the same header, and that file; None for a new header."""
    former = namings_remembered(reader, shapes_of(file.tables))
    known = known_again(file.tables, {shape: row.naming for shape, row in former.items()})
    return (known, former[known.shape]) if known else None


def _naming_form(request: HttpRequest, file: PlanFile, remembered: Naming | None) -> NamingForm:
    """Return the form for the table and header chosen, as remembered, else as the headers suggest."""
    if file.naming:
        chosen = Naming(**file.naming)
    else:
        chosen = remembered or proposed(file.tables, reader_language())
    table, header = request.POST.get("table", ""), request.POST.get("header", "")
    if table.isdecimal() and int(table) < len(file.tables) and int(table) != chosen.table:
        chosen = proposed(file.tables, reader_language(), int(table))
    elif header.isdecimal() and 0 < int(header) != chosen.header:
        chosen = Naming(chosen.table, int(header), (), chosen.language)
    data = request.POST if "read" in request.POST else None
    return NamingForm(data, tables=file.tables, shown=chosen, version=file.version)
