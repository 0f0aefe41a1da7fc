"""Indicators for everyone: with the programme whose measures they follow, from its snapshot alone."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tawsiya.core.errors import RuleViolated
from tawsiya.portal.choices import TEXT_ONLY
from tawsiya.portal.commands import publish, publish_programme, withdraw_programme
from tawsiya.programme.commands.indicators import Goal, mark_break
from tawsiya.programme.models import Indicator, Version
from tests import factories
from tests.programme import making, measuring

pytestmark = pytest.mark.django_db


def test_one_that_follows_a_recommendation_without_a_measure_is_public_too(client: Client) -> None:
    factories.make_instance()
    item = factories.make_recommendation()
    row = measuring.make_indicator(code="JUS-1", names={"en": "Judges trained"}, items=(item,))
    measuring.record(row, "2024", "75", source="Ministry")
    measuring.record(row, "2024", "12", breakdown={"sex": "F"}, source="A secret survey")
    measuring.make_indicator(code="JUS-2", names={"en": "A secret count"}, in_use=False, items=(item,))
    assert client.get("/en/public/indicators.json").json()["count"] == 0
    publish(recommendation=item, selection=TEXT_ONLY, by=factories.coordinator())
    page = read(client, f"/en/public/recommendations/{item.pk}/").get_text()
    assert "Judges trained" in page and "secret" not in page
    rows = client.get("/en/public/indicators.json").json()["results"]
    assert [(row["id"], row["indicator"], row["period"], row["value"]) for row in rows] == [
        (item.pk, "JUS-1", "2024", 75.0)
    ]
    assert client.get("/en/public/indicators.csv").status_code == 200
    assert client.get("/en/public/recommendations.json").json()["results"][0]["indicators"] == ["JUS-1"]
    (found,) = client.get(f"/api/v1/public/recommendations/{item.pk}/").json()["indicators"]
    assert (found["code"], [(one["period"], one["value"]) for one in found["values"]]) == (
        "JUS-1",
        [("2024", "75")],
    )
    with pytest.raises(RuleViolated, match="Nothing has changed"):
        publish(recommendation=item, selection=TEXT_ONLY, by=factories.coordinator())
    measuring.record(row, "2025", "80")  # a new value is shown once it is published in its turn
    publish(recommendation=item, selection=TEXT_ONLY, by=factories.coordinator())
    assert client.get("/en/public/indicators.json").json()["count"] == 2


@pytest.fixture
def plan() -> Version:
    """A measure of an adopted programme that an indicator follows, and an indicator in preparation too."""
    factories.make_instance()
    version = making.make_version()
    measure = making.make_measure(version, answers=(factories.make_recommendation(),))
    making.adopted(version)
    version.refresh_from_db()
    home = factories.make_institution(names={"en": "Office of statistics"})
    row = measuring.make_indicator(
        home,
        code="EDU-1",
        names={"en": "Girls who finish school", "fr": "Filles qui achèvent l'école"},
        measured="percent",
        decimals=1,
        goals=(Goal("baseline", 2020, "60"), measuring.target(2024, "80")),
        measures=(measure.key,),
    )
    measuring.record(row, "2020", "61.5", source="Census")
    measuring.record(
        row, "2021", None, state="missing", missing="not_collected", quality="", reason="No staff left"
    )
    measuring.record(row, "2022", "70", quality="provisional")
    measuring.record(row, "2022", "12", breakdown={"sex": "F"})
    measuring.record(row, "2024", "75")
    mark_break(
        indicator=row, period="2022", explanation="Another survey", language="en", by=making.focal(home)
    )
    measuring.make_indicator(
        home, code="EDU-2", names={"en": "A secret count"}, in_use=False, measures=(measure.key,)
    )
    return version


def read(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(node: Any) -> str:
    return " ".join(node.get_text(" ", strip=True).split())


def test_the_public_page_of_a_recommendation_shows_them_drawn_and_in_a_table(
    plan: Version, client: Client
) -> None:
    item = plan.measures.get().answers.get().recommendation
    publish(recommendation=item, selection=TEXT_ONLY, by=factories.coordinator())
    publish_programme(version=plan, by=factories.coordinator())
    page = read(client, f"/en/public/recommendations/{item.pk}/")
    assert "First course held" in page.get_text()
    (article,) = page.select(".tw-public-indicator")
    assert [[words(cell) for cell in row.select("th, td")] for row in article.select("tbody tr")] == [
        ["2024", "75.0%", "80.0%"],
        ["2023", "—", "—"],
        ["2022 Break of method: Another survey", "70.0% Provisional", "—"],
        ["2021", "Not collected", "—"],
        ["2020", "61.5%", "60.0% baseline"],
    ]
    assert "Target not met" in words(article)
    drawing = article.select_one("svg.tw-trend")
    assert drawing["aria-label"] == "Girls who finish school"
    assert [words(dot) for dot in drawing.select(".tw-trend__dot title")] == [
        "Observed, 2020: 61.5%",
        "Observed, 2022: 70.0%",
        "Observed, 2024: 75.0%",
    ]
    # Unknown years and the break part what was observed: no line joins the three.
    assert drawing.select(".tw-trend__line") == []
    assert len(drawing.select(".tw-trend__aim")) == len(drawing.select(".tw-trend__break")) == 1
    for secret in ("No staff left", "A secret count", "12.0%"):
        assert secret not in page.get_text()


def test_a_later_value_is_not_public_before_it_is_published(plan: Version, client: Client) -> None:
    key = plan.programme.key
    assert client.get(f"/en/public/programmes/{key}/indicators/").status_code == 404
    publish_programme(version=plan, by=factories.coordinator())
    measuring.record(Indicator.objects.get(code="EDU-1"), "2025", "77")
    assert "77.0%" not in read(client, f"/en/public/programmes/{key}/indicators/").get_text()
    publish_programme(version=plan, by=factories.coordinator())
    page = read(client, f"/en/public/programmes/{key}/indicators/")
    assert "77.0%" in page.get_text()
    assert len(page.select(".tw-trend .tw-trend__line")) == 1  # of 2024 and 2025
    withdraw_programme(version=plan, by=factories.coordinator(), reason="A mistake")
    assert client.get(f"/en/public/programmes/{key}/indicators/").status_code == 404
    assert client.get(f"/en/public/programmes/{key}/indicators.csv").status_code == 404


def test_the_values_are_open_data(plan: Version, client: Client) -> None:
    publish_programme(version=plan, by=factories.coordinator())
    address = f"/fr/public/programmes/{plan.programme.key}/indicators"
    rows = client.get(f"{address}.json").json()["results"]
    assert [(row["period"], row["value"], row["state"], row["target"]) for row in rows] == [
        ("2020", 61.5, "known", None),
        ("2021", None, "missing", None),
        ("2022", 70.0, "known", None),
        ("2024", 75.0, "known", 80.0),
    ]
    assert (
        rows[0] | {"name": "Filles qui achèvent l'école", "source": "Census", "measures": ["1.1"]} == rows[0]
    )
    assert rows[1]["missing"] == "not_collected"
    answer = client.get(f"{address}.csv")
    table = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(table) == 4 and answer["Access-Control-Allow-Origin"] == "*"


def test_a_programme_without_indicators_says_so(client: Client) -> None:
    factories.make_instance()
    version = making.make_version()
    making.make_measure(version)
    making.adopted(version)
    version.refresh_from_db()
    snapshot = publish_programme(version=version, by=factories.coordinator())
    # As those published before indicators were: publishing again changes nothing.
    assert "indicators" not in snapshot.content
    page = read(client, f"/en/public/programmes/{version.programme.key}/indicators/")
    assert "No published measure" in page.get_text()


def test_time_runs_from_right_to_left_in_arabic(plan: Version, client: Client) -> None:
    publish_programme(version=plan, by=factories.coordinator())

    def places(language: str) -> list[float]:
        page = read(client, f"/{language}/public/programmes/{plan.programme.key}/indicators/")
        return [float(dot["cx"]) for dot in page.select(".tw-trend__dot[cy]")[:3]]

    assert places("en") == sorted(places("en"))
    assert places("ar") == sorted(places("ar"), reverse=True)
    assert plan.act_date == date(2026, 1, 5)
