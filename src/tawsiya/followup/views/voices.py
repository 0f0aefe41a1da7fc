"""What others say: the list, a submission with its moderation, a question of parliament."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of, reader_with_role
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.followup.choices import SubmissionState
from tawsiya.followup.commands.voices import act_on_submission, submit
from tawsiya.followup.forms import RefuseForm, SubmissionForm
from tawsiya.followup.models import ParliamentQuestion, Submission
from tawsiya.followup.permissions import may_act_on_submission, may_moderate, may_submit
from tawsiya.followup.voices import KINDS, questions_for, references, said, submissions_for
from tawsiya.recommendations.queries import item_for
from tawsiya.recommendations.reading import reader_language

COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
    Column("who", gettext_lazy("Who"), lambda row: row.who),
    Column("says", gettext_lazy("What it says"), lambda row: row.says),
    Column("items", gettext_lazy("Recommendations"), lambda row: [str(item) for item in row.items]),
    Column("date", gettext_lazy("Date"), lambda row: row.on),
    Column("state", gettext_lazy("State"), lambda row: row.state),
)
ACTIONS = ("accept", "refuse", "take_back", "revise", "withdraw")


@require_safe
def voice_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List what others say, as page, CSV or JSON."""
    reader = reader_with_role(request)
    kind = request.GET.get("kind", "")
    state = request.GET.get("state", "")
    rows = said(
        reader,
        kind if kind in KINDS else "",
        state if state in SubmissionState.values else "",
    )
    return respond(
        request,
        rows=Listed(rows),
        columns=COLUMNS,
        form=form,
        template="followup/voices.html",
        context={
            "kinds": KINDS.items(),
            "kind": kind,
            "states": SubmissionState.choices,
            "state": state,
            "records": bool(may_moderate(reader)),
        },
    )


def submission_or_404(reader: Reader, pk: int) -> Submission:
    """Return a submission that the reader sees.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    row = submissions_for(reader).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a submission, with what the reader may do about it."""
    reader = reader_of(request)
    row = submission_or_404(reader, pk)
    can = frozenset(action for action in ACTIONS if may_act_on_submission(reader, row, action))
    context = {
        "row": row,
        "can": can,
        "refusal": RefuseForm(initial={"seen_version": row.version}) if "refuse" in can else None,
    }
    return render(request, "followup/submission.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit what one sees of a recommendation."""
    reader = reader_of(request)
    item = item_for(reader, pk)
    acting(reader, may_submit(reader))
    initial = {"language": reader_language()}
    form = SubmissionForm(request.POST or None, position=item.position, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = submit(recommendation=item, said=form.said(), by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is submitted. You are told what is decided, and why."))
            return redirect("followup:submission", row.pk)
    return render(request, "followup/submit.html", {"item": item, "form": form, "row": None})


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a submission anew after it was refused or taken back."""
    reader = reader_of(request)
    row = submission_or_404(reader, pk)
    acting(reader, may_act_on_submission(reader, row, "revise"))
    item = item_for(reader, row.recommendation_id)
    initial = {name: getattr(row, name) for name in ("text", "status", "link", "language")}
    form = SubmissionForm(
        request.POST or None, position=item.position, initial=initial | {"seen_version": row.version}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act_on_submission(
                submission=row,
                action="revise",
                said=form.said(),
                by=reader,
                seen_version=form.cleaned_data["seen_version"],
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("It is submitted. You are told what is decided, and why."))
            return redirect("followup:submission", pk)
    return render(request, "followup/submit.html", {"item": item, "form": form, "row": row}, status=status)


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a submission for insult or personal data."""
    reader = reader_of(request)
    row = submission_or_404(reader, pk)
    form = RefuseForm(request.POST)
    given: dict[str, Any] = {"ground": "", "reason": ""}
    if form.is_valid():
        given = form.cleaned_data
    return _act(request, row, "refuse", reader, _("The submission is refused; its author is told."), **given)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submission back before anything is decided."""
    reader = reader_of(request)
    row = submission_or_404(reader, pk)
    return _act(request, row, "take_back", reader, _("The submission is taken back."))


def _act(
    request: HttpRequest, row: Submission, action: str, reader: Reader, done: str, **given: Any
) -> HttpResponse:
    try:
        act_on_submission(submission=row, action=action, by=reader, **given)
    except (RuleViolated, StaleData) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("followup:submission", row.pk)


def question_or_404(reader: Reader, pk: int) -> ParliamentQuestion:
    """Return a question of parliament that the reader sees.

    Raises:
        Http404: there is none, or it is not the reader's to see.
    """
    row = questions_for(reader).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question of parliament with its answer and what it is about."""
    reader = reader_of(request)
    row = question_or_404(reader, pk)
    context = {
        "row": row,
        "items": references(link.recommendation for link in row.items.all()),
        "records": bool(may_moderate(reader)),
    }
    return render(request, "followup/question.html", context)
