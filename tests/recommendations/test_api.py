"""The API gives what the pages give: same rows, same filters, same sight; its description is public."""

from typing import Any

import pytest

from tests import factories
from tests.queries import counted_anew
from tests.recommendations.world import World

LIST = "/api/v1/recommendations/"


def _get(world: World, name: str, url: str = LIST) -> Any:
    answer = world.client(name).get(url, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.json()


def test_the_list_holds_recommendations_with_their_parts(world: World) -> None:
    found = _get(world, "observer")
    assert found["count"] == 5
    rows = {row["cited_as"]: row for row in found["results"]}
    assert list(rows) == ["144.5", "144.10", "129.1", "12", "13"]
    assert [part["cited_as"] for part in rows["12"]["parts"]] == ["12 (a)", "12 (b)"]
    assert rows["12"]["parts"][0]["part_of"] == rows["12"]["id"]
    school = rows["144.5"]
    assert school["document"]["symbol"] == "A/HRC/36/6"
    assert school["document"]["review"] == {
        "kind": "upr_review",
        "cycle": 3,
        "session": None,
        "year": 2017,
    }
    assert school["recommending_states"] == [
        {"code": "FRA", "name": "France"},
        {"code": "TUN", "name": "Tunisia"},
    ]
    assert {(tag["taxonomy"], tag["code"], tag["origin"]) for tag in school["tags"]} == {
        ("theme", "education", "import"),
        ("persons", "girls", "import"),
        ("sdg_goal", "4", "import"),
    }
    assert {text["language"]: text["status"] for text in school["texts"]} == {
        "en": "official",
        "fr": "official",
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=prisons", ["144.10", "12"]),
        ("theme=education&theme=prisons&body=CERD", ["12"]),
        ("q=a hrc 36 6", ["144.5", "144.10"]),
        ("status=none&sort=oldest", ["129.1", "144.10", "13"]),
        ("kind=concern", ["11"]),
        ("limit=2&offset=1", ["144.10", "129.1"]),
    ],
)
def test_filters_are_those_of_the_page(world: World, query: str, found: list[str]) -> None:
    rows = _get(world, "coordinator", f"{LIST}?{query}")["results"]
    assert [row["cited_as"] for row in rows] == found


def test_follow_up_by_sight(world: World) -> None:
    pk = world.rows["prison"].pk
    seen = {}
    for name in ("coordinator", "observer", "justice", "other", "nhri", "organisation"):
        row = _get(world, name, f"{LIST}{pk}/")
        institutions = row.get("institutions")
        seen[name] = (
            row.get("status"),
            institutions and [(one["key"], one["level"]) for one in institutions],
        )
    everyone = [("justice", "lead"), ("health", "support")]
    assert seen == {
        "coordinator": ("", everyone),
        "observer": ("", everyone),
        "justice": ("", everyone),
        "other": ("", [("justice", "lead")]),
        "nhri": (None, None),
        "organisation": (None, None),
    }
    assert _get(world, "nhri", f"{LIST}?status=in_progress")["count"] == 5


def test_a_part_has_an_address(world: World) -> None:
    row = _get(world, "observer", f"{LIST}{world.rows['figures-a'].pk}/")
    assert (row["cited_as"], row["status"], row["parts"]) == ("12 (a)", "implemented", [])


@pytest.mark.parametrize("name", ["nobody", "without_role"])
def test_private(world: World, name: str) -> None:
    client = world.client(name)
    for url in (LIST, f"{LIST}{world.rows['old'].pk}/", f"{LIST}999999/"):
        answer = client.get(url)
        assert answer.status_code == 403
        assert b"A/HRC" not in answer.content


def test_only_reading(world: World) -> None:
    assert world.client("coordinator").post(LIST, {}).status_code in (403, 405)
    assert world.client("coordinator").delete(f"{LIST}{world.rows['old'].pk}/").status_code in (403, 405)


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    client = world.client("observer")
    with counted_anew() as few:
        assert len(client.get(f"{LIST}?limit=100000").json()["results"]) == 5
    for number in range(3):
        factories.make_recommendation(world.rows["old"].document, paragraph=f"130.{number}")
    with counted_anew() as many:
        assert len(client.get(f"{LIST}?limit=100000").json()["results"]) == 8
    assert len(many) == len(few)


def test_the_description_is_public_and_names_the_filters(world: World) -> None:
    answer = world.client("nobody").get("/api/v1/schema/?format=json")
    assert answer.status_code == 200
    schema = answer.json()
    assert schema["openapi"] == "3.1.0"
    parameters = {row["name"]: row["schema"] for row in schema["paths"][LIST]["get"]["parameters"]}
    assert parameters["theme"] == {"type": "array", "items": {"type": "string"}}
    assert set(parameters) >= {"q", "body", "review", "document", "status", "institution", "sort", "limit"}
