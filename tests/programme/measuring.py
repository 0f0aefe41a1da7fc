"""What tests of indicators start from, made through the commands."""

from decimal import Decimal
from typing import Any

from tawsiya.accounts.models import Institution
from tawsiya.programme.commands.indicator_values import Recorded, record_values
from tawsiya.programme.commands.indicators import Goal, Sheet, save_indicator, set_indicator_state
from tawsiya.programme.indicator_choices import Origin
from tawsiya.programme.indicator_reading import Reading
from tawsiya.programme.models import Indicator
from tests import factories


def make_indicator(
    institution: Institution | None = None, *, code: str = "EDU-1", in_use: bool = True, **more: Any
) -> Indicator:
    """Define an indicator that is told apart by sex and age, in use unless said otherwise."""
    more.setdefault("names", {"en": "Completion of school"})
    more.setdefault("dimensions", ("sex", "age"))
    sheet = Sheet(
        code=code,
        kind="outcome",
        right="education",
        institution=institution or factories.make_institution(),
        periodicity="year",
        **more,
    )
    row = save_indicator(sheet=sheet, by=factories.coordinator())
    if in_use:
        row = set_indicator_state(indicator=row, state="in_use", by=factories.coordinator())
    return row


def target(year: int, value: str) -> Goal:
    """Return a target."""
    return Goal("target", year, Decimal(value))


def record(indicator: Indicator, period: str, value: str | None, *, by: Any = None, **more: Any) -> Recorded:
    """Record one value, the total unless a breakdown is given."""
    reading = Reading(period, value=Decimal(value) if value is not None else None, **more)
    return record_values(
        indicator=indicator,
        readings=[reading],
        by=by or factories.coordinator(),
        origin=Origin.FORM,
    )
