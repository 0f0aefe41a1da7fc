"""The page and the Word file that tell a successor what a person leaves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tawsiya.accounts.permissions import require
from tawsiya.accounts.queries import people_for
from tawsiya.accounts.requests import reader_of
from tawsiya.accounts.roles import Act
from tawsiya.followup.timeline import timeline
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.queries import recommendations_for
from tawsiya.recommendations.reading import reader_language
from tawsiya.reports.handover import Handover, handover_of
from tawsiya.reports.handover_word import handover_docx
from tawsiya.reports.views import WORD


def _handover(request: HttpRequest, pk: int) -> Handover:
    reader = reader_of(request)
    return handover_of(reader, get_object_or_404(people_for(reader).distinct(), pk=pk))


def _items(request: HttpRequest, handover: Handover) -> dict[int, Recommendation]:
    """Return the recommendations that the exchanges are about."""
    ids = {event.item_id for event in handover.exchanges if event.item_id}
    return recommendations_for(reader_of(request)).select_related("document").in_bulk(ids)


@require_safe
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a person leaves: owed, said, exchanged, with the evidence."""
    told = _handover(request, pk)
    context = {"handover": told, "person": told.person, "events": _events(request, told)}
    return render(request, "reports/handover.html", context)


def _events(request: HttpRequest, told: Handover) -> list[dict[str, Any]]:
    items, rows = _items(request, told), timeline(told.exchanges)
    for row, event in zip(rows, told.exchanges, strict=True):
        item = items.get(event.item_id or 0)
        row["item"] = item
        row["detail"] = ""
    return rows


@require_safe
def handover_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the same as a Word file, in the language of the address."""
    told = _handover(request, pk)
    require(reader_of(request), Act.EXPORT)
    day = timezone.localdate()
    data = handover_docx(told, _events(request, told), language=reader_language(), day=day)
    response = HttpResponse(data, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="handover-{pk}-{day.isoformat()}.docx"'
    return response
