"""Pages of notifications: the reader's own list, and the outbox of administrators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.permissions import require
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.audit.sentences import render as sentence_of
from tawsiya.core.errors import RuleViolated
from tawsiya.core.formats import localise_number
from tawsiya.core.tables import Column, respond
from tawsiya.notifications.commands import mark_read, retry_failed, settle_mail
from tawsiya.notifications.models import MailState, Notification, Outcome
from tawsiya.notifications.queries import decisions_on_mails, notifications_for, outbox_for
from tawsiya.notifications.sentences import kind_of, render


def _sentence(notification: Notification) -> tuple[str, str]:
    return render(notification.code, notification.params)


NOTIFICATION_COLUMNS = (
    Column("when", gettext_lazy("When"), lambda row: row.created_at),
    Column("title", gettext_lazy("Notification"), lambda row: _sentence(row)[0]),
    Column("text", gettext_lazy("Text"), lambda row: _sentence(row)[1]),
    Column("read_at", gettext_lazy("Read"), lambda row: row.read_at),
)

# Neither bodies nor names: the outbox says what happened to a mail, not what it says of whom. A mail
# inside an institution speaks of a draft, which an administrator never sees (DOMAIN §9).
OUTBOX_COLUMNS = (
    Column("when", gettext_lazy("When"), lambda row: row.created_at),
    Column("recipient", gettext_lazy("Recipient"), lambda row: row.notification.recipient.email),
    Column("subject", gettext_lazy("Subject"), lambda row: kind_of(row.notification.code)),
    Column("state", gettext_lazy("State"), lambda row: row.state),
    Column("attempts", gettext_lazy("Attempts"), lambda row: row.attempts),
    Column("error", gettext_lazy("Error"), lambda row: row.last_error),
    Column("sent_at", gettext_lazy("Sent"), lambda row: row.sent_at),
)


SETTLED = {
    Outcome.ARRIVED: gettext_lazy("The e-mail counts as sent."),
    Outcome.AGAIN: gettext_lazy("The e-mail will be sent again."),
}


@require_safe
def notification_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List the reader's own notifications; `?show=unread` only those not read yet."""
    rows = notifications_for(reader_of(request))
    unread = rows.filter(read_at__isnull=True)
    only_unread = request.GET.get("show") == "unread"
    address = reverse("notifications:list")
    waiting, total = unread.count(), rows.count()
    context: dict[str, Any] = {
        "unread": waiting,
        "tabs": [
            {"label": _("All"), "url": address, "active": not only_unread, "badge": total},
            {
                "label": _("Unread"),
                "url": f"{address}?show=unread",
                "active": only_unread,
                "badge": waiting,
            },
        ],
    }
    return respond(
        request,
        rows=unread if only_unread else rows,
        columns=NOTIFICATION_COLUMNS,
        form=form,
        template="notifications/list.html",
        context=context,
    )


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of the reader's own notifications as read."""
    mark_read(request.user)  # type: ignore[arg-type]  # the login middleware let a person through
    return redirect("notifications:list")


@require_POST
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one of the reader's own notifications as read and go to its page."""
    notification = get_object_or_404(notifications_for(reader_of(request)), pk=pk)
    mark_read(request.user, [notification.pk])  # type: ignore[arg-type]  # as above
    try:
        address = reverse(notification.url_name, args=notification.url_args)
    except NoReverseMatch:
        # An address of an earlier version: the sentence was all there is to read.
        address = reverse("notifications:list")
    return redirect(address)


@require_safe
def outbox(request: HttpRequest, form: str) -> HttpResponseBase:
    """List what became of every mail, without bodies; `?state=` narrows it."""
    reader = reader_of(request)
    require(reader, Act.READ_OUTBOX)
    rows = outbox_for(reader)
    chosen = request.GET.get("state", "")
    address = reverse("notifications:outbox")
    counts = {state: rows.filter(state=state).count() for state in MailState.values}
    tabs = [{"label": _("All"), "url": address, "active": not chosen, "badge": sum(counts.values())}]
    tabs += [
        {
            "label": MailState(state).label,
            "url": f"{address}?state={state}",
            "active": chosen == state,
            "badge": count,
        }
        for state, count in counts.items()
    ]
    return respond(
        request,
        rows=rows.filter(state=chosen) if chosen in counts else rows,
        columns=OUTBOX_COLUMNS,
        form=form,
        template="notifications/outbox.html",
        context={"tabs": tabs, "failed": counts[MailState.FAILED], "decisions": _decisions(reader, form)},
    )


def _decisions(reader: Reader, form: str) -> list[dict[str, Any]]:
    """Return what was decided on mails of unknown outcome, as the timeline component takes it."""
    if form != "html":
        return []
    return [
        {"when": event.at, "text": sentence_of(event), "icon": "envelope"}
        for event in decisions_on_mails(reader)
    ]


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Put every failed mail back among those that wait."""
    number = retry_failed(by=reader_of(request))
    text = ngettext(
        "%(count)s e-mail will be tried again.", "%(count)s e-mails will be tried again.", number
    ) % {"count": localise_number(number)}
    messages.success(request, text)
    return redirect("notifications:outbox")


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one mail whose outcome is unknown."""
    reader = reader_of(request)
    require(reader, Act.READ_OUTBOX)
    mail = get_object_or_404(outbox_for(reader), pk=pk)
    try:
        outcome = Outcome(request.POST.get("outcome", ""))
    except ValueError:
        return HttpResponseBadRequest()
    try:
        settle_mail(mail=mail, outcome=outcome, by=reader)
    except RuleViolated as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(SETTLED[outcome]))
    return redirect("notifications:outbox")
