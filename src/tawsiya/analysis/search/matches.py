"""What a saved search matches, for a reader as he is now."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.models import SavedSearch
from tawsiya.analysis.search.result import Result
from tawsiya.analysis.search.results import Search
from tawsiya.analysis.search.scopes import result_of, scopes_for
from tawsiya.notifications.models import Notification


def matches_of(saved: SavedSearch, reader: Reader) -> list[int]:
    """Return what a saved search matches and the reader sees, by the ids under which alerts know the things.

    Nothing where the tab is not his.
    """
    scope = Scope(saved.scope)
    if scope not in scopes_for(reader):
        return []
    state = QueryDict(saved.state)
    search = Search(state.get("q", ""))
    # Changed and not indexed yet: left for the next look, as "new" is said once.
    found = result_of(scope, reader, search, state)
    return list(known_as(found, found.ids[:]).values())


def known_as(found: Result, ids: Iterable[int]) -> dict[int, int]:
    """Return for each id of a result the one under which alerts know the thing."""
    return dict(found.same(ids)) if found.same else {pk: pk for pk in ids}


def announced_by(saved: SavedSearch, at: datetime | None = None) -> set[int]:
    """Return the ids announced at a moment; at the last one where none is given."""
    rows = saved.matches.filter(announced_at__isnull=False)
    moment = at or rows.order_by("-announced_at").values_list("announced_at", flat=True).first()
    return set(rows.filter(announced_at=moment).values_list("object_id", flat=True)) if moment else set()


def still_holds(notification: Notification) -> bool:
    """Tell, when an alert is about to be mailed, whether its reader still sees some of what it announces."""
    params: Mapping[str, Any] = notification.params
    saved = SavedSearch.objects.filter(pk=params["saved"], owner_id=notification.recipient_id).first()
    if saved is None or not saved.alerts:
        return False
    announced = announced_by(saved, datetime.fromisoformat(params["announced"]))
    return bool(announced & set(matches_of(saved, reader_for(notification.recipient))))
