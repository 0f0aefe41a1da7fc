"""A group taken as one: what a member has of its own goes before."""

from collections.abc import Callable

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.commands.contributions import Content, act_on_contribution
from tawsiya.followup.commands.groups import (
    act_with_its_group,
    edit_with_its_group,
    set_group_status,
    start_group_contribution,
)
from tawsiya.followup.models import Assignment, Contribution
from tawsiya.followup.queries import contributions_for
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.models import Group, Recommendation
from tests import factories
from tests.followup.cast import Cast

TEXT = Content(language="en", measures_taken="The bill was tabled.")


@pytest.fixture
def group(cast: Cast) -> Group:
    """The cast's item with two others, the last of them noted."""
    others = [factories.make_recommendation(), factories.make_recommendation(position="noted")]
    return factories.make_group(cast.item, *others, names={"en": "Witnesses"})


def items(group: Group) -> list[Recommendation]:
    return list(Recommendation.objects.filter(group_places__group=group).order_by("pk"))


def accept(cast: Cast, chosen: list[Recommendation]) -> None:
    for item in chosen:
        factories.make_assignment(recommendation=item, institution=cast.lead)


def test_an_assignment_of_the_group_leaves_what_has_its_own(
    cast: Cast, group: Group, address: Callable[..., str]
) -> None:
    first, second, third = items(group)
    factories.make_assignment(recommendation=first, institution=cast.support)
    client = cast.client("coordinator")
    page = client.get(f"{address('followup:assign')}?group={group.pk}")
    assert [item.pk for item in page.context["items"]] == [second.pk, third.pk]
    assert [item.pk for item in page.context["skipped"]] == [first.pk]
    form = page.context["form"]
    client.post(
        address("followup:assign"), {"ids": form.initial["ids"], "lead": cast.lead.pk, "step": "apply"}
    )
    assert set(Assignment.objects.filter(institution=cast.lead).values_list("recommendation", flat=True)) == {
        second.pk,
        third.pk,
    }


def test_a_status_of_the_group_is_a_default(cast: Cast, group: Group) -> None:
    first, second, third = items(group)
    factories.make_assessment(first, Status.IMPLEMENTED)
    made = set_group_status(
        group=group,
        status=Status.IN_PROGRESS,
        justification="A law is drafted.",
        language="en",
        by=cast.reader("coordinator"),
    )
    # The third is noted: this status is of another scale.
    assert [row.recommendation_id for row in made] == [second.pk]
    for item in (first, second, third):
        item.refresh_from_db()
    assert [first.status, second.status, third.status] == ["implemented", "in_progress", ""]
    with pytest.raises(RuleViolated, match="does not fit"):
        set_group_status(
            group=group,
            status=Status.IN_PROGRESS,
            justification="Again.",
            language="en",
            by=cast.reader("coordinator"),
        )
    with pytest.raises(PermissionRefused):
        set_group_status(
            group=group, status=Status.NO_ACTION, justification="x", language="en", by=cast.reader("analyst")
        )


def test_a_contribution_stands_on_each_member_that_was_accepted(cast: Cast, group: Group) -> None:
    first, second, third = items(group)
    accept(cast, [first, third])
    by = cast.reader("own focal point")
    made = start_group_contribution(group=group, institution=cast.lead, content=TEXT, by=by)
    assert [row.recommendation_id for row in made] == [first.pk, third.pk]
    assert {row.written_for_id for row in made} == {group.pk}
    assert not Contribution.objects.filter(recommendation=second).exists()
    with pytest.raises(RuleViolated, match="no member"):
        start_group_contribution(group=group, institution=cast.lead, content=TEXT, by=by)


def test_each_copy_is_seen_as_a_contribution_of_its_item_alone(cast: Cast, group: Group) -> None:
    """DOMAIN §9: the supporting institution of one member reads the validated text there, not on the others."""
    first, _second, third = items(group)
    accept(cast, [first, third])
    factories.make_assignment(recommendation=first, institution=cast.support, level="support")
    made = start_group_contribution(
        group=group, institution=cast.lead, content=TEXT, by=cast.reader("own focal point")
    )
    for name in ("support", "coordinator", "observer", "outside", "nhri"):
        assert not contributions_for(cast.reader(name)).exists(), name
    for action, who in (
        ("submit", "own focal point"),
        ("approve", "own validator"),
        ("validate", "coordinator"),
    ):
        made = act_with_its_group(contribution=made[0], action=action, by=cast.reader(who))
        assert len(made) == 2
    assert {row.state for row in Contribution.objects.all()} == {ContributionState.VALIDATED}
    seen = contributions_for(cast.reader("support"))
    assert [row.recommendation_id for row in seen] == [first.pk]
    assert not contributions_for(cast.reader("outside")).exists()


def test_what_goes_its_own_way_is_left_alone(cast: Cast, group: Group) -> None:
    first, _second, third = items(group)
    accept(cast, [first, third])
    by = cast.reader("own focal point")
    one, two = start_group_contribution(group=group, institution=cast.lead, content=TEXT, by=by)
    act_on_contribution(contribution=two, action="submit", by=by)
    done = edit_with_its_group(
        contribution=one,
        content=Content(language="en", measures_taken="Changed."),
        seen_version=one.version,
        by=by,
    )
    assert [row.pk for row in done] == [one.pk]
    two.refresh_from_db()
    assert two.measures_taken == "The bill was tabled."


def test_the_pages_say_what_is_reached_and_what_is_left(
    cast: Cast, group: Group, address: Callable[..., str]
) -> None:
    first, second, third = items(group)
    accept(cast, [first])
    client = cast.client("own focal point")
    page = client.get(address("followup:group-contribute", group.pk))
    assert [item.pk for item in page.context["reached"]] == [first.pk]
    assert [item.pk for item in page.context["own"]] == [second.pk, third.pk]
    answer = client.post(
        address("followup:group-contribute", group.pk),
        {"language": "en", "measures_taken": "Done.", "then": "submit"},
    )
    row = Contribution.objects.get()
    assert answer.status_code == 302 and row.state == ContributionState.WITH_VALIDATOR
    shown = client.get(address("followup:contribution", row.pk)).content.decode()
    assert "Written for a group" in shown and "Witnesses" in shown
    assert cast.client("outside").get(address("followup:group-contribute", group.pk)).status_code == 403


def test_a_split_leaves_contributions_with_the_members(cast: Cast, group: Group) -> None:
    from tawsiya.analysis.commands.groups import split_group

    first, _second, third = items(group)
    accept(cast, [first, third])
    by = cast.reader("own focal point")
    start_group_contribution(group=group, institution=cast.lead, content=TEXT, by=by)
    split_group(group=group, items=[third.pk], by=factories.make_reader(Role.ANALYST))
    assert set(Contribution.objects.values_list("recommendation_id", flat=True)) == {first.pk, third.pk}
