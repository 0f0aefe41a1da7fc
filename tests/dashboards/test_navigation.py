"""The side navigation: only what the reader may open, the open page marked, cheap."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.queries import reader_for
from tawsiya.core.navigation import entries_for, rows
from tests import factories
from tests.queries import counted_anew

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_opens(db, role: Role) -> None:
    factories.make_instance()
    user = factories.make_person(role)
    client = Client()
    client.force_login(user, backend=BACKEND)
    entries = entries_for(reader_for(user))
    assert entries[0].url_name == "dashboards:home"
    for entry in entries:
        with translation.override("en"):
            assert client.get(reverse(entry.url_name)).status_code == 200, entry.url_name


def test_follow_up_is_not_offered_to_those_who_see_none_of_it(db) -> None:
    for role in (Role.NHRI, Role.CIVIL_SOCIETY):
        names = {entry.url_name for entry in entries_for(factories.make_reader(role))}
        assert not names & {"followup:assignments", "followup:contributions", "notifications:outbox"}


def test_nothing_is_offered_without_a_role(db) -> None:
    assert entries_for(factories.make_reader(None)) == []


def test_the_page_shown_and_the_pages_below_it_are_marked(db) -> None:
    reader = factories.make_reader(Role.COORDINATOR)
    for shown, marked in (
        ("followup:contributions", "/contributions/"),
        ("followup:contributions-csv", "/contributions/"),
        ("followup:contribution", "/contributions/"),
        ("followup:assign", "/assignments/"),
        ("dashboards:home", "/home/"),
    ):
        active = [row["url"] for row in rows(reader, shown) if row["active"]]
        assert len(active) == 1
        assert active[0].endswith(marked)


def test_the_bell_counts_the_own_unread_notifications(db) -> None:
    factories.make_instance()
    ministry = factories.make_institution()
    user = factories.make_person(Role.FOCAL_POINT, ministry)
    factories.make_assignment(factories.AssignmentState.PROPOSED, institution=ministry)
    factories.make_assignment(factories.AssignmentState.PROPOSED)
    client = Client()
    client.force_login(user, backend=BACKEND)
    with translation.override("en"):
        page = BeautifulSoup(client.get(reverse("dashboards:home")).content, "html.parser")
    assert page.select_one(".tw-bar__bell").get_text(strip=True) == "1"


def test_the_shell_costs_a_fixed_number_of_queries(db) -> None:
    factories.make_instance()
    reader = factories.make_reader(Role.VALIDATOR)
    with counted_anew() as queries:
        entries_for(reader)
    # Three of them read which institutions replaced which: on a page these are kept until the next act.
    assert len(queries) <= 9
