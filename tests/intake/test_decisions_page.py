"""Doubts, corrections and undoing as a person meets them on the pages, in three languages."""

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.intake.commands import apply_import, preview_import
from tawsiya.intake.models import Correction, ImportRow, ImportRun
from tawsiya.recommendations.models import Recommendation
from tests.factories import make_assignment
from tests.intake.matrices import LINES, PRISONS, SCHOOLS, SYMBOL, WATER, Line, matrix

TWICE = (SCHOOLS, replace(WATER, paragraph="120.1"), replace(PRISONS, paragraph="120.1"))
LANGUAGES = pytest.mark.parametrize("language", ["ar", "fr", "en"])


@pytest.fixture
def desk(by: Reader) -> Client:
    client = Client()
    user = User.objects.get(pk=by.user_id)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def preview(by: Reader, lines: tuple[Line, ...] = LINES) -> ImportRun:
    return preview_import(data=matrix(lines), file_name="matrix.docx", state="XTM", by=by)


def soup(response: Any, status: int = 200) -> BeautifulSoup:
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def row(run: ImportRun, place: int) -> ImportRow:
    return ImportRow.objects.get(run=run, order=place)


@LANGUAGES
def test_doubtful_rows_have_a_tab_and_no_button_applies_them(by: Reader, desk: Client, language: str) -> None:
    run = preview(by, TWICE)
    address = f"/{language}/imports/{run.pk}/"

    whole = soup(desk.get(address))
    assert not whole.select(f'form[action="{address}apply/"]')
    tab = soup(desk.get(f"{address}?show=doubtful"))
    assert len(tab.select("#rows tbody tr")) == 2
    assert len(tab.select(f'form[action="{address}settle/"]')) == 1
    assert len(soup(desk.get(f"{address}?show=doubtful&doubt=same_paragraph")).select("#rows tbody tr")) == 2
    assert not soup(desk.get(f"{address}?show=doubtful&doubt=text_damaged")).select("#rows tbody tr")

    desk.post(f"{address}settle/", {"code": "same_paragraph", "confirm": "1"})
    settled = soup(desk.get(address))
    assert settled.select(f'form[action="{address}apply/"]')


def test_applying_with_open_doubts_is_refused_in_a_sentence(by: Reader, desk: Client) -> None:
    run = preview(by, TWICE)

    page = soup(desk.post(f"/en/imports/{run.pk}/apply/", follow=True))

    assert "Doubtful rows stop the import until each is confirmed, corrected or left out" in page.text
    assert not Recommendation.objects.exists()


def test_leaving_out_by_kind_needs_a_reason(by: Reader, desk: Client) -> None:
    run = preview(by, TWICE)
    address = f"/en/imports/{run.pk}/settle/"

    refused = soup(desk.post(address, {"code": "same_paragraph", "leave_out": "1"}, follow=True))
    assert "Give the reason." in refused.text
    desk.post(address, {"code": "same_paragraph", "leave_out": "1", "reason": "Misprints"})

    assert ImportRow.objects.filter(run=run, excluded=True).count() == 2


@LANGUAGES
def test_a_row_is_corrected_and_says_by_whom(by: Reader, desk: Client, language: str) -> None:
    run = preview(by)
    form = f"/{language}/imports/{run.pk}/rows/{row(run, 1).pk}/correct/"
    page = soup(desk.get(form))
    assert page.select_one('textarea[name="text"]').text.strip() == SCHOOLS.text
    states = page.select_one('input[name="states"]')["value"]

    given = {"edit": "1", "paragraph": "120.1", "kind": "recommendation", "position": "supported"}
    sent = desk.post(form, {**given, "text": "Build schools", "states": f"{states}, Nowhereland"})

    assert sent.status_code == 302
    corrected = row(run, 1).record
    assert (corrected["text"], corrected["recommending_states"]) == ("Build schools", ["CHL"])
    assert corrected["recommending_states_unrecognised"] == ["Nowhereland"]
    shown = soup(desk.get(sent["Location"]))
    assert by.name in shown.select_one(".tw-row-fix").text
    assert SCHOOLS.text in shown.select_one(".tw-row-fix").text

    desk.post(f"/{language}/imports/{run.pk}/corrections/{Correction.objects.get().pk}/undo/")
    assert row(run, 1).record["text"] == SCHOOLS.text


