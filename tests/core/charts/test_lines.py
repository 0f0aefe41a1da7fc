"""Lines in time: gaps and cuts part them, what is aimed at is dashed and goes through."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tawsiya.core.charts import Chart, Cut, Mark
from tawsiya.core.charts.drawing import draw_svg, specification
from tawsiya.core.charts.shapes import layers

YEARS = ("2019", "2020", "2021", "2022", "2023", "2024")
SEEN = {0: 1.0, 1: 2.0, 3: 4.0, 4: 4.5, 5: 5.0}


def _chart(direction: str = "ltr") -> Chart:
    seen = [Mark(0, column, value, f"Seen {YEARS[column]}") for column, value in SEEN.items()]
    aimed = [Mark(1, column, 6.0, f"Aimed {YEARS[column]}") for column in (0, 5)]
    return Chart(
        kind="line",
        title="Lines",
        direction=direction,  # type: ignore[arg-type]  # one of the two
        rows=("Seen", "Aimed"),
        columns=YEARS,
        marks=(*seen, *aimed),
        dashed=(1,),
        cuts=(Cut(4, "New survey"),),
        gaps=True,
        decimals=1,
    )


def _rows(value: Any) -> list[dict[str, Any]]:
    """Return the first marks in a specification: a layer for the cuts has data of its own."""
    if isinstance(value, dict):
        rows = value.get("values")
        if isinstance(rows, list) and rows and "run" in rows[0]:
            return rows
        value = list(value.values())
    found = (_rows(one) for one in value) if isinstance(value, list) else ()
    return next((rows for rows in found if rows), [])


def _runs(chart: Chart) -> list[str]:
    """Return the piece of a line that each mark of the first row belongs to."""
    return [row["run"] for row in _rows(layers(chart, "").to_dict()) if row["row"] == 0]


def test_gaps_and_cuts_part_a_line() -> None:
    assert _runs(_chart()) == ["0-0", "0-0", "0-1", "0-2", "0-2"]


def test_without_gaps_only_cuts_part_it() -> None:
    assert _runs(replace(_chart(), gaps=False)) == ["0-0", "0-0", "0-0", "0-1", "0-1"]


def test_other_line_charts_are_whole_as_before() -> None:
    plain = replace(_chart(), gaps=False, cuts=(), dashed=())
    assert set(_runs(plain)) == {"0-0"}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_mark_and_break_says_what_it_is(direction: str) -> None:
    svg = draw_svg(_chart(direction))
    said = set(re.findall(r'aria-label="([^"]+)"', svg))
    assert {"New survey", "Seen 2019", "Seen 2024", "Aimed 2024"} <= said
    assert svg.count("stroke-dasharray") >= 2  # the target's line, and the break


def test_the_axis_of_numbers_stands_where_reading_begins() -> None:
    for direction, side in (("ltr", "left"), ("rtl", "right")):
        assert f"'orient': '{side}'" in str(specification(_chart(direction)))


def test_a_chart_kept_before_there_were_breaks_is_still_read() -> None:
    old = {
        key: value
        for key, value in _chart().as_json().items()
        if key not in ("dashed", "cuts", "gaps", "decimals")
    }
    assert Chart.from_json(old).cuts == ()
    assert Chart.from_json(_chart().as_json()) == _chart()
