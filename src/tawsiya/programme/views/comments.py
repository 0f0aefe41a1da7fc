"""Comments on measures: written by those consulted, answered by the delegation, and read together."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.core.errors import Message, RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.programme.choices import Audience, CommentState, RefusalGround
from tawsiya.programme.commands.comments import answer_comment, comment_on, decide_on_comment
from tawsiya.programme.models import Comment, Version
from tawsiya.programme.queries import comments_for, measure_or_404, version_or_404
from tawsiya.recommendations.reading import reader_language

_STEPS: tuple[tuple[str, Message, Q], ...] = (
    ("received", gettext_lazy("To be decided"), Q(state=CommentState.RECEIVED)),
    ("to_answer", gettext_lazy("To be answered"), Q(state=CommentState.ACCEPTED, answered_at__isnull=True)),
    ("answered", pgettext_lazy("of comments", "Answered"), Q(answered_at__isnull=False)),
    ("refused", pgettext_lazy("of comments", "Refused"), Q(state=CommentState.REFUSED)),
)


def _who(row: Comment) -> str:
    return text_of(row.institution.names) if row.institution else _("The public")


COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("number", gettext_lazy("Number"), lambda row: row.measure.code),
    Column("measure", gettext_lazy("Measure"), lambda row: text_of(row.measure.titles)),
    Column("institution", gettext_lazy("Institution"), lambda row: _who(row)),
    Column("author", gettext_lazy("Name or organization"), lambda row: row.author),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("comment", gettext_lazy("Comment"), lambda row: row.text),
    Column("written_at", gettext_lazy("Date"), lambda row: row.written_at),
    Column("answer", gettext_lazy("Answer"), lambda row: row.answer),
)


@require_safe
def comment_list(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """List the comments on a version that the reader sees, the unanswered first, as page, CSV or JSON."""
    reader = reader_of(request)
    version = version_or_404(reader, pk)
    rows = comments_for(reader).filter(measure__version=version)
    asked = request.GET.get("step", "")
    chosen = next((condition for code, _label, condition in _STEPS if code == asked), Q())
    return respond(
        request,
        # What is refused comes last: nothing is left to do with it.
        rows=rows.filter(chosen)
        .annotate(out=Q(state=CommentState.REFUSED))
        .order_by("out", "answered_at", "measure__sort_key", "written_at", "pk"),
        columns=COLUMNS,
        form=form,
        template="programme/comments.html",
        context=_context(reader, version, rows, asked) if form == "html" else {},
    )


def _context(reader: Reader, version: Version, rows: QuerySet[Comment], asked: str) -> dict[str, Any]:
    numbers = rows.aggregate(
        **{code: Count("pk", filter=condition) for code, _label, condition in _STEPS}, every=Count("pk")
    )
    steps = [(code, label, numbers[code]) for code, label, _condition in _STEPS]
    ended = version.consultations.filter(audiences__contains=[Audience.PUBLIC], ended_at__isnull=False)
    return {
        "version": version,
        "steps": [("", _("Every one"), numbers["every"]), *(step for step in steps if step[2])],
        "asked": asked,
        "may_moderate": bool(may(reader, Act.MODERATE)),
        "grounds": RefusalGround.choices,
        "ended": list(ended) if may(reader, Act.PUBLISH) else [],
    }


@require_POST
def decide(request: HttpRequest, pk: int, accept: bool) -> HttpResponse:
    """Accept what the public wrote, or refuse it."""
    reader = reader_of(request)
    comment = comments_for(reader).filter(pk=pk).first()
    if comment is None:
        raise Http404
    asked = {name: request.POST.get(name, "") for name in ("ground", "reason")}
    try:
        decide_on_comment(comment=comment, accept=accept, by=reader, **asked)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The comment is accepted.") if accept else _("The comment is refused."))
    return redirect(f"{reverse('programme:measure', args=[comment.measure_id])}#comments")


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a measure."""
    reader = reader_of(request)
    measure = measure_or_404(reader, pk)
    try:
        comment_on(measure=measure, text=request.POST.get("text", ""), language=reader_language(), by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your comment is with the delegation."))
    return redirect("programme:measure", pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a comment."""
    reader = reader_of(request)
    comment = comments_for(reader).filter(pk=pk).first()
    if comment is None:
        raise Http404
    try:
        answer_comment(
            comment=comment, text=request.POST.get("text", ""), language=reader_language(), by=reader
        )
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The comment is answered; its author is told."))
    return redirect("programme:measure", comment.measure_id)
