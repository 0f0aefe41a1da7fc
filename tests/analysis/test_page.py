"""The page of the search: tabs, facets with exact counts, order, passages, twins, spelling, empty states."""

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tawsiya.analysis.search.results import Search
from tawsiya.followup.choices import ContributionState
from tests import factories
from tests.recommendations.world import World


def address(query: str = "", name: str = "search", language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"analysis:{name}") + (f"?{query}" if query else "")


def page_of(client: Client, query: str, language: str = "en") -> BeautifulSoup:
    answer = client.get(address(query, language=language))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def rows_of(client: Client, query: str) -> list[str]:
    return [row["paragraph"] for row in client.get(address(query, "search-json")).json()["results"]]


def words(node: Any) -> str:
    return " ".join(node.get_text(" ", strip=True).split())


def facet(page: BeautifulSoup, name: str) -> dict[str, int]:
    return {
        str(option.select_one("input")["value"]): int(words(option.select_one(".tw-facet__count")))
        for option in page.select(f"#facet-{name} .tw-facet__option")
    }


def test_it_opens_with_help_and_finds_from_the_bar_of_every_page(world: World) -> None:
    page = page_of(world.client("observer"), "")
    assert "What can be typed" in words(page) and page.select(".tw-answer") == []
    form = page.select_one(".tw-bar__search")
    assert form is not None and form["action"] == "/en/search/"


def test_results_show_why_they_were_found(world: World) -> None:
    page = page_of(world.client("observer"), "q=fille")
    (answer,) = page.select(".tw-answer")
    text = answer.select_one(".tw-answer__text")
    assert text is not None and text["lang"] == "fr" and text["dir"] == "ltr"
    assert [words(mark) for mark in answer.select("mark")] == ["filles"]
    assert text["href"] == f"/en/recommendations/{world.rows['school'].pk}/"
    assert words(page.select_one(".tw-toolbar [role=status]")) == "1 result"


def test_a_passage_of_a_part_is_shown_under_its_paragraph(world: World) -> None:
    document = world.rows["figures"].document
    factories.make_recommendation(
        document, paragraph="12", subparagraph="c", texts={"en": "By age & <b>sex</b> of widows"}
    )
    (answer,) = page_of(world.client("observer"), "q=widow").select(".tw-answer")
    assert words(answer.select_one(".tw-answer__note")) == "12 (c) By age & <b>sex</b> of widows"
    assert [words(mark) for mark in answer.select("mark")] == ["widows"]


def test_a_long_text_is_cut_around_the_words(world: World) -> None:
    text = "Begin " + "and go on " * 60 + "until every dyke holds " + "and go on " * 60
    factories.make_recommendation(texts={"en": text})
    (answer,) = page_of(world.client("observer"), "q=dykes").select(".tw-answer")
    shown = words(answer.select_one(".tw-answer__text"))
    assert shown.startswith("…") and shown.endswith("…") and "every dyke holds" in shown and len(shown) < 360


@pytest.mark.parametrize(
    "query", ["q=protection", "q=protection&position=noted", "q=law+witnesses&body=CERD"]
)
def test_counts_of_facets_are_what_a_click_gives_and_what_counting_by_hand_gives(
    world: World, query: str
) -> None:
    client = world.client("coordinator")
    page = page_of(client, query)
    checked = 0
    for name in ("body", "year", "position", "theme", "persons", "sdg", "institution", "status", "state"):
        counts = facet(page, name)
        without = "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))
        for value, count in counts.items():
            clicked = client.get(address(f"{without}&{name}={value}", "search-json")).json()["results"]
            assert len(clicked) == count, (name, value)
            checked += 1
    assert checked >= 5


def test_facets_combine_values_are_alternatives_and_a_facet_ignores_itself(world: World) -> None:
    client = world.client("observer")
    assert facet(page_of(client, "q=protection"), "body") == {"UPR": 1, "CERD": 2}
    assert facet(page_of(client, "q=protection&body=UPR"), "body") == {"UPR": 1, "CERD": 2}
    assert facet(page_of(client, "q=protection&body=UPR"), "year") == {"2012": 1}
    assert len(page_of(client, "q=protection&body=UPR&body=CERD").select(".tw-answer")) == 3
    assert len(page_of(client, "q=protection&body=UPR&year=2023").select(".tw-answer")) == 0


def test_tabs_count_what_the_words_find(world: World) -> None:
    factories.make_contribution(
        ContributionState.VALIDATED,
        recommendation=world.rows["prison"],
        institution=world.justice,
        measures_taken="Girls have a school of their own now",
    )

    def tabs(name: str) -> dict[str, str]:
        page = page_of(world.client(name), "q=girls")
        return {
            words(tab).rsplit(" ", 1)[0]: words(tab).rsplit(" ", 1)[1] for tab in page.select(".tw-tabs a")
        }

    plans = {"Measures": "0", "Indicators": "0", "Texts of law": "0"}
    everybodys = {"Recommendations": "1", "Documents": "0", **plans}
    assert tabs("coordinator") == everybodys | {"Contributions": "1", "Conversations": "0"}
    # The supporting institution of the item reads what is validated; another one does not.
    assert tabs("health")["Contributions"] == "1"
    assert tabs("other")["Contributions"] == "0"
    assert tabs("nhri") == everybodys


