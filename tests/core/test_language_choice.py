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
