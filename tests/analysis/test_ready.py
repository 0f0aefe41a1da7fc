"""The ready-made analyses: figures counted by hand, and each equal to the list that it leads to."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, override_settings

from tawsiya.accounts.choices import Role
from tawsiya.analysis.ready.lacking import months_before
from tawsiya.analysis.search.jobs import index_world
from tawsiya.core import clock
from tawsiya.intake.commands.world import load_world
from tawsiya.mechanisms.choices import DocumentType
from tawsiya.recommendations.choices import GroupState, Status
from tests import factories
from tests.intake.readers.uhri.samples import Raw, export, raw
from tests.recommendations.world import BACKEND, World

Address = Callable[..., str]


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(factories.make_person(role), backend=BACKEND)
    return client


def rows_of(client: Client, url: str) -> list[dict[str, Any]]:
    answer = client.get(url)
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


# What repeats.


@pytest.fixture
def cycles(db: None) -> dict[str, Any]:
    """Three cycles of the UPR and two reviews by a treaty body; four groups, one of which is proposed."""
    factories.make_instance()
    second, third, fourth = (
        factories.make_document(symbol, cycle=cycle, published_on=date(year, 7, 1))
        for symbol, cycle, year in (("A/HRC/21/3", 2, 2012), ("A/HRC/36/6", 3, 2017), ("A/HRC/52/7", 4, 2023))
    )
    early, late = (
        factories.make_document(
            symbol,
            type=DocumentType.CONCLUDING_OBSERVATIONS,
            body="CAT",
            published_on=date(year, 12, 1),
        )
        for symbol, year in (("CAT/C/XTM/CO/4", 2011), ("CAT/C/XTM/CO/5", 2019))
    )
    make, group = factories.make_recommendation, factories.make_group
    kept = [make(document) for document in (second, third, fourth)]
    factories.make_assessment(kept[2], Status.IMPLEMENTED)
    group(*kept, names={"en": "Witnesses"})
    group(make(third), make(fourth, position="noted"), names={"en": "Death penalty"})
    group(make(early), make(late), make(fourth), names={"en": "Places of detention"})
    group(make(third), make(third), names={"en": "Twice in one cycle"})
    group(make(second), make(third), state=GroupState.PROPOSED, names={"en": "Schools"})
    return {"kept": kept}


def test_what_repeats_and_was_accepted_each_time(cycles: dict[str, Any], address: Address) -> None:
    rows = rows_of(client_of(Role.ANALYST), address("analysis:repeated-json"))
    assert [(row["title"], row["state"], row["body"], row["answer"]) for row in rows] == [
        ("Witnesses", "confirmed", "UPR", "accepted"),
        ("Places of detention", "confirmed", "CAT", "no_answer"),
        ("Schools", "proposed", "UPR", "accepted"),
    ]
    assert rows[0]["reviews"] == ["cycle 2 · 2012", "cycle 3 · 2017", "cycle 4 · 2023"]
    assert rows[0]["positions"] == ["supported", "supported", "supported"]
    assert sorted(rows[0]["statuses"]) == ["implemented", "no_status"]


def test_what_was_refused_once_is_found_where_it_is_asked_for(
    cycles: dict[str, Any], address: Address
) -> None:
    client, url = client_of(Role.ANALYST), address("analysis:repeated-json")
    (row,) = rows_of(client, f"{url}?answer=not_always")
    assert (row["title"], row["positions"]) == ("Death penalty", ["supported", "noted"])
    assert [row["title"] for row in rows_of(client, f"{url}?times=3")] == ["Witnesses"]
    page = client.get(address("analysis:repeated"))
    counts = {
        facet["name"]: {option["value"]: option["count"] for option in facet["options"]}
        for facet in page.context["facets"]
    }
    assert counts["answer"] == {"accepted": 2, "no_answer": 1, "not_always": 1}
    assert counts["state"] == {"confirmed": 2, "proposed": 1}
    assert counts["body"] == {"UPR": 2, "CAT": 1}
    html = page.content.decode()
    assert all(address("followup:item", item.pk) in html for item in cycles["kept"])


def test_proposals_and_statuses_are_not_everybodys(cycles: dict[str, Any], address: Address) -> None:
    rows = rows_of(client_of(Role.NHRI), address("analysis:repeated-json"))
    assert [row["title"] for row in rows] == ["Witnesses", "Places of detention"]
    assert all("statuses" not in row for row in rows)
    html = client_of(Role.NHRI).get(address("analysis:repeated")).content.decode()
    assert "Schools" not in html and "Status now" not in html


def test_nothing_repeats_where_there_is_nothing(db: None, address: Address) -> None:
    factories.make_instance()
    html = client_of(Role.OBSERVER).get(address("analysis:repeated")).content.decode()
    assert "Nothing repeats yet" in html


# What lacks something. The world's documents are of 2012, 2017 and 2023; its follow-up is of today.


def test_months_before_keeps_to_the_month() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)


def _badges(client: Client, url: str) -> list[int]:
    return [one["badge"] for one in client.get(url).context["lists"]]


def test_three_lists(world: World, address: Address) -> None:
    factories.make_group(world.rows["old"], world.rows["figures-b"])
    url = address("analysis:lacking-json")
    for name in ("coordinator", "observer"):
        client = world.client(name)

        def ids(query: str, client: Client = client) -> set[str]:
            return set(world.names([row["id"] for row in rows_of(client, f"{url}?{query}")]))

        # A part in a group, or with a lead, is enough for its paragraph; the concern is no recommendation.
        assert ids("lacks=group") == {"school", "prison", "migrants"}
        assert ids("lacks=institution") == {"old", "migrants"}
        assert ids("lacks=news") == {"old", "migrants"}
        assert ids("lacks=news&body=UPR") == {"old"}
        assert _badges(client, address("analysis:lacking")) == [3, 2, 2]


def test_news_grows_old(world: World, address: Address) -> None:
    url = address("analysis:lacking-json")
    later = months_before(datetime.now(tz=UTC).date(), -8)
    client = world.client("coordinator")
    with clock.at(datetime(later.year, later.month, later.day, 12, tzinfo=UTC)):
        assert len(rows_of(client, f"{url}?lacks=news")) == 5
        assert len(rows_of(client, f"{url}?lacks=news&months=12")) == 2
        factories.make_assessment(world.rows["school"], Status.IMPLEMENTED)
        rows = rows_of(client, f"{url}?lacks=news&months=nonsense")
    assert "school" not in world.names([row["id"] for row in rows])
    assert rows[0]["last_news"] == "2012-07-01"


def test_a_draft_is_no_news_outside_its_institution(world: World, address: Address) -> None:
    later = months_before(datetime.now(tz=UTC).date(), -8)
    client, url = world.client("coordinator"), address("analysis:lacking-json")
    with clock.at(datetime(later.year, later.month, later.day, 12, tzinfo=UTC)):
        before = rows_of(client, f"{url}?lacks=news")
        factories.make_contribution(recommendation=world.rows["prison"], institution=world.justice)
        assert rows_of(client, f"{url}?lacks=news") == before


def test_who_may_not_see_lacks_is_told_why(world: World, address: Address) -> None:
    for name in ("justice", "nhri", "organisation"):
        client = world.client(name)
        answer = client.get(address("analysis:lacking"))
        assert answer.status_code == 403
        assert "What lacks something is shown" in answer.content.decode()
        assert address("analysis:lacking") not in client.get(address("analysis:crossing")).content.decode()


def test_facets_of_a_list_count_in_it(world: World, address: Address) -> None:
    page = world.client("analyst").get(f"{address('analysis:lacking')}?lacks=institution")
    facets = {facet["name"]: facet["options"] for facet in page.context["facets"]}
    assert {option["value"]: option["count"] for option in facets["body"]} == {"UPR": 1, "CERD": 1}
    assert "institution" not in facets


# What one body asks.


def test_what_one_body_alone_asks(world: World, address: Address) -> None:
    # Education and prisons are asked by both bodies (a part of CERD's paragraph 12 is about prisons).
    client, url = world.client("observer"), address("analysis:alone-json")
    assert rows_of(client, url) == []
    html = client.get(address("analysis:alone")).content.decode()
    assert "Nothing is asked by one body alone" in html
    upr = world.rows["school"].document
    factories.make_recommendation(upr, tags=(_theme("water"),))
    factories.make_recommendation(upr, tags=(_theme("water"),))
    factories.make_group(world.rows["figures"], world.rows["migrants"], names={"en": "Figures"})
    factories.make_group(world.rows["school"], world.rows["figures-a"], names={"en": "Both"})
    rows = rows_of(client, url)
    assert [(row["what"], row["title"], row["body"], row["recommendations"]) for row in rows] == [
        ("group", "Figures", "CERD", 2),
        ("theme", "Water", "UPR", 2),
    ]
    page = BeautifulSoup(client.get(f"{address('analysis:alone')}?body=UPR").content, "html.parser")
    (link,) = page.select("td.tw-num a")
    listed = client.get(str(link["href"]).replace("/recommendations/", "/recommendations.json"))
    assert listed.json()["count"] == 2


def _theme(code: str) -> Any:
    from tawsiya.audit import commands as audit
    from tawsiya.recommendations.choices import Taxonomy
    from tawsiya.recommendations.issued import register_tag

    with audit.change("recommendation.imported", by=audit.SYSTEM):
        return register_tag(Taxonomy.THEME, code, {"en": code.capitalize()})


# Other States.

WATER = "Right to water & sanitation"


def abroad(number: int, *countries: str, **changes: Any) -> Raw:
    return raw(number, **{"Countries": list(countries) or ["Chile"], "Regions": [], **changes})


@pytest.fixture
def elsewhere(db: None, tmp_path: Path) -> Iterator[Callable[[list[Raw]], None]]:
    factories.make_instance()

    def load(records: list[Raw]) -> None:
        path = tmp_path / "export.json"
        path.write_bytes(export(*records))
        load_world(path, complete=True)
        index_world()

    with override_settings(DATA=tmp_path):
        yield load


RECORDS = [
    abroad(1),
    abroad(2, UprPositions=["Noted"]),
    abroad(3, "Norway"),
    abroad(4, "Norway", UprPositions=[], UprCycle=None, Body="- CRC", Symbol="CRC/C/NOR/CO/6"),
    abroad(5, "Norway", "Sweden", Themes=["Right to education"]),
    abroad(6, "Norway", AnnotationType="- Concerns/Observations"),
]


def _figures(client: Client, url: str) -> dict[str, tuple[int, int, int]]:
    return {
        row["state"]: (row["recommendations"], row["answered"], row["supported"])
        for row in rows_of(client, url)
    }


def test_other_states_are_counted_by_hand(elsewhere: Callable[..., None], address: Address) -> None:
    elsewhere(RECORDS)
    factories.make_recommendation()
    factories.make_recommendation(position="noted")
    client, url = client_of(Role.OBSERVER), address("analysis:abroad-json")
    assert _figures(client, url) == {
        "XTM": (2, 2, 1),
        "NOR": (3, 2, 2),
        "CHL": (2, 2, 1),
        "SWE": (1, 1, 1),
    }
    assert {row["state"]: row["source"] for row in rows_of(client, url)}["XTM"] == "register"
    assert _figures(client, f"{url}?body=CRC") == {"XTM": (0, 0, 0), "NOR": (1, 0, 0)}
    page = client.get(address("analysis:abroad"))
    regions = {row.code: (row.count, row.supported) for row in page.context["found"].regions}
    # The record about Norway and Sweden is one of Europe's.
    assert regions == {"europe": (3, 2), "americas": (2, 1)}


def test_every_figure_of_other_states_leads_to_its_records(
    elsewhere: Callable[..., None], address: Address
) -> None:
    elsewhere(RECORDS)
    factories.make_recommendation()
    client = client_of(Role.OBSERVER)
    found = client.get(address("analysis:abroad")).context["found"]
    for row in (*found.rows, *found.regions):
        for url, count in ((row.url, row.count), (row.supported_url, row.supported)):
            answer = client.get(url.replace("/search/", "/search.json").replace("ions/?", "ions.json?"))
            assert answer.json()["count"] == count, url


def test_what_an_export_withdrew_is_counted_no_more(elsewhere: Callable[..., None], address: Address) -> None:
    elsewhere(RECORDS)
    elsewhere(RECORDS[1:])
    assert _figures(client_of(Role.OBSERVER), address("analysis:abroad-json"))["CHL"] == (1, 1, 0)


def test_nothing_is_compared_where_nothing_is_loaded(db: None, address: Address) -> None:
    factories.make_instance()
    client = client_of(Role.OBSERVER)
    assert "No records of other States are loaded" in client.get(address("analysis:abroad")).content.decode()
    assert rows_of(client, address("analysis:abroad-json")) == []


# The way there.


def test_documents_can_be_crossed_and_a_result_analysed(world: World, address: Address) -> None:
    client = world.client("observer")
    rows = rows_of(client, f"{address('analysis:crossing-json')}?rows=document&columns=none")
    assert {row["row"]: row["count"] for row in rows} == {
        "A/HRC/21/3": 1,
        "A/HRC/36/6": 2,
        "CERD/C/MAR/CO/19-21": 2,
    }
    html = client.get(f"{address('recommendations:list')}?body=UPR&theme=education").content.decode()
    assert f"{address('analysis:crossing')}?body=UPR&amp;theme=education" in html
    tabs = BeautifulSoup(client.get(address("analysis:crossing")).content, "html.parser").select(".tw-tabs a")
    assert len(tabs) == 5
