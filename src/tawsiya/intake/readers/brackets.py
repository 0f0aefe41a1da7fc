"""Balanced round brackets in a text, in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = "(\uff08"
_CLOSE = ")\uff09"
"""ASCII brackets and the full-width ones of East Asian keyboards."""
_BRACKET = re.compile(f"[{_OPEN}{_CLOSE}]")


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
    for match in _BRACKET.finditer(text):
        index = match.start()
        if match[0] in _OPEN:
            stack.append(index)
        elif stack:
            start = stack.pop()
            while closed and closed[-1][0] > start:
                closed.pop()
            closed.append((start, index + 1))
    return [Group(a, b, text[a + 1 : b - 1].strip()) for a, b in closed]


def unclosed(text: str) -> int | None:
    """Where the first bracket that is never closed begins; None if every one is closed."""
    stack: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in _OPEN:
            stack.append(match.start())
        elif stack:
            stack.pop()
    return stack[0] if stack else None
