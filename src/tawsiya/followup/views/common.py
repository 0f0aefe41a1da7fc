"""What several pages of follow-up need."""

from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from tawsiya.accounts.reader import Reader
from tawsiya.followup.models import Contribution
from tawsiya.followup.permissions import may_act_on_contribution
from tawsiya.recommendations.models import Recommendation
from tawsiya.recommendations.reading import reading_text

# The steps of a contribution that are taken by one button; `edit` has a page of its own.
ACTIONS = ("submit", "approve", "return", "validate", "send_back")


def words_for(recommendation: Recommendation) -> str:
    """Return a recommendation's text for the reader, empty where there is none yet (prefetch `texts`)."""
    row = reading_text(recommendation)
    return row.text if row else ""


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


def query_without_page(query: QueryDict) -> QueryDict:
    """Return what an address asks of a list, whatever page of it: all pages count the same."""
    rest = query.copy()
    rest.pop("page", None)
    return rest


def address_of(name: str, *args: Any) -> str:
    """Return the address of a page of another room, empty where that room is not built."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
