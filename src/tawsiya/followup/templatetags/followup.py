"""Tags of the pages of follow-up."""

from django import template

from tawsiya.recommendations.models import Recommendation, RecommendationText
from tawsiya.recommendations.reading import reading_text

register = template.Library()


@register.filter
def text_of(recommendation: Recommendation) -> RecommendationText | None:
    """Return a recommendation's text for the reader: `.text` and `.language`."""
    return reading_text(recommendation)
