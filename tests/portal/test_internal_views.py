"""The pages of the delegation: who reaches them, what the preview shows, and what publishing does."""

import json

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.portal.choices import TEXT_ONLY
from tawsiya.portal.commands import publish, withdraw_publication
from tawsiya.portal.models import Snapshot
from tawsiya.recommendations.choices import Status
from tests.factories import make_assessment, make_document, make_instance, make_reader, make_recommendation
from tests.portal.stories import MEASURES, SECRETS, Story, make_story, publisher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _state() -> None:
    make_instance()


@pytest.fixture
def story() -> Story:
    return make_story()


def signed_in(reader: Reader) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=reader.user_id))
    return client


def page(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return BeautifulSoup(response.content, "html.parser")


def fields(form: Tag) -> dict[str, list[str]]:
    """Return the hidden fields of a form, as a browser would send them."""
    found: dict[str, list[str]] = {}
    for node in form.select("input[type=hidden]"):
        found.setdefault(str(node["name"]), []).append(str(node["value"]))
    return found


OUTSIDE = [Role.OBSERVER, Role.ADMINISTRATOR, Role.VALIDATOR, Role.FOCAL_POINT, Role.NHRI, Role.CIVIL_SOCIETY]


@pytest.mark.parametrize("role", [*OUTSIDE, Role.ANALYST])
def test_publishing_is_refused_to_others_with_the_reason(role: Role) -> None:
    item = make_recommendation()
    publish(recommendation=item, selection=TEXT_ONLY, by=publisher())
    client = signed_in(make_reader(role))
    for response in (
        client.get(f"/en/publish/{item.pk}/"),
        client.post(f"/en/publish/{item.pk}/", {"chosen": "1"}),
        client.post(f"/en/publish/{item.pk}/withdraw/", {"reason": "x"}),
        client.get(f"/en/publish/many/?selected={item.pk}"),
        client.post("/en/publish/many/", {"selected": item.pk}),
    ):
        assert response.status_code == 403
        assert "Only a coordinator of the delegation publishes." in response.content.decode()
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("role", OUTSIDE)
def test_the_list_of_publications_is_the_delegation_s(role: Role) -> None:
    assert signed_in(make_reader(role)).get("/en/publish/").status_code == 403


def test_without_a_role_there_is_nothing() -> None:
    item = make_recommendation()
    nobody = signed_in(make_reader(None))
    for path in ("publish/", "publish.csv", f"publish/{item.pk}/", f"publish/many/?selected={item.pk}"):
        assert nobody.get(f"/en/{path}").status_code == 404, path
        assert Client().get(f"/en/{path}").status_code == 302, path
    assert signed_in(publisher()).get("/en/publish/999999/").status_code == 404


def test_the_preview_shows_what_is_chosen_and_publishing_it_does_just_that(story: Story) -> None:
    client = signed_in(publisher())
    address = f"/en/publish/{story.item.pk}/"
    first = page(client, address)
    assert MEASURES not in first.select_one("#preview").get_text()  # type: ignore[union-attr]  # it is there
    assert not any(secret in first.get_text() for secret in SECRETS)

    query = f"?chosen=1&status=on&contribution_{story.validated.pk}=measures_taken&evidence={story.public.pk}"
    preview = page(client, address + query).select_one("#preview")
    assert preview is not None
    shown = preview.select_one(".tw-portal-preview")
    assert shown is not None
    assert MEASURES in shown.get_text()
    form = preview.find("form")
    assert isinstance(form, Tag)
    response = client.post(address, fields(form))
    assert response.status_code == 302
    snapshot = Snapshot.objects.get()
    assert snapshot.status == "in_progress"
    assert snapshot.content["contributions"][0]["parts"] == [{"part": "measures_taken", "text": MEASURES}]
    public = page(Client(), f"/en/public/recommendations/{story.item.pk}/")
    assert _texts(public) == _texts(shown)
    assert "The public sees exactly this." in page(client, address).get_text()


def _texts(found: Tag) -> list[str]:
    return [node.get_text(" ", strip=True) for node in found.select(".tw-un-text, .tw-prose, .tw-status")]


def test_what_differs_from_the_public_page_is_listed(story: Story) -> None:
    publish(recommendation=story.item, selection=story.everything, by=publisher())
    make_assessment(story.item, Status.IMPLEMENTED, justification="It was adopted.")
    rows = page(signed_in(publisher()), f"/en/publish/{story.item.pk}/").select("#preview tbody tr")
    cells = [[cell.get_text(strip=True) for cell in row.select("td")] for row in rows]
    assert cells == [
        ["Status of implementation", "In progress", "Implemented"],
        ["Justification", "Justification-egret", "It was adopted."],
    ]


def test_a_preview_that_no_longer_holds_is_shown_again_and_not_published(story: Story) -> None:
    client = signed_in(publisher())
    address = f"/en/publish/{story.item.pk}/"
    form = page(client, f"{address}?chosen=1&status=on").select_one("#preview form")
    assert isinstance(form, Tag)
    make_assessment(story.item, Status.IMPLEMENTED)
    response = client.post(address, fields(form))
    assert response.status_code == 200
    assert "Something changed since you saw the preview" in response.content.decode()
    assert not Snapshot.objects.exists()
    assert client.post(address, {"chosen": "1"}).status_code == 200  # without a preview seen
    assert not Snapshot.objects.exists()


def test_what_is_not_offered_cannot_be_smuggled_in(story: Story) -> None:
    client = signed_in(publisher())
    address = f"/en/publish/{story.item.pk}/"
    for smuggled in (
        f"contribution_{story.draft.pk}=measures_taken",
        f"contribution_{story.returned.pk}=measures_taken",
        f"contribution_{story.validated.pk}=return_reason",
        f"evidence={story.restricted.pk}",
        f"evidence={story.internal.pk}",
    ):
        shown = page(client, f"{address}?chosen=1&{smuggled}")
        preview = shown.select_one("#preview")
        assert preview is not None
        assert not any(secret in preview.get_text() for secret in SECRETS), smuggled


def test_withdrawing_asks_for_a_reason(story: Story) -> None:
    publish(recommendation=story.item, selection=TEXT_ONLY, by=publisher())
    client = signed_in(publisher())
    address = f"/en/publish/{story.item.pk}/withdraw/"
    assert client.get(address).status_code == 405
    client.post(address, {"reason": ""})
    assert Client().get(f"/en/public/recommendations/{story.item.pk}/").status_code == 200
    client.post(address, {"reason": "Wrong figures"})
    assert Client().get(f"/en/public/recommendations/{story.item.pk}/").status_code == 404


def test_the_list_tells_what_changed_since(story: Story) -> None:
    same, gone = make_recommendation(), make_recommendation()
    make_assessment(same, Status.IMPLEMENTED)  # left out on purpose: no news
    for item in (same, gone):
        publish(recommendation=item, selection=TEXT_ONLY, by=publisher())
    publish(recommendation=story.item, selection=story.everything, by=publisher())
    make_assessment(story.item, Status.IMPLEMENTED)
    withdraw_publication(recommendation=gone, by=publisher(), reason="x")
    analyst = signed_in(make_reader(Role.ANALYST))

    def rows(query: str = "") -> dict[int, tuple[str, int, bool]]:
        data = json.loads(analyst.get(f"/en/publish.json{query}").content)
        return {row["id"]: (row["act"], row["version"], row["has_news"]) for row in data["results"]}

    assert rows() == {
        same.pk: ("publish", 1, False),
        gone.pk: ("withdraw", 2, False),
        story.item.pk: ("publish", 1, True),
    }
    assert list(rows("?show=news")) == [story.item.pk]
    assert list(rows("?show=withdrawn")) == [gone.pk]
    assert "Changed since publication" in page(analyst, "/en/publish/").get_text()
    assert b"withdraw" in b"".join(analyst.get("/en/publish.csv").streaming_content)


def test_a_selection_is_published_after_it_was_shown() -> None:
    client = signed_in(publisher())
    items = [make_recommendation(), make_recommendation()]
    make_assessment(items[0], Status.IMPLEMENTED)
    query = "&".join(f"selected={item.pk}" for item in items)
    assert "2 recommendations chosen." in page(client, f"/en/publish/many/?{query}").get_text()
    shown = client.post("/en/publish/many/", {"selected": [item.pk for item in items]})
    assert not Snapshot.objects.exists()  # the list only hands its selection over
    form = BeautifulSoup(shown.content, "html.parser").select_one("main form[method=post]")
    assert isinstance(form, Tag)
    response = client.post("/en/publish/many/", {**fields(form), "with_status": "on"}, follow=True)
    assert "2 recommendations were published." in response.content.decode()
    assert sorted(Snapshot.objects.values_list("status", flat=True)) == ["", "implemented"]


def test_a_paragraph_is_published_with_its_lettered_parts_where_wanted() -> None:
    client = signed_in(publisher())
    document = make_document("CRC/C/XTM/CO/4", body="CRC")
    paragraph = make_recommendation(document, paragraph="9", texts={"en": "Adopt:"})
    part = make_recommendation(document, paragraph="9", subparagraph="a")
    client.post("/en/publish/many/", {"ids": f"{paragraph.pk}", "confirmed": "1"})
    assert list(Snapshot.objects.values_list("recommendation_id", flat=True)) == [paragraph.pk]
    client.post("/en/publish/many/", {"ids": f"{paragraph.pk}", "confirmed": "1", "with_parts": "on"})
    assert list(Snapshot.objects.values_list("recommendation_id", flat=True)) == [paragraph.pk, part.pk]
    assert client.post("/en/publish/many/", {"ids": "x,,-1"}).status_code == 302
