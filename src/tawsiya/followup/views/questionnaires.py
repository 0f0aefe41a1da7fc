"""Questionnaires: the list, the page of one with the progress of its institutions, and its preparation."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.requests import reader_of
from tawsiya.core import facets
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.followup.choices import QuestionnaireState
from tawsiya.followup.commands.questionnaires import (
    act_on_questionnaire,
    change_questionnaire,
    paste_questions,
    prepare_questionnaire,
    set_questions,
)
from tawsiya.followup.filters_of_requests import (
    QUESTIONNAIRE_FACETS,
    REPLY_FACETS,
    QuestionnaireFilter,
    ReplyFilter,
)
from tawsiya.followup.forms.requests import PasteForm, QuestionnaireForm, question_set
from tawsiya.followup.models import Questionnaire, Reply
from tawsiya.followup.permissions_of_requests import may_act_on_questionnaire, may_ask
from tawsiya.followup.queries_of_requests import (
    AWAITED,
    filled,
    questionnaires_for,
    replies_for,
    undecided_extensions,
)
from tawsiya.followup.views.common import words_for, words_of
from tawsiya.followup.visibility.requests import can_read_answers

ACTIONS = ("send", "close", "discard")
DONE = {
    "send": gettext_lazy("The questionnaire is sent; the institutions are told."),
    "close": gettext_lazy("The questionnaire is closed."),
    "discard": gettext_lazy("The questionnaire is discarded."),
}
COLUMNS = (
    Column("title", gettext_lazy("Title"), lambda row: row.title),
    Column("kind", gettext_lazy("Kind"), lambda row: row.kind),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("review", gettext_lazy("Review"), lambda row: str(row.review) if row.review else ""),
    Column("deadline", gettext_lazy("Deadline"), lambda row: row.deadline),
    Column("asked", gettext_lazy("Institutions asked"), lambda row: row.asked or 0),
    Column("arrived", gettext_lazy("Answers arrived"), lambda row: row.arrived or 0),
    Column("late", gettext_lazy("Overdue"), lambda row: row.late or 0),
    Column("sent_at", gettext_lazy("Sent"), lambda row: row.sent_at),
)


@require_safe
def questionnaire_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the questionnaires that the reader sees, as page, CSV or JSON."""
    reader = reader_of(request)
    seen: QuerySet[Questionnaire] = questionnaires_for(reader)
    rows = QuestionnaireFilter(request.GET, queryset=seen).qs.order_by("-created_at", "-pk")
    context: dict[str, Any] = {"may_ask": bool(may_ask(reader))}
    if form == "html":
        context |= facets.shell(QUESTIONNAIRE_FACETS, QuestionnaireFilter, request.GET, seen, request.path)
        context["undecided"] = undecided_extensions(reader) if reader.is_delegation else ()
    return respond(
        request,
        rows=rows,
        columns=COLUMNS,
        form=form,
        template="followup/questionnaires.html",
        context=context,
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a questionnaire: what it asks, and how far each institution is that the reader sees."""
    reader = reader_of(request)
    questionnaire = get_object_or_404(questionnaires_for(reader), pk=pk)
    replies = list(replies_for(reader).filter(questionnaire=questionnaire).order_by("institution__key"))
    if not reader.is_delegation and not reader.is_observer and len(replies) == 1:
        return redirect("followup:reply", replies[0].pk)
    readable = [reply for reply in replies if can_read_answers(reader, reply)]
    counts = filled(readable)
    names = {reply.institution_id: reply.institution.names for reply in replies}
    # An institution is shown what is put to it, not what others are asked.
    everything = reader.is_delegation or reader.is_observer
    rows = questionnaire.questions.select_related("recommendation__document").order_by("order")
    questions = [
        question
        for question in rows.prefetch_related("recommendation__texts")
        if everything or not question.only_for or set(question.only_for) & set(names)
    ]
    context = {
        "questionnaire": questionnaire,
        "replies": [_row(reply, counts.get(reply.pk)) for reply in replies],
        "questions": [
            {
                "row": question,
                "text": words_of(question),
                "for": [names[pk] for pk in question.only_for if pk in names],
            }
            for question in questions
        ],
        "undecided": {row.reply_id for row in undecided_extensions(reader)},
        "allowed": frozenset(
            action for action in ("edit", *ACTIONS) if may_act_on_questionnaire(reader, questionnaire, action)
        ),
    }
    return render(request, "followup/questionnaire.html", context)


def _row(reply: Reply, count: Any) -> dict[str, Any]:
    return {"row": reply, "filled": count, "awaited": reply.shown_state == AWAITED}  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire."""
    reader = reader_of(request)
    acting(reader, may_ask(reader))
    form = QuestionnaireForm(request.POST or None, initial=QuestionnaireForm.initial_of(None))
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_questionnaire(
                facts=form.facts(), institutions=list(form.cleaned_data["institutions"]), by=reader
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The questionnaire is kept as a draft. Write its questions."))
            return redirect("followup:questions", made.pk)
    return render(request, "followup/questionnaire_form.html", {"form": form})


def _draft(request: HttpRequest, pk: int) -> Questionnaire:
    reader = reader_of(request)
    questionnaire: Questionnaire = get_object_or_404(questionnaires_for(reader), pk=pk)
    acting(reader, may_act_on_questionnaire(reader, questionnaire, "edit"))
    return questionnaire


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a questionnaire in preparation."""
    questionnaire = _draft(request, pk)
    form = QuestionnaireForm(request.POST or None, initial=QuestionnaireForm.initial_of(questionnaire))
    if request.method == "POST" and form.is_valid():
        try:
            change_questionnaire(
                questionnaire=questionnaire,
                facts=form.facts(),
                institutions=list(form.cleaned_data["institutions"]),
                by=reader_of(request),
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The questionnaire is saved."))
            return redirect("followup:questionnaire", questionnaire.pk)
    context = {"form": form, "questionnaire": questionnaire}
    return render(request, "followup/questionnaire_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the questions of a questionnaire in preparation, all on one page."""
    questionnaire = _draft(request, pk)
    lines = question_set(questionnaire, request.POST if request.method == "POST" else None)
    refused = ""
    if request.method == "POST" and lines.is_valid():
        facts = [fact for line in lines if line.cleaned_data and (fact := line.facts()) is not None]
        try:
            set_questions(questionnaire=questionnaire, questions=facts, by=reader_of(request))
        except RuleViolated as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The questions are saved."))
            again = "more" in request.POST
            return redirect("followup:questions" if again else "followup:questionnaire", questionnaire.pk)
    return _questions_page(request, questionnaire, lines, PasteForm(), refused)


@require_POST
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Add pasted or imported questions."""
    questionnaire = _draft(request, pk)
    form = PasteForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            number = paste_questions(
                questionnaire=questionnaire, pasted=form.cleaned_data["pasted"], by=reader_of(request)
            )
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        else:
            text = ngettext("%(count)s question was added.", "%(count)s questions were added.", number)
            messages.success(request, text % {"count": localise_number(number)})
            return redirect("followup:questions", questionnaire.pk)
    return _questions_page(request, questionnaire, question_set(questionnaire), form)


def _questions_page(
    request: HttpRequest, questionnaire: Questionnaire, lines: Any, form: PasteForm, refused: str = ""
) -> HttpResponse:
    items = {
        question.recommendation_id: words_for(question.recommendation)
        for question in questionnaire.questions.exclude(recommendation=None)
        .select_related("recommendation__document")
        .prefetch_related("recommendation__texts")
        if question.recommendation is not None
    }
    context = {
        "questionnaire": questionnaire,
        "lines": lines,
        "rows": [{"line": line, "item": items.get(line.initial.get("recommendation"))} for line in lines],
        "paste_form": form,
        "refused": refused,
    }
    return render(request, "followup/questions.html", context)


@require_POST
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Send, close or discard a questionnaire."""
    reader = reader_of(request)
    questionnaire = get_object_or_404(questionnaires_for(reader), pk=pk)
    try:
        act_on_questionnaire(questionnaire=questionnaire, action=action, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(DONE[action]))
        if action == "discard":
            return redirect("followup:questionnaires")
    return redirect("followup:questionnaire", questionnaire.pk)


PROGRESS = (
    Column("questionnaire", gettext_lazy("Questionnaire"), lambda row: row.questionnaire.title),
    Column("institution", gettext_lazy("Institution"), lambda row: text_of(row.institution.names)),
    Column("state", gettext_lazy("State"), lambda row: row.shown_state),
    Column("deadline", gettext_lazy("Deadline"), lambda row: row.deadline),
    Column("late", gettext_lazy("Overdue"), lambda row: row.is_late),
    Column("sent_at", gettext_lazy("Arrived"), lambda row: row.arrived_at),
)


@require_safe
def reply_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List what institutions owe and sent, across questionnaires: progress and lateness by institution."""
    reader = reader_of(request)
    seen: QuerySet[Reply] = replies_for(reader).exclude(
        questionnaire__state__in=[QuestionnaireState.DRAFT, QuestionnaireState.DISCARDED]
    )
    rows = ReplyFilter(request.GET, queryset=seen).qs.order_by("deadline", "pk")
    context: dict[str, Any] = {}
    if form == "html":
        context = facets.shell(REPLY_FACETS, ReplyFilter, request.GET, seen, request.path)
    return respond(
        request, rows=rows, columns=PROGRESS, form=form, template="followup/replies.html", context=context
    )
