"""The page of an institution's reply: the questions put to it, its answers, its steps, more time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.audit.models import Event
from tawsiya.audit.queries import with_people
from tawsiya.audit.visibility import visible_to
from tawsiya.core.errors import Message, RuleViolated, StaleData
from tawsiya.followup.choices import ExtensionState, QuestionKind
from tawsiya.followup.commands.extensions import act_on_extension, ask_for_time
from tawsiya.followup.commands.replies import act_on_reply
from tawsiya.followup.forms.requests import DecisionForm, TimeForm
from tawsiya.followup.measures_asked import measures_asked
from tawsiya.followup.models import Extension, Question, Reply
from tawsiya.followup.permissions_of_requests import (
    may_act_on_extension,
    may_act_on_reply,
    may_ask_for_time,
)
from tawsiya.followup.queries_of_requests import (
    AWAITED,
    answers_to,
    extensions_for,
    questions_put_to,
    replies_for,
)
from tawsiya.followup.queries_of_writing import answer_values, reply_place, typed_answers, typed_in
from tawsiya.followup.timeline import timeline
from tawsiya.followup.views.common import ACTIONS, words_of
from tawsiya.followup.views.differences import Shown, shown
from tawsiya.followup.visibility.requests import can_read_answers

DONE = {
    "submit": gettext_lazy("The answers are with the validator."),
    "approve": gettext_lazy("The answers are approved and sent to the delegation."),
    "return": gettext_lazy("The answers are returned to their author."),
    "validate": gettext_lazy("The answers are validated."),
    "send_back": gettext_lazy("The answers are sent back to the institution."),
}
DECIDED = {
    "grant": gettext_lazy("More time is given; the institution is told."),
    "refuse": gettext_lazy("More time is refused; the institution is told."),
    "withdraw": gettext_lazy("More time is no longer asked for."),
}
_WAY = ("draft", "with_validator", "with_delegation", "validated")


def reply_or_404(reader: Reader, pk: int) -> Reply:
    """Return a reply that the reader sees. Raises Http404 where there is none."""
    reply: Reply = get_object_or_404(replies_for(reader), pk=pk)
    return reply


def _actions(reader: Reader, reply: Reply) -> frozenset[str]:
    authors = frozenset(reply.authors.values_list("user_id", flat=True))
    return frozenset(
        action for action in ("edit", *ACTIONS) if may_act_on_reply(reader, reply, action, authors)
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an institution is asked and what it answered, as far as the reader sees it."""
    reader = reader_of(request)
    return page(request, reply_or_404(reader, pk))


