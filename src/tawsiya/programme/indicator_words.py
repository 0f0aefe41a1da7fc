"""Values of indicators, and what is wrong with cells of files, in words of the reader."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.core import formats
from tawsiya.programme.indicator_choices import Measured, Missing, ValueState
from tawsiya.programme.indicator_reading import Reading
from tawsiya.programme.models import Indicator, IndicatorValue


def number_text(indicator: Indicator, value: Decimal | None) -> str:
    """Return a number of an indicator: `12.5%`, `1,204`, `yes`; "" for none."""
    if value is None:
        return ""
    if indicator.measured == Measured.YES_NO:
        return _("yes") if value else _("no")
    exact = -int(value.normalize().as_tuple().exponent)  # a figure that is finer than the sheet says stays so
    decimals = max(indicator.decimals, min(exact, 4))
    if indicator.measured == Measured.PERCENT:
        return formats.localise_percent(value / 100, decimals)
    return formats.localise_number(value, decimals)


def value_text(indicator: Indicator, value: IndicatorValue | Reading) -> str:
    """Return what a value says, or why there is none in a word."""
    if value.state == ValueState.KNOWN:
        return number_text(indicator, value.value)
    if value.state == ValueState.NOT_APPLICABLE:
        return str(ValueState.NOT_APPLICABLE.label)
    return str(Missing(value.missing).label)


PROBLEMS: dict[str, str | Promise] = {
    "no_head": gettext_lazy(
        "No row of titles with a period and a value, or the column of the indicator lacks"
    ),
    "no_indicator": gettext_lazy("The indicator is not named"),
    "period": gettext_lazy("This is no period such as 2024, 2024-S1, 2024-Q3 or 2024-05"),
    "value": gettext_lazy("This is no number"),
    "ambiguous": gettext_lazy(
        "A comma before three digits can mean thousands or decimals; write the number plainly"
    ),
    "code": gettext_lazy("This is no known code or word of the column"),
    "status": gettext_lazy("This status is unknown, or contradicts the value"),
    "no_reason": gettext_lazy("A missing value needs a reason or a status"),
    "twice": gettext_lazy("This value is given twice in the file"),
    "deletion": gettext_lazy("Values are never deleted; record a correction"),
    "too_many": gettext_lazy("The sheet has more rows than are read at once"),
}


def problem_text(code: str) -> str:
    """Return what is wrong with a cell."""
    return str(PROBLEMS[code])
