"""The list by role: what stands in it, what follow-up shows, its twins, and how many queries it takes."""

import csv
import io
import json
from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tawsiya.audit import commands as audit
from tests import factories
from tests.queries import counted_anew
from tests.recommendations.world import World, address

# What each role's list shows beside the recommendation and the position, and whether it may assign.
SIGHT = {
    "coordinator": (["Status", "Lead institution"], True),
    "analyst": (["Status", "Lead institution"], True),
    "administrator": (["Status", "Lead institution"], False),
    "observer": (["Status", "Lead institution"], False),
    "justice": (["Status", "Lead institution"], False),
    "other": (["Status", "Lead institution"], False),
    "nhri": ([], False),
    "organisation": ([], False),
}


def _page(client: Client, query: str = "") -> BeautifulSoup:
    answer = client.get(address("list", query=query))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def _line(page: BeautifulSoup, name: str) -> str:
    found = page.select_one(name)
    assert found is not None
    return " ".join(found.get_text(" ", strip=True).split())


def _row(page: BeautifulSoup, words: str) -> Tag:
    found = [row for row in page.select("tbody tr") if words in row.get_text(" ", strip=True)]
    assert len(found) == 1
    return found[0]


def test_columns_and_selection_by_role(world: World) -> None:
    seen = {}
    for name in SIGHT:
        page = _page(world.client(name))
        heads = [head.get_text(strip=True) for head in page.select("thead th")]
        assert [head for head in heads if head][:2] == ["Recommendation", "Position"]
        may_assign = bool(page.select("input[name=selected]"))
        assert may_assign == bool(page.select("form#selection"))
        seen[name] = ([head for head in heads if head][2:], may_assign)
    assert seen == SIGHT


def test_nothing_of_follow_up_reaches_those_outside(world: World) -> None:
    for name in ("nhri", "organisation"):
        for form in ("list", "list-csv", "list-json"):
            answer = world.client(name).get(address(form))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = body.decode()
            for word in ("Justice", "Health", "in_progress", "In progress", "lead", "Implemented"):
                assert word not in text, (name, form, word)


def test_the_headline_counts_as_issued(world: World) -> None:
    client = world.client("observer")
    assert _line(_page(client), ".tw-toolbar [role=status]") == "5 recommendations (2 lettered parts)"
    both = _page(client, "kind=recommendation&kind=concern")
    assert (
        _line(both, ".tw-toolbar [role=status]")
        == "5 recommendations (2 lettered parts) and 1 other paragraph"
    )
    assert _line(_page(client, "body=UPR&q=girls"), ".tw-toolbar [role=status]") == "1 recommendation"


def test_a_row_says_what_it_is(world: World) -> None:
    page = _page(world.client("coordinator"))
    row = _row(page, "Keep girls in school")
    text = row.get_text(" ", strip=True)
    assert "144.5" in text and "cycle 3 · 2017" in text and "Supported" in text
    assert "In progress" in text and "Justice" in text
    link = row.select_one("td.tw-table__main > a")
    assert link is not None and link["lang"] == "en" and link["dir"] == "ltr"
    assert link["href"] == f"/en/recommendations/{world.rows['school'].pk}/"
    # Only Arabic exists: its own language and direction.
    other = _row(page, "تحسين السجون").select_one("td.tw-table__main > a")
    assert other is not None and other["lang"] == "ar" and other["dir"] == "rtl"


def test_the_readers_language_comes_first(world: World) -> None:
    with translation.override("fr"):
        answer = world.client("observer").get("/fr/recommendations/")
    page = BeautifulSoup(answer.content, "html.parser")
    link = _row(page, "Maintenir les filles").select_one("td.tw-table__main > a")
    assert link is not None and link["lang"] == "fr"


def test_parts_stand_under_their_paragraph_and_are_not_selected(world: World) -> None:
    page = _page(world.client("coordinator"), "body=CERD")
    rows = page.select("tbody tr")
    paragraphs = [row.select_one(".small").get_text(" ", strip=True).split(" · ")[0] for row in rows]  # type: ignore[union-attr]  # every row has one
    assert [text.replace(" ", "") for text in paragraphs] == [
        "CERD/C/MAR/CO/19-21§12",
        "12(a)",
        "12(b)",
        "CERD/C/MAR/CO/19-21§13",
    ]
    assert [box["value"] for box in page.select("input[name=selected]")] == [
        str(world.rows["figures"].pk),
        str(world.rows["migrants"].pk),
    ]


def test_all_of_the_result_can_be_assigned_at_once(world: World) -> None:
    page = _page(world.client("coordinator"), "position=noted")
    ids = page.select_one("input[name=ids]")
    assert ids is not None
    assert set(str(ids["value"]).split(",")) == {str(world.rows[name].pk) for name in ("old", "prison")}
    answer = world.client("coordinator").post("/en/assign/", {"ids": ids["value"]})
    assert answer.status_code == 200 and "144.10" in answer.content.decode()


