"""Balanced round brackets in a text, in one pass."""

from __future__ import annotations

from dataclasses import dataclass

_OPEN = "(\uff08"
_CLOSE = ")\uff09"
"""ASCII brackets and the full-width ones of East Asian keyboards."""


@dataclass(frozen=True, slots=True)
class Group:
    """An outermost pair of brackets: from ``start`` to ``end`` (after the closing one)."""

    start: int
    end: int
    inner: str


def groups(text: str) -> list[Group]:
    """Outermost balanced groups in order; a bracket without partner is a plain character."""
    closed: list[tuple[int, int]] = []
    stack: list[int] = []
    for index, char in enumerate(text):
        if char in _OPEN:
            stack.append(index)
        elif char in _CLOSE and stack:
            start = stack.pop()
            while closed and closed[-1][0] > start:
                closed.pop()
            closed.append((start, index + 1))
    return [Group(a, b, text[a + 1 : b - 1].strip()) for a, b in closed]


def unclosed(text: str) -> int | None:
    """Where the first bracket that is never closed begins; None if every one is closed."""
    stack: list[int] = []
    for index, char in enumerate(text):
        if char in _OPEN:
            stack.append(index)
        elif char in _CLOSE and stack:
            stack.pop()
    return stack[0] if stack else None
