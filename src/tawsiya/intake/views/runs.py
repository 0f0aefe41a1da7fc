"""Imports: the list, the upload, the preview with its decisions, the result."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.core import instance
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.tables import Column, respond
from tawsiya.intake import commands, messages, presenting
from tawsiya.intake.choices import Action, RunState
from tawsiya.intake.forms import ReasonForm, ScopeForm, UploadForm
from tawsiya.intake.models import ImportRow, ImportRun
from tawsiya.intake.permissions import may_import, runs_visible_to
from tawsiya.intake.queries import row_counts, runs_for, served_state
from tawsiya.intake.readers.records import UnreadableFile

ROWS_PER_PAGE = 50
WARNED = "warned"

RUN_COLUMNS = (
    Column("id", gettext_lazy("Number"), lambda run: run.pk),
    Column("file", gettext_lazy("File"), lambda run: run.file_name),
    Column("state", gettext_lazy("State"), lambda run: run.state),
    Column("uploaded_at", gettext_lazy("Uploaded"), lambda run: run.uploaded_at),
    Column("uploaded_by", gettext_lazy("By"), lambda run: str(run.uploaded_by)),
    *(Column(action.value, action.label, attrgetter(f"{action.value}_count")) for action in Action),
    Column("excluded", gettext_lazy("Left out"), lambda run: run.excluded_count),
)
ROW_COLUMNS = (
    Column("name", gettext_lazy("Recommendation"), lambda row: row.name),
    Column("action", gettext_lazy("Action"), lambda row: "excluded" if row.excluded else row.action),
    Column("reason", gettext_lazy("Reason"), lambda row: messages.reason(row.reason, row.reason_params)),
    Column("fields", gettext_lazy("Changed fields"), lambda row: list(row.changes)),
    Column(
        "warnings", gettext_lazy("Warnings"), lambda row: [messages.warning(item) for item in row.warnings]
    ),
    Column("text", gettext_lazy("Text"), lambda row: row.record.get("text") or ""),
)


@require_safe
def runs(request: HttpRequest, form: str) -> HttpResponseBase:
    """The imports, newest first."""
    reader = reader_of(request)
    require(reader, Act.IMPORT_DOCUMENTS)
    rows, state = runs_for(reader), request.GET.get("state", "")
    if state in RunState.values:
        rows = rows.filter(state=state)
    tabs = [
        {
            "label": label,
            "url": f"{request.path}?state={value}" if value else request.path,
            "active": state == value,
        }
        for value, label in (("", _("All")), *RunState.choices)
    ]
    return respond(
        request,
        rows=rows,
        columns=RUN_COLUMNS,
        form=form,
        template="intake/runs.html",
        context={"tabs": tabs, "state": state},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and preview it."""
    reader = reader_of(request)
    require(reader, Act.IMPORT_DOCUMENTS)
    form = (
        UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = commands.preview_import(
                data=file.read(), file_name=file.name, state=served_state(), by=reader
            )
        except UnreadableFile as error:
            form.add_error("file", messages.refusal(error))
        else:
            return redirect("intake:run", pk=run.pk)
    status = 422 if form.errors else 200
    return render(request, "intake/upload.html", {"form": form, "served": instance.current()}, status=status)


@require_safe
def run(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """One import: what it would do, or did, row by row."""
    reader = reader_of(request)
    found = _run(reader, pk)
    shown = request.GET.get("show", "")
    rows = _rows(found, shown)
    if form != "html":
        return respond(request, rows=rows, columns=ROW_COLUMNS, form=form, template="")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    counts = row_counts(found)
    context = {
        "run": found,
        "page": page,
        "rows": presenting.rows_shown(found, page.object_list),
        "tabs": _tabs(request, found, counts, shown),
        "counts": counts,
        "warnings": [messages.warning(warning) for warning in found.warnings],
        "new_labels": presenting.new_labels(found),
        "scope_form": ScopeForm(initial={"complete_for": found.complete_for}),
        "about": found.document_info.get("review") or {},
        "state_name": messages.state_name((found.document_info.get("review") or {}).get("state") or ""),
        "waiting": found.state == RunState.PREVIEWED and bool(may_import(reader)),
        "writes": counts["create"] + counts["update"] + counts["withdraw"],
    }
    return render(request, "intake/run.html", context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply an import."""
    return _decide(request, pk, commands.apply_import, _("The import was applied."))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard an import."""
    return _decide(request, pk, commands.discard_import, _("The import was discarded."))


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview an import anew."""
    return _decide(request, pk, commands.preview_again, _("The preview is up to date."))


@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare what the file is complete for."""
    scope = request.POST.get("complete_for", "")

    def act(found: ImportRun, *, by: Reader) -> ImportRun:
        return commands.declare_complete(found, scope, by=by)

    return _decide(request, pk, act, _("The preview is up to date."))


@require_POST
def exclude(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Leave a row out."""
    reader = reader_of(request)
    found = get_object_or_404(ImportRow, pk=row, run=_run(reader, pk))
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""

    def act(_found: ImportRun, *, by: Reader) -> None:
        commands.exclude_row(found, reason=reason, by=by)

    return _decide(request, pk, act, _("%(name)s is left out.") % {"name": found.name})


@require_POST
def include(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a row in again."""
    reader = reader_of(request)
    found = get_object_or_404(ImportRow, pk=row, run=_run(reader, pk))

    def act(_found: ImportRun, *, by: Reader) -> None:
        commands.include_row(found, by=by)

    return _decide(request, pk, act, _("%(name)s is taken in again.") % {"name": found.name})


def reader_of(request: HttpRequest) -> Reader:
    """Return the reader that the middleware set."""
    reader: Reader = request.reader  # type: ignore[attr-defined]  # set by our own middleware
    return reader


def _run(reader: Reader, pk: int) -> ImportRun:
    visible = ImportRun.objects.filter(runs_visible_to(reader)).select_related("uploaded_by", "decided_by")
    return get_object_or_404(visible, pk=pk)


def _decide(request: HttpRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    """Run a command on an import and come back to it with what was done, or why not."""
    reader = reader_of(request)
    found = _run(reader, pk)
    try:
        act(found, by=reader)
    except (RuleViolated, StaleData) as error:
        notes.error(request, str(error))
    else:
        notes.success(request, done)
    back = request.POST.get("back", "")
    query = f"?{back}" if back else ""
    return redirect(f"{reverse('intake:run', kwargs={'pk': pk})}{query}")


def _rows(found: ImportRun, shown: str) -> QuerySet[ImportRow]:
    rows = ImportRow.objects.filter(run=found).select_related("target__document").order_by("order")
    if shown == presenting.EXCLUDED:
        return rows.filter(excluded=True)
    if shown == WARNED:
        return rows.exclude(warnings=[])
    if shown in Action.values:
        return rows.filter(action=shown, excluded=False)
    return rows


def _tabs(request: HttpRequest, found: ImportRun, counts: dict[str, int], shown: str) -> list[dict[str, Any]]:
    """Return the filters by action, those without rows left out."""
    warned = ImportRow.objects.filter(~Q(warnings=[]), run=found).count()
    listed = [("", _("All"), sum(counts.values()))]
    listed += [(key, str(presenting.SHOWN[key][1]), count) for key, count in counts.items()]
    listed.append((WARNED, _("With warnings"), warned))
    return [
        {
            "label": label,
            "url": f"{request.path}?show={key}" if key else request.path,
            "active": shown == key,
            "badge": count,
        }
        for key, label, count in listed
        if count or not key
    ]
