"""What indicators say of recommendations: whether their last value meets its target.

The one door through which the rule of assessment reads indicators.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from tawsiya.core.labels import Label


@dataclass(frozen=True)
class IndicatorFact:
    """The last total value of an indicator beside the target of its period.

    `met` is None where the value or the target is not known: unknown is neither yes nor no.
    """

    indicator_id: int
    code: str
    names: Label
    period: str
    value: Decimal | None
    target: Decimal | None
    met: bool | None


def indicator_facts(items: Collection[int]) -> dict[int, list[IndicatorFact]]:
    """Return the facts of the indicators linked to each recommendation, by its id."""
    return {pk: [] for pk in items}
