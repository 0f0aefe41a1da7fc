"""What a rule proposes from facts: every expected answer was worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawsiya.core.errors import RuleViolated
from tawsiya.followup.rule.conditions import CONDITIONS, every, some
from tawsiya.followup.rule.example import example
from tawsiya.followup.rule.facts import ContributionFact, EvidenceFact, Facts, PartFact
from tawsiya.followup.rule.tree import (
    Place,
    add,
    check,
    derive,
    evaluate,
    moved,
    node_at,
    place_of,
    put,
    remove,
)
from tawsiya.programme.facts import LawFact, MeasureFact, MilestoneFact
from tawsiya.programme.indicator_facts import IndicatorFact

TODAY = date(2026, 11, 25)
NOTHING = Facts(TODAY)


def said(number: int, proposed: str, *, lead: bool = False, on: date = date(2026, 11, 1)) -> ContributionFact:
    return ContributionFact(number, {"en": f"Ministry {number}"}, lead, proposed, on)


def measure(number: int, progress: str | None, **more: Any) -> MeasureFact:
    return MeasureFact(number, str(number), {"en": f"Measure {number}"}, progress, **more)


def indicator(number: int, met: bool | None) -> IndicatorFact:
    return IndicatorFact(number, f"I{number}", {"en": "Rate"}, "2026", Decimal(1), Decimal(1), met)


FULL = Facts(
    TODAY,
    contributions=(said(1, "implemented", lead=True), said(2, "in_progress"), said(3, "")),
    evidence=(EvidenceFact(7, "Gazette", "file", "public"), EvidenceFact(8, "Law 1-23", "law", "internal")),
    measures=(
        measure(
            4,
            "completed",
            milestones=(
                MilestoneFact(41, {"en": "Bill"}, date(2026, 1, 1), date(2025, 12, 1)),
                MilestoneFact(42, {"en": "Course"}, date(2026, 11, 24), None),
                MilestoneFact(43, {"en": "Report"}, date(2026, 11, 25), None),
            ),
            laws=(LawFact(44, {"en": "Law"}, "adopted"), LawFact(45, {"en": "Decree"}, "prepared")),
        ),
        measure(5, None, laws=(LawFact(46, {"en": "Circular"}, "withdrawn"),)),
    ),
    indicators=(indicator(61, True), indicator(62, None)),
    parts=(PartFact(91, "9 (a)", "implemented"), PartFact(92, "9 (b)", "")),
)

# Condition, facts, answer, ids of the records behind it.
ASKED: list[tuple[dict[str, Any], Facts, bool | None, list[int]]] = [
    ({"is": "contributions", "at_least": 3}, FULL, True, [1, 2, 3]),
    ({"is": "contributions", "at_least": 4}, FULL, False, [1, 2, 3]),
    ({"is": "contributions", "at_least": 1}, NOTHING, False, []),
    ({"is": "proposed_status", "by": "lead", "among": ["implemented"]}, FULL, True, [1]),
    ({"is": "proposed_status", "by": "some", "among": ["in_progress"]}, FULL, True, [1, 2, 3]),
    # Ministry 2 says otherwise: that is a no, whatever ministry 3 would say.
    ({"is": "proposed_status", "by": "every", "among": ["implemented"]}, FULL, False, [1, 2, 3]),
    # Ministry 3 proposes nothing: nobody knows.
    (
        {"is": "proposed_status", "by": "every", "among": ["implemented", "in_progress"]},
        FULL,
        None,
        [1, 2, 3],
    ),
    ({"is": "proposed_status", "by": "some", "among": ["not_started"]}, FULL, None, [1, 2, 3]),
    ({"is": "proposed_status", "by": "every", "among": ["implemented"]}, NOTHING, None, []),
    ({"is": "contribution_age", "months": 1}, FULL, True, [3]),
    (
        {"is": "contribution_age", "months": 6},
        Facts(TODAY, (said(1, "", on=date(2026, 5, 24)),)),
        False,
        [1],
    ),
    (
        {"is": "contribution_age", "months": 6},
        Facts(TODAY, (said(1, "", on=date(2026, 5, 25)),)),
        True,
        [1],
    ),
    ({"is": "contribution_age", "months": 6}, NOTHING, None, []),
    ({"is": "evidence", "at_least": 2, "kind": "any"}, FULL, True, [7, 8]),
    ({"is": "evidence", "at_least": 2, "kind": "public"}, FULL, False, [7]),
    ({"is": "evidence", "at_least": 1, "kind": "law"}, FULL, True, [8]),
    ({"is": "evidence", "at_least": 1, "kind": "link"}, FULL, False, []),
    ({"is": "evidence", "at_least": 1, "kind": "any"}, NOTHING, False, []),
    ({"is": "measures", "at_least": 2}, FULL, True, [4, 5]),
    ({"is": "measures", "at_least": 1}, NOTHING, False, []),
    ({"is": "measure_progress", "by": "some", "among": ["completed"]}, FULL, True, [4, 5]),
    ({"is": "measure_progress", "by": "every", "among": ["completed"]}, FULL, None, [4, 5]),
    ({"is": "measure_progress", "by": "every", "among": ["suspended"]}, FULL, False, [4, 5]),
    ({"is": "measure_progress", "by": "some", "among": ["completed"]}, NOTHING, None, []),
    # One of three: 33.3 per cent.
    ({"is": "milestones_reached", "percent": 33}, FULL, True, [4, 4, 4]),
    ({"is": "milestones_reached", "percent": 34}, FULL, False, [4, 4, 4]),
    ({"is": "milestones_reached", "percent": 1}, NOTHING, None, []),
    # Due yesterday and open; what is due today is not late.
    ({"is": "milestone_late"}, FULL, True, [4]),
    ({"is": "milestone_late"}, NOTHING, None, []),
    ({"is": "law_stage", "by": "some", "stage": "adopted"}, FULL, True, [4, 4, 5]),
    ({"is": "law_stage", "by": "some", "stage": "published"}, FULL, False, [4, 4, 5]),
    # The withdrawn one stands at no stage.
    ({"is": "law_stage", "by": "every", "stage": "prepared"}, FULL, False, [4, 4, 5]),
    ({"is": "law_stage", "by": "every", "stage": "prepared"}, NOTHING, None, []),
    ({"is": "indicators_met", "by": "some"}, FULL, True, [61, 62]),
    ({"is": "indicators_met", "by": "every"}, FULL, None, [61, 62]),
    ({"is": "indicator_missed"}, FULL, False, []),
    ({"is": "indicator_missed"}, Facts(TODAY, indicators=(indicator(61, False),)), True, [61]),
    ({"is": "indicator_missed"}, Facts(TODAY, indicators=(indicator(61, True),)), False, []),
    ({"is": "indicator_missed"}, NOTHING, False, []),
    ({"is": "parts_status", "by": "some", "among": ["implemented"]}, FULL, True, [91, 92]),
    ({"is": "parts_status", "by": "every", "among": ["implemented"]}, FULL, None, [91, 92]),
    ({"is": "parts_status", "by": "every", "among": ["in_progress"]}, FULL, False, [91, 92]),
]


@pytest.mark.parametrize(("node", "facts", "answer", "rows"), ASKED, ids=lambda value: str(value)[:60])
def test_a_condition_answers(
    node: dict[str, Any], facts: Facts, answer: bool | None, rows: list[int]
) -> None:
    step = evaluate(node, facts)
    assert step.value is answer
    assert [row.pk for row in step.rows] == rows


def test_every_condition_is_asked_above() -> None:
    assert {node["is"] for node, *_rest in ASKED} == set(CONDITIONS)


@pytest.mark.parametrize(
    ("values", "all_of", "one_of"),
    [
        ([], None, None),
        ([True, True], True, True),
        ([True, False], False, True),
        ([True, None], None, True),
        ([False, None], False, None),
        ([None], None, None),
    ],
)
def test_unknown_is_neither_yes_nor_no(
    values: list[bool | None], all_of: bool | None, one_of: bool | None
) -> None:
    assert every(values) is all_of
    assert some(values) is one_of


def test_not_turns_an_answer_and_leaves_the_unknown() -> None:
    late = {"is": "milestone_late"}
    assert evaluate({"not": late}, FULL).value is False
    assert evaluate({"not": late}, NOTHING).value is None


CLAIM_WITH_PROOF = Facts(
    TODAY, (said(1, "implemented", lead=True),), (EvidenceFact(7, "Gazette", "file", "public"),)
)


@pytest.mark.parametrize(
    ("position", "facts", "status", "tried"),
    [
        ("supported", NOTHING, "", 4),
        # A claim alone, then a claim with a proof, then with a law published and nothing missed.
        ("supported", Facts(TODAY, (said(1, "implemented", lead=True),)), "in_progress", 3),
        ("", CLAIM_WITH_PROOF, "partly_implemented", 2),
        (
            "supported",
            replace(
                CLAIM_WITH_PROOF,
                measures=(measure(4, None, laws=(LawFact(44, {"en": "Law"}, "published"),)),),
                indicators=(indicator(61, True),),
            ),
            "implemented",
            1,
        ),
        # The same with an indicator that misses its target.
        (
            "supported",
            replace(
                CLAIM_WITH_PROOF,
                measures=(measure(4, None, laws=(LawFact(44, {"en": "Law"}, "published"),)),),
                indicators=(indicator(61, False),),
            ),
            "partly_implemented",
            2,
        ),
        ("supported", Facts(TODAY, (said(1, "not_started"),)), "not_started", 4),
        ("noted", Facts(TODAY, (said(1, "under_study"),)), "under_study", 2),
        ("noted", Facts(TODAY, (said(1, "acted_upon"),)), "under_study", 2),
        ("noted", Facts(TODAY, (said(1, "no_action"),)), "no_action", 3),
        ("noted", NOTHING, "", 3),
        # Parts: one is done, of the other nothing is known.
        ("", FULL, "partly_implemented", 3),
        (
            "",
            Facts(TODAY, parts=(PartFact(1, "a", "implemented"), PartFact(2, "b", "no_longer_applicable"))),
            "implemented",
            1,
        ),
        (
            "",
            Facts(TODAY, parts=(PartFact(1, "a", "not_started"), PartFact(2, "b", "in_progress"))),
            "in_progress",
            4,
        ),
        ("", Facts(TODAY, parts=(PartFact(1, "a", "not_started"), PartFact(2, "b", ""))), "", 5),
        # No part has a status: the paragraph's own record speaks.
        ("", Facts(TODAY, (said(1, "in_progress"),), parts=(PartFact(1, "a", ""),)), "in_progress", 3),
    ],
)
def test_what_the_example_proposes(position: str, facts: Facts, status: str, tried: int) -> None:
    found = derive(example(), position, facts)
    assert found.status == status
    assert len(found.branches) == tried


def test_a_derivation_says_each_step_with_its_records() -> None:
    rule = {
        "common": [
            {
                "status": "in_progress",
                "labels": {"en": "Begun"},
                "when": {"all": [{"is": "contributions", "at_least": 1}, {"not": {"is": "milestone_late"}}]},
            }
        ],
        "noted": [],
        "parts": [],
    }
    kept = derive(rule, "", Facts(TODAY, (said(1, "in_progress"),))).as_json()
    assert kept == {
        "scale": "common",
        "status": "",
        "branches": [
            {
                "status": "in_progress",
                "labels": {"en": "Begun"},
                "step": {
                    "node": {"group": "all"},
                    "value": None,
                    "rows": [],
                    "steps": [
                        {
                            "node": {"is": "contributions", "at_least": 1},
                            "value": True,
                            "rows": [
                                {
                                    "kind": "contribution",
                                    "pk": 1,
                                    "label": {"en": "Ministry 1"},
                                    "says": "in_progress",
                                }
                            ],
                            "steps": [],
                        },
                        {
                            "node": {"group": "not"},
                            "value": None,
                            "rows": [],
                            "steps": [
                                {"node": {"is": "milestone_late"}, "value": None, "rows": [], "steps": []}
                            ],
                        },
                    ],
                },
            }
        ],
    }


def test_the_example_is_whole() -> None:
    check(example(), whole=True)


def _with(when: Any, **more: Any) -> dict[str, Any]:
    branch = {"status": "implemented", "labels": {"en": "Done"}, "when": when} | more
    return example() | {"common": [branch]}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {"common": []},
        example() | {"common": "all"},
        example() | {"common": ["implemented"]},
        _with({"is": "import os"}),
        _with({"is": ["contributions"]}),
        _with({"is": "contributions"}),
        _with({"is": "contributions", "at_least": "1"}),
        _with({"is": "contributions", "at_least": True}),
        _with({"is": "contributions", "at_least": 0}),
        _with({"is": "contributions", "at_least": 1, "eval": "1"}),
        _with({"is": "measure_progress", "by": "some", "among": []}),
        _with({"is": "measure_progress", "by": "most", "among": ["completed"]}),
        _with({"all": [], "any": []}),
        _with({"all": {}}),
        _with({"not": []}),
        _with({}),
        _with("True"),
        _with({"not": {"not": {"not": {"not": {"not": {"not": {"is": "milestone_late"}}}}}}}),
        _with({"all": [{"is": "milestone_late"}] * 200}),
        _with({"all": []}, status="acted_upon"),
        _with({"all": []}, labels={"en": " "}),
        _with({"all": []}, labels={"en": 1}),
        _with({"all": []}, labels=[]),
    ],
)
def test_what_is_no_rule_is_refused(content: Any) -> None:
    with pytest.raises(RuleViolated):
        check(content, whole=False)


def test_a_draft_may_be_unfinished_what_is_published_may_not() -> None:
    for unfinished in (_with({"all": []}), _with({"not": {"any": []}}), example() | {"noted": []}):
        check(unfinished, whole=False)
        with pytest.raises(RuleViolated):
            check(unfinished, whole=True)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["all", "any", "not", "is", "at_least"]), inner, max_size=3)
        ),
        max_leaves=12,
    )
)
def test_whatever_comes_from_outside_is_refused_or_can_be_walked(when: Any) -> None:
    content = _with(when)
    try:
        check(content, whole=False)
    except RuleViolated:
        return
    derive(content, "", FULL)


def test_places_lead_to_nodes_and_nowhere_else() -> None:
    rule = example()
    assert place_of(rule, "common.0") == Place("common", 0)
    assert place_of(rule, "common.0.when") == Place("common", 0, ())
    inner = place_of(rule, "common.0.when.2.1")
    assert inner == Place("common", 0, (2, 1))
    assert node_at(rule, inner) == {"is": "measure_progress", "by": "every", "among": ["completed"]}
    assert str(inner) == "common.0.when.2.1"
    assert node_at(rule, Place("common", 0, (3, 0))) == {"is": "indicator_missed"}
    for nowhere in (
        "",
        "common",
        "other.0",
        "common.9",
        "common.when",
        "common.0.1",
        "common.0.when.9",
        "x.y",
    ):
        assert place_of(rule, nowhere) is None, nowhere


def test_a_tree_is_changed_without_touching_the_first_one() -> None:
    rule, late = example(), {"is": "milestone_late"}
    group = Place("common", 0, ())
    longer = add(rule, group, late)
    assert node_at(longer, Place("common", 0, (4,))) == late
    other = put(longer, Place("common", 0, (0,)), {"is": "indicator_missed"})
    assert node_at(other, Place("common", 0, (0,))) == {"is": "indicator_missed"}
    shorter = remove(other, Place("common", 0, (0,)))
    assert node_at(shorter, Place("common", 0, (0,))) == {"is": "evidence", "at_least": 1, "kind": "any"}
    # What "not" denies goes with it.
    denied = remove(rule, Place("common", 0, (3, 0)))
    assert len(node_at(denied, group)["all"]) == 3  # type: ignore[index]  # it is there
    assert [row["status"] for row in remove(rule, Place("noted", 1))["noted"]] == ["acted_upon", "no_action"]
    assert [row["status"] for row in moved(rule, Place("noted", 1), -1)["noted"]] == [
        "under_study",
        "acted_upon",
        "no_action",
    ]
    assert moved(rule, Place("noted", 0), -1) == rule
    assert rule == example()


def test_conditions_go_into_groups_and_a_status_keeps_its_condition() -> None:
    with pytest.raises(RuleViolated):
        add(example(), Place("common", 0, (0,)), {"is": "milestone_late"})
    with pytest.raises(RuleViolated):
        remove(example(), Place("common", 0, ()))
