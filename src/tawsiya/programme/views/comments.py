"""Comments on measures: written by those consulted, answered by the delegation, and read together."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.programme.commands.comments import answer_comment, comment_on
from tawsiya.programme.queries import comments_for, measure_or_404, version_or_404
from tawsiya.recommendations.reading import reader_language

COLUMNS = (
    Column("id", gettext_lazy("Id"), lambda row: row.pk),
    Column("number", gettext_lazy("Number"), lambda row: row.measure.code),
    Column("measure", gettext_lazy("Measure"), lambda row: text_of(row.measure.titles)),
    Column("institution", gettext_lazy("Institution"), lambda row: text_of(row.institution.names)),
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
    return respond(
        request,
        rows=rows.order_by("answered_at", "measure__sort_key", "written_at", "pk"),
        columns=COLUMNS,
        form=form,
        template="programme/comments.html",
        context={"version": version},
    )


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
