"""Tags of the pages of groups."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawsiya.core.labels import text_of
from tawsiya.core.templatetags.tawsiya import label_filter
from tawsiya.recommendations.models import Group

register = template.Library()

KINDS = {
    "instrument": gettext_lazy("instrument"),
    "act": gettext_lazy("act"),
    "object": gettext_lazy("object"),
    "persons": gettext_lazy("persons"),
    "context": gettext_lazy("context"),
}


@register.filter
def group_title(group: Group) -> SafeString | str:
    """Return the title in the reader's language, the number where there is none yet."""
    return (
        label_filter(group.names)
        if group.names
        else format_html("{}", _("Group no. %(number)s") % {"number": group.pk})
    )


@register.filter
def group_bodies(group: Any) -> str:
    """Return the bodies of the members of a listed group, in the reader's language."""
    names = [text_of(place.recommendation.document.body.names) for place in group.places_seen]
    return _(", ").join(dict.fromkeys(names))


@register.filter
def group_years(group: Any) -> str:
    """Return the years from the first to the last of a listed group."""
    dates = [place.recommendation.document.published_on for place in group.places_seen]
    years = sorted({day.year for day in dates if day is not None})
    return "–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else ""


@register.filter
def reason_label(kind: str) -> Any:
    """Return the word for what is shared."""
    return KINDS[kind]