def test_a_withdrawn_one_is_marked_and_not_selected(world: World) -> None:
    row = world.rows["migrants"]
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        row.withdrawn_at = timezone.now()
        row.save()
    page = _page(world.client("coordinator"), "withdrawn=yes")
    assert len(page.select("tbody tr")) == 1
    assert "Withdrawn" in page.select("tbody tr")[0].get_text()
    assert page.select("input[name=selected]") == []
    assert page.select("input[name=ids]") == []


def test_a_follow_up_priority_says_until_when(world: World) -> None:
    row = world.rows["figures-b"]
    with audit.change("recommendation.imported", by=audit.SYSTEM):
        row.is_follow_up_priority, row.follow_up_due_on = True, date(2024, 9, 1)
        row.save()
    page = _page(world.client("nhri"), "priority=yes&sort=due")
    part = page.select("tbody tr")[2].select_one(".small")
    assert part is not None and part.get_text(" ", strip=True) == "12 (b) · Follow-up priority · 1 Sept 2024"


def test_csv_and_json_hold_the_same_rows(world: World) -> None:
    client = world.client("other")
    answer = client.get(address("list-csv", query="body=CERD"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = json.loads(client.get(address("list-json", query="body=CERD")).content)["results"]
    assert [row["paragraph"] for row in rows] == ["12", "12 (a)", "12 (b)", "13"]
    assert [row["paragraph"] for row in found] == ["12", "12 (a)", "12 (b)", "13"]
    assert [row["status"] for row in found] == ["", "implemented", "", ""]
    assert [row["lead"] for row in found] == [[], ["Health"], [], []]
    assert found[1]["part_of"] == world.rows["figures"].pk
    assert found[0]["themes"] == ["Right to education"]


def test_only_own_items_show_who_supports(world: World) -> None:
    seen = {}
    for name in ("other", "justice", "observer"):
        rows = json.loads(world.client(name).get(address("list-json")).content)["results"]
        seen[name] = next(row["supporting"] for row in rows if row["paragraph"] == "144.10")
    assert seen == {"other": [], "justice": ["Health"], "observer": ["Health"]}


@pytest.mark.parametrize("form", ["list", "list-csv", "list-json"])
def test_strangers_are_sent_to_sign_in(world: World, form: str) -> None:
    answer = world.client("nobody").get(address(form))
    assert answer.status_code == 302 and "/account/login/" in answer["Location"]


def test_nobody_without_a_role_sees_a_row(world: World) -> None:
    client = world.client("without_role")
    page = _page(client)
    assert page.select("tbody tr") == [] and page.select(".tw-facet") == []
    assert "No recommendations yet" in page.get_text()
    assert json.loads(client.get(address("list-json")).content) == {"count": 0, "results": []}
    assert client.get(f"/en/recommendations/{world.rows['old'].pk}/").status_code == 404


def test_an_empty_result_says_how_to_go_on(world: World) -> None:
    page = _page(world.client("observer"), "theme=education&position=noted")
    assert "No recommendation answers these filters" in page.get_text()
    assert len(page.select(".tw-chip")) == 2


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    client = world.client("coordinator")

    def queries(query: str) -> int:
        client.get(address("list", query=query))
        factories.make_institution()  # an act: everything is counted anew
        with counted_anew() as captured:
            client.get(address("list", query=query))
        return len(captured)

    before = queries("sort=recent")
    document = world.rows["school"].document
    for number in range(20):
        factories.make_recommendation(document, paragraph=f"200.{number}")
    factories.make_assignment(recommendation=world.rows["old"])
    assert queries("sort=recent") == before
    # Twenty-three facets, their counts, the page's rows with all they show, the shell with its badges.
    assert before <= 58
    with CaptureQueriesContext(connection) as kept:
        client.get(address("list", query="sort=recent"))
    # Who reads, the last act, the page's rows with all they show, the shell: nothing is counted again.
    assert len(kept) <= 21


def test_pages_keep_the_filters(world: World) -> None:
    document = world.rows["school"].document
    for number in range(50):
        factories.make_recommendation(document, paragraph=f"200.{number}")
    page = _page(world.client("observer"), "body=UPR&page=2")
    assert _line(page, ".tw-pagination__count") == "51 to 53 of 53"
    back = page.select_one(".tw-pagination a[rel=prev]")
    assert back is not None and back["href"] == "?body=UPR&page=1"


def test_the_list_is_only_read(world: World) -> None:
    assert world.client("coordinator").post(address("list")).status_code == 405
