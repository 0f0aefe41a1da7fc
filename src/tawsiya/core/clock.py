"""The time by which acts are dated: now, unless a loader of past events says otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("tawsiya_clock", default=None)


def now() -> datetime:
    """Return the moment (aware) by which an act is dated."""
    return _told.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Date the acts of the body at `moment` (aware): sample data and migrated trackers."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
