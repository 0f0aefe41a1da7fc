"""What the running request is: carried beside the call stack so that lower rooms need no request object."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    """The id that ties log lines, audit events and answers together, and whether writing is allowed."""

    request_id: str
    read_only: bool


_current: ContextVar[RequestContext | None] = ContextVar("tawsiya_request", default=None)


def current() -> RequestContext | None:
    """Return the running request's context, or None outside a request (commands, jobs)."""
    return _current.get()


@contextmanager
def running(context: RequestContext) -> Iterator[None]:
    """Make `context` current for the body."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)
