"""The factories reach every state they promise."""

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.followup.choices import AssignmentState, ContributionState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(AssignmentState))
def test_an_assignment_reaches_its_state(state: AssignmentState) -> None:
    assert factories.make_assignment(state).state == state


@pytest.mark.parametrize("state", list(ContributionState))
def test_a_contribution_reaches_its_state(state: ContributionState) -> None:
    assert factories.make_contribution(state).state == state


@pytest.mark.parametrize("role", list(Role))
def test_a_person_holds_the_role(role: Role) -> None:
    assert factories.make_reader(role).roles == {role}


def test_a_second_institution_supports() -> None:
    item = factories.make_recommendation()
    factories.make_contribution(recommendation=item)
    factories.make_contribution(recommendation=item)
    levels = sorted(item.assignments.values_list("level", flat=True))
    assert levels == ["lead", "support"]


def test_evidence_and_status() -> None:
    contribution = factories.make_contribution()
    assert factories.make_evidence(contribution).media_type == "text/plain"
    assert factories.make_assessment(contribution.recommendation).status == "in_progress"
