"""Read the history."""

from typing import Any

from django.db.models import QuerySet

from tawsiya.audit.models import Event
from tawsiya.audit.visibility import visible_to


def history_of(item_id: int, reader: Any) -> QuerySet[Event]:
    """Return the events of a recommendation that `reader` may see, newest first."""
    return Event.objects.filter(visible_to(reader), item_id=item_id).order_by("-position")
