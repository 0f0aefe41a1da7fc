"""Imports: the list, the upload, the preview with its decisions, the result."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core import instance
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.tables import Column, respond
from tawsiya.intake import commands, messages, presenting
from tawsiya.intake.choices import WORKING, Action, RunState, What
from tawsiya.intake.forms import ScopeForm, UploadForm
from tawsiya.intake.models import ImportRow, ImportRun, Progress
from tawsiya.intake.permissions import may_act_on_run, may_import, runs_visible_to
from tawsiya.intake.queries import doubtful_rows, obligation_count, open_doubts, row_counts, runs_for
from tawsiya.intake.readers.records import UnreadableFile

ROWS_PER_PAGE = 50
WARNED, DOUBTFUL, CORRECTED, OWED = "warned", "doubtful", "corrected", "owed"

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
    Column("what", gettext_lazy("About"), lambda row: row.what),
    Column("action", gettext_lazy("Action"), lambda row: "excluded" if row.excluded else row.action),
    Column("reason", gettext_lazy("Reason"), lambda row: messages.reason(row.reason, row.reason_params)),
    Column("fields", gettext_lazy("Changed fields"), lambda row: list(row.changes)),
    Column(
        "warnings", gettext_lazy("Warnings"), lambda row: [messages.warning(item) for item in row.warnings]
    ),
    Column("text", gettext_lazy("Text"), lambda row: row.record.get("text") or ""),
    Column("doubts", gettext_lazy("Doubts"), lambda row: [messages.doubt(code) for code in row.doubts]),
    Column("settled", gettext_lazy("Looked at by a person"), lambda row: bool(row.fixes)),
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
            run = commands.take_in(
                data=file.read(),
                file_name=file.name,
                scan=form.cleaned_data.get("scan", False),
                by=reader,
            )
        except UnreadableFile as error:
            form.add_error("file", messages.refusal(error))
        else:
            return redirect("intake:columns" if run.state == RunState.MAPPING else "intake:run", pk=run.pk)
    status = 422 if form.errors else 200
    return render(request, "intake/upload.html", {"form": form, "served": instance.current()}, status=status)


@require_safe
def run(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """One import: what it would do, or did, row by row."""
    reader = reader_of(request)
    found = run_of(reader, pk)
    shown = request.GET.get("show", "")
    rows = _rows(found, shown, request.GET.get("doubt", ""))
    if form != "html":
        return respond(request, rows=rows, columns=ROW_COLUMNS, form=form, template="")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    counts, doubts = row_counts(found), open_doubts(found)
    owed = obligation_count(found)
    context = {
        "run": found,
        "page": page,
        "rows": presenting.rows_shown(found, page.object_list),
        "tabs": _tabs(request, found, counts, doubts, owed),
        "kinds": _kinds(request, found, shown),
        "counts": counts,
        "doubtful": ImportRow.objects.filter(doubtful_rows(), run=found).count() if doubts else 0,
        "owed": owed,
        "problem": messages.problem(found.problem),
        "rejected_obligations": ImportRow.objects.filter(
            run=found, what=What.OBLIGATION, action=Action.REJECT, excluded=False
        ).count()
        if owed
        else 0,
        "waiting_for_reading": bool(may_import(reader)),
        "symbol": _symbol(list(page.object_list)) if found.state == RunState.APPLIED else "",
        "working": found.state in WORKING,
        "progress": _progress_of(found),
        "warnings": [messages.warning(warning) for warning in found.warnings],
        "new_labels": presenting.new_labels(found),
        "scope_form": ScopeForm(initial={"complete_for": found.complete_for}),
        "about": found.document_info.get("review") or {},
        "state_name": messages.state_name((found.document_info.get("review") or {}).get("state") or ""),
        "waiting": found.state == RunState.PREVIEWED and bool(may_import(reader)),
        "writes": ImportRow.objects.filter(
            run=found, excluded=False, action__in=[Action.CREATE, Action.UPDATE, Action.WITHDRAW]
        ).count(),
        "may_undo": found.state == RunState.APPLIED and bool(may_act_on_run(reader, found, "undo")),
    }
    return render(request, "intake/run.html", context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply an import, or ask a job to."""
    reader = reader_of(request)
    large = ImportRow.objects.filter(run=run_of(reader, pk)).count() > settings.IMPORT_INLINE_ROWS
    done = _("The import is being applied.") if large else _("The import was applied.")
    return decide(request, pk, commands.apply_or_queue, done)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard an import."""
    return decide(request, pk, commands.discard_import, _("The import was discarded."))


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview an import anew; read it anew where it was not read."""
    if run_of(reader_of(request), pk).state == RunState.FAILED:
        return decide(request, pk, commands.read_anew, _("The file is being read."))
    return decide(request, pk, commands.preview_again, _("The preview is up to date."))


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the job of an import."""
    return decide(request, pk, commands.stop_job, _("The work stops; nothing of it is written."))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an applied import as a whole."""
    reason = request.POST.get("reason", "")

    def act(found: ImportRun, *, by: Reader) -> ImportRun:
        return commands.undo_import(found, reason=reason, by=by)

    return decide(request, pk, act, _("The import was undone."))


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the job of an import is: asked for again and again by the page."""
    found = run_of(reader_of(request), pk)
    if found.state not in WORKING:
        return HttpResponseClientRefresh()
    return render(request, "intake/_progress.html", {"run": found, "progress": _progress_of(found)})


@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare what the file is complete for."""
    scope = request.POST.get("complete_for", "")

    def act(found: ImportRun, *, by: Reader) -> ImportRun:
        return commands.declare_complete(found, scope, by=by)

    return decide(request, pk, act, _("The preview is up to date."))


