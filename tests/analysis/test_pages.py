"""The analysis page with its chart and files, and the views that people keep."""

import io

from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from tawsiya.analysis.models import SavedView
from tawsiya.audit.models import Event
from tawsiya.core.models import Drawing
from tawsiya.core.tasks import draw_chart
from tests.recommendations.world import World


def test_the_table_is_there_at_first_and_the_chart_once_it_is_drawn(world: World) -> None:
    client = world.client("coordinator")
    page = BeautifulSoup(client.get("/en/analysis/?rows=body&columns=position").content, "html.parser")
    figure = page.select_one("figure.tw-chart")
    assert figure is not None
    assert figure["hx-get"] == "/en/analysis/?rows=body&columns=position"
    assert [cell.get_text() for cell in page.select("tbody th")] == ["UPR", "CERD"]
    draw_chart(Drawing.objects.get().key)
    page = BeautifulSoup(client.get("/en/analysis/?rows=body&columns=position").content, "html.parser")
    assert page.select_one("figure.tw-chart svg a") is not None
    assert client.get("/en/analysis.png/picture?rows=body&columns=position").content[:4] == b"\x89PNG"
    assert client.get("/en/analysis.gif/picture").status_code == 404


def test_a_picture_that_is_not_drawn_yet_leads_back_to_the_page(world: World) -> None:
    answer = world.client("coordinator").get("/en/analysis.svg/picture?rows=body")
    assert (answer.status_code, answer["Location"]) == (302, "/en/analysis/?rows=body")


def test_the_twins_hold_every_figure(world: World) -> None:
    answer = world.client("observer").get("/en/analysis.json?rows=body&columns=year&kind=recommendation")
    rows = [(row["row"], row["column"], row["count"]) for row in answer.json()["results"]]
    assert sorted(rows) == [
        ("CERD", "", 2),
        ("CERD", "2023", 2),
        ("UPR", "", 3),
        ("UPR", "2012", 1),
        ("UPR", "2017", 2),
    ]


def test_the_workbook_has_the_table_and_the_filters(world: World) -> None:
    answer = world.client("observer").get("/en/analysis.xlsx?rows=body&columns=none&year=2017")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.get_sheet_by_index(0).to_python() == [["Body", "All", "Share of all"], ["UPR", 2, 1]]
    assert ["Year", "2017"] in book.get_sheet_by_index(1).to_python()


def test_a_view_is_kept_shared_and_deleted_by_its_owner_alone(world: World) -> None:
    owner, other = world.client("analyst"), world.client("observer")
    query = "rows=theme&columns=status&year=2017"
    owner.post("/en/analysis/views/save/", {"view-title": "Themes", "view-query": query + "&page=3"})
    view = SavedView.objects.get()
    assert (view.title, view.query, view.is_shared) == ("Themes", query, False)
    assert owner.get(f"/en/analysis/views/{view.pk}/")["Location"] == f"/en/analysis/?{query}"
    assert other.get(f"/en/analysis/views/{view.pk}/").status_code == 404
    assert other.post(f"/en/analysis/views/{view.pk}/delete/").status_code == 404

    owner.post(f"/en/analysis/views/{view.pk}/share/", {"shared": "yes"})
    assert other.get("/en/analysis/views.json").json()["count"] == 1
    assert other.post(f"/en/analysis/views/{view.pk}/delete/").status_code == 403
    owner.post(f"/en/analysis/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()
    codes = Event.objects.filter(subject_type="analysis.savedview").order_by("position")
    assert list(codes.values_list("code", flat=True)) == ["view.saved", "view.shared", "view.deleted"]


def test_two_views_of_one_person_have_two_titles(world: World) -> None:
    client = world.client("analyst")
    for _attempt in range(2):
        answer = client.post("/en/analysis/views/save/", {"view-title": "Themes"}, follow=True)
    assert "already have a view with this title" in answer.content.decode()
    assert SavedView.objects.count() == 1
