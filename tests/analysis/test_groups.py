"""Groups: what the job proposes, what people decide, and that the one never touches the other."""

import pytest

from tawsiya.accounts.choices import Role
from tawsiya.analysis.commands import groups as commands
from tawsiya.analysis.commands.group_proposals import propose_groups
from tawsiya.analysis.models import GroupModel, KeptApart
from tawsiya.analysis.queries.references import items_called
from tawsiya.audit.models import Event
from tawsiya.core.errors import PermissionRefused, RuleViolated, StaleData
from tawsiya.recommendations.choices import GroupState, Kind, MemberState
from tawsiya.recommendations.models import Group, GroupMember, Recommendation
from tests import factories

pytestmark = pytest.mark.django_db

DEATH = (
    {"fr": "Abolir la peine de mort en droit et en pratique"},
    {"en": "Abolish the death penalty for every crime"},
    {"ar": "إلغاء عقوبة الإعدام"},
)
OPCAT = (
    {"fr": "Ratifier le Protocole facultatif se rapportant à la Convention contre la torture"},
    {"fr": "Envisager de ratifier le Protocole facultatif à la Convention contre la torture"},
)


@pytest.fixture(autouse=True)
def instance() -> None:
    factories.make_instance()


def made(texts: tuple[dict[str, str], ...]) -> list[Recommendation]:
    return [factories.make_recommendation(texts=one) for one in texts]


def pks(items: list[Recommendation]) -> set[int]:
    return {item.pk for item in items}


def members(group: Group, state: MemberState) -> set[int]:
    return set(group.members.filter(state=state).values_list("recommendation_id", flat=True))


def codes() -> list[str]:
    return list(
        Event.objects.filter(code__startswith="group").order_by("position").values_list("code", flat=True)
    )


class TestProposals:
    def test_what_asks_for_the_same_thing_is_proposed_across_languages(self) -> None:
        death, opcat = made(DEATH), made(OPCAT)
        outcome = propose_groups()
        assert (outcome.new_groups, outcome.newcomers) == (2, 0)
        found = {frozenset(members(group, MemberState.PROPOSED)) for group in Group.objects.all()}
        assert found == {frozenset(pks(death)), frozenset(pks(opcat))}
        group = Group.objects.get(members__recommendation=death[0])
        assert group.state == GroupState.PROPOSED
        assert group.names == {
            "fr": "Abolir la peine de mort en droit et en pratique",
            "en": "Abolish the death penalty for every crime",
            "ar": "إلغاء عقوبة الإعدام",
        }
        assert codes() == ["groups.proposed"]

    def test_the_same_proposals_again_write_nothing(self) -> None:
        made(DEATH)
        propose_groups()
        before = list(GroupMember.objects.values_list("pk", "score").order_by("pk"))
        propose_groups()
        assert list(GroupMember.objects.values_list("pk", "score").order_by("pk")) == before
        assert codes() == ["groups.proposed"]

    def test_lettered_parts_stand_for_their_paragraph_and_concerns_stay_out(self) -> None:
        document = factories.make_document()
        parent = factories.make_recommendation(document, paragraph="9", texts=DEATH[0])
        part = factories.make_recommendation(document, paragraph="9", subparagraph="a", texts=DEATH[1])
        concern = factories.make_recommendation(kind=Kind.CONCERN, texts=DEATH[0])
        other = factories.make_recommendation(texts=DEATH[2])
        propose_groups()
        (group,) = Group.objects.all()
        found = members(group, MemberState.PROPOSED)
        assert found == {part.pk, other.pk}
        assert not found & {parent.pk, concern.pk}

    def test_a_newcomer_is_proposed_for_the_confirmed_group_and_leaves_it_as_it_is(self) -> None:
        first, second, newcomer = made(DEATH)
        group = factories.make_group(first, second, names={"en": "Death penalty"})
        outcome = propose_groups()
        assert (outcome.new_groups, outcome.newcomers) == (0, 1)
        group.refresh_from_db()
        assert members(group, MemberState.CONFIRMED) == {first.pk, second.pk}
        assert members(group, MemberState.PROPOSED) == {newcomer.pk}
        assert group.names == {"en": "Death penalty"}

    def test_what_a_person_rejected_is_never_proposed_again(self) -> None:
        first, second, third = made(DEATH)
        propose_groups()
        (group,) = Group.objects.all()
        by = factories.coordinator()
        commands.reject_members(group=group, items=[third.pk], by=by)
        commands.confirm_members(group=group, items=[first.pk, second.pk], by=by)
        propose_groups()
        assert members(group, MemberState.PROPOSED) == set()
        assert members(group, MemberState.NEAR) == set()
        assert members(group, MemberState.REJECTED) == {third.pk}
        assert not GroupMember.objects.filter(recommendation=third).exclude(group=group).exists()

    def test_the_members_of_a_dissolved_group_are_not_proposed_together(self) -> None:
        items = made(OPCAT)
        propose_groups()
        (group,) = Group.objects.all()
        commands.dissolve_group(group=group, by=factories.coordinator())
        propose_groups()
        assert not GroupMember.objects.exclude(state=MemberState.REJECTED).exists()
        assert set(KeptApart.objects.values_list("first_id", "second_id")) == {
            (min(pks(items)), max(pks(items)))
        }

    def test_withdrawn_proposals_leave_no_empty_group(self) -> None:
        group, items = factories.make_group(*made(DEATH)), made(OPCAT)
        propose_groups()
        commands.add_members(group=group, items=[items[0]], by=factories.coordinator())
        propose_groups()
        assert not Group.objects.filter(members=None).exists()

    def test_confirmed_groups_teach(self) -> None:
        topics = ["la peine de mort", "les écoles rurales", "les prisons", "le chômage", "la presse"]
        for topic in topics:
            items = [
                factories.make_recommendation(texts={"fr": f"{act} {topic}"})
                for act in ("Réformer", "Revoir", "Examiner", "Changer")
            ]
            factories.make_group(*items)
        propose_groups()
        (row,) = GroupModel.objects.all()
        # Six pairs in each of five groups, and one pair between each two of them.
        assert row.pairs == 5 * 6 + 10
        propose_groups()
        assert GroupModel.objects.count() == 1

    def test_only_the_delegation_asks_for_it(self) -> None:
        with pytest.raises(PermissionRefused, match="Only the delegation decides on groups"):
            propose_groups(by=factories.make_reader(Role.OBSERVER))