def run_of(reader: Reader, pk: int) -> ImportRun:
    """Return an import that the reader sees. Raises Http404."""
    visible = ImportRun.objects.filter(runs_visible_to(reader)).select_related("uploaded_by", "decided_by")
    return get_object_or_404(visible, pk=pk)


def decide(request: HttpRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    """Run a command on an import and come back to it with what was done, or why not."""
    reader = reader_of(request)
    found = run_of(reader, pk)
    try:
        act(found, by=reader)
    except (RuleViolated, StaleData) as error:
        notes.error(request, str(error))
    else:
        notes.success(request, done)
    back = request.POST.get("back", "")
    query = f"?{back}" if back else ""
    return redirect(f"{reverse('intake:run', kwargs={'pk': pk})}{query}")


def _symbol(rows: Sequence[ImportRow]) -> str:
    """Return the symbol of the document whose rows are shown: a row is named `symbol § paragraph`."""
    symbol, mark, _paragraph = rows[0].name.partition(" § ") if rows else ("", "", "")
    return symbol if mark else ""


def _progress_of(found: ImportRun) -> Progress | None:
    return Progress.objects.filter(run=found).first() if found.state in WORKING else None


def _rows(found: ImportRun, shown: str, doubt: str = "") -> QuerySet[ImportRow]:
    rows = (
        ImportRow.objects.filter(run=found)
        .select_related("target__document", "obligation__source")
        .prefetch_related("target__texts")
        .order_by("order")
    )
    if shown == presenting.EXCLUDED:
        return rows.filter(excluded=True)
    if shown == WARNED:
        return rows.exclude(warnings=[])
    if shown == DOUBTFUL:
        rows = rows.exclude(doubts=[]).filter(excluded=False)
        return rows.filter(doubts__contains=[doubt]) if doubt else rows
    if shown == CORRECTED:
        return rows.exclude(fixes=[])
    if shown == OWED:
        return rows.filter(what=What.OBLIGATION)
    if shown in Action.values:
        return rows.filter(action=shown, excluded=False, what=What.RECOMMENDATION)
    return rows


def _tabs(
    request: HttpRequest, found: ImportRun, counts: dict[str, int], doubts: dict[str, int], owed: int
) -> list[dict[str, Any]]:
    """Return the filters by action, those without rows left out."""
    shown = request.GET.get("show", "")
    rows = ImportRow.objects.filter(run=found)
    several = rows.aggregate(
        warned=Count("pk", filter=~Q(warnings=[])),
        doubtful=Count("pk", filter=~Q(doubts=[]) & Q(excluded=False)),
        corrected=Count("pk", filter=~Q(fixes=[])),
    )
    listed = [("", _("All"), sum(counts.values()) + owed)]
    listed.append((DOUBTFUL, _("Doubtful"), several["doubtful"]))
    listed += [(key, str(presenting.SHOWN[key][1]), count) for key, count in counts.items()]
    listed.append((OWED, _("Obligations"), owed))
    listed.append((WARNED, _("With warnings"), several["warned"]))
    listed.append((CORRECTED, _("Looked at by a person"), several["corrected"]))
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


def _kinds(request: HttpRequest, found: ImportRun, shown: str) -> list[dict[str, Any]]:
    """Return what can be decided at once for many rows: by doubt, or by reason of rejection."""
    if shown == DOUBTFUL:
        chosen = request.GET.get("doubt", "")
        return [
            {
                "code": code,
                "label": messages.doubt(code),
                "count": count,
                "url": f"{request.path}?show={DOUBTFUL}&doubt={code}#rows",
                "active": code == chosen,
                "confirms": True,
            }
            for code, count in sorted(open_doubts(found).items(), key=lambda pair: -pair[1])
        ]
    if shown == Action.REJECT:
        rejected = ImportRow.objects.filter(run=found, action=Action.REJECT, excluded=False).order_by()
        grouped = rejected.values("reason").annotate(count=Count("pk"), example=Min("pk"))
        first = ImportRow.objects.in_bulk([row["example"] for row in grouped])
        return [
            {
                "code": row["reason"],
                "label": messages.reason(row["reason"], first[row["example"]].reason_params),
                "count": row["count"],
            }
            for row in grouped
            if row["count"] > 1
        ]
    return []
