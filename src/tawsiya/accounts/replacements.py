"""Who wants to know that a deputy was appointed, or that a replacement was ended: higher rooms say so.

Telling people belongs to a higher room (notifications); it registers when Django starts and is called inside
the transaction of the act.
"""

from collections.abc import Callable
from enum import StrEnum

from tawsiya.accounts.models import Deputy
from tawsiya.audit.commands import Actor


class Change(StrEnum):
    """What happened to a replacement."""

    APPOINTED = "appointed"
    ENDED = "ended"


Listener = Callable[[Change, Deputy, Actor], None]

_listeners: dict[str, Listener] = {}


def register(name: str, listener: Listener) -> None:
    """Add a room that wants to know. Raises ValueError where another one has the name."""
    if _listeners.get(name, listener) is not listener:
        raise ValueError(f"two listeners to replacements: {name}")
    _listeners[name] = listener


def announce(change: Change, row: Deputy, by: Actor) -> None:
    """Tell every room of a change. `row` may be gone from the database: it holds what it was."""
    for listener in _listeners.values():
        listener(change, row, by)
