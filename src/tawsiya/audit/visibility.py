"""Which events a reader may see: each app says so for its own subjects; unknown subjects are nobody's.

The rule of DOMAIN §9: the events of what the reader may see, in the state it had then.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

# The reader belongs to a higher room (accounts); audit only hands it on.
Audience = Callable[[Any], Q]

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING

_audiences: dict[str, Audience] = {}


def register(subject_type: str, audience: Audience) -> None:
    """Say who sees the events of a type of subject: a function from a reader to a filter on `Event`.

    Raises:
        ValueError: another audience is registered for the type.
    """
    if _audiences.get(subject_type, audience) is not audience:
        raise ValueError(f"two audiences for {subject_type}")
    _audiences[subject_type] = audience


def registered() -> frozenset[str]:
    """Return the subject types that have an audience."""
    return frozenset(_audiences)


def visible_to(reader: Any) -> Q:
    """Return the filter of the events that `reader` may see."""
    seen = NOTHING
    for subject_type, audience in _audiences.items():
        seen |= Q(subject_type=subject_type) & audience(reader)
    return seen