class TestDecisions:
    def test_confirming_makes_the_group_and_records_each_member(self) -> None:
        items = made(OPCAT)
        propose_groups()
        (group,) = Group.objects.all()
        group = commands.confirm_members(group=group, items=pks(items), by=factories.coordinator())
        assert group.state == GroupState.CONFIRMED and group.decided_by_id
        assert members(group, MemberState.CONFIRMED) == pks(items)
        assert codes()[1:] == ["group.confirmed", "group.joined", "group.joined"]
        assert set(Event.objects.filter(code="group.joined").values_list("item_id", flat=True)) == pks(items)

    def test_one_member_is_no_group(self) -> None:
        items = made(OPCAT)
        propose_groups()
        (group,) = Group.objects.all()
        with pytest.raises(RuleViolated, match="two members"):
            commands.confirm_members(group=group, items=[items[0].pk], by=factories.coordinator())
        group.refresh_from_db()
        assert group.state == GroupState.PROPOSED

    def test_a_decision_on_an_older_page_is_refused(self) -> None:
        items = made(DEATH)
        group = factories.make_group(*items)
        with pytest.raises(StaleData):
            commands.reject_members(
                group=group, items=[items[0].pk], by=factories.coordinator(), seen_version=1
            )

    def test_a_member_that_leaves_is_parted_from_those_who_stay(self) -> None:
        first, second, third = made(DEATH)
        group = factories.make_group(first, second, third)
        commands.reject_members(group=group, items=[third.pk], by=factories.coordinator())
        assert members(group, MemberState.CONFIRMED) == {first.pk, second.pk}
        assert set(KeptApart.objects.values_list("first_id", "second_id")) == {
            (first.pk, third.pk),
            (second.pk, third.pk),
        }
        assert codes()[-1] == "group.left"

    def test_the_last_member_out_closes_the_group(self) -> None:
        items = made(OPCAT)
        group = factories.make_group(*items)
        commands.reject_members(group=group, items=pks(items), by=factories.coordinator())
        group.refresh_from_db()
        assert group.state == GroupState.DISSOLVED

    def test_adding_takes_a_recommendation_out_of_its_other_group(self) -> None:
        one, two = factories.make_group(*made(DEATH)), factories.make_group(*made(OPCAT))
        moved = Recommendation.objects.filter(group_places__group=two).order_by("pk")[0]
        commands.add_members(group=one, items=[moved], by=factories.coordinator())
        assert moved.pk in members(one, MemberState.CONFIRMED)
        assert moved.pk not in members(two, MemberState.CONFIRMED)

    def test_a_paragraph_told_by_its_parts_cannot_be_added(self) -> None:
        document = factories.make_document()
        parent = factories.make_recommendation(document, paragraph="9")
        factories.make_recommendation(document, paragraph="9", subparagraph="a")
        group = factories.make_group(*made(OPCAT))
        with pytest.raises(RuleViolated, match="cannot stand in a group"):
            commands.add_members(group=group, items=[parent], by=factories.coordinator())

    def test_the_title_is_a_persons(self) -> None:
        group = factories.make_group(*made(OPCAT))
        commands.rename_group(group=group, names={"fr": " OPCAT ", "ar": ""}, by=factories.coordinator())
        group.refresh_from_db()
        assert group.names == {"fr": "OPCAT"}
        with pytest.raises(RuleViolated, match="title"):
            commands.rename_group(group=group, names={"fr": " "}, by=factories.coordinator())

    def test_a_split_makes_two_groups_that_are_not_proposed_as_one(self) -> None:
        first, second, third = made(DEATH)
        group = factories.make_group(first, second, third)
        new = commands.split_group(group=group, items=[third.pk], by=factories.coordinator())
        assert new.pk != group.pk and new.state == GroupState.CONFIRMED
        assert members(new, MemberState.CONFIRMED) == {third.pk}
        assert members(group, MemberState.CONFIRMED) == {first.pk, second.pk}
        propose_groups()
        assert not GroupMember.objects.filter(state=MemberState.PROPOSED).exists()
        with pytest.raises(RuleViolated, match="Leave one member"):
            commands.split_group(group=group, items=[first.pk, second.pk], by=factories.coordinator())

    def test_a_merge_takes_back_that_they_were_parted(self) -> None:
        first, second, third = made(DEATH)
        group = factories.make_group(first, second, third)
        new = commands.split_group(group=group, items=[third.pk], by=factories.coordinator())
        commands.merge_groups(group=group, other=new, by=factories.coordinator())
        assert members(group, MemberState.CONFIRMED) == {first.pk, second.pk, third.pk}
        new.refresh_from_db()
        assert new.state == GroupState.DISSOLVED
        assert not KeptApart.objects.exists()
        with pytest.raises(RuleViolated, match="another group"):
            commands.merge_groups(group=group, other=group, by=factories.coordinator())

    @pytest.mark.parametrize(
        "role", [Role.FOCAL_POINT, Role.VALIDATOR, Role.OBSERVER, Role.NHRI, Role.ADMINISTRATOR]
    )
    def test_nobody_else_decides(self, role: Role) -> None:
        group, by = factories.make_group(*made(OPCAT)), factories.make_reader(role)
        acts = (
            lambda: commands.confirm_members(group=group, items=[1], by=by),
            lambda: commands.reject_members(group=group, items=[1], by=by),
            lambda: commands.add_members(group=group, items=[], by=by),
            lambda: commands.rename_group(group=group, names={"en": "x"}, by=by),
            lambda: commands.split_group(group=group, items=[1], by=by),
            lambda: commands.merge_groups(group=group, other=group, by=by),
            lambda: commands.dissolve_group(group=group, by=by),
        )
        for act in acts:
            with pytest.raises(PermissionRefused):
                act()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("{symbol} 9 (a)", ["a"]),
        ("{symbol} § 9(a)", ["a"]),
        ("{symbol} 9", ["a", "b"]),
        ("{symbol} 10", []),
        ("words only", []),
    ],
)
def test_a_recommendation_is_found_by_what_it_is_called(written: str, found: list[str]) -> None:
    document = factories.make_document()
    factories.make_recommendation(document, paragraph="9")
    for letter in "ab":
        factories.make_recommendation(document, paragraph="9", subparagraph=letter)
    items = items_called(factories.coordinator(), written.format(symbol=document.symbol))
    assert [item.subparagraph for item in items] == found
