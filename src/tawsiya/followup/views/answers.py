"""Write the answers of an institution to a questionnaire; as with contributions, nothing typed is lost."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.permissions import acting, may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.followup.commands.replies import save_answers
from tawsiya.followup.commands.typing import forget_typed, keep_typed_in
from tawsiya.followup.forms.requests import AnswersForm
from tawsiya.followup.measures_asked import measures_asked
from tawsiya.followup.models import Question, Reply, TypedText
from tawsiya.followup.permissions_of_requests import may_act_on_reply
from tawsiya.followup.queries_of_requests import questions_put_to
from tawsiya.followup.queries_of_writing import (
    answers_as_saved,
    joined,
    reply_place,
    typed_answers,
    typed_in,
)
from tawsiya.followup.views.common import words_of
from tawsiya.followup.views.differences import Shown
from tawsiya.followup.views.replies import answers_shown, reply_or_404, saved_answers
from tawsiya.followup.views.replies import page as reply_page
from tawsiya.followup.views.writing import fields_typed, seen_version

Asked = Sequence[Question]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the answers of an institution; newer ones elsewhere are shown beside what was typed."""
    reader = reader_of(request)
    reply = reply_or_404(reader, pk)
    authors = frozenset(reply.authors.values_list("user_id", flat=True))
    decision = may_act_on_reply(reader, reply, "edit", authors)
    if request.method != "POST":
        acting(reader, decision)
        return _resume(request, reader, reply)
    if not decision and may(reader, Act.CONTRIBUTE, reply.institution_id):
        # Submitted or decided by somebody else while this person was writing.
        keep_typed_in(reply, fields=fields_typed(request), seen=seen_version(request), by=reader)
        messages.error(request, str(decision.reason))
        return reply_page(request, reply, status=403)
    acting(reader, decision)
    return _save(request, reader, reply)


def merged(reader: Reader, reply: Reply, asked: Asked, typed: dict[str, str], seen: int) -> dict[str, str]:
    """Return what somebody typed on version `seen`; where only others changed an answer since, theirs."""
    if seen == reply.version:
        return typed
    return joined(answers_as_saved(reply, seen, asked), saved_answers(reader, reply, asked), typed)


def _resume(request: HttpRequest, reader: Reader, reply: Reply) -> HttpResponse:
    """Show the form with what is saved, or with what the person typed before and did not save."""
    asked = list(questions_put_to(reply))
    saved = saved_answers(reader, reply, asked)
    typed = typed_in(reply_place(reply.pk), by=reader)
    mine = saved
    if typed is not None:
        mine = merged(reader, reply, asked, typed_answers(asked, typed.fields), typed.seen_version)
    rows = answers_shown(asked, saved, mine)
    form = AnswersForm(questions=asked, initial=saved | mine | {"seen_version": reply.version})
    stale = typed is not None and typed.seen_version != reply.version
    return _page(
        request,
        reply,
        form,
        typed=typed if rows else None,
        conflict=rows if stale and rows else None,
        status=200,
    )


def _save(request: HttpRequest, reader: Reader, reply: Reply) -> HttpResponse:
    asked = list(questions_put_to(reply))
    form, seen = AnswersForm(request.POST, questions=asked), seen_version(request)
    conflict = None
    if form.is_valid():
        try:
            save_answers(reply=reply, given=form.given(), seen_version=seen, by=reader)
        except RuleViolated as refusal:
            form.add_error(None, str(refusal))
        except StaleData as refusal:
            keep_typed_in(reply, fields=fields_typed(request), seen=seen, by=reader)
            reply = reply_or_404(reader, reply.pk)
            mine = merged(reader, reply, asked, typed_answers(asked, fields_typed(request)), seen)
            saved = saved_answers(reader, reply, asked)
            conflict = answers_shown(asked, saved, mine)
            form = AnswersForm(questions=asked, initial=saved | mine | {"seen_version": reply.version})
            messages.error(request, str(refusal))
        else:
            forget_typed(reply_place(reply.pk), by=reader)
            request.session["written"] = reply_place(reply.pk)
            messages.success(request, _("The answers are saved."))
            return redirect("followup:reply-edit" if "stay" in request.POST else "followup:reply", reply.pk)
    return _page(request, reply, form, conflict=conflict)


def _page(
    request: HttpRequest,
    reply: Reply,
    form: AnswersForm,
    *,
    typed: TypedText | None = None,
    conflict: list[Shown] | None = None,
    status: int | None = None,
) -> HttpResponse:
    measures = measures_asked(reader_of(request), reply, form.questions)
    rows = [
        row
        | {
            "asked": measures.get(row["question"].pk),
            "text": words_of(row["question"]),
        }
        for row in form.rows()
    ]
    context = {
        "reply": reply,
        "questionnaire": reply.questionnaire,
        "form": form,
        "rows": rows,
        "conflict": conflict,
        "typed": typed,
        "place": reply_place(reply.pk),
        "typing_url": reverse("followup:reply-typing", args=[reply.pk]),
        "keep_on_device": settings.KEEP_TYPED_ON_DEVICE,
        "kept_days": settings.TYPED_TEXT_DAYS,
        "written": request.session.pop("written", ""),
    }
    if status is None:
        status = 409 if conflict is not None else 200
    return render(request, "followup/reply_edit.html", context, status=status)
