"""The pages of groups: list with its twins and facets, one group, the decisions."""

from collections.abc import Callable

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.analysis.commands.group_proposals import propose_groups
from tawsiya.followup.choices import ContributionState
from tawsiya.recommendations.choices import GroupState, MemberState
from tawsiya.recommendations.models import Group, Recommendation
from tests import factories

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def instance() -> None:
    factories.make_instance()


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(factories.make_person(role), backend=BACKEND)
    return client


def death_penalty() -> list[Recommendation]:
    return [
        factories.make_recommendation(texts={"en": "Abolish the death penalty for every crime"}),
        factories.make_recommendation(texts={"fr": "Abolir la peine capitale"}),
        factories.make_recommendation(texts={"ar": "إلغاء عقوبة الإعدام"}),
    ]


def test_an_empty_list_says_what_will_come(address: Callable[..., str]) -> None:
    page = client_of(Role.ANALYST).get(address("groups:list"))
    assert "those that ask for the same thing are proposed here" in page.content.decode()
    other = client_of(Role.OBSERVER).get(address("groups:list")).content.decode()
    assert "The delegation has confirmed none yet." in other and "Look again" not in other


def test_the_list_shows_confirmed_groups_to_all_and_proposals_to_the_delegation(
    address: Callable[..., str],
) -> None:
    factories.make_group(*death_penalty(), names={"en": "Death penalty"})
    factories.make_group(
        factories.make_recommendation(),
        factories.make_recommendation(),
        state=GroupState.PROPOSED,
        names={"en": "Witnesses"},
    )
    for role, titles in ((Role.ANALYST, {"Death penalty", "Witnesses"}), (Role.OBSERVER, {"Death penalty"})):
        client = client_of(role)
        rows = client.get(address("groups:list-json")).json()["results"]
        assert {row["title"] for row in rows} == titles
        page = client.get(address("groups:list")).content.decode()
        assert ("Witnesses" in page) == (role == Role.ANALYST)
    row = next(row for row in rows if row["title"] == "Death penalty")
    assert row["size"] == 3 and len(row["members"]) == 3


def test_facets_count_and_filter(address: Callable[..., str]) -> None:
    group = factories.make_group(*death_penalty(), names={"en": "Death penalty"})
    factories.make_group(
        factories.make_recommendation(), factories.make_recommendation(), state=GroupState.PROPOSED
    )
    institution = factories.make_institution()
    first = Recommendation.objects.filter(group_places__group=group).order_by("pk")[0]
    factories.make_assignment(recommendation=first, institution=institution)
    client = client_of(Role.ANALYST)
    page = client.get(address("groups:list"))
    facets = {facet["name"]: facet["options"] for facet in page.context["facets"]}
    assert {option["value"]: option["count"] for option in facets["state"]} == {"confirmed": 1, "proposed": 1}
    assert {option["value"]: option["count"] for option in facets["size"]} == {"small": 2}
    assert [option["count"] for option in facets["institution"]] == [1]
    for query, count in (
        ("state=confirmed", 1),
        ("size=large", 0),
        (f"institution={institution.pk}", 1),
        ("q=capitale", 1),
        ("q=capitale+nothing", 0),
    ):
        assert client.get(f"{address('groups:list')}?{query}").context["count"] == count, query
    other = client_of(Role.FOCAL_POINT).get(address("groups:list"))
    assert "institution" not in {facet["name"] for facet in other.context["facets"]}


def test_a_group_shows_why_each_member_belongs(address: Callable[..., str]) -> None:
    death_penalty()
    propose_groups()
    (group,) = Group.objects.all()
    page = client_of(Role.ANALYST).get(address("groups:show", group.pk))
    html = page.content.decode()
    assert "<mark>peine</mark> <mark>capitale</mark>" in html
    assert "<mark>death</mark> <mark>penalty</mark>" in html
    assert 'object</span> <bdi lang="fr">peine capitale</bdi>' in html
    assert "Proposed by the machine" in html
    assert page.context["figures"]["languages"] == 3


def test_one_confirms_from_the_page(address: Callable[..., str]) -> None:
    items = death_penalty()
    propose_groups()
    (group,) = Group.objects.all()
    client = client_of(Role.COORDINATOR)
    answer = client.post(
        address("groups:decide", group.pk),
        {"decision": "confirm", "selected": [item.pk for item in items], "seen_version": group.version},
    )
    assert answer.status_code == 302
    group.refresh_from_db()
    assert group.state == GroupState.CONFIRMED
    html = client.get(address("groups:show", group.pk)).content.decode()
    assert "Assign the group" in html and "confirmed the group" in html
    again = client.post(address("groups:decide", group.pk), {"decision": "confirm", "seen_version": "1"})
    assert again.status_code == 409
    assert "This group changed meanwhile" in again.content.decode()
    nothing = client.post(address("groups:decide", group.pk), {"decision": "reject"})
    assert nothing.status_code == 422


def test_near_misses_and_rejected_ones_stay_with_the_delegation(address: Callable[..., str]) -> None:
    near = factories.make_recommendation(texts={"en": "Publish qnearmiss"})
    group = factories.make_group(*death_penalty(), near=(near,))
    assert "qnearmiss" in client_of(Role.ANALYST).get(address("groups:show", group.pk)).content.decode()
    assert "qnearmiss" not in client_of(Role.OBSERVER).get(address("groups:show", group.pk)).content.decode()


def test_a_recommendation_names_its_group(address: Callable[..., str]) -> None:
    first, *others = death_penalty()
    group = factories.make_group(first, *others, names={"en": "Death penalty"})
    html = client_of(Role.OBSERVER).get(address("followup:item", first.pk)).content.decode()
    assert "Death penalty" in html and address("groups:show", group.pk) in html


def test_what_was_written_on_the_members_stands_together(address: Callable[..., str]) -> None:
    first, *others = death_penalty()
    group = factories.make_group(first, *others)
    written = factories.make_contribution(ContributionState.WITH_DELEGATION, recommendation=first)
    link = address("followup:contribution", written.pk)
    page = address("groups:show", group.pk)
    assert link in client_of(Role.COORDINATOR).get(page).content.decode()
    # DOMAIN §9: with the delegation, no observer and no other institution knows of it.
    for role in (Role.OBSERVER, Role.FOCAL_POINT, Role.NHRI):
        assert link not in client_of(role).get(page).content.decode()


def test_a_new_look_is_queued(address: Callable[..., str]) -> None:
    from django.db import connection

    answer = client_of(Role.ANALYST).post(address("groups:propose"))
    assert answer.status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'analysis.propose_groups'")
        assert cursor.fetchone() == (1,)


def test_the_list_needs_as_many_queries_for_many_as_for_few(
    address: Callable[..., str], django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_of(Role.ANALYST)
    for _number in range(3):
        factories.make_group(*death_penalty())
    client.get(address("groups:list"))
    with django_assert_max_num_queries(32):
        client.get(address("groups:list"))
    assert Group.objects.filter(members__state=MemberState.CONFIRMED).distinct().count() == 3
