"""Facets: each ignores its own filter, values in one are alternatives, facets combine, counts are exact."""

import pytest
from django.http import QueryDict

from tawsiya.recommendations.facets import chips, facet, facets_for
from tawsiya.recommendations.filters import matching, matching_with_parts
from tests.recommendations.world import World


def _found(world: World, name: str, query: str) -> list[str]:
    return world.names([row.pk for row in matching(world.reader(name), QueryDict(query))])


def _counts(world: World, name: str, of: str, query: str = "") -> dict[str, int]:
    options = facet(of, world.reader(name), QueryDict(query))["options"]
    return {option["value"]: option["count"] for option in options}


ALL = ["school", "prison", "old", "figures", "migrants"]


# One world serves each table: making it takes longer than asking it.
FOUND = [
    ("", ALL),
    # Paragraph 144.5 stands before 144.10; the UPR before treaty bodies, the newest document first.
    ("sort=document", ALL),
    ("sort=recent", ["figures", "migrants", "school", "prison", "old"]),
    ("sort=oldest", ["old", "school", "prison", "figures", "migrants"]),
    ("sort=nonsense", ALL),
    ("kind=concern", ["concern"]),
    ("kind=concern&kind=recommendation", ["school", "prison", "old", "concern", "figures", "migrants"]),
    ("body=UPR", ["school", "prison", "old"]),
    ("body=UPR&body=CERD", ALL),
    ("body=CAT", []),
    ("document=A/HRC/36/6", ["school", "prison"]),
    ("position=noted", ["prison", "old"]),
    ("position=noted&document=A/HRC/36/6", ["prison"]),
    ("state=TUN", ["school", "old"]),
    ("theme=education", ["school", "figures"]),
    # On a part only: its paragraph answers.
    ("theme=prisons", ["prison", "figures"]),
    ("theme=education&theme=prisons", ["school", "prison", "figures"]),
    ("theme=education&persons=girls", ["school"]),
    ("sdg=4", ["school"]),
    ("status=in_progress", ["school"]),
    ("status=implemented", ["figures"]),
    ("status=none", ["prison", "old", "migrants"]),
    ("status=none&status=implemented", ["prison", "old", "figures", "migrants"]),
    ("institution=health", ["prison", "figures"]),
    ("institution=none", ["old", "migrants"]),
    ("institution=none&institution=justice", ["school", "prison", "old", "migrants"]),
    ("priority=yes", []),
    ("withdrawn=yes", []),
    ("withdrawn=no", ALL),
    ("review=abc", []),
    ("review=99999999999999999999", []),
    ("q=girls", ["school"]),
    ("q=cerd+c+mar+co+19-21+12(b)", ["figures"]),
    ("page=2&unknown=1", ALL),
]
COUNTS = [
    ("body", "", {"UPR": 3, "CERD": 2}),
    # Its own filter does not narrow it, another's does.
    ("body", "body=UPR", {"UPR": 3, "CERD": 2}),
    ("body", "body=UPR&theme=education", {"UPR": 1, "CERD": 1}),
    ("theme", "", {"education": 2, "prisons": 2}),
    ("theme", "theme=education&body=CERD", {"education": 1, "prisons": 1}),
    ("position", "", {"supported": 1, "noted": 2}),
    ("year", "", {"2012": 1, "2017": 2, "2023": 2}),
    ("year", "year=2017&year=x&theme=prisons", {"2017": 1, "2023": 1, "x": 0}),
    ("kind", "", {"recommendation": 5, "concern": 1}),
    ("kind", "body=UPR", {"recommendation": 3}),
    # Two recommendations of Tunisia, one of France, one of the default State of the tests.
    ("state", "", {"FRA": 2, "TUN": 2}),
    ("sdg", "", {"4": 1}),
    ("status", "", {"in_progress": 1, "implemented": 1, "none": 3}),
    ("institution", "", {"justice": 2, "health": 2, "none": 2}),
    # A value that nothing has under the other filters stays, to be taken away.
    ("theme", "theme=prisons&document=A/HRC/21/3", {"prisons": 0}),
    ("theme", "theme=bogus&q=girls", {"bogus": 0, "education": 1}),
]


def test_what_a_query_finds(world: World) -> None:
    assert [(query, _found(world, "coordinator", query)) for query, _rows in FOUND] == FOUND


def test_counts_of_a_facet(world: World) -> None:
    counted = [(of, query, _counts(world, "coordinator", of, query)) for of, query, _counts_ in COUNTS]
    assert counted == COUNTS


def test_a_count_is_what_a_click_gives(world: World) -> None:
    for name in ("body", "review", "year", "document", "theme", "status", "institution", "state"):
        for value, count in _counts(world, "coordinator", name, "position=noted").items():
            assert len(_found(world, "coordinator", f"position=noted&{name}={value}")) == count, (name, value)


def test_institutions_by_sight(world: World) -> None:
    names = ("coordinator", "observer", "administrator", "other", "justice", "health")
    assert {name: _counts(world, name, "institution") for name in names} == {
        "coordinator": {"justice": 2, "health": 2, "none": 2},
        "observer": {"justice": 2, "health": 2, "none": 2},
        "administrator": {"justice": 2, "health": 2, "none": 2},
        # Leads everywhere; who supports only on its own items.
        "other": {"justice": 2, "health": 1, "none": 2},
        "justice": {"justice": 2, "health": 2, "none": 2},
        "health": {"justice": 2, "health": 2, "none": 2},
    }


@pytest.mark.parametrize("name", ["nhri", "organisation"])
def test_follow_up_is_no_filter_for_those_outside(world: World, name: str) -> None:
    facets = {row["name"] for row in facets_for(world.reader(name), QueryDict())}
    assert facets == {
        "body",
        "review",
        "cycle",
        "year",
        "document",
        "position",
        "theme",
        "persons",
        "sdg",
        "state",
        "region",
        "kind",
    }
    assert _found(world, name, "status=implemented&institution=health") == ALL
    assert chips(facets_for(world.reader(name), QueryDict("status=implemented")), QueryDict()) == []


def test_nobody_without_a_role_finds_anything(world: World) -> None:
    assert _found(world, "without_role", "") == []
    assert facets_for(world.reader("without_role"), QueryDict()) == []


def test_other_institution_does_not_find_by_who_supports(world: World) -> None:
    assert _found(world, "other", "institution=health") == ["figures"]
    assert _found(world, "justice", "institution=health") == ["prison", "figures"]


def test_parts_follow_their_paragraph(world: World) -> None:
    rows = matching_with_parts(world.reader("observer"), QueryDict("body=CERD"))
    assert world.names([row.pk for row in rows]) == ["figures", "figures-a", "figures-b", "migrants"]


def test_chips_take_one_filter_away(world: World) -> None:
    query = QueryDict("q=girls&theme=education&theme=prisons&page=3&sort=recent")
    rows = chips(facets_for(world.reader("observer"), query), query)
    assert [(str(row["facet"]), str(row["label"]), row["url"]) for row in rows] == [
        ("Search", "girls", "?theme=education&theme=prisons&sort=recent"),
        ("Theme", "Right to education", "?q=girls&theme=prisons&sort=recent"),
        ("Theme", "Conditions of detention", "?q=girls&theme=education&sort=recent"),
    ]
