"""The home page: what is expected of me now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tawsiya.accounts.reader import Reader
from tawsiya.accounts.requests import reader_of
from tawsiya.audit.kept import until_next_act
from tawsiya.dashboards.figures import home_of, isolated
from tawsiya.dashboards.queries import coming_deadlines, recent_events
from tawsiya.dashboards.roles import role_label
from tawsiya.followup.timeline import timeline
from tawsiya.recommendations.queries import recommendations_for

EVENTS = 8
DEADLINES = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, role by role, then what happened lately."""
    reader = reader_of(request)
    context = {
        "reader": reader,
        "home": home_of(reader),
        "events": until_next_act(lambda: _events(reader), "dashboards.events", reader.person),
        "deadlines": until_next_act(
            lambda: list(coming_deadlines(reader)[:DEADLINES]), "dashboards.deadlines", reader.person
        ),
        "subtitle": role_label(reader),
    }
    return render(request, "dashboards/home.html", context)


def _events(reader: Reader) -> list[dict[str, Any]]:
    """Return the latest events, each with the recommendation it is about, whose page tells the rest."""
    events = list(recent_events(reader, EVENTS))
    items = (
        recommendations_for(reader).select_related("document").in_bulk([event.item_id for event in events])
    )
    rows = timeline(events)
    for row, event in zip(rows, events, strict=True):
        item = items.get(event.item_id or 0)
        row["url"] = reverse("followup:item", args=[event.item_id])
        row["detail"] = isolated(f"{item.document.symbol} § {item.label}") if item else ""
        row["reason"] = ""
    return rows
