"""What others say, where it becomes public: accept, withdraw, record UN grades and questions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_with_role
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.labels import text_of
from tawsiya.followup.forms import GradeForm, ParliamentQuestionForm
from tawsiya.followup.models import ParliamentQuestion
from tawsiya.followup.permissions import may_act_on_submission, may_moderate
from tawsiya.followup.views.voices import question_or_404, submission_or_404
from tawsiya.followup.voices import grade_names, grades_for
from tawsiya.portal.commands import (
    accept_submission,
    record_grade,
    save_question,
    take_grade_back,
    withdraw_submission,
)
from tawsiya.recommendations.queries import item_for
from tawsiya.recommendations.reading import reader_language


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a submission."""
    reader = reader_with_role(request)
    row = submission_or_404(reader, pk)
    acting(reader, may_act_on_submission(reader, row, "accept"))
    typed = request.POST.get("seen_version", "")
    seen = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        accept_submission(submission=row, seen_version=seen, by=reader)
    except StaleData as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The submission is accepted, and public."))
    return redirect("followup:submission", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an accepted submission, as its author."""
    reader = reader_with_role(request)
    row = submission_or_404(reader, pk)
    try:
        withdraw_submission(submission=row, reason=request.POST.get("reason", ""), by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The submission is withdrawn; the public no longer reads it."))
    return redirect("followup:submission", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def grade_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a UN grade on a recommendation."""
    reader = reader_with_role(request)
    item = item_for(reader, pk)
    acting(reader, may_moderate(reader))
    scale = grade_names(item.document.body.code, timezone.localdate())
    names = {code: text_of(name) for code, name in scale.items()}
    form = GradeForm(request.POST or None, names=names, initial={"language": reader_language()})
    if request.method == "POST" and form.is_valid():
        try:
            record_grade(recommendation=item, assessed=form.assessed(), by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The grade is recorded, and public."))
            return redirect(f"{reverse('followup:item', args=[pk])}#voices")
    back = reverse("followup:item", args=[pk])
    return _form(request, form, _("Record a UN grade"), back, subtitle=str(item))


@require_POST
def grade_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a grade recorded by mistake."""
    reader = reader_with_role(request)
    row = grades_for(reader).filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        take_grade_back(grade=row, reason=request.POST.get("reason", ""), by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The grade is taken back; it stays in the history."))
    return redirect(f"{reverse('followup:item', args=[row.recommendation_id])}#voices")


@require_http_methods(["GET", "HEAD", "POST"])
def question_add(request: HttpRequest) -> HttpResponse:
    """Record a question of parliament."""
    reader = reader_with_role(request)
    acting(reader, may_moderate(reader))
    item = request.GET.get("item", "")
    initial: dict[str, Any] = {"language": reader_language()}
    if item.isdecimal() and len(item) < 10:
        initial["items"] = str(item_for(reader, int(item)))
    return _question(request, reader, None, initial)


@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a question of parliament, or add its answer."""
    reader = reader_with_role(request)
    row = question_or_404(reader, pk)
    acting(reader, may_moderate(reader))
    names = ("number", "asked_on", "deputy", "group", "text", "language", "answer", "answered_on")
    initial = {name: getattr(row, name) for name in names}
    initial["items"] = "\n".join(str(link.recommendation) for link in row.items.all())
    return _question(request, reader, row, initial)


def _question(
    request: HttpRequest, reader: Reader, row: ParliamentQuestion | None, initial: dict[str, Any]
) -> HttpResponse:
    form = ParliamentQuestionForm(request.POST or None, reader=reader, initial=initial)
    if request.method == "POST" and form.is_valid():
        items = form.cleaned_data["items"]
        try:
            saved = save_question(asked=form.asked(), items=items, by=reader, question=row)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question is recorded, and public."))
            return redirect("followup:question", saved.pk)
    title = _("Correct the question") if row else _("Record a question of parliament")
    back = reverse("followup:question", args=[row.pk]) if row else reverse("followup:voices")
    return _form(request, form, title, back)


def _form(
    request: HttpRequest,
    form: Any,
    title: str,
    back_url: str,
    *,
    subtitle: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "subtitle": subtitle,
        "back_url": back_url,
    }
    return render(request, "portal/voice_form.html", context)
