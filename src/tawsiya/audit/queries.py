"""Read the history."""

from typing import Any

from django.db.models import QuerySet

from tawsiya.audit.models import Event
from tawsiya.audit.visibility import visible_to


def with_people(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Return events read together with who acted, whose names are then said in the reader's script."""
    return rows.select_related("actor", "on_behalf_of")


def history_of(item_id: int, reader: Any) -> QuerySet[Event]:
    """Return the events of a recommendation that `reader` may see, newest first."""
    return with_people(Event.objects.filter(visible_to(reader), item_id=item_id).order_by("-position"))
