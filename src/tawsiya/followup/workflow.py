"""The state machines of follow-up as plain data: no Django, no database.

The diagram in docs/workflows.md is generated from these tables (`tools/diagrams.py`), and a
check fails when it drifts.
"""

from dataclasses import dataclass
from enum import StrEnum


class Party(StrEnum):
    """Whose turn it can be."""

    INSTITUTION = "institution"
    VALIDATOR = "validator"
    COORDINATOR = "coordinator"
    AUTHOR = "author"


@dataclass(frozen=True)
class Transition:
    """From a state, an action by a party leads to a state; some need a reason."""

    source: str
    action: str
    target: str
    party: Party
    needs_reason: bool = False


ASSIGNMENT: tuple[Transition, ...] = (
    Transition("proposed", "accept", "accepted", Party.INSTITUTION),
    Transition("proposed", "refuse", "refused", Party.INSTITUTION, needs_reason=True),
    Transition("proposed", "end", "ended", Party.COORDINATOR, needs_reason=True),
    Transition("accepted", "end", "ended", Party.COORDINATOR, needs_reason=True),
)

CONTRIBUTION: tuple[Transition, ...] = (
    Transition("draft", "edit", "draft", Party.INSTITUTION),
    Transition("draft", "submit", "with_validator", Party.INSTITUTION),
    Transition("with_validator", "approve", "with_delegation", Party.VALIDATOR),
    Transition("with_validator", "return", "returned_by_validator", Party.VALIDATOR, needs_reason=True),
    Transition("returned_by_validator", "edit", "returned_by_validator", Party.INSTITUTION),
    Transition("returned_by_validator", "submit", "with_validator", Party.INSTITUTION),
    Transition("with_delegation", "validate", "validated", Party.COORDINATOR),
    Transition(
        "with_delegation", "send_back", "returned_by_delegation", Party.COORDINATOR, needs_reason=True
    ),
    Transition("returned_by_delegation", "edit", "returned_by_delegation", Party.INSTITUTION),
    # After a return by the delegation the institution's validator decides again (DOMAIN §9).
    Transition("returned_by_delegation", "submit", "with_validator", Party.INSTITUTION),
)

RULE: tuple[Transition, ...] = (
    Transition("draft", "edit", "draft", Party.COORDINATOR),
    Transition("draft", "publish", "published", Party.COORDINATOR),
    Transition("draft", "discard", "discarded", Party.COORDINATOR, needs_reason=True),
)

# Moderated for insult and personal data only: what is said of the State is never a reason to refuse.
SUBMISSION: tuple[Transition, ...] = (
    Transition("submitted", "accept", "accepted", Party.COORDINATOR),
    Transition("submitted", "refuse", "refused", Party.COORDINATOR, needs_reason=True),
    Transition("submitted", "take_back", "taken_back", Party.AUTHOR),
    Transition("refused", "revise", "submitted", Party.AUTHOR),
    Transition("taken_back", "revise", "submitted", Party.AUTHOR),
    Transition("accepted", "withdraw", "withdrawn", Party.AUTHOR, needs_reason=True),
)

MACHINES: dict[str, tuple[Transition, ...]] = {
    "assignment": ASSIGNMENT,
    "contribution": CONTRIBUTION,
    "rule": RULE,
    "submission": SUBMISSION,
}


def find(machine: tuple[Transition, ...], state: str, action: str) -> Transition | None:
    """Return the transition for an action in a state, or None where it is not possible."""
    return next((row for row in machine if row.source == state and row.action == action), None)


def whose_turn(machine: tuple[Transition, ...], state: str) -> Party | None:
    """Return who must act in a state; None in a final one. Ending an assignment, or
    withdrawing what was accepted, is nobody's turn."""
    parties = [row.party for row in machine if row.source == state and row.action not in ("end", "withdraw")]
    return parties[0] if parties else None
