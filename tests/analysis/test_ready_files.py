"""Ready-made analyses as files: the same rows as on the page, and the chart once it is drawn."""

import io
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from python_calamine import CalamineWorkbook

from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.models import Drawing
from tawsiya.core.tasks import draw_chart
from tawsiya.recommendations.choices import Taxonomy
from tawsiya.recommendations.issued import register_tag
from tests import factories
from tests.recommendations.world import World


def sheets(client: Client, address: str) -> dict[str, list[list[object]]]:
    answer = client.get(address)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture
def asked(world: World) -> World:
    """A theme of the UPR alone, on two recommendations, and a group of CERD alone."""
    with audit.change("recommendation.imported", by=audit.SYSTEM) as event:
        water = register_tag(Taxonomy.THEME, "water", {"en": "Water"})
        event.after = {}
    for _number in range(2):
        factories.make_recommendation(world.rows["school"].document, tags=(water,))
    factories.make_group(world.rows["figures"], world.rows["migrants"], names={"en": "=Figures"})
    return world


@pytest.mark.parametrize(
    ("page", "query", "count"),
    [("lacking", "lacks=institution", 4), ("one-body", "", 2), ("repeated", "", 0), ("other-states", "", 0)],
)
def test_the_workbook_holds_the_rows_of_the_list(asked: World, page: str, query: str, count: int) -> None:
    client = asked.client("coordinator")
    rows = client.get(f"/en/analysis/{page}.json?{query}").json()["results"]
    table = sheets(client, f"/en/analysis/{page}.xlsx?{query}")["Figures"]
    assert len(rows) == count and len(table) == 1 + count
    if rows:
        assert len(table[0]) == len(rows[0])


def test_a_workbook_has_its_cells_and_what_was_filtered(asked: World) -> None:
    client = asked.client("coordinator")
    book = sheets(client, "/en/analysis/one-body.xlsx?body=UPR")
    assert book["Figures"] == [
        ["What", "Code", "Title", "Body", "State of the group", "Recommendations"],
        ["theme", "water", "Water", "UPR", "", 2],
    ]
    about = {str(row[0]): row[1] for row in book["About this file"]}
    assert about["Title"] == "What one body asks" and about["Body"] and about["Made on"]
    # A title that looks like a formula stays a text.
    assert sheets(client, "/en/analysis/one-body.xlsx?body=CERD")["Figures"][1][2] == "=Figures"


def test_a_workbook_in_arabic_reads_from_right_to_left(world: World) -> None:
    answer = world.client("coordinator").get("/ar/analysis/one-body.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="alone.xlsx"'
    assert CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names[0] == "الأرقام"


def test_the_chart_as_a_picture_once_it_is_drawn(asked: World) -> None:
    client = asked.client("coordinator")
    for page in ("one-body", "lacking"):
        back = client.get(f"/en/analysis/{page}.png")
        assert back.status_code == 302 and back["Location"].startswith(f"/en/analysis/{page}/")
        client.get(back["Location"])
        for drawing in Drawing.objects.filter(drawn_at=None):
            draw_chart(drawing.key)
        shown = BeautifulSoup(client.get(f"/en/analysis/{page}/").content, "html.parser")
        links = {link.get_text(): str(link["href"]) for link in shown.select(".tw-chart figcaption a")}
        assert client.get(links["PNG"]).content[:4] == b"\x89PNG"
        assert client.get(links["SVG"])["Content-Type"] == "image/svg+xml"
        # A bar leads to the page narrowed to its body, not to the file.
        assert all(
            str(bar.get("href") or bar.get("xlink:href")).startswith(f"/en/analysis/{page}/?")
            for bar in shown.select(".tw-chart svg a")
        )


def test_the_same_figures_are_the_same_file(asked: World) -> None:
    client = asked.client("coordinator")
    for address in ("/en/analysis/one-body.xlsx", "/en/analysis.xlsx?rows=body"):
        with clock.at(datetime(2026, 5, 4, 9, 0, tzinfo=UTC)):
            early = client.get(address).content
        with clock.at(datetime(2026, 5, 4, 15, 30, tzinfo=UTC)):
            assert client.get(address).content == early


def test_who_may_not_see_what_lacks_gets_no_file_of_it(world: World) -> None:
    for form in ("xlsx", "svg", "png"):
        assert world.client("nhri").get(f"/en/analysis/lacking.{form}").status_code == 403
