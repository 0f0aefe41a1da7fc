"""Consultations that everybody is asked in: the draft while it lasts, a comment, and what was answered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tawsiya.accounts.limits import within_limits
from tawsiya.accounts.requests import reader_of
from tawsiya.core.db import RoleUnavailable
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, Listed
from tawsiya.portal.commands import publish_answers
from tawsiya.portal.consultations import PublicConsultation
from tawsiya.portal.forms import CommentForm
from tawsiya.portal.opening import as_data, closed, public_data, public_page, shell
from tawsiya.portal.programmes import PublicMeasure
from tawsiya.portal.queries import as_public, consultations_begun, current_snapshots
from tawsiya.programme.commands.comments import comment_from_the_public
from tawsiya.programme.models import Consultation
from tawsiya.programme.queries import versions_for

LIMIT = "public_comment"
LIST = (
    Column("id", "id", lambda row: row.row.consultation_id),
    Column("programme", gettext_lazy("Programme"), lambda row: text_of(row.content["names"])),
    Column("version", gettext_lazy("Version"), lambda row: row.content["number"]),
    Column("opens_at", gettext_lazy("Opens"), lambda row: row.row.opens_at),
    Column("closes_at", gettext_lazy("Closes"), lambda row: row.ended_at),
    Column("open", gettext_lazy("Open"), lambda row: row.is_open),
    Column("comments", gettext_lazy("Comments"), lambda row: len(row.comments)),
)
COMMENTS = (
    Column("number", gettext_lazy("Number"), lambda row: row.content["code"]),
    Column("measure", gettext_lazy("Measure"), lambda row: text_of(row.content["titles"])),
    Column("author", gettext_lazy("Name or organization"), lambda row: row.content["author"]),
    Column("written_on", gettext_lazy("Date"), lambda row: row.written_on),
    Column("comment", gettext_lazy("Comment"), lambda row: row.content["text"]),
    Column("language", gettext_lazy("Language"), lambda row: row.content["language"]),
    Column("answer", gettext_lazy("Answer"), lambda row: row.content["answer"]),
    Column("answered_on", gettext_lazy("Day of the answer"), lambda row: row.answered_on),
)


def _all() -> list[PublicConsultation]:
    return [PublicConsultation(row) for row in consultations_begun().order_by("-opens_at", "-pk")]


def _one(pk: int) -> PublicConsultation:
    row = consultations_begun().filter(consultation_id=pk).first()
    if row is None:
        raise Http404
    return PublicConsultation(row)


def _measure(pk: int, code: str) -> tuple[PublicConsultation, PublicMeasure]:
    """Return a measure of a draft that is open now.

    Raises:
        Http404: the consultation is over, or has no such measure.
    """
    found = _one(pk)
    row = next((one for one in found.measures if one.code == code), None)
    if row is None:
        raise Http404
    return found, row


@public_page
def browse(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the consultations that everybody is or was asked in."""
    with as_public():
        rows = _all()
    return render(request, "portal/consultations.html", {**shell(request), "consultations": rows})


@public_data
def browse_data(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give that list as CSV or JSON."""
    with as_public():
        rows = Listed(_all())
    return as_data(request, rows, LIST, form)


@public_page
def show(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Show the draft while the consultation lasts; then what was said and answered."""
    with as_public():
        found = _one(pk)
    context = {"consultation": found, "axes": list(found.axes()), "comments": found.comments}
    return render(request, "portal/consultation.html", {**shell(request), **context})


@public_data
def show_data(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Give the comments that were answered as CSV or JSON."""
    with as_public():
        rows = Listed(_one(pk).comments)
    return as_data(request, rows, COMMENTS, form)


@public_page
def measure(request: HttpRequest, pk: int, code: str) -> HttpResponseBase:
    """Show a measure of the draft, with the form to comment on it."""
    return _page(request, pk, code, CommentForm())


def _page(request: HttpRequest, pk: int, code: str, form: CommentForm, status: int = 200) -> HttpResponse:
    with as_public():
        found, row = _measure(pk, code)
        ids = [one["id"] for one in row.content["recommendations"]]
        public = set(
            current_snapshots().filter(recommendation_id__in=ids).values_list("recommendation_id", flat=True)
        )
    context: dict[str, Any] = {"consultation": found, "measure": row, "public": public, "form": form}
    return render(request, "portal/consultation_measure.html", {**shell(request), **context}, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Keep a comment of anybody until a coordinator has looked at it. Nothing is shown before.

    A refused form stands at this address; who asks for it again, or in another language, gets the measure.
    """
    if request.method != "POST":
        return redirect("portal:consultation-measure", pk, code)
    form = CommentForm(request.POST)
    try:
        with as_public():
            _measure(pk, code)
        if not form.is_valid():
            return _page(request, pk, code, form, 422)
        if not form.is_of_a_machine:
            if not within_limits(request, LIMIT):
                form.add_error(None, _("Too many comments came from your network. Try again in an hour."))
                return _page(request, pk, code, form, 429)
            try:
                comment_from_the_public(consultation_id=pk, code=code, said=form.said())
            except RuleViolated as refusal:
                form.add_error(None, str(refusal))
                return _page(request, pk, code, form, 422)
    except RoleUnavailable:
        return closed(request)
    messages.success(
        request, _("Your comment has arrived. It is published with its answer once the consultation is over.")
    )
    return redirect("portal:consultation-measure", pk, code)


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what was answered since a consultation ended."""
    reader = reader_of(request)
    consultation = Consultation.objects.filter(
        pk=pk, version__in=versions_for(reader).order_by().values("pk")
    ).first()
    if consultation is None:
        raise Http404
    try:
        publish_answers(consultation=consultation, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The answers are public."))
    return redirect("programme:comments", consultation.version_id)
