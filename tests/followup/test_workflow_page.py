"""The page of workflows says what the code says."""

from tools import diagrams

from tawsiya.followup.choices import (
    AssignmentState,
    ContributionState,
    ExtensionState,
    QuestionnaireState,
)
from tawsiya.followup.turns import CONTRIBUTION_TURNS
from tawsiya.followup.workflow import (
    ASSIGNMENT,
    CONTRIBUTION,
    EXTENSION,
    QUESTIONNAIRE,
    REPLY,
    Party,
    whose_turn,
)


def test_the_page_of_workflows_has_not_drifted() -> None:
    assert diagrams.PAGE.read_text("utf-8") == diagrams.page()


def test_a_changed_table_would_be_noticed(monkeypatch) -> None:
    monkeypatch.setattr(diagrams, "MACHINES", {"assignment": ASSIGNMENT, "contribution": CONTRIBUTION[:-1]})
    assert diagrams.PAGE.read_text("utf-8") != diagrams.page()


def test_the_tables_know_exactly_the_states_that_rows_can_have() -> None:
    for machine, states in (
        (ASSIGNMENT, AssignmentState),
        (CONTRIBUTION, ContributionState),
        (QUESTIONNAIRE, QuestionnaireState),
        (REPLY, ContributionState),
        (EXTENSION, ExtensionState),
    ):
        named = {row.source for row in machine} | {row.target for row in machine}
        assert named == set(states.values)


def test_every_contribution_that_waits_for_somebody_has_its_sentence() -> None:
    assert {state: whose_turn(CONTRIBUTION, state) for state in ContributionState.values} == {
        "draft": Party.INSTITUTION,
        "with_validator": Party.VALIDATOR,
        "returned_by_validator": Party.INSTITUTION,
        "with_delegation": Party.COORDINATOR,
        "returned_by_delegation": Party.INSTITUTION,
        "validated": None,
    }
    assert set(CONTRIBUTION_TURNS) == set(ContributionState.values) - {"validated"}


def test_whose_turn_an_assignment_is() -> None:
    assert {state: whose_turn(ASSIGNMENT, state) for state in AssignmentState.values} == {
        "proposed": Party.INSTITUTION,
        "accepted": None,
        "reassign": Party.COORDINATOR,
        "refused": None,
        "ended": None,
    }
