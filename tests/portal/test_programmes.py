"""Programmes for everyone: only what was published of an adopted one, until it is withdrawn."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tawsiya.core.errors import PermissionRefused, RuleViolated
from tawsiya.portal.choices import TEXT_ONLY
from tawsiya.portal.commands import publish, publish_programme, withdraw_programme
from tawsiya.portal.models import ProgrammeSnapshot
from tawsiya.programme.commands.versions import begin_revision
from tawsiya.programme.models import Measure, Version
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Version:
    factories.make_instance()
    version = making.make_version()
    making.make_measure(
        version,
        lead=factories.make_institution(names={"en": "Ministry of Justice"}),
        answers=(factories.make_recommendation(),),
        risks="A secret risk",
        starts_on=date(2027, 1, 1),
        ends_on=date(2028, 12, 31),
    )
    making.adopted(version)
    version.refresh_from_db()
    return version


def test_only_the_adopted_version_is_published_by_a_coordinator(plan: Version) -> None:
    draft = making.make_version("Draft")
    with pytest.raises(RuleViolated, match="Only the adopted"):
        publish_programme(version=draft, by=factories.coordinator())
    with pytest.raises(PermissionRefused):
        publish_programme(version=plan, by=making.focal(factories.make_institution()))
    publish_programme(version=plan, by=factories.coordinator())
    with pytest.raises(RuleViolated, match="Nothing has changed"):
        publish_programme(version=plan, by=factories.coordinator())


def test_everyone_reads_it_and_nothing_that_stays_inside(plan: Version, client: Client) -> None:
    address = f"/en/public/programmes/{plan.programme.key}/"
    assert client.get(address).status_code == 404
    assert "No programme is published yet" in client.get("/en/public/programmes/").content.decode()
    publish_programme(version=plan, by=factories.coordinator())
    assert plan.programme.key in client.get("/en/public/programmes/").content.decode()
    page = client.get(address).content.decode()
    assert "Train all judges on evidence" in page and "2-26-1" in page and "Ministry of Justice" in page
    measure = client.get(f"{address}1.1/").content.decode()
    assert "First course held" in measure
    for text in (page, measure, client.get(f"{address.rstrip('/')}.json").content.decode()):
        assert "secret risk" not in text
    rows = client.get(f"/en/public/programmes/{plan.programme.key}.json").json()["results"]
    assert [(row["number"], row["lead"], row["milestones"]) for row in rows] == [
        ("1.1", "Ministry of Justice", 1)
    ]
    assert client.get(f"/en/public/programmes/{plan.programme.key}.csv").status_code == 200
    assert client.get("/en/public/programmes.csv").status_code == 200
    assert client.get("/en/public/programmes.json").json()["count"] == 1
    assert client.get(f"{address}9.9/").status_code == 404


def test_a_recommendation_shows_its_measures_and_the_other_way_round(plan: Version, client: Client) -> None:
    item = Measure.objects.get().answers.get().recommendation
    publish(recommendation=item, selection=TEXT_ONLY, by=factories.coordinator())
    address = f"/en/public/recommendations/{item.pk}/"
    assert "Measures that answer it" not in client.get(address).content.decode()
    publish_programme(version=plan, by=factories.coordinator())
    page = client.get(address).content.decode()
    assert "Measures that answer it" in page and f"/en/public/programmes/{plan.programme.key}/1.1/" in page
    measure = client.get(f"/en/public/programmes/{plan.programme.key}/1.1/").content.decode()
    assert address in measure


def test_what_changes_inside_changes_nothing_outside_and_a_withdrawn_one_is_nowhere(
    plan: Version, client: Client
) -> None:
    publish_programme(version=plan, by=factories.coordinator())
    address = f"/en/public/programmes/{plan.programme.key}/"
    assert "Train all judges on evidence" in client.get(address).content.decode()
    successor = making.adopted(_revised(plan))
    assert "Something entirely new" not in client.get(address).content.decode()
    with pytest.raises(RuleViolated, match="Give the reason"):
        withdraw_programme(version=successor, by=factories.coordinator(), reason=" ")
    withdraw_programme(version=successor, by=factories.coordinator(), reason="An error")
    assert client.get(address).status_code == 404
    assert [row.act for row in ProgrammeSnapshot.objects.order_by("pk")] == ["publish", "withdraw"]


def _revised(plan: Version) -> Version:
    successor = begin_revision(version=plan, by=factories.coordinator())
    making.make_measure(successor, title="Something entirely new", code="1.9")
    return successor


def test_two_hundred_measures_take_a_constant_number_of_queries(
    plan: Version, client: Client, django_assert_max_num_queries: Any
) -> None:
    big = making.make_version("Big")
    making.fill(big, 200, lead=factories.make_institution())
    making.adopted(big)
    big.refresh_from_db()
    publish_programme(version=big, by=factories.coordinator())
    with django_assert_max_num_queries(17):
        assert client.get(f"/en/public/programmes/{big.programme.key}/").status_code == 200
