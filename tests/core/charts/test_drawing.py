"""What a drawing holds: its links, its words, its direction; and what it refuses."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tawsiya.core.charts import Chart, Mark, palette
from tawsiya.core.charts.drawing import ForeignAddress, draw_png, draw_svg, specification
from tawsiya.core.charts.model import Direction, Kind
from tawsiya.core.charts.shapes import NARROW, WIDE

CSS = Path(__file__).resolve().parents[3] / "src/tawsiya/core/static/core/tawsiya.css"

CHART = Chart(
    kind="stacked",
    title="Recommendations · Body × Status",
    direction="ltr",
    rows=("CEDAW", "A <b>body</b> & more"),
    columns=("Implemented", "Not started"),
    marks=(
        Mark(0, 0, 3, "CEDAW, Implemented: 3", "/en/recommendations/?body=CEDAW&status=implemented"),
        Mark(0, 1, 1, "CEDAW, Not started: 1", "/en/recommendations/?body=CEDAW&status=not_started"),
        Mark(1, 0, 2, "Other, Implemented: 2"),
    ),
    tones=("success", "neutral"),
    legend=("Implemented · 5 (83%)", "Not started · 1 (17%)"),
)


def _links(svg: str) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]*)"', svg)


def test_every_mark_with_an_address_is_a_link_that_says_what_it_counts() -> None:
    svg = draw_svg(CHART)
    assert sorted(_links(svg)) == [
        "/en/recommendations/?body=CEDAW&amp;status=implemented",
        "/en/recommendations/?body=CEDAW&amp;status=not_started",
    ]
    for words in ("CEDAW, Implemented: 3", "CEDAW, Not started: 1", "Other, Implemented: 2"):
        assert f"<title>{words}</title>" in svg


def test_nothing_in_a_drawing_runs_or_points_outside() -> None:
    svg = draw_svg(CHART)
    assert "A &lt;b&gt;body&lt;/b&gt; &amp; more" in svg
    assert not re.search(r"<script|<style|<image|style=|\son\w+=", svg)
    assert re.findall(r'[a-z]+://[^"\s]+', svg) == ["http://www.w3.org/2000/svg"]


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:x", "relative"])
def test_a_mark_that_leads_elsewhere_is_refused(address: str) -> None:
    chart = replace(CHART, marks=(Mark(0, 0, 3, "CEDAW: 3", address),))
    with pytest.raises(ForeignAddress):
        draw_svg(chart)


def _place(svg: str, word: str) -> float:
    found = re.search(rf"<text[^>]*translate\(([-\d.]+),[-\d.]+\)[^>]*>{re.escape(word)}</text>", svg)
    assert found is not None
    return float(found[1])


def test_right_to_left_mirrors_rows_and_columns() -> None:
    heat = replace(CHART, kind="heat", rows=("CEDAW", "CAT"), legend=())
    ltr, rtl = draw_svg(heat), draw_svg(replace(heat, direction="rtl"))
    assert _place(ltr, "CEDAW") < 0 < _place(ltr, "Implemented") < _place(ltr, "Not started")
    assert _place(rtl, "Not started") < _place(rtl, "Implemented") < _place(rtl, "CEDAW")


def test_a_gap_in_time_stays_a_gap() -> None:
    marks = (Mark(0, 0, 4, "2019: 4"), Mark(0, 2, 5, "2021: 5"))
    chart = replace(
        CHART, kind="line", rows=("CEDAW",), columns=("2019", "2020", "2021"), marks=marks, legend=()
    )
    assert draw_svg(chart).count("<title>") == 2


def test_a_picture_for_word_has_twice_the_size() -> None:
    picture = Image.open(io.BytesIO(draw_png(CHART)))
    assert picture.format == "PNG"
    assert picture.width > 2 * 520


def test_the_axis_writes_numbers_as_the_state_does() -> None:
    chart = Chart("bars", "t", "ltr", ("x",), ("",), (Mark(0, 0, 12000, "x"),), locale="ar_MA")
    assert "12.000" in draw_svg(chart)
    assert "12,000" in draw_svg(replace(chart, locale="en"))


def test_the_same_chart_has_the_same_key_and_another_figure_another() -> None:
    again = Chart.from_json(CHART.as_json())
    assert again == CHART
    assert again.key == CHART.key
    assert replace(CHART, direction="rtl").key != CHART.key


def test_the_specification_holds_its_data_and_no_address_to_load_from() -> None:
    assert '"url"' not in str(specification(CHART))


def test_tones_are_those_of_the_look() -> None:
    css = CSS.read_text("utf-8")
    for tone, colour in palette.TONES.items():
        assert f"--tw-{tone}-fill: {colour};" in css


def test_no_two_series_look_alike() -> None:
    assert palette.colours(("success", "success", "rest", ""), 4) == [
        "#1f7f62",
        "#0f5e56",
        "#c9c4b8",
        "#e2a93b",
    ]
    assert len(set(palette.colours((), 9))) == 9


def _viewbox(svg: str) -> float:
    found = re.search(r'viewBox="0 0 ([\d.]+) ', svg)
    assert found is not None
    return float(found[1])


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("kind", ["bars", "stacked", "shares", "heat", "line"])
def test_the_drawing_for_phones_fits_one_and_says_the_same(kind: Kind, direction: Direction) -> None:
    long = (
        "A committee with quite a long name, on the rights of everybody and of some others besides",
        "CAT",
    )
    chart = replace(CHART, kind=kind, direction=direction, rows=long, legend=(*long[:1], "Not started"))
    narrow, wide = draw_svg(chart, NARROW), draw_svg(chart)
    # 390 pixels less the margins of page and panel; letters of 12 pixels then stay 11 at least.
    assert _viewbox(narrow) <= 360
    assert _links(narrow) == _links(wide)
    assert re.findall("<title>(.*?)</title>", narrow) == re.findall("<title>(.*?)</title>", wide)


def test_no_two_names_of_the_drawings_of_one_page_are_the_same() -> None:
    names = [set(re.findall(r'id="([^"]+)"', draw_svg(CHART, size))) for size in (WIDE, NARROW)]
    assert not names[0] & names[1]


def test_the_words_of_the_engine_are_not_said() -> None:
    assert "X-axis" not in draw_svg(replace(CHART, value_title="Recommandations"))
