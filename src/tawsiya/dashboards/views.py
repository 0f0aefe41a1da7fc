"""The home page: what is expected of me now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.dashboards.figures import home_of
from tawsiya.dashboards.queries import coming_deadlines, recent_events
from tawsiya.dashboards.roles import role_label
from tawsiya.followup.timeline import timeline

EVENTS = 8
DEADLINES = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, role by role, then what happened lately."""
    reader: Reader = request.reader  # type: ignore[attr-defined]  # set by ReaderMiddleware
    events = list(recent_events(reader, EVENTS))
    rows = timeline(events)
    for row, event in zip(rows, events, strict=True):
        row["url"] = reverse("followup:item", args=[event.item_id])
        # The page of the recommendation tells the rest; here it would bury the list.
        row["detail"] = row["reason"] = ""
    context = {
        "reader": reader,
        "home": home_of(reader),
        "events": rows,
        "deadlines": coming_deadlines(reader)[:DEADLINES],
        "subtitle": role_label(reader),
    }
    return render(request, "dashboards/home.html", context)
