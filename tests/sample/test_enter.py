"""Entering the demo as somebody: in the demo, on this machine, and by POST only."""

from typing import Any

import pytest
from django.test import Client

from tawsiya.accounts.choices import Role
from tests import factories

pytestmark = pytest.mark.django_db
ENTER = "/en/demo/enter/"


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


def test_one_enters_by_post_and_lands_in_the_person_s_language(client: Client) -> None:
    factories.make_instance(is_demo=True)
    person = factories.make_person(Role.FOCAL_POINT, language="ar")
    page = client.get(ENTER)
    assert page.status_code == 200
    assert person.name in page.content.decode()
    assert "_auth_user_id" not in client.session
    answer = client.post(ENTER, {"person": person.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/ar/home/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert answer.cookies["django_language"].value == "ar"


def test_a_get_changes_nothing(client: Client) -> None:
    factories.make_instance(is_demo=True)
    person = factories.make_person(Role.FOCAL_POINT)
    client.get(f"{ENTER}?person={person.pk}")
    assert "_auth_user_id" not in client.session


def test_a_post_from_another_site_is_refused() -> None:
    factories.make_instance(is_demo=True)
    person = factories.make_person(Role.FOCAL_POINT)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ENTER, {"person": person.pk}).status_code == 403


@pytest.mark.parametrize("chosen", ["", "0", "x", "-1", "99999999"])
def test_nobody_of_that_number(client: Client, chosen: str) -> None:
    factories.make_instance(is_demo=True)
    assert client.post(ENTER, {"person": chosen}).status_code == 404


def test_not_as_somebody_whose_account_is_closed(client: Client) -> None:
    factories.make_instance(is_demo=True)
    person = factories.make_person(Role.FOCAL_POINT)
    by = factories.reader_in(factories.the_delegation(), Role.ADMINISTRATOR)
    from tawsiya.accounts.commands import close_account

    close_account(user=person, by=by)
    assert client.post(ENTER, {"person": person.pk}).status_code == 404


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": "10.0.0.1"},
        {"REMOTE_ADDR": "2001:db8::1"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
    ],
)
def test_only_from_this_machine(client: Client, extra: dict[str, Any]) -> None:
    factories.make_instance(is_demo=True)
    person = factories.make_person(Role.FOCAL_POINT)
    assert client.get(ENTER, **extra).status_code == 404
    assert client.post(ENTER, {"person": person.pk}, **extra).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_every_address_of_this_machine_will_do(client: Client, address: str) -> None:
    factories.make_instance(is_demo=True)
    assert client.get(ENTER, REMOTE_ADDR=address).status_code == 200


def test_never_outside_demo_mode(client: Client, settings: Any) -> None:
    factories.make_instance(is_demo=True)
    person = factories.make_person(Role.FOCAL_POINT)
    settings.DEMO = False
    assert client.get(ENTER).status_code == 404
    assert client.post(ENTER, {"person": person.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("there_is_an_instance", [True, False])
def test_never_in_a_database_that_is_not_the_demo_s(client: Client, there_is_an_instance: bool) -> None:
    if there_is_an_instance:
        factories.make_instance(is_demo=False)
    person = factories.make_person(Role.FOCAL_POINT)
    assert client.get(ENTER).status_code == 404
    assert client.post(ENTER, {"person": person.pk}).status_code == 404


def test_the_sign_in_page_leads_there_in_the_demo_only(client: Client, settings: Any) -> None:
    factories.make_instance(is_demo=True)
    assert ENTER in client.get("/en/account/login/").content.decode()
    settings.DEMO = False
    assert ENTER not in client.get("/en/account/login/").content.decode()
