"""What the public templates ask of a published recommendation."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tawsiya.core.labels import text_of
from tawsiya.core.templatetags.tawsiya import direction_of
from tawsiya.portal.published import PublicItem

register = template.Library()


@register.filter
def sdg_name(tag: Mapping[str, Any]) -> SafeString:
    """Return a goal or target with its number before its name; the number stays whole inside Arabic."""
    name = text_of(tag["names"]).removeprefix(tag["code"]).strip()
    return format_html('<bdi dir="ltr">{}</bdi> {}', tag["code"], name)


@register.simple_tag
def public_text(item: PublicItem) -> dict[str, Any]:
    """Return the text in the reader's language, else in the first there is, with its direction."""
    versions = item.texts((get_language() or "en").split("-")[0])
    found = versions[0] if versions else {"text": item.title, "language": "en"}
    return {**found, "direction": direction_of(found["language"])}
