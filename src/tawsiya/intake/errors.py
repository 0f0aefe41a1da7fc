"""Refusals of an import that name the rows concerned."""

from collections.abc import Sequence

from tawsiya.core.errors import Message, RuleViolated, StaleData

SHOWN = 10


class RejectedRows(RuleViolated):
    """Rows of the file cannot enter and were not left out by name; nothing was written."""

    def __init__(self, message: Message, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = tuple(names)


class DoubtfulRows(RuleViolated):
    """Rows of the file need a person's eye and nobody decided about them; nothing was written."""

    def __init__(self, message: Message, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = tuple(names)


class BuiltUpon(RuleViolated):
    """Something was built on what an import brought, so it cannot be undone."""

    def __init__(self, message: Message, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = tuple(names)


class ChangedSincePreview(StaleData):
    """Rows would now do something else than the preview said; nothing was written."""

    def __init__(self, message: Message, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = tuple(names)


def listed(names: Sequence[str]) -> str:
    """Return the first names for a sentence, and how many more there are."""
    shown = ", ".join(names[:SHOWN])
    return f"{shown} (+{len(names) - SHOWN})" if len(names) > SHOWN else shown
