"""Conversations on items: the list of a reader's own, one conversation, and how far it is read."""

from typing import Any

from django.contrib import messages as notes
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.core.tables import Column, respond
from tawsiya.followup.choices import Circle
from tawsiya.followup.commands.messages import mark_thread_read, withdraw_message, write_message
from tawsiya.followup.forms import MessageForm
from tawsiya.followup.models import Message
from tawsiya.followup.permissions import may_write_message
from tawsiya.followup.queries_of_messages import (
    Thread,
    involved_institutions,
    latest_messages,
    messages_for,
    messages_in,
    participants,
    with_unread,
)
from tawsiya.followup.visibility import can_view_circle
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import item_for

# Where a message stands, and who wrote it: of every list of messages.
PLACE = (
    Column("symbol", gettext_lazy("Symbol"), lambda row: row.recommendation.document.symbol),
    Column("paragraph", gettext_lazy("Paragraph"), lambda row: row.recommendation.label),
    Column("conversation", gettext_lazy("Conversation"), lambda row: row.circle),
    Column(
        "institution",
        gettext_lazy("Institution"),
        lambda row: text_of(row.institution.names) if row.institution else "",
    ),
    Column("author", gettext_lazy("Author"), lambda row: str(row.author)),
)
COLUMNS = (
    *PLACE,
    Column("text", gettext_lazy("Last message"), lambda row: row.text),
    Column("written_at", gettext_lazy("Written"), lambda row: row.written_at),
    Column("withdrawn_at", gettext_lazy("Withdrawn"), lambda row: row.withdrawn_at),
    Column("unread", gettext_lazy("Unread"), lambda row: row.unread),
)


@require_safe
def conversation_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the conversations that the reader takes part in, the latest first, as page, CSV or JSON."""
    reader = reader_of(request)
    if not (reader.own_institutions or reader.is_delegation):
        raise PermissionRefused(_("Only the institution concerned and the delegation converse on an item."))
    rows: QuerySet[Message] = latest_messages(reader)
    unread = bool(request.GET.get("unread"))
    if unread:
        rows = with_unread(rows)
    context: dict[str, Any] = {"unread_only": unread}
    return respond(
        request,
        rows=rows,
        columns=COLUMNS,
        form=form,
        template="followup/conversations.html",
        context=context,
    )


def _thread_or_404(reader: Reader, pk: int, circle: str, institution_id: int) -> Thread:
    """Return a conversation that the reader takes part in, on an item the institution has or had.

    Raises:
        Http404: there is none, or it is not the reader's: the answer is the same.
    """
    item = item_for(reader, pk)
    if circle not in Circle.values or (circle == Circle.DELEGATION) != (institution_id == 0):
        raise Http404
    if not can_view_circle(reader, circle, institution_id or None):
        raise Http404
    if not institution_id:
        return Thread(item, Circle(circle), None)
    institution = get_object_or_404(Institution, pk=institution_id)
    written = messages_in(reader, item, circle, institution_id).exists()
    if institution_id not in involved_institutions(item) and not written:
        raise Http404
    return Thread(item, Circle(circle), institution)


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, pk: int, circle: str, institution: int) -> HttpResponse:
    """Show a conversation; write in it."""
    reader = reader_of(request)
    found = _thread_or_404(reader, pk, circle, institution)
    people = list(participants(found.circle, institution or None))
    form = MessageForm(request.POST or None, people=people, language=reader.language)
    decision = may_write_message(reader, found.circle, institution or None, involved_institutions(found.item))
    if request.method == "POST":
        acting(reader, decision)
        if form.is_valid():
            try:
                write_message(
                    item=found.item,
                    circle=found.circle,
                    institution=found.institution,
                    text=form.cleaned_data["text"],
                    mentions=form.chosen(),
                    by=reader,
                )
            except RuleViolated as refusal:
                form.add_error(None, str(refusal))
            else:
                notes.success(request, _("Your message is written."))
                return redirect("followup:thread", *found.address)
    rows = list(messages_in(reader, found.item, found.circle, institution or None))
    context = {
        "thread": found,
        "item": found.item,
        "written": rows,
        "names": _names(rows),
        "people": [person.name_in(reader.language) for person in people],
        "form": form if decision else None,
        "refusal": decision.reason,
        "last": rows[-1].pk if rows else 0,
        "unread": _unread(reader, found.item, found),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "followup/thread.html", context, status=status)


def _names(rows: list[Message]) -> dict[int, list[str]]:
    """Return how those whom the messages mention are written."""
    return {
        mention.user_id: [mention.user.name, mention.user.name_ar]
        for row in rows
        for mention in row.mentions.all()
    }


def _unread(reader: Reader, item: Recommendation, found: Thread) -> int:
    row = (
        latest_messages(reader)
        .filter(recommendation=item, circle=found.circle, institution=found.institution)
        .first()
    )
    return row.unread if row is not None else 0  # type: ignore[attr-defined]  # annotated


@require_POST
def read(request: HttpRequest, pk: int, circle: str, institution: int) -> HttpResponse:
    """Note that the reader has read a conversation to its end."""
    reader = reader_of(request)
    found = _thread_or_404(reader, pk, circle, institution)
    mark_thread_read(item=found.item, circle=found.circle, institution=found.institution, by=reader)
    return redirect("followup:thread", *found.address)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a message of one's own."""
    reader = reader_of(request)
    message = get_object_or_404(messages_for(reader), pk=pk)
    withdraw_message(message=message, by=reader)
    notes.success(request, _("The message is withdrawn."))
    return redirect("followup:thread", message.recommendation_id, message.circle, message.institution_id or 0)
