"""The states of an import as plain data: no Django, no database.

The diagram in docs/workflows.md is generated from this table (`tools/diagrams.py`), and a check
fails when it drifts.
"""

from dataclasses import dataclass
from enum import StrEnum


class Party(StrEnum):
    """Who takes a step."""

    DELEGATION = "delegation"
    SYSTEM = "system"


@dataclass(frozen=True)
class Transition:
    """From a state, an action by a party leads to a state; some need a reason."""

    source: str
    action: str
    target: str
    party: Party
    needs_reason: bool = False


IMPORT: tuple[Transition, ...] = (
    Transition("reading", "finish", "previewed", Party.SYSTEM),
    Transition("reading", "fail", "failed", Party.SYSTEM),
    Transition("reading", "stop", "failed", Party.DELEGATION),
    # A spreadsheet of the ministry's own: a person says what its columns hold, also later on.
    Transition("reading", "ask", "mapping", Party.SYSTEM),
    Transition("mapping", "map", "previewed", Party.DELEGATION),
    Transition("mapping", "discard", "discarded", Party.DELEGATION),
    Transition("failed", "again", "reading", Party.DELEGATION),
    Transition("failed", "discard", "discarded", Party.DELEGATION),
    # Rows are decided about and corrected, the scope declared, the comparison made anew.
    Transition("previewed", "change", "previewed", Party.DELEGATION),
    Transition("previewed", "map", "previewed", Party.DELEGATION),
    # At once where it is little, by a job where it is much.
    Transition("previewed", "apply", "applied", Party.DELEGATION),
    Transition("previewed", "queue", "applying", Party.DELEGATION),
    Transition("previewed", "discard", "discarded", Party.DELEGATION),
    Transition("applying", "finish", "applied", Party.SYSTEM),
    Transition("applying", "fail", "previewed", Party.SYSTEM),
    Transition("applying", "stop", "previewed", Party.DELEGATION),
    # While nothing was built on it.
    Transition("applied", "undo", "undone", Party.DELEGATION, needs_reason=True),
)

MACHINES: dict[str, tuple[Transition, ...]] = {"import": IMPORT}


def find(state: str, action: str) -> Transition | None:
    """Return the transition for an action in a state, or None where it is not possible."""
    return next((row for row in IMPORT if row.source == state and row.action == action), None)


def whose_turn(state: str) -> Party | None:
    """Return who must act in a state; None in a final one. Undoing is nobody's turn."""
    parties = [row.party for row in IMPORT if row.source == state and row.action != "undo"]
    return parties[0] if parties else None
