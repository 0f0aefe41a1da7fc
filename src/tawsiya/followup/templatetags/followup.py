"""Tags of the pages of follow-up."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tawsiya.followup.choices import EvidenceMark
from tawsiya.followup.mentions import places
from tawsiya.followup.models import Contribution
from tawsiya.followup.timeline import FIELDS
from tawsiya.followup.visibility import PARTS
from tawsiya.recommendations.models import Recommendation, RecommendationText
from tawsiya.recommendations.reading import reading_text

register = template.Library()


@register.filter
def text_of(recommendation: Recommendation) -> RecommendationText | None:
    """Return a recommendation's text for the reader: `.text` and `.language`."""
    return reading_text(recommendation)


@register.filter
def parts(contribution: Contribution) -> list[dict[str, Any]]:
    """Return the written parts of a contribution as it was read: label, text or figures, confidentiality.

    The measures stand there in any case, unless they are not for the reader.
    """
    found = []
    for name in PARTS:
        value, mark = getattr(contribution, name), getattr(contribution, f"{name}_mark")
        if value or (name == "measures_taken" and mark != EvidenceMark.RESTRICTED):
            text = "" if name == "figures" else value
            found.append(
                {
                    "label": FIELDS[name],
                    "text": text,
                    "figures": value if name == "figures" else [],
                    "mark": mark,
                }
            )
    return found


@register.filter
def mentions(text: str, names: Mapping[int, list[str]]) -> SafeString:
    """Return a message with the people it mentions marked; everything else is escaped."""
    pieces, last = [], 0
    for start, end, _pk in places(text, names):
        pieces.append(format_html("{}<b>{}</b>", text[last:start], text[start:end]))
        last = end
    pieces.append(format_html("{}", text[last:]))
    return SafeString(linebreaksbr(SafeString("".join(pieces))))
