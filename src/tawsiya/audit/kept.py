"""Keep what a page worked out from the tables of record, until an act writes to one of these tables.

Every write to a table of record ends, in its own transaction, with an event of the chain; the database notes
which tables the act wrote to (`table_states`). So the hash of the last such event names the state of a table:
while the states of all tables stand from which something was counted, it stands too, and nothing kept is ever
stale (docs/adr, "Figures are kept until the next act").

From which tables that was is not said by the caller, who could forget one: it is every table that the request
had asked until then, whatever of them it needed. The states are read once for a request, before anything is
counted: what another request writes meanwhile changes a state, and what was counted before it is counted
again. Only requests that read keep anything: within an act, rows change before its event is there.

What is kept must come from tables of record alone, and from what stands in its key: who reads, what was
asked. The language and the day are in every key. The requests of a process share it; they only read it, or
keep with it what follows from it alone (the markup of a facet).
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import RLock
from typing import Any, TypeVar, cast

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from tawsiya.audit import table_states
from tawsiya.core import clock

T = TypeVar("T")

MOST = 1_500
"""How many things a process keeps at most, the latest ones: one list of recommendations keeps two dozen, most
of them a few numbers."""
_NOTHING = object()


class _Kept:
    """A place for one result, with the states of the tables it came from; whoever comes while it is being
    worked out waits for it."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.value: Any = _NOTHING
        self.states: Mapping[str, str] = {}

    def stands(self, states: Mapping[str, str]) -> bool:
        """Whether it was worked out, and nothing it came from was written to since."""
        return self.value is not _NOTHING and all(
            states.get(table, "") == state for table, state in self.states.items()
        )


class _Reading:
    """What a request has asked the database so far, and how the tables stood before it counted."""

    def __init__(self) -> None:
        self._asked: list[str] = []
        self._tables: set[str] = set()
        self._states: Mapping[str, str] | None = None

    def note(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        """Note a statement, and run it."""
        self._asked.append(sql)
        return execute(sql, *arguments)

    @property
    def states(self) -> Mapping[str, str]:
        """The states of the tables, as they were when first asked for."""
        if self._states is None:
            self._states = table_states.read()
        return self._states

    @property
    def tables(self) -> set[str]:
        """Every table that was asked until now, by this request or by whoever kept what it took."""
        while self._asked:
            self._tables |= table_states.named_in(self._asked.pop())
        return self._tables


_kept: dict[Hashable, _Kept] = {}
_reading: ContextVar[_Reading | None] = ContextVar("tawsiya_reading", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Let the body, a request that writes nothing, keep what it works out."""
    found = _Reading()
    token = _reading.set(found)
    try:
        with connection.execute_wrapper(found.note):
            yield
    finally:
        _reading.reset(token)


def until_next_act(work: Callable[[], T], *key: Hashable, worded: bool = True) -> T:
    """Return what `work` returns: kept from an earlier request, if nothing it came from was written since.

    Args:
        work: reads tables of record only, and returns values that nobody changes: no queryset to be read yet.
        key: names the work, and holds all that its result depends on beside the record, the language and the
            day; of the reader, `Reader.audience` or `Reader.person`.
        worded: the result holds words of the reader's language; without, it serves every language.
    """
    request = _reading.get()
    if request is None:
        return work()
    states = request.states
    # Lateness asks the calendar, periods ask the clock, which may be set back to date past events.
    whole = (get_language() if worded else "", timezone.localdate(), timezone.localdate(clock.now()), *key)
    kept = _kept.setdefault(whole, _Kept())
    # After an act many readers come at once: one works, the others of the process wait for what it finds.
    with kept.lock:
        if not kept.stands(states):
            kept.value = work()
            kept.states = {table: states.get(table, "") for table in request.tables}
            _put_last(whole, kept)
        request.tables.update(kept.states)
        return cast("T", kept.value)


def _put_last(key: Hashable, kept: _Kept) -> None:
    """Make something the latest of what is kept, and let go of what is too old."""
    _kept.pop(key, None)
    _kept[key] = kept
    for oldest in list(_kept)[:-MOST]:
        _kept.pop(oldest, None)
