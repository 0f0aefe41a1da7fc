"""The state machines of programmes as plain data: no Django, no database.

The diagram in docs/workflows.md is generated from these tables (`tools/diagrams.py`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Party(StrEnum):
    """Who can act."""

    DELEGATION = "delegation"
    COORDINATOR = "coordinator"
    VALIDATOR = "validator"


@dataclass(frozen=True)
class Transition:
    """From a state, an action by a party leads to a state; some need a reason."""

    source: str
    action: str
    target: str
    party: Party
    needs_reason: bool = False


VERSION: tuple[Transition, ...] = (
    Transition("draft", "edit", "draft", Party.DELEGATION),
    Transition("draft", "open", "in_consultation", Party.COORDINATOR),
    Transition("draft", "adopt", "adopted", Party.COORDINATOR),
    Transition("in_consultation", "close", "draft", Party.COORDINATOR),
    Transition("in_consultation", "adopt", "adopted", Party.COORDINATOR),
    # The successor is a draft of its own; adopting it makes this one "revised".
    Transition("adopted", "revise", "adopted", Party.DELEGATION),
    Transition("adopted", "supersede", "revised", Party.COORDINATOR),
)

REPORT: tuple[Transition, ...] = (
    Transition("with_validator", "approve", "approved", Party.VALIDATOR),
    Transition("with_validator", "return", "returned", Party.VALIDATOR, needs_reason=True),
)

MACHINES: dict[str, tuple[Transition, ...]] = {"version": VERSION, "report": REPORT}


def find(machine: tuple[Transition, ...], state: str, action: str) -> Transition | None:
    """Return the transition for an action in a state, or None where it is not possible."""
    return next((row for row in machine if row.source == state and row.action == action), None)
