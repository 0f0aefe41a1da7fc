"""Choosing a language: for everybody, the public included, and without leaving the page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.database


def test_the_public_changes_its_language_and_stays_on_the_page(db: None, client: Client) -> None:
    response = client.post(
        "/i18n/setlang/", {"language": "ar", "next": "/fr/public/recommendations/?q=140.7"}
    )

    assert response.status_code == 302
    assert response["Location"] == "/ar/public/recommendations/?q=140.7"


def test_a_language_is_never_a_way_to_another_host(db: None, client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "ar", "next": "https://elsewhere.example/"})

    assert response["Location"] == "/"


@pytest.mark.parametrize("forged", ["http://[", "//elsewhere.example/", "https:elsewhere", "\\\\elsewhere"])
def test_what_is_no_address_of_ours_leads_home(db: None, client: Client, forged: str) -> None:
    response = client.post("/i18n/setlang/", {"language": "fr", "next": forged})

    assert (response.status_code, response["Location"]) == (302, "/")
