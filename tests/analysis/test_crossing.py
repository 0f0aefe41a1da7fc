"""Figures of the analysis page: counted by hand, and each equal to the list that it leads to."""

from django.http import QueryDict
from django.utils import translation

from tawsiya.analysis.crossing import cross
from tests.recommendations.world import World

# The world's recommendations as issued, without the concern: old (UPR 2012, noted, TUN), school (UPR 2017,
# FRA and TUN, education, in progress), prison (UPR 2017, noted, FRA, prisons), figures (CERD 2023, education, its
# part a: prisons, implemented), migrants (CERD 2023).


def _cross(world: World, query: str, name: str = "coordinator") -> object:
    with translation.override("en"):
        return cross(world.reader(name), QueryDict(query))


def _figures(crossing: object) -> dict[tuple[str, str], int]:
    return {
        (crossing.rows[i].code, crossing.columns[j].code): cell.count  # type: ignore[attr-defined]
        for (i, j), cell in crossing.cells.items()  # type: ignore[attr-defined]
    }


def test_two_dimensions(world: World) -> None:
    found = _cross(world, "rows=body&columns=year")
    assert _figures(found) == {("UPR", "2012"): 1, ("UPR", "2017"): 2, ("CERD", "2023"): 2}
    assert {row.code: row.count for row in found.rows} == {"UPR": 3, "CERD": 2}
    assert (found.total, found.without) == (5, 0)


def test_a_part_counts_for_its_paragraph_once(world: World) -> None:
    found = _cross(world, "rows=theme&columns=status")
    assert _figures(found) == {
        ("education", "in_progress"): 1,
        ("education", "implemented"): 1,
        ("prisons", "implemented"): 1,
        ("prisons", "none"): 1,
    }
    assert found.without == 2


def test_states_and_their_regions(world: World) -> None:
    found = _cross(world, "rows=region&columns=none")
    assert {row.code: row.count for row in found.rows} == {"africa": 2, "europe": 2}
    assert found.cells == {}


def test_a_filtered_dimension_shows_what_was_chosen(world: World) -> None:
    found = _cross(world, "rows=theme&columns=body&theme=education&year=2017&year=2023")
    assert [(row.code, row.count) for row in found.rows] == [("education", 2)]
    assert _figures(found) == {("education", "UPR"): 1, ("education", "CERD"): 1}


def test_every_figure_is_the_count_of_the_list_it_leads_to(world: World) -> None:
    client = world.client("analyst")
    for query in (
        "rows=body&columns=status",
        "rows=theme&columns=state&state=TUN",
        "rows=institution&columns=position",
        "rows=year&columns=cycle",
        "rows=region&columns=theme&body=UPR",
    ):
        found = _cross(world, query, "analyst")
        figures = [(row.url, row.count) for row in (*found.rows, *found.columns)]
        figures += [(cell.url, cell.count) for cell in found.cells.values()]
        figures.append((found.total_url, found.total))
        for url, count in figures:
            page = client.get(url.replace("/recommendations/", "/recommendations.json"))
            rows = [row for row in page.json()["results"] if row["part_of"] is None]
            assert len(rows) == count, (query, url)


def test_who_may_not_see_follow_up_cannot_cross_it(world: World) -> None:
    for name in ("nhri", "organisation"):
        found = _cross(world, "rows=status&columns=institution", name)
        assert (found.rows_by, found.columns_by) == ("body", "")


def test_nonsense_in_the_address_is_no_error(world: World) -> None:
    client = world.client("observer")
    for query in (
        "rows=x&columns=y&chart=z",
        "rows=year&year=abc",
        "rows=body&columns=body",
        "cycle=99999999999",
    ):
        assert client.get(f"/en/analysis/?{query}").status_code == 200
