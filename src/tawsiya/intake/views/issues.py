"""Reading a list of issues into a questionnaire: upload, preview with each question found, questions."""

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.formats import localise_number
from tawsiya.core.previews import seal, unseal
from tawsiya.followup.commands.questionnaires import QuestionFacts, Taken, take_questions
from tawsiya.followup.models import Questionnaire
from tawsiya.followup.permissions_of_requests import may_act_on_questionnaire
from tawsiya.followup.queries_of_requests import questionnaires_for
from tawsiya.intake import messages
from tawsiya.intake.forms import IssuesForm, issue_set
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.issues import Issue, Issues
from tawsiya.intake.readers.records import UnreadableFile

_SALT = "tawsiya.intake.issues"


@require_http_methods(["GET", "HEAD", "POST"])
def issues(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the file of a list of issues and show the questions found in it."""
    reader = reader_of(request)
    questionnaire = _draft(reader, pk)
    form = IssuesForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                read = sandbox.read_issues(upload.read())
                held = {
                    "head": read.head(),
                    "rows": [row.as_json() for row in read.rows],
                    "file": (upload.name or "")[:200],
                    "questionnaire": questionnaire.pk,
                    "seen": questionnaire.questions.count(),
                }
                return _preview(request, questionnaire, held, issue_set(read.rows))
            except UnreadableFile as error:
                form.add_error("file", messages.refusal_of_issues(error))
            except RuleViolated as refusal:
                form.add_error("file", str(refusal))
    context = {"form": form, "questionnaire": questionnaire}
    return render(request, "intake/issues.html", context, status=status)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Make questions of those that were chosen, as they were edited."""
    reader = reader_of(request)
    questionnaire = _draft(reader, pk)
    held = unseal(request.POST.get("issues", ""), salt=_SALT, user_id=reader.user_id)
    if held is None or held["questionnaire"] != questionnaire.pk:
        notes.error(request, _("This preview is no longer valid; choose the file again."))
        return redirect("intake:issues", questionnaire.pk)
    rows = [Issue.from_json(row) for row in held["rows"]]
    lines = issue_set(rows, request.POST)
    if not lines.is_valid():
        return _preview(request, questionnaire, held, lines, status=422)
    chosen = [(line.cleaned_data, row) for line, row in zip(lines, rows, strict=True) if line.is_taken]
    edited = sum((data["number"], data["text"]) != (row.number, row.text) for data, row in chosen)
    try:
        number = take_questions(
            questionnaire=questionnaire,
            questions=[QuestionFacts(text=data["text"], number=data["number"]) for data, _row in chosen],
            source=Taken(held["file"], read=len(rows), edited=edited),
            seen=held["seen"],
            by=reader,
        )
    except (RuleViolated, StaleData) as refusal:
        notes.error(request, str(refusal))
        stale = isinstance(refusal, StaleData)
        shown = held | {"seen": questionnaire.questions.count()} if stale else held
        return _preview(request, questionnaire, shown, lines, status=409 if stale else 422)
    text = ngettext("%(count)s question was added.", "%(count)s questions were added.", number)
    notes.success(request, text % {"count": localise_number(number)})
    return redirect("followup:questions", questionnaire.pk)


def _draft(reader: Reader, pk: int) -> Questionnaire:
    questionnaire: Questionnaire = get_object_or_404(questionnaires_for(reader), pk=pk)
    acting(reader, may_act_on_questionnaire(reader, questionnaire, "edit"))
    return questionnaire


def _preview(
    request: HttpRequest, questionnaire: Questionnaire, held: dict[str, Any], lines: Any, status: int = 200
) -> HttpResponse:
    read = Issues.from_json(held["head"], held["rows"])
    shown, heading = [], ""
    for line, row in zip(lines, read.rows, strict=True):
        shown.append({"line": line, "row": row, "heading": row.heading if row.heading != heading else ""})
        heading = row.heading
    context = {
        "questionnaire": questionnaire,
        "read": read,
        "file": held["file"],
        "lines": lines,
        "rows": shown,
        "there": held["seen"],
        "other_language": read.language if read.language != questionnaire.language else "",
        "payload": seal(held, salt=_SALT, user_id=reader_of(request).user_id),
    }
    return render(request, "intake/issues_preview.html", context, status=status)
