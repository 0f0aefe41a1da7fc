"""Tags of the pages of programmes."""

from collections.abc import Mapping
from typing import Any

from django import template

from tawsiya.programme.choices import Audience
from tawsiya.recommendations.models import Recommendation, RecommendationText
from tawsiya.recommendations.reading import reading_text

register = template.Library()


@register.filter
def words(recommendation: Recommendation) -> RecommendationText | None:
    """Return a recommendation's text for the reader: `.text` and `.language`."""
    return reading_text(recommendation)


@register.filter
def audience_name(code: str) -> str:
    """Return the name of an audience of a consultation."""
    return str(Audience(code).label)


@register.filter
def of_key(values: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping holds under a key."""
    return values.get(key)


@register.filter
def heading(depth: int) -> int:
    """Return the level of a heading for a depth in the tree: 2 for the highest, never beyond 6."""
    return min(depth + 2, 6)
