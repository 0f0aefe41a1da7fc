"""Counting rows apart only where a join repeats them."""

import pytest

from tawsiya.accounts.models import User
from tawsiya.core.facets import repeats_rows
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.filters import CONTRIBUTION_FACETS, ContributionFilter
from tawsiya.followup.models import Contribution
from tawsiya.followup.queries import contributions_for
from tests import factories


@pytest.mark.parametrize(
    ("rows", "repeats"),
    [
        (Contribution.objects.values_list("state"), False),
        (Contribution.objects.values_list("recommendation__document__symbol"), False),
        (Contribution.objects.values_list("authors__user"), True),
        (Contribution.objects.filter(authors__user=1).values_list("state"), True),
        (User.objects.values_list("memberships__role"), True),
    ],
)
def test_only_a_way_to_many_rows_repeats_one(rows, repeats: bool) -> None:
    assert repeats_rows(rows) is repeats


def test_every_row_counts_once(db) -> None:
    from django.http import QueryDict

    from tawsiya.core.facets import facet_rows

    for state in (
        ContributionState.VALIDATED,
        ContributionState.VALIDATED,
        ContributionState.WITH_DELEGATION,
    ):
        factories.make_contribution(state)
    seen = contributions_for(factories.coordinator())
    states, _institutions, _proposed = facet_rows(
        CONTRIBUTION_FACETS, ContributionFilter, QueryDict("state=validated"), seen
    )
    assert {option["value"]: option["count"] for option in states["options"]} == {
        "validated": 2,
        "with_delegation": 1,
    }
