"""What everyone can reach: it shows what was published, follows no internal edit, and forgets what was withdrawn."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.followup.commands.contributions import Content, start_contribution
from tawsiya.portal import queries
from tawsiya.portal.choices import TEXT_ONLY, Selection
from tawsiya.portal.commands import publish, publish_many, withdraw_publication
from tawsiya.portal.models import SnapshotFile
from tawsiya.recommendations.choices import Status
from tests.factories import (
    make_assessment,
    make_document,
    make_instance,
    make_recommendation,
    reader_in,
)
from tests.portal.stories import (
    DRAFT,
    JUSTIFICATION,
    MEASURES,
    PUBLIC_FILE,
    SECRETS,
    Story,
    make_story,
    publisher,
)
from tests.queries import counted_anew

pytestmark = pytest.mark.django_db

LANGUAGES = ("ar", "fr", "en")


@pytest.fixture(autouse=True)
def _state() -> None:
    make_instance()


@pytest.fixture
def story() -> Story:
    return make_story()


def publish_all(story: Story) -> None:
    publish(recommendation=story.item, selection=story.everything, by=publisher())


def addresses(pk: int) -> list[str]:
    """Return every public address, in every language."""
    paths = [
        "",
        "public/recommendations/",
        "public/recommendations.csv",
        "public/recommendations.json",
        f"public/recommendations/{pk}/",
        "public/feed.atom",
        "public/recommendations/?q=ratify",
        "public/recommendations/?status=in_progress&sort=latest",
    ]
    return [
        *(f"/{language}/{path}" for language in LANGUAGES for path in paths),
        "/api/v1/public/recommendations/",
        f"/api/v1/public/recommendations/{pk}/",
        "/sitemap.xml",
        "/robots.txt",
    ]


def body_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def everything_public(client: Client, pk: int) -> str:
    """Return all that anybody can fetch, files included."""
    pages = [body_of(client, address) for address in addresses(pk)]
    files = [
        body_of(client, f"/fr/public/files/{file_pk}/")
        for file_pk in SnapshotFile.objects.values_list("pk", flat=True)
    ]
    return "\n".join(pages + files)


def results(client: Client, query: str = "") -> list[int]:
    data = json.loads(body_of(client, f"/en/public/recommendations.json{query}"))
    return [row["id"] for row in data["results"]]


def test_the_page_shows_what_was_chosen(client: Client, story: Story) -> None:
    publish_all(story)
    page = BeautifulSoup(body_of(client, f"/en/public/recommendations/{story.item.pk}/"), "html.parser")
    main = page.find("main")
    assert main is not None
    text = main.get_text(" ", strip=True)
    for words in (
        "Ratify the Optional Protocol",
        MEASURES,
        JUSTIFICATION,
        PUBLIC_FILE,
        "In progress",
        "Supported",
    ):
        assert words in text
    assert [str(node["lang"]) for node in main.select(".tw-un-text__body")] == ["en", "ar", "fr"]
    assert "Version 1 published" in text
    assert story.lead.names["en"] in text


def test_nothing_unpublished_is_in_any_public_answer(client: Client, story: Story) -> None:
    publish_all(story)
    public = everything_public(client, story.item.pk)
    assert MEASURES in public  # the search finds what is there
    assert [secret for secret in SECRETS if secret in public] == []


def test_the_text_alone_leaks_nothing(client: Client, story: Story) -> None:
    publish(recommendation=story.item, selection=TEXT_ONLY, by=publisher())
    public = "\n".join(body_of(client, address) for address in addresses(story.item.pk))
    hidden = (*SECRETS, MEASURES, JUSTIFICATION, PUBLIC_FILE, story.lead.names["en"], "2030-01-01")
    assert [words for words in hidden if words in public] == []


def test_what_is_not_published_does_not_exist(client: Client, story: Story) -> None:
    for address in (
        f"/fr/public/recommendations/{story.item.pk}/",
        f"/api/v1/public/recommendations/{story.item.pk}/",
        "/fr/public/files/1/",
    ):
        body_of(client, address, 404)
    assert results(client) == []


def test_an_internal_edit_changes_nothing_outside(client: Client, story: Story) -> None:
    publish_all(story)
    pages = addresses(story.item.pk)
    before = [body_of(client, address) for address in pages]
    make_assessment(story.item, Status.IMPLEMENTED, justification="New-justification-osprey")
    start_contribution(
        recommendation=story.item,
        institution=story.lead,
        content=Content(language="en", measures_taken="New-measures-osprey"),
        by=reader_in(story.lead, Role.FOCAL_POINT),
    )
    after = [body_of(client, address) for address in pages]
    assert "osprey" not in "\n".join(after)
    assert [_without_token(page) for page in after] == [_without_token(page) for page in before]


def _without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


def test_a_withdrawn_item_is_nowhere(client: Client, story: Story) -> None:
    other = make_recommendation()
    publish_all(story)
    publish(recommendation=other, selection=TEXT_ONLY, by=publisher())
    assert results(client) == [story.item.pk, other.pk]
    file = SnapshotFile.objects.get()
    withdraw_publication(recommendation=story.item, by=publisher(), reason="Wrong-reason-osprey")

    body_of(client, f"/en/public/recommendations/{story.item.pk}/", 404)
    body_of(client, f"/api/v1/public/recommendations/{story.item.pk}/", 404)
    body_of(client, f"/en/public/files/{file.pk}/", 404)
    assert results(client) == [other.pk]
    assert json.loads(body_of(client, "/api/v1/public/recommendations/"))["count"] == 1
    public = "\n".join(body_of(client, address) for address in addresses(other.pk) if "?" not in address)
    gone = (story.item.document.symbol, MEASURES, JUSTIFICATION, "Wrong-reason-osprey", f"/{story.item.pk}/")
    assert [words for words in gone if words in public] == []
    home = BeautifulSoup(body_of(client, "/en/"), "html.parser")
    assert [node.get_text() for node in home.select(".tw-stat__value")] == ["1", "1"]


def test_a_file_of_an_earlier_version_is_public_no_longer(client: Client, story: Story) -> None:
    publish_all(story)
    file = SnapshotFile.objects.get()
    response = client.get(f"/en/public/files/{file.pk}/")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(response.streaming_content) == f"{PUBLIC_FILE} in the file".encode()
    publish(recommendation=story.item, selection=Selection(status=True), by=publisher())
    assert client.get(f"/en/public/files/{file.pk}/").status_code == 404


def test_facets_ignore_themselves_and_combine(client: Client) -> None:
    upr, cerd = make_document(), make_document("CERD/C/XTM/CO/8", body="CERD")
    items = [
        make_recommendation(upr, texts={"en": "Ratify the treaty"}, recommending_states=("FRA", "SEN")),
        make_recommendation(upr, position="noted", recommending_states=("FRA",)),
        make_recommendation(cerd, texts={"en": "Ratify the convention"}),
    ]
    make_assessment(items[0], Status.IMPLEMENTED)
    publish_many(recommendations=items, with_status=True, by=publisher())

    def counts(query: str, facet: str) -> dict[str, int]:
        page = BeautifulSoup(body_of(client, f"/en/public/recommendations/{query}"), "html.parser")
        found = {}
        for option in page.select(f"#facet-{facet} .tw-facet__option"):
            label, number = option.select_one(".tw-facet__label"), option.select_one(".tw-facet__count")
            assert label is not None
            assert number is not None
            found[label.get_text(strip=True)] = int(number.get_text())
        return found

    assert counts("", "body") == {"UPR": 2, "CERD": 1}
    assert counts("?body=UPR", "body") == {"UPR": 2, "CERD": 1}
    assert counts("?body=UPR", "position") == {"Supported": 1, "Noted": 1}
    assert counts("?body=CERD", "state") == {}
    assert counts("", "state") == {"France": 2, "Senegal": 1}
    assert counts("", "status") == {"Implemented": 1, "No status published": 2}
    assert results(client, "?state=FRA&state=SEN") == [items[0].pk, items[1].pk]
    assert results(client, "?state=SEN&position=noted") == []
    assert results(client, "?q=ratify") == [items[0].pk, items[2].pk]
    assert results(client, "?q=ratify&body=CERD") == [items[2].pk]
    assert results(client, "?status=none&year=2017") == [items[1].pk, items[2].pk]
    assert results(client, "?year=x") == []


@pytest.mark.parametrize(
    "query", ["RATIFIER le protocole", "البروتوكول", "الاختيارى", "التّصديق", "optional ratify", "140."]
)
def test_the_search_forgives_case_accents_and_exchanged_letters(
    client: Client, story: Story, query: str
) -> None:
    publish(recommendation=story.item, selection=TEXT_ONLY, by=publisher())
    assert results(client, f"?q={query}") == [story.item.pk]
    assert results(client, "?q=nothing-of-the-kind") == []


def test_the_search_knows_a_document_by_its_symbol(client: Client) -> None:
    document = make_document("CERD/C/XTM/CO/8", body="CERD")
    item = make_recommendation(document)
    publish_many(recommendations=[item, make_recommendation()], with_status=False, by=publisher())
    assert results(client, "?q=cerd c xtm co 8") == [item.pk]


def test_parts_are_counted_apart(client: Client) -> None:
    document = make_document("CRC/C/XTM/CO/4", body="CRC")
    items = [
        make_recommendation(document, paragraph="9", texts={"en": "Adopt:"}),
        make_recommendation(document, paragraph="9", subparagraph="a"),
        make_recommendation(document, paragraph="9", subparagraph="b"),
    ]
    publish_many(recommendations=items, with_status=False, by=publisher())
    assert "1 recommendation and 2 lettered parts" in body_of(client, "/en/public/recommendations/")
    home = BeautifulSoup(body_of(client, "/en/"), "html.parser")
    assert [node.get_text() for node in home.select(".tw-stat__value")] == ["1", "1"]
    page = body_of(client, f"/en/public/recommendations/{items[0].pk}/")
    assert "9 (a)" in page and "9 (b)" in page


def test_the_open_data_carry_source_and_licence(client: Client, story: Story) -> None:
    publish_all(story)
    response = client.get("/fr/public/recommendations.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["text_fr"] == "Ratifier le Protocole facultatif"
    assert row["text_ar_status"] == "official"
    assert row["status"] == "in_progress"
    assert story.item.document.symbol in row["source"]
    assert row["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert response["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


def test_the_interface_gives_the_same_snapshot(client: Client, story: Story) -> None:
    publish_all(story)
    data = json.loads(body_of(client, f"/api/v1/public/recommendations/{story.item.pk}/"))
    assert data["status"]["code"] == "in_progress"
    assert data["contributions"][0]["parts"] == {"measures_taken": MEASURES}
    assert data["evidence"][0]["title"] == PUBLIC_FILE
    assert "id" not in data["contributions"][0]
    assert client.post("/api/v1/public/recommendations/", {}).status_code == 405
    listed = json.loads(body_of(client, "/api/v1/public/recommendations/?status=in_progress"))
    assert [row["id"] for row in listed["results"]] == [story.item.pk]
    assert listed["results"][0] == data


def test_the_feed_names_each_publication(client: Client, story: Story) -> None:
    publish_all(story)
    feed = ElementTree.fromstring(body_of(client, "/fr/public/feed.atom"))
    atom = "{http://www.w3.org/2005/Atom}"
    assert [node.text for node in feed.iterfind(f"{atom}entry/{atom}title")] == [str(story.item)]
    assert [node.text for node in feed.iterfind(f"{atom}entry/{atom}summary")] == [
        "Ratifier le Protocole facultatif"
    ]


def test_an_answer_is_fetched_again_only_when_something_was_published(client: Client, story: Story) -> None:
    publish_all(story)
    for address in ("/en/", "/en/public/recommendations.json", "/api/v1/public/recommendations/"):
        client.get(address)  # the first answer gives the visitor's form token
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
        make_assessment(story.item, Status.IMPLEMENTED)
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
        publish(recommendation=make_recommendation(), selection=TEXT_ONLY, by=publisher())
        response = client.get(address, headers={"if-none-match": tag})
        assert response.status_code == 200
        assert "no-cache" in response["Cache-Control"]


def test_without_its_role_the_public_part_is_closed_and_the_rest_works(
    client: Client, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_all(story)
    monkeypatch.setattr(queries, "PORTAL", "a_role_that_nobody_created")
    for address in addresses(story.item.pk):
        response = client.get(address)
        assert response.status_code == 503, address
        assert response["Retry-After"]
    assert "closed for now" in client.get("/en/").content.decode()
    assert client.get("/en/account/login/").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_itself_and_its_other_languages(client: Client, story: Story, language: str) -> None:
    publish_all(story)
    address = f"/{language}/public/recommendations/{story.item.pk}/"
    page = BeautifulSoup(body_of(client, address), "html.parser")
    assert page.html is not None
    assert page.html["lang"] == language
    canonical = page.select_one('link[rel="canonical"]')
    assert canonical is not None
    assert str(canonical["href"]).endswith(address)
    others = page.select("link[rel=alternate][hreflang]")
    assert [str(node["hreflang"]) for node in others] == list(LANGUAGES)
    assert str(others[0]["href"]).endswith(f"/ar/public/recommendations/{story.item.pk}/")


def test_robots_may_read_the_public_pages_only(client: Client) -> None:
    lines = body_of(client, "/robots.txt").splitlines()
    assert "Allow: /ar/public/" in lines
    assert "Disallow: /" in lines


def test_the_number_of_queries_does_not_grow_with_the_list(client: Client) -> None:
    def number() -> int:
        queries.digest_of.cache_clear()
        with counted_anew() as captured:
            body_of(client, "/en/public/recommendations/")
        return len(captured)

    publish_many(recommendations=[make_recommendation() for _ in range(2)], with_status=False, by=publisher())
    number()  # the State's row is read once per process
    few = number()
    publish_many(recommendations=[make_recommendation() for _ in range(8)], with_status=False, by=publisher())
    assert number() == few
    assert few <= 45


def test_nothing_is_written_by_reading(client: Client, story: Story) -> None:
    publish_all(story)
    for address in addresses(story.item.pk):
        assert client.post(address).status_code in {403, 405}, address
    assert DRAFT not in body_of(client, "/en/")
