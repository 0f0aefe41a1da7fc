"""The page that shows a document beside what was read from it, its pictures, and the ticks."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.http import HttpResponse

from tawsiya.accounts.choices import Role
from tawsiya.accounts.reader import Reader
from tawsiya.audit.models import Event
from tawsiya.intake.commands import mark_seen, preview_import
from tawsiya.intake.models import ImportRow, ImportRun, SeenRow
from tests.factories import make_person
from tests.intake.matrices import matrix
from tests.intake.readers.upr import pdf
from tests.intake.readers.upr.texts import ENGLISH
from tests.intake.test_views import page, signed_in


@pytest.fixture
def report(by: Reader) -> ImportRun:
    return preview_import(data=pdf.report(ENGLISH), file_name="report.pdf", state="XTM", by=by)


def compared(by: Reader, run: ImportRun, query: str = "", language: str = "en") -> BeautifulSoup:
    return page(signed_in(by).get(f"/{language}/imports/{run.pk}/compare/{query}"))


def picture(by: Reader, run: ImportRun, number: int) -> HttpResponse:
    return signed_in(by).get(f"/en/imports/{run.pk}/pages/{number}.png")


def test_records_and_rectangles_point_at_each_other(by: Reader, report: ImportRun) -> None:
    shown = compared(by, report)
    listed = shown.select("[data-tw-record]")
    assert len(listed) == ImportRow.objects.filter(run=report).count() == 17
    for item in listed:
        target = shown.select_one(item.select_one("a.tw-pair__name")["href"])
        assert target is not None
        assert target.find_parent("a")["href"] == f"#{item['id']}"
        assert target.find_parent("a")["aria-label"] == item.select_one("a.tw-pair__name").text
    assert shown.select("[style]") == []


def test_a_rectangle_has_the_place_of_its_record_in_points(by: Reader, report: ImportRun) -> None:
    """In French too, whose decimal commas an SVG would not understand."""
    row = ImportRow.objects.get(run=report, record__paragraph="4.1")
    number, left, top, right, bottom = row.record["boxes"][0]
    for language in ("en", "fr", "ar"):
        shown = compared(by, report, language=language)
        rect = shown.select_one(f"#box-{row.order}-1")
        assert rect.find_parent("figure")["id"] == f"page-{number}"
        assert float(rect["x"]) == pytest.approx(left - 3, abs=0.1)
        assert float(rect["y"]) == pytest.approx(top - 3, abs=0.1)
        assert float(rect["width"]) == pytest.approx(right - left + 6, abs=0.1)
        assert float(rect["height"]) == pytest.approx(bottom - top + 6, abs=0.1)
        assert rect.find_parent("svg")["viewbox"] == "0 0 595.0 842.0"


def test_the_row_of_the_preview_is_one_click_away(by: Reader, report: ImportRun) -> None:
    way = compared(by, report).select_one("#record-3 > a.small")["href"]
    assert way == f"/en/imports/{report.pk}/?page=1#row-3"
    assert page(signed_in(by).get(way)).select_one("#row-3") is not None


def test_the_preview_leads_here(by: Reader, report: ImportRun) -> None:
    links = [link["href"] for link in page(signed_in(by).get(f"/en/imports/{report.pk}/")).select("a[href]")]
    assert f"/en/imports/{report.pk}/compare/" in links


def test_a_picture_is_drawn_once_and_kept_beside_the_file(by: Reader, report: ImportRun) -> None:
    first = picture(by, report, 2)
    assert first.status_code == 200
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "private, max-age=3600"
    assert first.content.startswith(b"\x89PNG")
    kept = f"{report.stored_as}.pages/2-120.png"
    with default_storage.open(kept) as stream:
        assert stream.read() == first.content
    default_storage.delete(report.stored_as)
    assert picture(by, report, 2).content == first.content


def test_there_is_no_picture_of_no_page(by: Reader, report: ImportRun) -> None:
    for number in (0, 99):
        assert picture(by, report, number).status_code == 404
    assert sorted(Path(default_storage.path(report.stored_as)).parent.iterdir()) == [
        Path(default_storage.path(report.stored_as))
    ]


def test_nobody_else_sees_the_pages(by: Reader, report: ImportRun) -> None:
    for role in (Role.ADMINISTRATOR, Role.OBSERVER, Role.FOCAL_POINT):
        client = signed_in(make_person(role))
        assert client.get(f"/en/imports/{report.pk}/compare/").status_code == 404
        assert client.get(f"/en/imports/{report.pk}/pages/1.png").status_code == 404


def test_a_word_file_shows_its_text(by: Reader) -> None:
    run = preview_import(data=matrix(), file_name="matrix.docx", state="XTM", by=by)
    shown = compared(by, run)
    assert "A Word file has no fixed pages" in shown.text
    for item in shown.select("[data-tw-record]"):
        passage = shown.select_one(item.select_one("a.tw-pair__name")["href"])
        assert passage["data-tw-mark"] == item["data-tw-record"]
        assert item.select_one("a.tw-pair__name").text in passage.text
    assert picture(by, run, 1).status_code == 404


def test_a_lost_file_is_said(by: Reader, report: ImportRun) -> None:
    default_storage.delete(report.stored_as)
    shown = compared(by, report)
    assert "The stored file is missing" in shown.text
    assert len(shown.select("[data-tw-record]")) == 17
    assert picture(by, report, 1).status_code == 404


def test_what_is_kept_of_another_shape_is_made_anew(by: Reader, report: ImportRun) -> None:
    compared(by, report)
    kept = Path(default_storage.path(f"{report.stored_as}.pages/layout-1.json"))
    kept.write_text('{"kind": 1}')
    assert compared(by, report).select("figure")
    assert "sheets" in kept.read_text()


def test_a_tick_is_stored_counted_and_taken_back(by: Reader, report: ImportRun) -> None:
    row = ImportRow.objects.get(run=report, order=4)
    client, before = signed_in(by), Event.objects.count()
    address = f"/en/imports/{report.pk}/rows/{row.pk}/seen/"

    answer = client.post(address, {"seen": "1", "page": "1"})
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/en/imports/{report.pk}/compare/?page=1#record-4",
    )
    shown = compared(by, report)
    assert shown.select_one("[data-tw-seen-count]").text == "1"
    assert [item["id"] for item in shown.select("[data-seen]")] == ["record-4"]
    assert shown.select_one("#record-4 button")["aria-pressed"] == "true"

    assert client.post(address, {"seen": "1"}, headers={"HX-Request": "true"}).status_code == 204
    assert SeenRow.objects.count() == 1
    assert client.post(address, {"seen": "0"}, headers={"HX-Request": "true"}).status_code == 204
    assert not SeenRow.objects.exists()
    assert Event.objects.count() == before


def test_other_words_must_be_seen_anew(by: Reader, report: ImportRun) -> None:
    row = ImportRow.objects.get(run=report, order=4)
    mark_seen(row, seen=True, by=by)
    row.record["text"] = "Other words"
    from tawsiya.intake.digests import digest_of

    assert not SeenRow.objects.filter(digest=digest_of(row)).exists()
    row.order = 9
    row.record = ImportRow.objects.get(run=report, order=4).record
    assert SeenRow.objects.filter(digest=digest_of(row)).exists()


def test_a_row_of_another_import_is_not_ticked(by: Reader, report: ImportRun) -> None:
    other = preview_import(data=matrix(), file_name="matrix.docx", state="XTM", by=by)
    row = ImportRow.objects.filter(run=other).first()
    assert row is not None
    assert signed_in(by).post(f"/en/imports/{report.pk}/rows/{row.pk}/seen/").status_code == 404
