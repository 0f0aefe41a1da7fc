"""The form that edits the rule, without a script: a status, a group, a condition at a time."""

import json

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.followup.choices import ContributionState
from tawsiya.followup.models import Assessment, AssessmentRule
from tawsiya.recommendations.choices import Status
from tests import factories
from tests.followup.rule import making

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk() -> Client:
    factories.make_instance()
    return enter(Role.COORDINATOR)


def enter(role: Role) -> Client:
    client = Client()
    home = factories.the_delegation() if role in (Role.COORDINATOR, Role.ANALYST) else None
    client.force_login(factories.make_person(role, home), backend=BACKEND)
    return client


def test_a_rule_is_begun_edited_and_published(desk: Client) -> None:
    desk.post("/en/assessment/rules/begin/")
    rule = AssessmentRule.objects.get()
    at = f"/en/assessment/rules/{rule.pk}/"

    def send(path: str, **data: object) -> int:
        rule.refresh_from_db()
        sent = {"seen_version": rule.row_version, **data}
        return desk.post(f"{at}{path}", sent).status_code

    assert send("at/common.0.when.1/", at_least=2, kind="public") == 302
    assert send("at/common.0.when/add/?kind=measures", at_least=1) == 302
    assert send("at/common.0.when/add/?kind=not") == 302
    assert send("at/common.0.when.5.0/add/?kind=milestone_late") == 302
    assert send("at/common.0.when.5.0/", group="any") == 302
    assert send("at/noted.0/move/", by="down") == 302
    assert send("at/parts.4/remove/") == 302
    assert send("add/parts/", status="not_started", label_fr="Rien n'a commencé") == 302
    assert send("at/parts.4/", status="in_progress", label_fr="Cela commence") == 302
    rule.refresh_from_db()
    assert rule.content["common"][0]["when"]["all"][1] == {"is": "evidence", "at_least": 2, "kind": "public"}
    assert rule.content["common"][0]["when"]["all"][4:] == [
        {"is": "measures", "at_least": 1},
        {"not": {"any": [{"is": "milestone_late"}]}},
    ]
    assert [row["status"] for row in rule.content["noted"]] == ["under_study", "acted_upon", "no_action"]
    assert rule.content["parts"][4] == {
        "status": "in_progress",
        "labels": {"fr": "Cela commence"},
        "when": {"all": []},
    }
    day = making.tomorrow().isoformat()
    sent = {"in_force_from": day, "note": "Proof counts.", "language": "en", "seen_version": rule.row_version}
    refused = desk.post(f"/en/publish/rule/{rule.pk}/", sent)
    assert "A group is empty" in refused.content.decode()
    assert send("at/parts.4/remove/") == 302
    rule.refresh_from_db()
    sent["seen_version"] = rule.row_version
    assert desk.post(f"/en/publish/rule/{rule.pk}/", sent).status_code == 302
    public = Client().get("/en/public/rule/?version=1").content.decode()
    assert "Pieces of evidence (marked public): at least 2" in public
    assert "Proof counts." in public
    assert "No rule is in force yet" in Client().get("/en/public/rule/").content.decode()


def test_a_parameter_that_is_not_possible_and_a_place_that_is_not_there(desk: Client) -> None:
    rule = making.draft()
    at = f"/en/assessment/rules/{rule.pk}/at/"
    assert desk.post(f"{at}common.0.when.1/", {"at_least": 0, "kind": "any"}).status_code == 200
    assert desk.post(f"{at}common.0.when.1/", {"at_least": 1, "kind": "all"}).status_code == 200
    assert desk.get(f"{at}common.0.when.77/").status_code == 404
    assert desk.get(f"{at}__import__('os')/").status_code == 404
    stale = {"at_least": 3, "kind": "any", "seen_version": rule.row_version + 1}
    assert desk.post(f"{at}common.0.when.1/", stale).status_code == 409
    rule.refresh_from_db()
    assert rule.row_version == 1


def test_every_place_of_the_example_can_be_opened(desk: Client) -> None:
    rule = making.draft()
    page = desk.get(f"/en/assessment/rules/{rule.pk}/").content.decode()
    for place in ("common.0", "common.0.when", "common.0.when.2.1", "common.0.when.3.0", "parts.0.when.0"):
        address = f"/en/assessment/rules/{rule.pk}/at/{place}/"
        assert address in page
        assert desk.get(address).status_code == 200
    kinds = desk.get(f"/en/assessment/rules/{rule.pk}/at/common.0.when/add/").content.decode()
    assert "Stage of laws" in kinds


def test_the_list_of_what_would_change_has_its_twins(desk: Client) -> None:
    making.published(making.claimed("implemented"))
    item = factories.make_recommendation()
    factories.make_contribution(
        ContributionState.VALIDATED, recommendation=item, proposed_status="in_progress"
    )
    draft = making.draft(making.claimed("implemented", "in_progress"))
    at = f"/en/assessment/rules/{draft.pk}/changes"
    rows = json.loads(desk.get(f"{at}.json").content)["results"]
    assert [(row["id"], row["now"], row["then"]) for row in rows] == [(item.pk, "", "in_progress")]
    assert "1 proposed status changes" in desk.get(f"/en/assessment/rules/{draft.pk}/").content.decode()
    assert str(item) in desk.get(f"{at}.csv").getvalue().decode()  # type: ignore[attr-defined]  # streamed


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.ANALYST)])
def test_no_page_tells_anybody_else_what_is_proposed(desk: Client, role: Role) -> None:
    making.published(making.claimed("implemented"))
    item = factories.make_recommendation()
    factories.make_contribution(
        ContributionState.VALIDATED, recommendation=item, proposed_status="implemented"
    )
    factories.make_assessment(item, Status.IN_PROGRESS, justification="Not yet.")
    assert Assessment.objects.get().proposed == "implemented"
    address = f"/en/recommendations/{item.pk}/"
    for inside in (desk, enter(Role.ANALYST)):
        page = inside.get(address).content.decode()
        assert 'id="proposal"' in page
        assert "Overruled" in page
    page = enter(role).get(address).content.decode()
    assert 'id="proposal"' not in page
    assert "Overruled" not in page
    assert "Said to be implemented" not in page


def test_confirm_in_one_step_and_overrule_with_a_reason(desk: Client) -> None:
    making.published(making.claimed("implemented"))
    item = factories.make_recommendation()
    factories.make_contribution(
        ContributionState.VALIDATED, recommendation=item, proposed_status="implemented"
    )
    address = f"/en/recommendations/{item.pk}/status/"
    sent = {"language": "en", "seen_version": item.version, "seen_proposal": "implemented"}
    refused = desk.post(address, sent | {"status": "in_progress", "justification": ""})
    assert "Justify the status." in refused.content.decode()
    assert desk.post(address, sent | {"status": "implemented", "justification": ""}).status_code == 302
    assert Assessment.objects.get().justification == "Said to be implemented"
