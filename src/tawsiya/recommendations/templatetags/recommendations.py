"""Tags of the pages of recommendations: text, States, tags and institutions as the reader reads them."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from tawsiya.accounts.reader import PUBLIC
from tawsiya.core.templatetags.tawsiya import direction_of
from tawsiya.mechanisms.models import Review
from tawsiya.recommendations import reading
from tawsiya.recommendations.choices import AccessLevel, TagOrigin, grades_for
from tawsiya.recommendations.forms import open_languages
from tawsiya.recommendations.models import Recommendation, RecommendationText
from tawsiya.recommendations.permissions import may_grade, may_translate
from tawsiya.recommendations.vocabularies import vocabularies

register = template.Library()


@register.filter
def reading_text(item: Recommendation) -> RecommendationText | None:
    """Return the text in the reader's language, else in the first that exists."""
    return reading.reading_text(item)


@register.filter
def texts_in_order(item: Recommendation) -> list[RecommendationText]:
    """Return every text, the reader's language first."""
    return reading.texts_in_order(item)


@register.filter
def states_named(item: Recommendation) -> list[reading.NamedState]:
    """Return the recommending States with their names."""
    return reading.states_named(item)


@register.filter
def leads(item: Recommendation) -> list[str]:
    """Return the name of the lead institution, as a list of one or none."""
    return reading.involved(item, AccessLevel.LEAD)


@register.filter
def supporting(item: Recommendation) -> list[str]:
    """Return the names of the supporting institutions that the reader may know of."""
    return reading.involved(item, AccessLevel.SUPPORT)


@register.filter
def review_name(review: Review | None) -> str:
    """Return the cycle and year of a review."""
    return reading.review_name(review)


@register.simple_tag(takes_context=True)
def forms_on(context: Context, item: Recommendation) -> dict[str, str]:
    """Return the addresses of the forms about an item that its reader may use: `grade`, `translate`."""
    reader = getattr(context.get("request"), "reader", PUBLIC)
    offered: dict[str, str] = {}
    if item.withdrawn_at is not None:
        return offered
    if may_grade(reader) and grades_for(item.position):
        offered["grade"] = reverse("recommendations:grade", args=[item.pk])
    if may_translate(reader) and open_languages(item):
        offered["translate"] = reverse("recommendations:translate", args=[item.pk])
    return offered


@register.filter
def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a language code."""
    return direction_of(language)


@register.filter
def imported_tags(item: Recommendation) -> list[str]:
    """Return the names of the tags that came with imports."""
    return [
        reading.tag_name(link.tag.code, link.tag.names, link.tag.taxonomy)
        for link in item.tag_links.all()
        if link.origin == TagOrigin.IMPORT
    ]


@register.filter
def tag_groups(item: Recommendation) -> list[dict[str, Any]]:
    """Return the families of tags that the item has: each tag with its name and where it came from."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for link in item.tag_links.all():
        groups.setdefault(link.tag.taxonomy, []).append(
            {
                "name": reading.tag_name(link.tag.code, link.tag.names, link.tag.taxonomy),
                "by_person": link.origin == TagOrigin.PERSON,
                "model": link.model_version if link.origin == TagOrigin.AUTOMATIC else None,
            }
        )
    if not groups:
        return []
    return [
        {"label": family.label, "tags": groups[family.code]}
        for family in vocabularies()
        if family.code in groups
    ]
