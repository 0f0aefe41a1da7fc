"""How a recommendation is read: its text, States and tags in the reader's language. No queries:
everything was fetched by `queries.with_everything`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tawsiya.core.labels import FALLBACK, text_of
from tawsiya.mechanisms import states
from tawsiya.mechanisms.models import Review
from tawsiya.recommendations.choices import AccessLevel, Taxonomy
from tawsiya.recommendations.models import (
    Access,
    Recommendation,
    RecommendationTag,
    RecommendationText,
    RecommendingState,
)


def reader_language() -> str:
    """Return the code of the active language, without its country."""
    return (get_language() or "en").split("-")[0]


def texts_in_order(item: Recommendation) -> list[RecommendationText]:
    """Return the texts, the reader's language first, then English, French, Arabic and any other."""
    wanted = (reader_language(), *FALLBACK)
    rank = {code: place for place, code in reversed(list(enumerate(wanted)))}
    return sorted(item.texts.all(), key=lambda row: (rank.get(row.language, len(wanted)), row.language))


def reading_text(item: Recommendation) -> RecommendationText | None:
    """Return the text that the reader gets; None where there is none yet."""
    return next(iter(texts_in_order(item)), None)


@dataclass(frozen=True)
class NamedState:
    """A recommending State in the reader's language; as written, without code, where not recognised."""

    code: str
    name: str


def state_name(code: str) -> str:
    """Return a State's name in the reader's language; the bare code for one that the list does not hold."""
    try:
        return states.name(code, reader_language())
    except KeyError:
        return code


def _named(row: RecommendingState) -> NamedState:
    return NamedState(row.state, state_name(row.state) if row.state else row.as_written)


def states_named(item: Recommendation) -> list[NamedState]:
    """Return the recommending States in the order of the document."""
    return [_named(row) for row in item.recommending_states.all()]


def tags_of(item: Recommendation, taxonomy: Taxonomy) -> list[RecommendationTag]:
    """Return the tags of one family with where each came from."""
    return [link for link in item.tag_links.all() if link.tag.taxonomy == taxonomy]


def tag_name(code: str, names: dict[str, str], taxonomy: str) -> str:
    """Return a tag's name in the reader's language; SDG goals and targets begin with their number."""
    name = text_of(names) or code
    if taxonomy in (Taxonomy.SDG_GOAL, Taxonomy.SDG_TARGET) and name != code:
        return _("%(number)s. %(name)s") % {"number": code, "name": name}
    return name


def tag_names(item: Recommendation, taxonomy: Taxonomy) -> list[str]:
    """Return the names of one family's tags in the reader's language."""
    return [tag_name(link.tag.code, link.tag.names, link.tag.taxonomy) for link in tags_of(item, taxonomy)]


def involved(item: Recommendation, level: AccessLevel) -> list[str]:
    """Return the names of the institutions at a level, of those that the reader may know of."""
    seen: Sequence[Access] = getattr(item, "access_seen", ())
    return [text_of(row.institution.names) for row in seen if row.level == level]


def review_name(review: Review | None) -> str:
    """Return `cycle 3 · 2017` for a review of the UPR, the year for another; "" for none."""
    if review is None:
        return ""
    parts = [_("cycle %(cycle)s") % {"cycle": review.cycle}] if review.cycle else []
    if review.year:
        parts.append(str(review.year))
    return " · ".join(parts)
