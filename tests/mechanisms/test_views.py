"""Documents, reviews and bodies: what they show, whom they are closed to, and how numbers lead to rows."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tawsiya.accounts.choices import Role
from tawsiya.audit import commands as audit
from tawsiya.mechanisms.choices import DocumentType, ObligationKind, TextStatus
from tawsiya.mechanisms.commands import (
    register_language_version,
    register_obligation,
    register_treaty,
)
from tawsiya.mechanisms.models import Document, Edition
from tawsiya.recommendations.choices import Kind
from tests import factories
from tests.queries import counted_anew

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LISTS = ("documents", "reviews", "bodies")


def _address(name: str, *args: object, query: str = "") -> str:
    with translation.override("en"):
        return reverse(f"mechanisms:{name}", args=args) + (f"?{query}" if query else "")


@pytest.fixture
def documents() -> dict[str, Document]:
    factories.make_instance()
    upr = factories.make_document("A/HRC/36/6", cycle=3, published_on=date(2017, 7, 13))
    addendum = factories.make_document(
        "A/HRC/36/6/Add.1", type=DocumentType.UPR_ADDENDUM, cycle=3, published_on=date(2017, 9, 1)
    )
    cerd = factories.make_document(
        "CERD/C/MAR/CO/19-21",
        type=DocumentType.CONCLUDING_OBSERVATIONS,
        body="CERD",
        published_on=date(2023, 12, 1),
    )
    for number in range(3):
        factories.make_recommendation(upr, paragraph=f"144.{number}")
    paragraph = factories.make_recommendation(cerd, paragraph="12")
    factories.make_recommendation(cerd, paragraph="12", subparagraph="a")
    factories.make_recommendation(cerd, paragraph="11", kind=Kind.CONCERN)
    with audit.change("document.registered", by=audit.SYSTEM) as event:
        register_obligation(
            body=cerd.body, kind=ObligationKind.FOLLOW_UP, due_on=date(2024, 12, 1), source=cerd
        )
        register_language_version(document=cerd, language="ar", status=TextStatus.UNOFFICIAL)
        register_language_version(
            document=cerd, language="fr", kind=Edition.Kind.ADVANCE, file_name="co.docx"
        )
        register_treaty(code="ICERD", names={"en": "Convention"}, body=cerd.body, party_since=1970)
        event.subject = paragraph.document
    return {"upr": upr, "addendum": addendum, "cerd": cerd}


def test_the_list_of_documents(documents: dict[str, Document]) -> None:
    client = factories.signed_in(Role.OBSERVER)
    rows = json.loads(client.get(_address("documents-json")).content)["results"]
    # Parts and concerns are no recommendations.
    assert [(row["symbol"], row["type"], row["recommendations"]) for row in rows] == [
        ("CERD/C/MAR/CO/19-21", "concluding_observations", 1),
        ("A/HRC/36/6/Add.1", "upr_addendum", 0),
        ("A/HRC/36/6", "upr_report", 3),
    ]
    page = BeautifulSoup(client.get(_address("documents")).content, "html.parser")
    links = [link["href"] for link in page.select("td.tw-num a")]
    assert links == [
        "/en/recommendations/?document=CERD%2FC%2FMAR%2FCO%2F19-21",
        "/en/recommendations/?document=A%2FHRC%2F36%2F6",
    ]
    shown = [client.get(link.replace("/?", ".json?")).content for link in links]
    assert [len([row for row in json.loads(one)["results"] if not row["part_of"]]) for one in shown] == [1, 3]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mechanism=upr", ["A/HRC/36/6/Add.1", "A/HRC/36/6"]),
        ("body=CERD", ["CERD/C/MAR/CO/19-21"]),
        ("type=upr_report&type=concluding_observations", ["CERD/C/MAR/CO/19-21", "A/HRC/36/6"]),
        ("q=cerd c mar co 19-21", ["CERD/C/MAR/CO/19-21"]),
        ("q=a hrc 36 6", ["A/HRC/36/6/Add.1", "A/HRC/36/6"]),
        ("q=working group", ["CERD/C/MAR/CO/19-21", "A/HRC/36/6/Add.1", "A/HRC/36/6"]),
        ("q=nothing", []),
    ],
)
def test_filters_of_documents(documents: dict[str, Document], query: str, found: list[str]) -> None:
    rows = json.loads(factories.signed_in(Role.NHRI).get(_address("documents-json", query=query)).content)[
        "results"
    ]
    assert [row["symbol"] for row in rows] == found


def test_a_document_shows_its_editions_languages_and_obligations(documents: dict[str, Document]) -> None:
    answer = factories.signed_in(Role.CIVIL_SOCIETY).get(_address("document", documents["cerd"].pk))
    text = " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True).split())
    assert answer.status_code == 200
    for words in (
        "Concluding observations",
        "1 recommendation",
        "Advance unedited version",
        "co.docx",
        "Unofficial translation",
        "English authentic",
        "Follow-up information",
        "1 Dec 2024 Overdue",
    ):
        assert words in text


def test_documents_of_one_review_know_each_other(documents: dict[str, Document]) -> None:
    page = factories.signed_in(Role.ANALYST).get(_address("document", documents["upr"].pk)).content.decode()
    assert f"/en/documents/{documents['addendum'].pk}/" in page
    assert f"/en/documents/{documents['cerd'].pk}/" not in page


def test_reviews_by_body(documents: dict[str, Document]) -> None:
    rows = json.loads(factories.signed_in(Role.FOCAL_POINT).get(_address("reviews-json")).content)["results"]
    assert [
        (row["body"], row["cycle"], row["year"], row["documents"], row["recommendations"]) for row in rows
    ] == [
        ("UPR", 3, 2017, ["A/HRC/36/6", "A/HRC/36/6/Add.1"], 3),
        ("CERD", None, 2023, ["CERD/C/MAR/CO/19-21"], 1),
    ]


def test_bodies_with_their_treaties(documents: dict[str, Document]) -> None:
    client = factories.signed_in(Role.VALIDATOR)
    rows = json.loads(client.get(_address("bodies-json")).content)["results"]
    assert [
        (row["code"], row["treaties"], row["reviews"], row["documents"], row["recommendations"])
        for row in rows
    ] == [("UPR", [], 1, 2, 3), ("CERD", ["ICERD"], 1, 1, 1)]
    assert "party since 1970" in client.get(_address("bodies")).content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_lists_in_three_forms_for_everyone_inside(documents: dict[str, Document], name: str) -> None:
    for role in Role:
        client = factories.signed_in(role)
        for form in (name, f"{name}-csv", f"{name}-json"):
            assert client.get(_address(form)).status_code == 200, (role, form)


def test_closed_to_strangers_and_to_people_without_a_role(documents: dict[str, Document]) -> None:
    pk = documents["cerd"].pk
    stranger, nobody = Client(), factories.signed_in(None)
    assert stranger.get(_address("document", pk)).status_code == 302
    assert nobody.get(_address("document", pk)).status_code == 404
    assert factories.signed_in(Role.OBSERVER).get(_address("document", 999_999)).status_code == 404
    for name in LISTS:
        assert stranger.get(_address(name)).status_code == 302
        answer = nobody.get(_address(name))
        assert answer.status_code == 200 and b"CERD" not in answer.content
        assert json.loads(nobody.get(_address(f"{name}-json")).content)["count"] == 0


def test_the_number_of_queries_does_not_grow(documents: dict[str, Document]) -> None:
    client = factories.signed_in(Role.OBSERVER)

    def queries() -> list[int]:
        factories.make_institution()  # an act: the badges are counted anew
        taken = []
        for name in LISTS:
            with counted_anew() as captured:
                client.get(_address(name))
            taken.append(len(captured))
        return taken

    queries()
    before = queries()
    for year in (2010, 2014):
        factories.make_document(f"CAT/C/MAR/CO/{year - 2006}", body="CAT", published_on=date(year, 1, 1))
    assert queries() == before
