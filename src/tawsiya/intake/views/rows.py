"""Single rows of a preview: left out, taken in, confirmed, corrected; and many of one kind at once."""

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.intake import commands, presenting
from tawsiya.intake.choices import RunState
from tawsiya.intake.corrections import cuts
from tawsiya.intake.forms import CutForm, EditForm, ReasonForm, RowForm
from tawsiya.intake.models import Correction, ImportRow, ImportRun
from tawsiya.intake.views.runs import decide, run_of


@require_POST
def exclude(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Leave a row out."""
    found = _row(request, pk, row)
    reason = _reason(request)

    def act(_found: ImportRun, *, by: Reader) -> None:
        commands.exclude_row(found, reason=reason, by=by)

    return decide(request, pk, act, _("%(name)s is left out.") % {"name": found.name})


@require_POST
def include(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a row in again."""
    found = _row(request, pk, row)

    def act(_found: ImportRun, *, by: Reader) -> None:
        commands.include_row(found, by=by)

    return decide(request, pk, act, _("%(name)s is taken in again.") % {"name": found.name})


@require_POST
def confirm(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say that a doubtful row is right as it was read."""
    found = _row(request, pk, row)

    def act(run: ImportRun, *, by: Reader) -> None:
        commands.confirm_rows(run, row=found, by=by)

    return decide(request, pk, act, _("%(name)s is confirmed.") % {"name": found.name})


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or leave out all rows of one kind."""
    code, leave_out, reason = request.POST.get("code", ""), "leave_out" in request.POST, _reason(request)

    def act(run: ImportRun, *, by: Reader) -> None:
        if leave_out:
            commands.exclude_rows(run, code=code, reason=reason, by=by)
        else:
            commands.confirm_rows(run, doubt=code, by=by)

    return decide(request, pk, act, _("Done for all rows of this kind."))


@require_POST
def merge(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Join a row with the next one."""
    found = _row(request, pk, row)

    def act(_found: ImportRun, *, by: Reader) -> None:
        commands.merge_row(found, by=by)

    return decide(request, pk, act, _("%(name)s was joined with the next row.") % {"name": found.name})


@require_POST
def undo_correction(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """Take a correction back."""
    found = get_object_or_404(Correction, pk=correction, run=run_of(reader_of(request), pk))

    def act(_found: ImportRun, *, by: Reader) -> None:
        commands.undo_correction(found, by=by)

    return decide(request, pk, act, _("The correction was undone."))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Correct the fields of a row, or cut it in two."""
    found = _row(request, pk, row)
    if not found.key or found.run.state != RunState.PREVIEWED:
        notes.error(request, _("This row cannot be corrected any more."))
        return redirect("intake:run", pk=pk)
    posted = request.POST if request.method == "POST" else None
    cutting = posted is not None and "cut" in posted
    initial = RowForm.initial_of(found.record)
    text = str(found.record.get("text") or "")
    forms = {
        "edit": EditForm(None if cutting else posted, initial=initial | {"text": text}),
        "cut": CutForm(posted if cutting else None),
        "first": RowForm(posted if cutting else None, initial=initial, prefix="first"),
        "second": RowForm(posted if cutting else None, initial=initial, prefix="second"),
    }
    if posted is not None and _corrected(forms, found, text, cutting, reader_of(request)):
        notes.success(request, _("%(name)s was corrected.") % {"name": found.name})
        return redirect(f"{reverse('intake:run', kwargs={'pk': pk})}?show=corrected#rows")
    context = {
        "run": found.run,
        "row": found,
        "shown": presenting.rows_shown(found.run, [found])[0],
        "forms": forms,
        "text": text,
        "cuts": cuts(text),
        "cutting": cutting,
    }
    return render(request, "intake/correct.html", context, status=422 if posted is not None else 200)


def _corrected(forms: dict[str, Any], row: ImportRow, text: str, cutting: bool, by: Reader) -> bool:
    """Carry out what was typed; False where a form says why not."""
    used = ("cut", "first", "second") if cutting else ("edit",)
    # Every form says what is wrong in it, not only the first.
    if [name for name in used if not forms[name].is_valid()]:
        return False
    try:
        if cutting:
            commands.split_row(
                row,
                begins=forms["cut"].cleaned_data["begins"],
                first=forms["first"].fields_of(text),
                second=forms["second"].fields_of(text),
                by=by,
            )
        else:
            commands.edit_row(row, fields=forms["edit"].fields_of(forms["edit"].cleaned_data["text"]), by=by)
    except (RuleViolated, StaleData) as error:
        forms[used[0]].add_error(None, str(error))
        return False
    return True


def _row(request: HttpRequest, pk: int, row: int) -> ImportRow:
    rows = ImportRow.objects.select_related("run", "target__document").prefetch_related("target__texts")
    return get_object_or_404(rows, pk=row, run=run_of(reader_of(request), pk))


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""
