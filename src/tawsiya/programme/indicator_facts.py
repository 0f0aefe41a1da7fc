"""What indicators say of recommendations: whether their last value meets its target.

The one door through which the rule of assessment reads indicators.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from tawsiya.core.labels import Label
from tawsiya.programme.indicator_choices import IndicatorState
from tawsiya.programme.indicator_queries import linked_to_items, standings
from tawsiya.programme.models import Indicator


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
    """Return the facts of the indicators in use linked to each recommendation, by its id; none where none is.

    Linked directly, or to a measure of an adopted programme that answers it. The target of a period is that
    of its year, else the last one due before.
    """
    linked = linked_to_items(items)
    ids = set[int]().union(*linked.values())
    rows = list(Indicator.objects.filter(pk__in=ids, state=IndicatorState.IN_USE).order_by("code"))
    found = {
        pk: IndicatorFact(
            pk,
            standing.indicator.code,
            standing.indicator.names,
            standing.period,
            standing.value,
            standing.target,
            standing.met,
        )
        for pk, standing in standings(rows).items()
    }
    return {item: [found[pk] for pk in found if pk in mine] for item, mine in linked.items()}
