"""Counting rows apart only where a join repeats them."""

import pytest
from django.http import QueryDict

from tawsiya.accounts.models import User
from tawsiya.core.facets import facet_rows, repeats_rows
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


def test_facets_in_which_nothing_is_chosen_count_in_one_query(db, django_assert_max_num_queries) -> None:
    health, justice = factories.make_institution(), factories.make_institution()
    factories.make_contribution(
        ContributionState.VALIDATED, institution=health, proposed_status="implemented"
    )
    factories.make_contribution(ContributionState.VALIDATED, institution=justice)
    factories.make_contribution(ContributionState.WITH_DELEGATION, institution=justice)
    seen = contributions_for(factories.coordinator())
    with django_assert_max_num_queries(2):  # the counts, and the names of the institutions
        found = facet_rows(CONTRIBUTION_FACETS, ContributionFilter, QueryDict(), seen)
    assert {
        facet["name"]: [(option["value"], option["count"]) for option in facet["options"]] for facet in found
    } == {
        "state": [("validated", 2), ("with_delegation", 1)],
        "institution": [(str(justice.pk), 2), (str(health.pk), 1)],
        "proposed": [("implemented", 1)],
    }
    with django_assert_max_num_queries(3):  # one more for the facet in which something is chosen
        states, institutions, _ = facet_rows(
            CONTRIBUTION_FACETS, ContributionFilter, QueryDict("state=with_delegation"), seen
        )
    assert [(option["value"], option["count"]) for option in states["options"]] == [
        ("with_delegation", 1),
        ("validated", 2),
    ]
    assert [option["value"] for option in institutions["options"]] == [str(justice.pk)]
