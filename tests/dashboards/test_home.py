"""The home page: what is expected of each role, each figure a link to the rows it counts."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.followup.choices import AssignmentState, ContributionState
from tests import factories
from tests.queries import counted_anew

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _home() -> str:
    with translation.override("en"):
        return reverse("dashboards:home")


def _client(role: Role | None, institution: Institution | None = None) -> Client:
    factories.make_instance()
    client = Client()
    client.force_login(factories.make_person(role, institution), backend=BACKEND)
    return client


def _figures(client: Client) -> dict[str, tuple[int, str]]:
    answer = client.get(_home())
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return {
        tile.select_one(".tw-stat__label").get_text(strip=True): (
            int(tile.select_one(".tw-stat__value").get_text(strip=True)),
            tile.get("href", ""),
        )
        for tile in page.select(".tw-stat")
    }


def _values(client: Client) -> dict[str, int]:
    return {label: value for label, (value, _url) in _figures(client).items()}


def _story() -> tuple[Institution, Institution]:
    """One thing of each kind for a ministry, and the same for another one."""
    ministry = factories.make_institution(names={"en": "Ministry of Rivers"})
    other = factories.make_institution(names={"en": "Ministry of Mountains"})
    for institution in (ministry, other):
        factories.make_assignment(AssignmentState.PROPOSED, institution=institution)
        factories.make_assignment(AssignmentState.REFUSED, institution=institution)
        factories.make_assignment(institution=institution)
        factories.make_assignment(institution=institution, deadline=timezone.localdate() - timedelta(days=3))
        for state in ContributionState:
            factories.make_contribution(state, institution=institution)
    factories.make_recommendation()
    return ministry, other


def test_a_focal_point_sees_what_the_own_institution_owes(db) -> None:
    ministry, _other = _story()
    assert _values(_client(Role.FOCAL_POINT, ministry)) == {
        "Assignments to answer": 1,
        "Contributions returned to you": 2,
        "Contributions to write": 2,
        "Overdue in your institution": 1,
        "Recommendations": 21,
        "Validated contributions": 1,
    }


def test_a_validator_also_sees_what_awaits_approval(db) -> None:
    ministry, _other = _story()
    assert _values(_client(Role.VALIDATOR, ministry)) == {
        "Contributions to approve": 1,
        "Assignments to answer": 1,
        "Contributions returned to you": 2,
        "Contributions to write": 2,
        "Overdue in your institution": 1,
        "Recommendations": 21,
        "Validated contributions": 1,
    }


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ANALYST])
def test_the_delegation_sees_what_awaits_it_from_everybody(db, role: Role) -> None:
    _story()
    assert _values(_client(role)) == {
        "Contributions to validate": 2,
        "Assignments refused": 2,
        "Assignments without an answer": 2,
        "Overdue": 2,
        # The two refused ones and the one nobody was asked about.
        "Recommendations without a lead": 3,
        "Imports awaiting a decision": 0,
        "Recommendations": 21,
        "Validated contributions": 2,
    }


def test_an_observer_sees_figures_and_no_duties(db) -> None:
    _story()
    assert _values(_client(Role.OBSERVER)) == {"Recommendations": 21, "Validated contributions": 2}


def test_an_administrator_sees_mails_and_invitations(db) -> None:
    _story()
    assert _values(_client(Role.ADMINISTRATOR)) == {
        "E-mails that failed": 0,
        "Invitations not accepted yet": 0,
        "Recommendations": 21,
        "Validated contributions": 2,
    }


@pytest.mark.parametrize("role", [Role.NHRI, Role.CIVIL_SOCIETY])
def test_the_nhri_and_organisations_see_recommendations_as_issued_only(db, role: Role) -> None:
    _story()
    client = _client(role)
    assert _values(client) == {"Recommendations": 21}
    page = client.get(_home()).content.decode()
    for hidden in ("Status of implementation", "Overdue", "assigned", "contribution", "Rivers", "Mountains"):
        assert hidden not in page


@pytest.mark.parametrize("role", list(Role))
def test_every_figure_leads_to_the_rows_it_counts(db, role: Role) -> None:
    ministry, _other = _story()
    home = ministry if role in (Role.VALIDATOR, Role.FOCAL_POINT) else None
    client = _client(role, home)
    for label, (value, url) in _figures(client).items():
        assert url, label
        answer = client.get(url)
        assert answer.status_code == 200, label
        if label == "Recommendations":
            page = BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)
            assert f"{value} recommendations" in page
        elif "count" in (answer.context or {}):
            assert answer.context["count"] == value, label


def test_with_nothing_to_do_the_page_says_so(db) -> None:
    page = _client(Role.FOCAL_POINT).get(_home()).content.decode()
    assert "Nothing is expected of you today" in page


def test_a_person_without_a_role_is_told_so_and_sees_nothing_else(db) -> None:
    _story()
    client = _client(None)
    page = client.get(_home()).content.decode()
    assert "You have no role at present" in page
    assert _figures(client) == {}
    assert "tw-nav__link" not in page


def test_the_public_is_asked_to_sign_in(db) -> None:
    factories.make_instance()
    answer = Client().get(_home())
    assert answer.status_code == 302
    assert "/account/login/" in answer.url


def test_returned_texts_stand_on_the_page_with_their_deadlines(db) -> None:
    ministry = factories.make_institution()
    factories.make_assignment(institution=ministry, deadline=timezone.localdate() + timedelta(days=5))
    factories.make_contribution(ContributionState.RETURNED_BY_DELEGATION, institution=ministry)
    page = BeautifulSoup(_client(Role.FOCAL_POINT, ministry).get(_home()).content, "html.parser")
    titles = [title.get_text(strip=True) for title in page.select(".tw-panel__title")]
    assert titles[:2] == ["Returned to you", "To write"]
    assert page.select(".tw-deadline time")


def test_the_number_of_queries_does_not_grow_with_the_rows(db) -> None:
    ministry, _other = _story()
    client = _client(Role.VALIDATOR, ministry)
    client.get(_home())
    factories.make_assignment(AssignmentState.PROPOSED, institution=ministry, deadline=date(2031, 1, 1))
    with counted_anew() as few:
        client.get(_home())
    for _ in range(3):
        factories.make_assignment(AssignmentState.PROPOSED, institution=ministry, deadline=date(2031, 1, 1))
        factories.make_contribution(ContributionState.RETURNED_BY_DELEGATION, institution=ministry)
    with counted_anew() as many:
        client.get(_home())
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as kept:
        client.get(_home())
    assert len(kept) <= 12
    assert len(few) <= 60
