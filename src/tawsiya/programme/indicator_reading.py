"""What is said of one cell of an indicator: plain data, from a form or a file. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

UNSAID = "B"
"""A break that a file marks without a word."""


@dataclass(frozen=True)
class Reading:
    """A value for a period and a breakdown, or why there is none.

    state: `known`, `missing` or `not_applicable`; quality only of a known one, missing only of a missing one.
    reason: why it is missing or does not apply, or why it corrects the one before.
    break_note: what changed, where from this period on the method is another one; `UNSAID` where nobody says.
    """

    period: str
    breakdown: Mapping[str, str] = field(default_factory=dict)
    state: str = "known"
    value: Decimal | None = None
    missing: str = ""
    quality: str = "final"
    source: str = ""
    reason: str = ""
    break_note: str = ""
