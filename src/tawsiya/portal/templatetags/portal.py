"""What the public templates ask of a published recommendation."""

from typing import Any

from django import template
from django.utils.translation import get_language

from tawsiya.core.templatetags.tawsiya import direction_of
from tawsiya.portal.published import PublicItem

register = template.Library()


@register.simple_tag
def public_text(item: PublicItem) -> dict[str, Any]:
    """Return the text in the reader's language, else in the first there is, with its direction."""
    versions = item.texts((get_language() or "en").split("-")[0])
    found = versions[0] if versions else {"text": item.title, "language": "en"}
    return {**found, "direction": direction_of(found["language"])}
