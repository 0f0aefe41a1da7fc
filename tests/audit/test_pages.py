"""The pages of the history by role."""

import json

import pytest
from django.core.cache import caches
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.audit import commands as audit
from tawsiya.audit.views import act_names
from tawsiya.followup.choices import ContributionState
from tests import factories

pytestmark = pytest.mark.django_db

# By role: history, check of the chain, files opened.
OPENS = {
    Role.ADMINISTRATOR: (200, 200, 200),
    Role.COORDINATOR: (200, 403, 403),
    Role.ANALYST: (200, 403, 403),
    Role.VALIDATOR: (403, 403, 403),
    Role.FOCAL_POINT: (403, 403, 403),
    Role.HEAD: (403, 403, 403),
    Role.OBSERVER: (403, 403, 403),
    Role.NHRI: (403, 403, 403),
    Role.CIVIL_SOCIETY: (403, 403, 403),
    None: (403, 403, 403),
}


@pytest.fixture(autouse=True)
def _no_earlier_check() -> None:
    caches["process"].clear()


@pytest.mark.parametrize("role", list(OPENS))
def test_who_opens_what(client: Client, role: Role | None) -> None:
    client.force_login(factories.make_person(role))
    history, check, files = OPENS[role]
    for form in ("/", ".csv", ".json"):
        assert client.get(f"/en/history{form}").status_code == history
        assert client.get(f"/en/history/files{form}").status_code == files
    assert client.get("/en/history/check/").status_code == check


def codes(client: Client, query: str = "") -> list[str]:
    return [row["code"] for row in json.loads(client.get(f"/en/history.json{query}").content)["results"]]


def test_each_sees_the_events_of_what_is_his_or_hers_to_see(client: Client) -> None:
    factories.make_contribution(ContributionState.RETURNED_BY_VALIDATOR)
    factories.make_contribution(ContributionState.WITH_DELEGATION)
    administrator = factories.make_person(Role.ADMINISTRATOR)
    client.force_login(administrator)
    seen = set(codes(client))
    assert {"account.created", "membership.started", "institution.created", "assignment.created"} <= seen
    assert not [code for code in seen if code.startswith("contribution.")]
    factories.coordinator()
    client.force_login(factories.make_person(Role.ANALYST))
    seen_inside = codes(client)
    # In-house steps stay in the house; what was sent to the delegation is known to it.
    assert [code for code in seen_inside if code.startswith("contribution.")] == [
        "contribution.with_delegation"
    ]
    assert "account.created" not in seen_inside
    assert "invitation.sent" not in seen_inside


def test_filters_narrow_by_act_person_and_day(client: Client) -> None:
    factories.make_person(Role.FOCAL_POINT, name="Zahra Distinct")
    client.force_login(factories.make_person(Role.ADMINISTRATOR))
    assert set(codes(client, "?code=membership.started")) == {"membership.started"}
    assert sorted(codes(client, "?q=Zahra+Distinct")) == ["account.created", "membership.started"]
    assert codes(client, "?until=2001-01-01") == []
    assert codes(client, "?since=2001-01-01") == codes(client)
    page = client.get("/en/history/?since=nonsense")
    assert page.status_code == 200
    assert "Enter a valid date" in page.content.decode()
    assert client.get("/en/history/?code=no.such.act").status_code == 200


def test_a_code_is_offered_in_words_without_names() -> None:
    assert act_names(["no.such", "account.created"]) == [
        ("no.such", "no.such"),
        ("account.created", "… created the account of …"),
    ]


def test_the_check_tells_how_many_lines_are_whole(client: Client) -> None:
    client.force_login(factories.make_person(Role.ADMINISTRATOR))
    page = client.get("/en/history/check/").content.decode()
    assert "The history is whole" in page


def test_the_check_is_made_once_a_minute(client: Client) -> None:
    client.force_login(factories.make_person(Role.ADMINISTRATOR))
    first = client.get("/en/history/check/").context
    with audit.change("instance.created", by=audit.SYSTEM):
        pass
    second = client.get("/en/history/check/").context
    assert (second["at"], second["verdict"]) == (first["at"], first["verdict"])


def test_files_opened_are_shown_by_number(client: Client) -> None:
    administrator = factories.make_person(Role.ADMINISTRATOR, name="Reader Of Files")
    contribution = factories.make_contribution()
    evidence = factories.make_evidence(contribution, title="Secret title")
    audit.log_access(user_id=administrator.pk, subject=evidence)
    client.force_login(administrator)
    rows = json.loads(client.get("/en/history/files.json").content)["results"]
    assert [(row["person"], row["object"], row["number"]) for row in rows] == [
        ("Reader Of Files", "followup.evidence", evidence.pk)
    ]
    assert "Secret title" not in client.get("/en/history/files/").content.decode()
