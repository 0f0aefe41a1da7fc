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
    # To another institution that it may name: the delegation decides.
    Transition("proposed", "ask_reassign", "reassign", Party.INSTITUTION, needs_reason=True),
    Transition("proposed", "pass_on", "proposed", Party.INSTITUTION),
    Transition("proposed", "take_back", "proposed", Party.INSTITUTION),
    Transition("proposed", "end", "ended", Party.COORDINATOR, needs_reason=True),
    Transition("accepted", "ask_reassign", "reassign", Party.INSTITUTION, needs_reason=True),
    # Down to a directorate of its own, and back.
    Transition("accepted", "pass_on", "accepted", Party.INSTITUTION),
    Transition("accepted", "take_back", "accepted", Party.INSTITUTION),
    Transition("accepted", "end", "ended", Party.COORDINATOR, needs_reason=True),
    Transition("reassign", "reassign", "ended", Party.COORDINATOR, needs_reason=True),
    Transition("reassign", "keep", "proposed", Party.COORDINATOR, needs_reason=True),
    Transition("reassign", "end", "ended", Party.COORDINATOR, needs_reason=True),
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

QUESTIONNAIRE: tuple[Transition, ...] = (
    Transition("draft", "edit", "draft", Party.COORDINATOR),
    Transition("draft", "send", "sent", Party.COORDINATOR),
    Transition("draft", "discard", "discarded", Party.COORDINATOR),
    Transition("sent", "close", "closed", Party.COORDINATOR),
)

# An institution's answers go the way of its contributions: author, validator, delegation.
_STEPS_OF_REPLIES = ("edit", "submit", "approve", "return", "validate", "send_back")
REPLY: tuple[Transition, ...] = tuple(row for row in CONTRIBUTION if row.action in _STEPS_OF_REPLIES)

EXTENSION: tuple[Transition, ...] = (
    Transition("asked", "grant", "granted", Party.COORDINATOR),
    Transition("asked", "refuse", "refused", Party.COORDINATOR, needs_reason=True),
    Transition("asked", "withdraw", "withdrawn", Party.INSTITUTION),
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
    "questionnaire": QUESTIONNAIRE,
    "reply": REPLY,
    "extension": EXTENSION,
    "rule": RULE,
    "submission": SUBMISSION,
}


_AT_ANY_TIME = frozenset({"end", "ask_reassign", "pass_on", "take_back", "close", "withdraw"})


def find(machine: tuple[Transition, ...], state: str, action: str) -> Transition | None:
    """Return the transition for an action in a state, or None where it is not possible."""
    return next((row for row in machine if row.source == state and row.action == action), None)


def whose_turn(machine: tuple[Transition, ...], state: str) -> Party | None:
    """Return who must act in a state; None in a final one. What may be done at any time is nobody's turn."""
    parties = [row.party for row in machine if row.source == state and row.action not in _AT_ANY_TIME]
    return parties[0] if parties else None
