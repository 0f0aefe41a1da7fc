"""The tab of other States: there where their records are, never counted at home, never of an older state."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from tawsiya.accounts.choices import Role
from tawsiya.accounts.queries import reader_for
from tawsiya.analysis.choices import Scope
from tawsiya.analysis.commands.saved_searches import save_search
from tawsiya.analysis.search.jobs import index_world, keep_index
from tawsiya.analysis.search.world import store
from tawsiya.core.errors import RuleViolated
from tests import factories

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Of the shape of the real one; the session's own table stands before one of the same name.
TABLE = """
CREATE TEMP TABLE analysis_worldrecord (
    id bigserial PRIMARY KEY, external_id text NOT NULL DEFAULT '', symbol text NOT NULL DEFAULT '',
    body text NOT NULL DEFAULT '', states text[] NOT NULL DEFAULT '{}', kind text NOT NULL DEFAULT '',
    paragraph text NOT NULL DEFAULT '', text text NOT NULL DEFAULT '', language text NOT NULL DEFAULT 'en',
    published_on date, year integer, themes text[] NOT NULL DEFAULT '{}', persons text[] NOT NULL DEFAULT '{}',
    sdgs text[] NOT NULL DEFAULT '{}', upr_cycle integer, position text NOT NULL DEFAULT '',
    recommending_states text[] NOT NULL DEFAULT '{}', lexemes tsvector, withdrawn_in bigint
);
CREATE TRIGGER search_count AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON analysis_worldrecord
    FOR EACH STATEMENT EXECUTE FUNCTION search_count_world();
"""


def execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


@pytest.fixture
def table(db: None, tmp_path: Path) -> Iterator[None]:
    with override_settings(DATA=tmp_path):
        execute(TABLE)
        yield


def add(text: str, language: str = "en", **values: Any) -> None:
    row = {"text": text, "language": language, "states": ["FRA"], "body": "CAT", "year": 2016} | values
    names = ", ".join(row)
    execute(
        f"INSERT INTO analysis_worldrecord ({names}) VALUES ({', '.join(['%s'] * len(row))})", *row.values()
    )


def client(role: Role | None = Role.OBSERVER) -> Client:
    made = Client()
    made.force_login(factories.make_person(role), backend=BACKEND)
    return made


def ask(who: Client, query: str, name: str = "search") -> Any:
    with translation.override("en"):
        return who.get(f"{reverse(f'analysis:{name}')}?{query}")


def page_of(who: Client, query: str) -> BeautifulSoup:
    return BeautifulSoup(ask(who, query).content, "html.parser")


def tabs(page: BeautifulSoup) -> list[str]:
    return [" ".join(tab.get_text(" ", strip=True).split()) for tab in page.select(".tw-tabs a")]


def test_there_is_no_tab_without_records(db: None) -> None:
    factories.make_instance()
    assert not any("Other States" in tab for tab in tabs(page_of(client(), "q=law&scope=world")))


def test_records_are_found_in_their_own_tab_and_counted_nowhere_else(table: None) -> None:
    factories.make_instance()
    factories.make_recommendation(texts={"en": "Close the old prisons"})
    add("Inspect each prison", symbol="CAT/C/FRA/CO/7", paragraph="12")
    add("Inspecter chaque prison", "fr", states=["BEL"], body="CPT", year=2018)
    add("Count the voters", states=["BEL"])
    index_world()
    who = client()
    page = page_of(who, "q=prison&scope=world")
    assert tabs(page) == [
        "Recommendations 1",
        "Documents 0",
        "Contributions 0",
        "Measures 0",
        "Indicators 0",
        "Texts of law 0",
        "Other States 2",
    ]
    assert len(page.select(".tw-answer")) == 2
    assert {mark.get_text() for mark in page.select(".tw-answer mark")} == {"prison"}
    counts = {
        str(option.select_one("input")["value"]): option.select_one(".tw-facet__count").get_text()
        for option in page.select("#facet-country .tw-facet__option")
    }
    assert counts == {"FRA": "1", "BEL": "1"}
    assert len(page_of(who, "q=prison&scope=world&country=BEL").select(".tw-answer")) == 1
    assert len(page_of(who, "q=CAT/C/FRA/CO/7&scope=world").select(".tw-answer")) == 1
    rows = ask(who, "q=prison&scope=world&year=2016", "search-json").json()["results"]
    assert [(row["document"], row["states"]) for row in rows] == [("CAT/C/FRA/CO/7", ["FRA"])]


def test_an_index_of_an_older_state_is_not_used(table: None) -> None:
    factories.make_instance()
    add("Inspect each prison")
    keep_index(timestamp=0)
    who = client()
    assert "A large import is being indexed" in page_of(who, "q=prison&scope=world").get_text()
    index_world()
    assert len(page_of(who, "q=prison&scope=world").select(".tw-answer")) == 1
    execute("UPDATE analysis_worldrecord SET text = 'Inspect each school'")
    page = page_of(who, "q=prison&scope=world")
    assert page.select(".tw-answer") == [] and "A large import is being indexed" in page.get_text()
    index_world()
    assert page_of(who, "q=prison&scope=world").select(".tw-answer") == []
    assert len(page_of(who, "q=school&scope=world").select(".tw-answer")) == 1
    assert len(list(store._folder(store.version()).parent.iterdir())) == 1


def test_nobody_without_a_role_reads_them_and_alerts_are_refused(table: None) -> None:
    factories.make_instance()
    add("Inspect each prison")
    index_world()
    assert ask(client(None), "q=prison&scope=world", "search-json").json()["count"] == 0
    with pytest.raises(RuleViolated, match="addressed to this State"):
        save_search(
            name="x",
            scope=Scope.WORLD,
            state="q=prison",
            alerts=True,
            by=reader_for(factories.make_person(Role.OBSERVER)),
        )