def test_what_cannot_stand_comes_back_with_what_was_typed(by: Reader, desk: Client) -> None:
    run = preview(by)
    form = f"/en/imports/{run.pk}/rows/{row(run, 1).pk}/correct/"

    page = soup(desk.post(form, {"edit": "1", "kind": "recommendation", "text": "Typed words"}), 422)

    assert "Give the number of the paragraph." in page.text
    assert page.select_one('textarea[name="text"]').text.strip() == "Typed words"


def test_a_row_is_split_on_the_page(by: Reader, desk: Client) -> None:
    run = preview(by, (replace(SCHOOLS, text="Build schools. Train judges in family law"), PRISONS))
    form = f"/en/imports/{run.pk}/rows/{row(run, 1).pk}/correct/"
    assert soup(desk.get(form)).select_one("#cuts option")["value"] == "Train judges in family law"
    parts = {
        "first-paragraph": "120.1", "first-kind": "recommendation", "first-states": "Chile",
        "second-paragraph": "120.9", "second-kind": "recommendation", "second-states": "Peru",
    }  # fmt: skip

    refused = soup(desk.post(form, {"cut": "1", "begins": "Free them", **parts}), 422)
    assert "exactly once" in refused.text
    desk.post(form, {"cut": "1", "begins": "Train judges", **parts})

    assert [row(run, place).name for place in (1, 2, 3)] == [f"{SYMBOL} § 120.{n}" for n in (1, 9, 2)]


def test_rows_are_joined_on_the_page(by: Reader, desk: Client) -> None:
    run = preview(by)

    desk.post(f"/en/imports/{run.pk}/rows/{row(run, 1).pk}/merge/")

    assert ImportRow.objects.filter(run=run).count() == 2


def test_a_decided_row_has_no_form(by: Reader, desk: Client) -> None:
    run = apply_import(preview(by), by=by)

    assert desk.get(f"/en/imports/{run.pk}/rows/{row(run, 1).pk}/correct/").status_code == 302
    assert not soup(desk.get(f"/en/imports/{run.pk}/")).select('a[href$="/correct/"]')


@LANGUAGES
def test_an_import_is_undone_on_its_page(by: Reader, desk: Client, language: str) -> None:
    run = apply_import(preview(by), by=by)
    address = f"/{language}/imports/{run.pk}/"
    assert soup(desk.get(address)).select("dialog#undo textarea[required]")

    desk.post(f"{address}undo/", {"reason": "The wrong file"})

    undone = soup(desk.get(address))
    assert not undone.select("dialog#undo")
    assert by.name in undone.text
    assert not Recommendation.objects.exists()


def test_the_page_says_what_was_built(by: Reader, desk: Client) -> None:
    run = apply_import(preview(by), by=by)
    make_assignment(recommendation=Recommendation.objects.get(paragraph="120.2"))

    page = soup(desk.post(f"/en/imports/{run.pk}/undo/", {"reason": "The wrong file"}, follow=True))

    assert f"cannot be undone: {SYMBOL} § 120.2: " in page.text
    assert Recommendation.objects.count() == 3


def test_pages_with_corrections_cost_a_constant_number_of_queries(
    by: Reader, desk: Client, django_assert_max_num_queries: Any
) -> None:
    lines = tuple(replace(SCHOOLS, text=f"{SCHOOLS.text}, {number}") for number in range(40))
    run = preview(by, lines)
    desk.post(f"/en/imports/{run.pk}/settle/", {"code": "same_paragraph", "confirm": "1"})

    with django_assert_max_num_queries(32):
        assert len(soup(desk.get(f"/en/imports/{run.pk}/?show=corrected")).select(".tw-row-fix")) == 39
