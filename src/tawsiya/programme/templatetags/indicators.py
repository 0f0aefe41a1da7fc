"""Tags of the pages of indicators."""

from collections.abc import Iterable
from decimal import Decimal

from django import template

from tawsiya.programme import indicator_words
from tawsiya.programme.indicator_choices import Dimension
from tawsiya.programme.indicator_codes import words_of
from tawsiya.programme.indicator_reading import Reading
from tawsiya.programme.models import Indicator, IndicatorValue

register = template.Library()


@register.filter
def figure(value: IndicatorValue | Reading, indicator: Indicator) -> str:
    """Return what a value says, or why there is none."""
    return indicator_words.value_text(indicator, value)


@register.filter
def number_of(value: Decimal | None, indicator: Indicator) -> str:
    """Return a number of an indicator with its unit's sign; "" for none."""
    return indicator_words.number_text(indicator, value)


@register.filter
def cell_words(value: IndicatorValue | Reading) -> str:
    """Return the breakdown of a value in words."""
    return words_of(value.breakdown)


@register.filter
def dimension_names(codes: Iterable[str]) -> list[str]:
    """Return the names of dimensions."""
    return [str(Dimension(code).label) for code in codes]


@register.filter
def prefixed(number: int, word: str) -> str:
    """Return the id of an element: `withdraw-7`."""
    return f"{word}-{number}"
