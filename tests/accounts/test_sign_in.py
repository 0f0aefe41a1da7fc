"""Signing in: by password, with a second factor, in the person's language; and the doors that stay shut."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.commands import close_account
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN = "/en/account/login/"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = factories.PASSWORD, address: str = LOGIN):  # type: ignore[no-untyped-def]
    return client.post(address, {"login": email, "password": password})


def test_a_person_lands_in_the_own_language(client: Client) -> None:
    person = factories.make_person(Role.FOCAL_POINT, language="ar", password=factories.PASSWORD)
    answer = sign_in(client, person.email)
    assert (answer.status_code, answer["Location"]) == (302, "/ar/home/")
    assert answer.cookies["django_language"].value == "ar"


def test_the_page_asked_for_opens_in_the_own_language(client: Client) -> None:
    person = factories.make_person(Role.COORDINATOR, language="fr", password=factories.PASSWORD)
    answer = sign_in(client, person.email, address=f"{LOGIN}?next=/en/people/%3Fq=x")
    assert answer["Location"] == "/fr/people/?q=x"


def test_no_leaving_for_another_site(client: Client) -> None:
    person = factories.make_person(Role.COORDINATOR, language="fr", password=factories.PASSWORD)
    answer = sign_in(client, person.email, address=f"{LOGIN}?next=https://example.org/en/people/")
    assert answer["Location"] == "/fr/home/"


def test_a_closed_account_does_not_enter_and_a_session_of_it_ends(client: Client) -> None:
    person = factories.make_person(Role.COORDINATOR, password=factories.PASSWORD)
    client.force_login(person)
    assert client.get("/en/people/").status_code == 200
    by = factories.reader_in(factories.the_delegation(), Role.ADMINISTRATOR)
    close_account(user=person, by=by)
    assert client.get("/en/people/")["Location"].startswith(LOGIN)
    sign_in(Client(), person.email)
    again = Client()
    sign_in(again, person.email)
    assert again.get("/en/people/")["Location"].startswith(LOGIN)


def test_attempts_are_counted(client: Client) -> None:
    person = factories.make_person(Role.COORDINATOR, password=factories.PASSWORD)
    for _attempt in range(5):
        sign_in(client, person.email, "wrong")
    answer = sign_in(client, person.email)
    assert "_auth_user_id" not in client.session
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "confirm-email/", "confirm-email/abc/", "3rdparty/signup/", "login/code/confirm/"],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_no_door_to_sign_up(client: Client, path: str, signed_in: bool) -> None:
    if signed_in:
        client.force_login(factories.make_person(Role.COORDINATOR))
    assert client.get(f"/en/account/{path}").status_code == 404
    assert client.post(f"/en/account/{path}", {"email": "a@example.org"}).status_code == 404


def test_the_sign_in_page_offers_no_sign_up_and_no_demo(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert "signup" not in page
    assert "/demo/enter/" not in page
    assert "by invitation" in page


def test_nobody_learns_who_has_an_account(client: Client) -> None:
    factories.make_person(Role.COORDINATOR, email="here@example.org", password=factories.PASSWORD)
    answers = {
        client.post("/en/account/password/reset/", {"email": email})["Location"]
        for email in ("here@example.org", "nobody@example.org")
    }
    assert len(answers) == 1
    assert all(
        "nobody@example.org" not in message.to or "/password/reset/key/" not in message.body
        for message in mail.outbox
    )


def test_a_forgotten_password_is_set_anew(client: Client) -> None:
    factories.make_person(Role.COORDINATOR, email="here@example.org", password=factories.PASSWORD)
    client.post("/en/account/password/reset/", {"email": "here@example.org"})
    (message,) = mail.outbox
    path = "/" + message.body.split("://", 1)[1].split("/", 1)[1].split()[0]
    form = client.get(path, follow=True)
    address = form.redirect_chain[-1][0]
    new = "another quiet river here"
    client.post(address, {"password1": new, "password2": new})
    fresh = Client()
    assert sign_in(fresh, "here@example.org", new).status_code == 302


def test_a_second_factor_is_asked_for(client: Client) -> None:
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    person = factories.make_person(Role.COORDINATOR, password=factories.PASSWORD, language="fr")
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    answer = sign_in(client, person.email)
    assert answer["Location"] == "/en/account/2fa/authenticate/"
    assert client.get("/en/people/")["Location"].startswith(LOGIN)
    client.post("/en/account/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    answer = client.post("/en/account/2fa/authenticate/", {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, "/fr/home/")


PAGES = (
    *("2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/"),
    *("password/change/", "logout/"),
)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_pages_of_sign_in_are_ours_and_run_no_inline_script(client: Client, language: str) -> None:
    from bs4 import BeautifulSoup

    person = factories.make_person(Role.COORDINATOR, password=factories.PASSWORD)
    sign_in(client, person.email)
    again = f"/{language}/account/reauthenticate/"
    assert client.get(f"/{language}/account/2fa/totp/activate/")["Location"].startswith(again)
    assert "tw-auth__card" in client.get(again).content.decode()
    client.post(again, {"password": factories.PASSWORD})
    for path in PAGES:
        answer = client.get(f"/{language}/account/{path}")
        assert answer.status_code == 200, path
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.html is not None and page.html["dir"] == ("rtl" if language == "ar" else "ltr")
        assert page.select_one(".tw-main") is not None, path
        for script in page.find_all("script"):
            assert script.get("src") or script.get("type") == "application/json", path
        assert not page.select("[style],[onclick],[onload],style"), path


@pytest.fixture
def provider(settings: Any) -> None:
    app = {
        "provider_id": "oidc",
        "name": "Identity of the State",
        "client_id": "tawsiya",
        "secret": "secret",
        "settings": {"server_url": "http://127.0.0.1:9/", "email_authentication": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def test_the_state_s_own_provider_is_offered_where_it_is_configured(client: Client, provider: None) -> None:
    page = client.get(LOGIN).content.decode()
    assert "Sign in with Identity of the State" in page
    assert "/en/account/oidc/oidc/login/" in page
    # The way out starts with a POST of the person's own: a link elsewhere cannot start it.
    asked = client.get("/en/account/oidc/oidc/login/")
    assert asked.status_code == 200
    assert "Identity of the State" in asked.content.decode()


def test_no_provider_no_button(client: Client) -> None:
    assert "/oidc/" not in client.get(LOGIN).content.decode()
