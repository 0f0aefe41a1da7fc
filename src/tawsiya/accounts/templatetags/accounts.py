"""People in the script of the page."""

from django import template
from django.utils.translation import get_language

from tawsiya.accounts.models import Invitation, User

register = template.Library()


@register.filter
def name_of(person: User | Invitation) -> str:
    """Return a person's name in the script of the page where it is known."""
    return person.name_in(get_language() or "")


@register.filter
def other_name_of(person: User | Invitation) -> str:
    """Return the name in the other script, empty where it is not known."""
    shown = name_of(person)
    return person.name if shown == person.name_ar else person.name_ar
