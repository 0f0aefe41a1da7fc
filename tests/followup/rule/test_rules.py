"""Versions of the rule: who writes them, when they hold, what they would change, and what assessments keep."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tawsiya.accounts.choices import Role
from tawsiya.audit.models import Event
from tawsiya.core import clock
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.followup.choices import ContributionState, ReferenceKind
from tawsiya.followup.commands.assessments import set_status
from tawsiya.followup.commands.contributions import act_on_contribution
from tawsiya.followup.commands.rules import begin_rule, change_rule, discard_rule
from tawsiya.followup.models import Assessment, AssessmentRule
from tawsiya.followup.permissions import may_act_on_rule
from tawsiya.followup.rule.proposals import (
    changes_by,
    differing,
    proposal_for,
    rule_in_force,
    rules_for,
)
from tawsiya.portal.models import RuleSnapshot
from tawsiya.recommendations.choices import Status
from tests import factories
from tests.followup.rule import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _state() -> None:
    factories.make_instance()


def said(status: str, **more: str):
    """Make a recommendation whose ministry proposes a status."""
    item = factories.make_recommendation(**more)
    factories.make_contribution(ContributionState.VALIDATED, recommendation=item, proposed_status=status)
    return item


# State × action × role, by hand.
WHO = """
state      action   administrator coordinator analyst validator focal_point observer nhri civil_society
draft      edit     no            ok          no      no        no          no       no   no
draft      publish  no            ok          no      no        no          no       no   no
draft      discard  no            ok          no      no        no          no       no   no
published  edit     no            no          no      no        no          no       no   no
published  publish  no            no          no      no        no          no       no   no
published  discard  no            no          no      no        no          no       no   no
discarded  edit     no            no          no      no        no          no       no   no
discarded  publish  no            no          no      no        no          no       no   no
discarded  discard  no            no          no      no        no          no       no   no
"""


def test_who_may_do_what_in_each_state() -> None:
    head, *rows = (line.split() for line in WHO.strip().splitlines())
    readers = {role: factories.make_reader(Role(role)) for role in head[2:]}
    for state, action, *outcomes in rows:
        rule = AssessmentRule(state=state, number=1)
        for role, outcome in zip(head[2:], outcomes, strict=True):
            found = bool(may_act_on_rule(readers[role], rule, action))
            assert found == (outcome == "ok"), (state, action, role)


def test_a_rule_is_written_published_and_replaced() -> None:
    assert rule_in_force() is None
    first = making.published()
    assert (first.number, first.state) == (1, "published")
    assert rule_in_force() == first
    second = making.draft(making.claimed("implemented"))
    assert rule_in_force() == first
    making.publish(second, in_force_from=making.tomorrow())
    assert rule_in_force() == first
    with clock.at(clock.now() + timedelta(days=1)):
        assert rule_in_force() == second
    assert list(RuleSnapshot.objects.order_by("number").values_list("number", "content")) == [
        (1, first.content),
        (2, making.claimed("implemented")),
    ]
    codes = Event.objects.filter(subject_type="followup.assessmentrule").order_by("position")
    assert [event.code for event in codes] == [
        "rule.begun",
        "rule.published",
        "rule.begun",
        "rule.changed",
        "rule.published",
    ]


def test_one_draft_at_a_time_begun_as_a_copy_of_the_last() -> None:
    making.published(making.claimed("implemented"))
    rule = begin_rule(by=factories.coordinator())
    assert rule.content == making.claimed("implemented")
    with pytest.raises(RuleViolated):
        begin_rule(by=factories.coordinator())
    with pytest.raises(RuleViolated):
        discard_rule(rule=rule, reason=" ", by=factories.coordinator())
    discard_rule(rule=rule, reason="Not agreed", by=factories.coordinator())
    assert begin_rule(by=factories.coordinator()).number == 3


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_a_coordinator_writes_the_rule(role: Role) -> None:
    rule, reader = making.draft(), factories.make_reader(role)
    with pytest.raises(PermissionRefused):
        begin_rule(by=reader)
    with pytest.raises(PermissionRefused):
        change_rule(rule=rule, content=rule.content, seen_version=1, by=reader)
    with pytest.raises(PermissionRefused):
        discard_rule(rule=rule, reason="No", by=reader)


def test_two_who_edit_at_once_do_not_overwrite_each_other() -> None:
    rule = making.draft()
    change_rule(rule=rule, content=making.claimed("implemented"), seen_version=1, by=factories.coordinator())
    with pytest.raises(StaleData):
        change_rule(
            rule=rule, content=making.claimed("in_progress"), seen_version=1, by=factories.coordinator()
        )
    with pytest.raises(StaleData):
        making.publish(rule)
    assert AssessmentRule.objects.get().content == making.claimed("implemented")


def test_what_cannot_be_published() -> None:
    rule = making.draft()
    with pytest.raises(RuleViolated):
        making.publish(rule, note=" ")
    with pytest.raises(RuleViolated):
        making.publish(rule, in_force_from=timezone.localdate(clock.now()) - timedelta(days=2))
    empty = change_rule(
        rule=rule,
        content=rule.content | {"noted": []},
        seen_version=rule.row_version,
        by=factories.coordinator(),
    )
    with pytest.raises(RuleViolated):
        making.publish(empty)
    assert not RuleSnapshot.objects.exists()
    later = making.publish(
        change_rule(
            rule=rule,
            content=making.claimed("implemented"),
            seen_version=empty.row_version,
            by=factories.coordinator(),
        ),
        in_force_from=making.tomorrow(),
    )
    # Nothing takes force before what was published already.
    with pytest.raises(RuleViolated):
        making.publish(making.draft())
    assert later.state == "published"


def test_the_database_refuses_to_change_a_published_rule() -> None:
    from tawsiya.audit import commands as audit

    rule = making.published()
    with pytest.raises(DatabaseError), transaction.atomic(), audit.change("rule.changed", by=audit.SYSTEM):
        AssessmentRule.objects.filter(pk=rule.pk).update(content={})


def test_a_changed_rule_lists_exactly_the_statuses_that_change() -> None:
    making.published(making.claimed("implemented", "in_progress"))
    done, moving, silent = said("implemented"), said("in_progress"), factories.make_recommendation()
    draft = making.draft(making.claimed("partly_implemented", "in_progress"))
    by = factories.coordinator()
    assert [(row.item, row.now, row.then) for row in changes_by(by, draft)] == [(done, "implemented", "")]
    other = change_rule(
        rule=draft,
        content=making.claimed("implemented", "in_progress")
        | {"common": making.claimed("not_started")["common"]},
        seen_version=draft.row_version,
        by=by,
    )
    assert {(row.item, row.now, row.then) for row in changes_by(by, other)} == {
        (done, "implemented", ""),
        (moving, "in_progress", ""),
    }
    assert silent.status == ""


def test_what_differs_from_the_confirmed_status_is_listed() -> None:
    making.published(making.claimed("implemented", "in_progress"))
    done, moving = said("implemented"), said("in_progress")
    factories.make_recommendation()
    factories.make_assessment(moving, Status.IN_PROGRESS)
    by = factories.coordinator()
    assert [(row.item, row.now, row.then) for row in differing(by)] == [(done, "", "implemented")]


def test_a_parent_rolls_up_from_its_parts_and_unknown_stays_unknown() -> None:
    making.published(making.claimed("implemented", "in_progress"))
    document = factories.make_document("CERD/C/XTM/CO/1", body="CERD")
    parent = factories.make_recommendation(document, paragraph="9")
    parts = [
        factories.make_recommendation(document, paragraph="9", subparagraph=letter) for letter in ("a", "b")
    ]
    by = factories.coordinator()
    factories.make_assessment(parts[0], Status.IMPLEMENTED)

    def proposed() -> str:
        found = proposal_for(by, parent)
        assert found is not None
        return found.derivation.status

    assert proposed() == ""
    factories.make_assessment(parts[1], Status.IN_PROGRESS)
    assert proposed() == ""
    factories.make_assessment(parts[1], Status.IMPLEMENTED)
    assert proposed() == "implemented"


def test_confirming_keeps_the_derivation_and_needs_no_more_words() -> None:
    rule, item = making.published(making.claimed("implemented")), said("implemented")
    row = set_status(
        recommendation=item,
        status=Status.IMPLEMENTED,
        justification="",
        language="fr",
        by=factories.coordinator(),
        seen_proposal="implemented",
    )
    assert (row.rule, row.proposed, row.justification) == (rule, "implemented", "Déclarée implemented")
    assert row.derivation["status"] == "implemented"
    assert row.derivation["branches"][0]["step"]["steps"][0]["rows"][0]["says"] == "implemented"


def test_overruling_needs_a_reason_and_nothing_of_the_past_disappears() -> None:
    first, item = making.published(making.claimed("implemented")), said("implemented")
    with pytest.raises(RuleViolated):
        set_status(
            recommendation=item,
            status=Status.IN_PROGRESS,
            justification=" ",
            language="en",
            by=factories.coordinator(),
        )
    factories.make_assessment(item, Status.IN_PROGRESS, justification="The decree is missing.")
    making.published(making.claimed("not_started"))
    factories.make_assessment(item, Status.PARTLY_IMPLEMENTED, justification="Half of it is there.")
    now, before = Assessment.objects.filter(recommendation=item)
    assert (before.rule, before.proposed, before.justification) == (
        first,
        "implemented",
        "The decree is missing.",
    )
    assert (now.proposed, now.derivation["status"]) == ("", "")
    # What was proposed is not told in the history, which institutions read.
    events = Event.objects.filter(code="assessment.confirmed", item_id=item.pk)
    assert {key for event in events for key in (*event.before, *event.after)} == {"status"}


def test_whoever_decides_has_seen_the_proposal_that_holds() -> None:
    making.published(making.claimed("implemented"))
    item = said("implemented")
    with pytest.raises(StaleData):
        set_status(
            recommendation=item,
            status=Status.IMPLEMENTED,
            justification="Done",
            language="en",
            by=factories.coordinator(),
            seen_proposal="",
        )
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_proposals_and_drafts_are_the_delegations_alone(role: Role) -> None:
    rule = making.published(making.claimed("implemented"))
    item, draft = said("implemented"), making.draft(making.claimed("in_progress"))
    reader = factories.make_reader(role)
    inside = role in (Role.COORDINATOR, Role.ANALYST)
    assert (proposal_for(reader, item) is not None) == inside
    assert bool(differing(reader)) == inside
    assert bool(changes_by(reader, draft)) == inside
    assert list(rules_for(reader)) == ([draft, rule] if inside else [rule])


def test_the_facts_of_many_cost_as_many_queries_as_those_of_one(django_assert_num_queries) -> None:
    from tawsiya.followup.rule.facts import facts_of

    items = [said("implemented") for _ in range(3)]
    facts_of([items[0].pk])  # what is asked once for a process
    with django_assert_num_queries(8):  # six of the record and of measures, two of indicators
        facts_of([items[0].pk])
    with django_assert_num_queries(8):
        facts_of([item.pk for item in items])


def test_a_law_that_a_validated_contribution_cites_is_evidence() -> None:
    from tawsiya.followup.commands.references import Cited, add_reference
    from tawsiya.followup.rule.facts import facts_of

    item = factories.make_recommendation()
    row = factories.make_contribution(recommendation=item)
    institution = row.institution
    focal, validator = (factories.reader_in(institution, role) for role in (Role.FOCAL_POINT, Role.VALIDATOR))
    add_reference(
        contribution=row, cited=Cited(kind=ReferenceKind.LAW, title="Law 1-23", number="1-23"), by=focal
    )
    assert facts_of([item.pk])[item.pk].evidence == ()
    for action, by in (("submit", focal), ("approve", validator), ("validate", factories.coordinator())):
        row = act_on_contribution(contribution=row, action=action, by=by)
    (found,) = facts_of([item.pk])[item.pk].evidence
    assert (found.evidence_id, found.title, found.kind) == (row.pk, "Law 1-23", "law")