def test_contributions_by_their_words_and_by_what_they_answer(world: World) -> None:
    row = factories.make_contribution(
        recommendation=world.rows["prison"],
        institution=world.justice,
        measures_taken="Cells were <i>painted</i>",
    )
    client = world.client("justice")
    page = page_of(client, "q=cell&scope=contributions")
    (answer,) = page.select(".tw-answer")
    assert words(answer.select_one(".tw-answer__text")) == "Cells were <i>painted</i>"
    assert words(answer.select_one("mark")) == "Cells"
    assert answer.select_one("a")["href"] == f"/en/contributions/{row.pk}/"
    assert len(page_of(client, "q=a+hrc+36+6+144.10&scope=contributions").select(".tw-answer")) == 1
    assert len(page_of(client, "q=a+hrc+21+3&scope=contributions").select(".tw-answer")) == 0


def test_a_document_by_its_symbol_as_people_type_it(world: World) -> None:
    for typed in ("CERD/C/MAR/CO/19-21", "cerd c mar co 19-21", "cerdcmarco19-21"):
        page = page_of(world.client("nhri"), f"q={typed}&scope=documents")
        (symbol,) = page.select(".tw-answer__text .tw-symbol")
        assert symbol.get_text() == "CERD/C/MAR/CO/19-21"


def test_best_first_unless_another_order_is_asked_for(world: World) -> None:
    document = world.rows["school"].document
    factories.make_recommendation(
        document,
        paragraph="145.1",
        texts={"en": "Take every step that is needed so that, one day, schools are open to all girls"},
    )
    client = world.client("observer")
    assert rows_of(client, "q=girls+school") == ["144.5", "145.1"]
    assert rows_of(client, "q=law+witnesses&sort=oldest")[0] == "129.1"


def test_twins_hold_what_the_page_holds(world: World) -> None:
    client = world.client("observer")
    answer = client.get(address("q=protection&body=CERD", "search-csv"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["paragraph"] for row in rows] == rows_of(client, "q=protection&body=CERD")
    assert len(rows) == len(page_of(client, "q=protection&body=CERD").select(".tw-answer")) == 2
    for scope in ("documents", "contributions"):
        assert client.get(address(f"q=report&scope={scope}", "search-json")).status_code == 200


def test_another_spelling_is_offered_where_it_finds_something(world: World) -> None:
    page = page_of(world.client("observer"), "q=witneses")
    links = page.select(".tw-empty a")
    assert [(words(link), link["href"]) for link in links] == [("witnesses", "/en/search/?q=witnesses")]
    # Two words: the right one is kept.
    page = page_of(world.client("observer"), "q=protecton+witnesses")
    assert words(page.select(".tw-empty a")[0]) == "protection witnesses"
    # Nothing near: nothing offered.
    assert page_of(world.client("observer"), "q=xylophonists").select(".tw-empty a") == []
    assert page_of(world.client("without_role"), "q=witneses").select(".tw-empty a") == []


def test_an_empty_result_says_how_to_go_on(world: World) -> None:
    page = page_of(world.client("observer"), "q=girls&position=noted")
    assert "Nothing found" in words(page) and "Take a filter away" in words(page)
    assert page.select_one(".tw-empty a")["href"] == "/en/search/?q=girls"


def test_odd_addresses_are_answered(world: World) -> None:
    client = world.client("coordinator")
    for query in (
        "q=%00", "q=-", "q=%22", "q=" + "a" * 400, "q='&q=\\", "scope=nonsense&q=law", "sort=nonsense&q=law",
        "page=999&q=law", "saved=999999&q=law", "saved=x", "year=99999999999999", "review=x&q=law",
        "scope=world&q=law", "q=%D9%80", "q=" + "law " * 60,
    ):  # fmt: skip
        assert client.get(address(query)).status_code == 200, query


def test_nobody_without_a_role_finds_anything(world: World) -> None:
    client = world.client("without_role")
    for scope in ("recommendations", "documents", "contributions"):
        assert client.get(address(f"q=law&scope={scope}", "search-json")).json()["count"] == 0
    assert page_of(client, "q=law").select(".tw-answer") == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_in_other_languages_too(world: World, language: str) -> None:
    page = page_of(world.client("observer"), "q=witnesses", language)
    assert page.html is not None and page.html["lang"] == language
    text = page.select(".tw-answer__text")[0]
    # The English text answers, and is marked as English.
    assert text["lang"] == "en" and text["dir"] == "ltr"


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    client = world.client("coordinator")

    def queries(query: str) -> int:
        client.get(address(query))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(query)).status_code == 200
        return len(captured)

    factories.make_contribution(ContributionState.VALIDATED)
    scopes = ("q=law+witnesses", "q=report&scope=documents", "q=adopted&scope=contributions", "")
    before = [queries(query) for query in scopes]
    for number in range(15):
        factories.make_recommendation(world.rows["school"].document, paragraph=f"200.{number}")
    factories.make_contribution(ContributionState.VALIDATED, recommendation=world.rows["prison"])
    factories.make_document()
    Search("law")
    assert [queries(query) for query in scopes] == before
    # The facets, their counts, the tabs, the page's rows with all they show, the shell.
    assert max(before) <= 70
