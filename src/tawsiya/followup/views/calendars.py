"""A person's own deadlines: a list, a file for a calendar, and a secret address that a calendar fetches."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tawsiya.accounts.links import hash_token
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.requests import reader_of
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.followup.calendar_links import address_of
from tawsiya.followup.commands.calendars import open_calendar, revoke_calendar
from tawsiya.followup.deadlines import as_calendar, due_for
from tawsiya.followup.models import CalendarAddress

COLUMNS = (
    Column("day", gettext_lazy("Deadline"), lambda row: row.day),
    Column("what", gettext_lazy("What"), lambda row: row.what),
    Column("institution", gettext_lazy("Institution"), lambda row: row.institution),
    Column("late", gettext_lazy("Overdue"), lambda row: row.is_late),
    Column("address", gettext_lazy("Address"), lambda row: row.url),
)


@require_safe
def deadline_list(request: HttpRequest, form: str) -> HttpResponseBase:
    """List what falls due for the reader, as page, CSV or JSON; with the address for a calendar."""
    reader = reader_of(request)
    context = {}
    if form == "html":
        row = CalendarAddress.objects.filter(user_id=reader.user_id or 0, revoked_at__isnull=True).first()
        context = {"address": address_of(row) if row else "", "made": row, "has_role": not reader.is_public}
    return respond(
        request,
        rows=Listed(due_for(reader)),
        columns=COLUMNS,
        form=form,
        template="followup/deadlines.html",
        context=context,
    )


def _as_file(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tawsiya.ics"'
    return response


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give the reader's deadlines as an iCalendar file."""
    return _as_file(as_calendar(reader_of(request)))


@never_cache
@login_not_required
@require_safe
def fetch(request: HttpRequest, token: str) -> HttpResponse:
    """Give the deadlines of whoever made the secret address; a revoked or unknown one is not found."""
    row = (
        CalendarAddress.objects.filter(token_hash=hash_token(token), revoked_at__isnull=True)
        .select_related("user")
        .first()
    )
    reader = reader_for(row.user) if row else None
    if reader is None or reader.is_public:
        raise Http404
    with translation.override(reader.language):
        response = _as_file(as_calendar(reader))
    # The address is a secret: it must not travel on.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def open_address(request: HttpRequest) -> HttpResponse:
    """Make a secret address, in place of the one before."""
    open_calendar(by=reader_of(request))
    messages.success(request, _("The address is made. Whoever has it reads your deadlines: keep it secret."))
    return redirect("followup:deadlines")


@require_POST
def revoke_address(request: HttpRequest) -> HttpResponse:
    """Make the secret address stop working."""
    if revoke_calendar(by=reader_of(request)):
        messages.success(request, _("The address no longer works."))
    return redirect("followup:deadlines")
