"""Keep what a page worked out from the tables of record, until the next act.

Every write to a table of record ends, in its own transaction, with an event of the chain. So the hash of the
last event names the state of all these tables: while it stands, what was counted from them stands too, and
nothing kept is ever stale (docs/adr, "Figures are kept until the next act").

The hash is read once for a request, before anything is counted: what another request writes meanwhile gets a
hash of its own, under which nothing of now will be looked for. Only pages that read keep anything: within an
act, rows change before its event is there.

What is kept must come from tables of record alone, and from what stands in its key: who reads, what was
asked. The language and the day are in every key. The requests of a process share it; they only read it, or
keep with it what follows from it alone (the markup of a facet).
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, TypeVar, cast

from django.utils import timezone
from django.utils.translation import get_language

from tawsiya.audit.models import Event
from tawsiya.core import clock, request_context

T = TypeVar("T")

MOST = 1_500
"""How many things a process keeps at most, the latest ones: one list of recommendations keeps two dozen, most
of them a few numbers."""


class _Kept:
    """A place for one result; whoever comes while it is being worked out waits for it."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.value: Any = _NOTHING


@dataclass(frozen=True)
class _Shelf:
    """What is kept of one state of the record."""

    last_hash: str
    found: dict[Hashable, _Kept] = field(default_factory=dict)


_NOTHING = object()
_shelf = _Shelf("")
_of_request: ContextVar[tuple[str, str]] = ContextVar("tawsiya_last_hash", default=("", ""))


def until_next_act(work: Callable[[], T], *key: Hashable, worded: bool = True) -> T:
    """Return what `work` returns: kept from an earlier request, if nothing was written since.

    Args:
        work: reads tables of record only, and returns values that nobody changes: no queryset to be read yet.
        key: names the work, and holds all that its result depends on beside the record, the language and the
            day; of the reader, `Reader.audience` or `Reader.person`.
        worded: the result holds words of the reader's language; without, it serves every language.
    """
    last_hash = _last_hash()
    if not last_hash:
        return work()
    # Lateness asks the calendar, periods ask the clock, which may be set back to date past events.
    whole = (get_language() if worded else "", timezone.localdate(), timezone.localdate(clock.now()), *key)
    found = _shelf_of(last_hash).found
    kept = found.setdefault(whole, _Kept())
    # After an act many readers come at once: one works, the others of the process wait for what it finds.
    with kept.lock:
        if kept.value is _NOTHING:
            kept.value = work()
            for oldest in list(found)[:-MOST]:
                found.pop(oldest, None)
        return cast("T", kept.value)


def _shelf_of(last_hash: str) -> _Shelf:
    global _shelf  # replaced as a whole, so that threads need no lock
    shelf = _shelf
    if shelf.last_hash != last_hash:
        shelf = _shelf = _Shelf(last_hash)
    return shelf


def _last_hash() -> str:
    """Return the hash of the last event as this request first saw it; "" where something may be written."""
    context = request_context.current()
    if context is None or not context.read_only:
        return ""
    request_id, known = _of_request.get()
    if request_id != context.request_id:
        known = Event.objects.order_by("-position").values_list("hash", flat=True).first() or ""
        _of_request.set((context.request_id, known))
    return known
