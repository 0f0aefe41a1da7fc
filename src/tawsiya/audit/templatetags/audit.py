"""Events in words."""

from django import template

from tawsiya.audit import sentences
from tawsiya.audit.models import Event

register = template.Library()


@register.filter
def sentence(event: Event) -> str:
    """Return what an event says, in the reader's language."""
    return sentences.render(event)
