"""Reading a filled matrix back: upload, preview, drafts.

Nothing is stored between preview and drafts (`core.previews`): an abandoned preview leaves no unfinished text
anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core import worddiff
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.previews import seal, unseal
from tawsiya.intake import filled, filled_messages, messages
from tawsiya.intake.commands.matrix import apply_filled
from tawsiya.intake.filled import Digests, FilledPlan
from tawsiya.intake.forms import MatrixForm
from tawsiya.intake.presenting import Change
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.filled_matrix import FilledMatrix, FilledRow
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.recommendations.choices import Status

_SALT = "tawsiya.intake.filled"
_STATUS_WORDS: dict[str, str | Promise] = dict(Status.choices)


@dataclass(frozen=True)
class PlanShown:
    """A row of the preview, in words."""

    plan: FilledPlan
    badge: str
    action: str | Promise
    reason: str
    warnings: Sequence[str]
    changes: Sequence[Change]
    written: Sequence[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def matrix(request: HttpRequest) -> HttpResponse:
    """Take a filled matrix and show which drafts it would write."""
    reader = reader_of(request)
    require(reader, Act.CONTRIBUTE)
    if request.method != "POST":
        return render(request, "intake/matrix.html", {"form": MatrixForm()})
    form = MatrixForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            read = sandbox.read_filled(form.cleaned_data["file"].read())
        except UnreadableFile as error:
            form.add_error("file", messages.refusal_of_matrix(error))
        else:
            try:
                return _preview(request, read, reader)
            except RuleViolated as refusal:
                form.add_error("file", str(refusal))
    return render(request, "intake/matrix.html", {"form": form}, status=422)


@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Write the drafts of the chosen rows."""
    reader = reader_of(request)
    require(reader, Act.CONTRIBUTE)
    held = unseal(request.POST.get("matrix", ""), salt=_SALT, user_id=reader.user_id)
    if held is None:
        notes.error(request, _("This preview is no longer valid; choose the file again."))
        return redirect("intake:matrix")
    read = FilledMatrix(tuple(FilledRow.from_json(row) for row in held["rows"]), held["mark"])
    chosen = {int(number) for number in request.POST.getlist("row") if number.isdecimal() and len(number) < 7}
    try:
        written = apply_filled(matrix=read, chosen=chosen, previewed=held["previewed"], by=reader)
    except (RuleViolated, StaleData) as error:
        notes.error(request, str(error))
        return _preview(request, read, reader)
    done = ngettext("%(count)s draft was written.", "%(count)s drafts were written.", len(written))
    notes.success(request, done % {"count": len(written)})
    return redirect("followup:contributions")


def _preview(request: HttpRequest, read: FilledMatrix, reader: Reader) -> HttpResponse:
    plans = filled.plan_filled(read, by=reader)
    counts = {key: sum(plan.action == key for plan in plans) for key in filled_messages.ACTIONS}
    context = {
        "rows": [_shown(plan) for plan in plans],
        "counts": counts,
        "writes": counts[filled.CREATE] + counts[filled.CHANGE],
        "institutions": filled.institution_names(plans),
        "languages": filled.written_languages(plans),
        "payload": _sealed(read, filled.digests(plans), reader),
    }
    return render(request, "intake/matrix_preview.html", context)


def _shown(plan: FilledPlan) -> PlanShown:
    badge, action = filled_messages.ACTIONS[plan.action]
    written = [
        (str(filled_messages.FIELDS[name]), text) for name, text in plan.row.cells.items() if text.strip()
    ]
    if plan.row.stray:
        written.append((_("Additional column"), plan.row.stray))
    return PlanShown(
        plan=plan,
        badge=badge,
        action=action,
        reason=filled_messages.reason(plan.reason, plan.params),
        warnings=[str(filled_messages.WARNINGS[code]) for code in plan.warnings],
        changes=[_change(name, old, new) for name, (old, new) in plan.changes.items()],
        written=written,
    )


def _change(name: str, old: str, new: str) -> Change:
    before, after = (str(_STATUS_WORDS.get(value, value)) for value in (old, new))
    return Change(str(filled_messages.FIELDS[name]), worddiff.compare(before, after))


def _sealed(read: FilledMatrix, previewed: Digests, reader: Reader) -> str:
    value = {"mark": read.mark, "rows": [row.as_json() for row in read.rows], "previewed": previewed}
    return seal(value, salt=_SALT, user_id=reader.user_id)
