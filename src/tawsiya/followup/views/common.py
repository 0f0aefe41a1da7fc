"""What several pages of follow-up need."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django_filters import FilterSet

from tawsiya.accounts.reader import Reader
from tawsiya.audit.kept import until_next_act
from tawsiya.core import facets
from tawsiya.core.facets import Facet
from tawsiya.core.query import without
from tawsiya.followup.models import Contribution, Question
from tawsiya.followup.permissions import may_act_on_contribution
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import reading_text

# The steps of a contribution that are taken by one button; `edit` has a page of its own.
ACTIONS = ("submit", "approve", "return", "validate", "send_back")


def words_for(recommendation: Recommendation) -> str:
    """Return a recommendation's text for the reader, empty where there is none yet (prefetch `texts`)."""
    row = reading_text(recommendation)
    return row.text if row else ""


def words_of(question: Question) -> str:
    """Return what a question of a questionnaire asks: its own words, else those of its recommendation."""
    return question.text or (words_for(question.recommendation) if question.recommendation else "")


def author_ids(contribution: Contribution) -> frozenset[int]:
    """Return everyone who wrote in a contribution (prefetch `authors`)."""
    return frozenset(author.user_id for author in contribution.authors.all())


def actions_on(reader: Reader, contribution: Contribution) -> frozenset[str]:
    """Return what the reader may do to a contribution now, `edit` included."""
    authors = author_ids(contribution)
    return frozenset(
        action
        for action in ("edit", *ACTIONS)
        if may_act_on_contribution(reader, contribution, action, authors)
    )


def counted_list(
    request: HttpRequest,
    reader: Reader,
    name: str,
    of: Sequence[Facet],
    filterset: type[FilterSet],
    seen: QuerySet[Any, Any],
) -> tuple[list[dict[str, Any]], int]:
    """Return the facets of a list of follow-up and how many rows it has, kept until the next act.

    All pages of it count the same. What is expected of somebody (`expected`) depends on the person.

    Args:
        name: of the list, in the key under which it is kept.
        of: the facets of the list.
        seen: the rows that the reader may see, not filtered yet.
    """
    query = without(request.GET, "page")
    return until_next_act(
        lambda: (facets.facet_rows(of, filterset, query, seen), filterset(query, queryset=seen).qs.count()),
        name,
        reader.person if query.get("expected") else reader.audience,
        query.urlencode(),
    )


def address_of(name: str, *args: Any) -> str:
    """Return the address of a page of another room, empty where that room is not built."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