def page(
    request: HttpRequest,
    reply: Reply,
    *,
    time_form: TimeForm | None = None,
    typed_reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page of a reply; with a refused form, what was typed stays in it."""
    reader = reader_of(request)
    answers, questions = answers_to(reader, reply), list(questions_put_to(reply))
    measures = measures_asked(reader, reply, questions)
    allowed = _actions(reader, reply)
    extensions = list(extensions_for(reader).filter(reply=reply))
    waits = any(row.state == ExtensionState.ASKED for row in extensions)
    context: dict[str, Any] = {
        "reply": reply,
        "questionnaire": reply.questionnaire,
        "shown_state": reply.shown_state,  # type: ignore[attr-defined]  # annotated
        "readable": can_read_answers(reader, reply),
        "awaited": reply.shown_state == AWAITED,  # type: ignore[attr-defined]  # annotated
        "rows": [
            {
                "question": question,
                "text": words_of(question),
                "answer": answers.get(question.pk),
                "asked": measures.get(question.pk),
            }
            for question in questions
        ],
        "allowed": allowed,
        "may_write": "edit" in allowed,
        "steps": _steps(reply) if reply.shown_state != AWAITED else [],  # type: ignore[attr-defined]
        "extensions": [_extension_row(reader, row) for row in extensions],
        "time_form": time_form or (TimeForm() if may_ask_for_time(reader, reply) and not waits else None),
        "typed_reason": typed_reason,
        "typed": _typed(reader, reply),
        "written": request.session.pop("written", ""),
        "events": timeline(
            with_people(
                Event.objects.filter(visible_to(reader), subject_type="followup.reply", subject_id=reply.pk)
                | Event.objects.filter(
                    visible_to(reader),
                    subject_type="followup.extension",
                    subject_id__in=[row.pk for row in extensions],
                )
            )
        ),
    }
    return render(request, "followup/reply.html", context, status=status)


def _typed(reader: Reader, reply: Reply) -> dict[str, Any] | None:
    """Return what the reader typed and never saved: the moment, and the words that are not in what stands."""
    kept = typed_in(reply_place(reply.pk), by=reader)
    if kept is None:
        return None
    asked = list(questions_put_to(reply))
    rows = answers_shown(asked, saved_answers(reader, reply, asked), typed_answers(asked, kept.fields))
    return {"saved_at": kept.saved_at, "rows": rows} if rows else None


def saved_answers(reader: Reader, reply: Reply, asked: Sequence[Question]) -> dict[str, str]:
    """Return what is saved in a reply, as the fields of its form."""
    return answer_values(asked, answers_to(reader, reply))


def answers_shown(
    asked: Sequence[Question], saved: Mapping[str, str], typed: Mapping[str, str]
) -> list[Shown]:
    """Return the answers and notes that differ between what is saved and what was typed."""
    labels: dict[str, Message] = {}
    for question in asked:
        names = {"number": str(question)}
        labels[f"a{question.pk}"] = _("Question %(number)s") % names
        labels[f"n{question.pk}"] = _("Question %(number)s, note") % names
    words = {f"a{question.pk}" for question in asked if question.kind == QuestionKind.TEXT}
    return shown(saved, typed, labels, words | {f"n{question.pk}" for question in asked})


def _extension_row(reader: Reader, row: Extension) -> dict[str, Any]:
    allowed = frozenset(action for action in DECIDED if may_act_on_extension(reader, row, action))
    return {
        "row": row,
        "allowed": allowed,
        "form": DecisionForm(initial={"until": row.wanted}, auto_id=f"id_{row.pk}_%s"),
    }


def _steps(reply: Reply) -> list[dict[str, str]]:
    labels = (_("Write"), _("Validator"), _("Delegation"), _("Validated"))
    state = reply.state if reply.state in _WAY else "draft"
    at = _WAY.index(state)
    rows = []
    for number, label in enumerate(labels):
        known = "done" if number < at or state == "validated" else "current" if number == at else "next"
        rows.append({"label": label, "state": known, "hint": ""})
    return rows


@require_POST
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take a step: submit, approve, return, validate, send back."""
    reader = reader_of(request)
    reply = reply_or_404(reader, pk)
    seen = request.POST.get("seen_version", "")
    try:
        act_on_reply(
            reply=reply,
            action=action,
            by=reader,
            reason=request.POST.get("reason", ""),
            seen_version=int(seen) if seen.isdecimal() else None,
        )
    except (RuleViolated, StaleData) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(DONE[action]))
    return redirect("followup:reply", reply.pk)


@require_POST
def ask_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for more time."""
    reader = reader_of(request)
    reply = reply_or_404(reader, pk)
    form = TimeForm(request.POST)
    if form.is_valid():
        try:
            ask_for_time(
                reply=reply,
                wanted=form.cleaned_data["wanted"],
                reason=form.cleaned_data["reason"],
                by=reader,
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("More time is asked for; the delegation is told."))
            return redirect("followup:reply", reply.pk)
    if not may_ask_for_time(reader, reply):
        return redirect("followup:reply", reply.pk)
    return page(request, reply, time_form=form)


@require_POST
def decide_time(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Grant, refuse or withdraw a request for more time."""
    reader = reader_of(request)
    extension = get_object_or_404(extensions_for(reader), pk=pk)
    form = DecisionForm(request.POST)
    until = form.cleaned_data["until"] if form.is_valid() else None
    try:
        act_on_extension(
            extension=extension,
            action=action,
            by=reader,
            reason=request.POST.get("reason", ""),
            until=until if action == "grant" else None,
        )
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(DECIDED[action]))
    return redirect("followup:reply", extension.reply_id)
