"""What an institution hands over to its successor: each higher room says it for its own work.

A room registers a `Part` when Django starts; `commands.succeed_institution` carries all of them out in its
one transaction, and the page of the replacement shows first what each would do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tawsiya.accounts.models import Institution
from tawsiya.core.errors import Message


@dataclass(frozen=True)
class Handed:
    """One thing that would be handed over: its reference, and what happens to it."""

    reference: str
    outcome: Message
    url: str = ""


@dataclass(frozen=True)
class Section:
    """What one kind of work hands over; `note` says what is not listed, and why."""

    title: Message
    rows: Sequence[Handed]
    note: Message = ""


@dataclass(frozen=True)
class Part:
    """A room's part of a succession.

    preview: from `(institution, successor)` to what would be handed over; writes nothing.
    carry_out: with `(institution, successor, actor)`, inside the transaction; returns how many by kind.
    """

    preview: Callable[[Institution, Institution], Sequence[Section]]
    carry_out: Callable[[Institution, Institution, Any], dict[str, int]]


_parts: dict[str, Part] = {}


def register(name: str, part: Part) -> None:
    """Add a room's part. Raises ValueError where another one has the name."""
    if _parts.get(name, part) is not part:
        raise ValueError(f"two parts of a succession: {name}")
    _parts[name] = part


def preview(institution: Institution, successor: Institution) -> list[Section]:
    """Return what every room would hand over."""
    return [section for part in _parts.values() for section in part.preview(institution, successor)]


def carry_out(institution: Institution, successor: Institution, actor: Any) -> dict[str, int]:
    """Hand everything over; return how many by kind."""
    done: dict[str, int] = {}
    for part in _parts.values():
        done |= part.carry_out(institution, successor, actor)
    return done
