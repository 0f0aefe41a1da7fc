"""The pages of imports, by role."""

import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.intake.commands import apply_import, preview_import
from tawsiya.intake.models import Exclusion, ImportRow, ImportRun
from tawsiya.recommendations.models import Recommendation
from tests.factories import make_person
from tests.intake.matrices import LINES, PRISONS, SCHOOLS, SYMBOL, WATER, Line, matrix

NOT_IMPORTING = [role for role in Role if role not in (Role.COORDINATOR, Role.ANALYST)]
ACTIONS = ("apply", "discard", "again", "scope")


def signed_in(reader: Reader | User) -> Client:
    client = Client()
    user = reader if isinstance(reader, User) else User.objects.get(pk=reader.user_id)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(response: HttpResponse) -> BeautifulSoup:
    assert response.status_code in (200, 422), response.status_code
    return BeautifulSoup(response.content, "html.parser")


def preview(by: Reader, lines: tuple[Line, ...] = LINES) -> ImportRun:
    return preview_import(data=matrix(lines), file_name="matrix.docx", state="XTM", by=by)


def send(client: Client, data: bytes, name: str = "matrix.docx", language: str = "en") -> HttpResponse:
    return client.post(f"/{language}/imports/new/", {"file": SimpleUploadedFile(name, data)})


def test_a_file_goes_from_upload_to_preview_to_the_database(by: Reader) -> None:
    client = signed_in(by)

    sent = send(client, matrix())
    run = ImportRun.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/en/imports/{run.pk}/")

    preview_page = page(client.get(sent["Location"]))
    assert len(preview_page.select("#rows tbody tr")) == 3
    assert "Applying creates 3, changes 0 and withdraws 0 recommendations." in preview_page.text
    assert not Recommendation.objects.exists()

    applied = client.post(f"/en/imports/{run.pk}/apply/", follow=True)
    assert "3 created, 0 changed, 0 withdrawn, 0 unchanged, 0 left out." in page(applied).text
    assert Recommendation.objects.count() == 3


def test_who_uploaded_and_decided_is_named_in_the_script_of_the_page(by: Reader) -> None:
    User.objects.filter(pk=by.user_id).update(name="Amina Tazi", name_ar="أمينة التازي")
    run = apply_import(preview(by), by=by)
    client = signed_in(by)

    for address in (f"imports/{run.pk}/", "imports/"):
        arabic = page(client.get(f"/ar/{address}")).select_one("main").text
        assert ("أمينة التازي" in arabic, "Amina Tazi" in arabic) == (True, False)
        assert "Amina Tazi" in page(client.get(f"/fr/{address}")).select_one("main").text


def test_a_changed_text_is_shown_word_by_word(by: Reader) -> None:
    apply_import(preview(by), by=by)
    changed = replace(SCHOOLS, text=SCHOOLS.text.replace("Build", "Build and staff"), position="Noted")
    run = preview(by, (changed, PRISONS, WATER))

    shown = page(signed_in(by).get(f"/en/imports/{run.pk}/?show=update"))

    (row,) = shown.select("#rows tbody tr")
    assert [tag.text for tag in row.select("ins")] == [" and staff", "Noted"]
    assert [tag.text for tag in row.select("del")] == ["Supported"]


def test_rows_are_filtered_by_what_they_do(by: Reader) -> None:
    apply_import(preview(by, (SCHOOLS,)), by=by)
    run = preview(by, (SCHOOLS, PRISONS, replace(WATER, states=("Atlantis",)), replace(WATER, paragraph="")))
    client = signed_in(by)

    def names(shown: str) -> list[str]:
        rows = json.loads(client.get(f"/en/imports/{run.pk}.json?show={shown}").content)["results"]
        return [row["name"].removeprefix(f"{SYMBOL} § ").partition(" [")[0] for row in rows]

    assert names("create") == ["120.2", "120.3"]
    assert names("unchanged") == ["120.1"]
    assert names("reject") == ["—"]
    assert names("warned") == ["120.3", "—"]
    assert names("nonsense") == ["120.1", "120.2", "120.3", "—"]


def test_a_long_preview_is_paged(by: Reader) -> None:
    many = tuple(
        Line(f"120.{n}", f"Publish the yearly report number {n} of the ombudsman") for n in range(1, 61)
    )
    run = preview(by, many)
    client = signed_in(by)

    assert len(page(client.get(f"/en/imports/{run.pk}/")).select("#rows tbody tr")) == 50
    assert len(page(client.get(f"/en/imports/{run.pk}/?page=2")).select("#rows tbody tr")) == 10


def test_a_rejected_row_is_left_out_with_a_reason_and_taken_in_again(by: Reader) -> None:
    run = preview(by, (SCHOOLS, replace(WATER, paragraph="")))
    row = ImportRow.objects.get(run=run, order=2)
    client = signed_in(by)

    stopped = page(client.get(f"/en/imports/{run.pk}/"))
    assert "Rejected rows stop the import" in stopped.text
    assert not stopped.select(f"form[action='/en/imports/{run.pk}/apply/']")

    silent = client.post(f"/en/imports/{run.pk}/rows/{row.pk}/exclude/", {"reason": ""}, follow=True)
    assert "Give the reason." in page(silent).text
    client.post(
        f"/en/imports/{run.pk}/rows/{row.pk}/exclude/", {"reason": "A heading", "back": "show=reject"}
    )
    assert Exclusion.objects.get().reason == "A heading"
    assert page(client.get(f"/en/imports/{run.pk}/")).select(f"form[action='/en/imports/{run.pk}/apply/']")

    client.post(f"/en/imports/{run.pk}/rows/{row.pk}/include/")
    assert not Exclusion.objects.exists()


def test_applying_a_preview_that_no_longer_holds_names_the_rows(by: Reader) -> None:
    run = preview(by)
    apply_import(preview(by, (PRISONS,)), by=by)
    client = signed_in(by)

    refused = client.post(f"/en/imports/{run.pk}/apply/", follow=True)
    assert f"Changed since the preview: {SYMBOL} § 120.2." in page(refused).text
    assert Recommendation.objects.count() == 1

    client.post(f"/en/imports/{run.pk}/again/")
    client.post(f"/en/imports/{run.pk}/apply/")
    assert Recommendation.objects.count() == 3


def test_a_scope_is_declared_on_the_page(by: Reader) -> None:
    apply_import(preview(by), by=by)
    run = preview(by, (SCHOOLS,))

    declared = signed_in(by).post(f"/en/imports/{run.pk}/scope/", {"complete_for": "document"}, follow=True)

    assert "Applying creates 0, changes 0 and withdraws 2 recommendations." in page(declared).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "The file is damaged: it is no complete PDF file."),
        (b"MZ\x00\x00", "This is a program; UPR reports, concluding observations, reports on visits and"),
        (b"PK\x03\x04 cut", "The file is damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    by: Reader, data: bytes, sentence: str
) -> None:
    refused = send(signed_in(by), data)

    assert refused.status_code == 422
    assert sentence in page(refused).text
    assert not ImportRun.objects.exists()


def test_a_document_about_another_state_is_previewed_as_rejected(by: Reader) -> None:
    client = signed_in(by)

    sent = send(client, matrix(state="Norway"))

    assert "The document is about Norway" in page(client.get(sent["Location"])).text


def test_what_a_file_says_is_never_markup(by: Reader) -> None:
    run = preview(by, (replace(SCHOOLS, text="Protect <script>alert(1)</script> schools in the mountains"),))

    shown = signed_in(by).get(f"/en/imports/{run.pk}/").content.decode()

    assert "<script>alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ANALYST])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_delegation_opens_every_page(by: Reader, role: Role, language: str) -> None:
    run = preview(by)
    client = signed_in(make_person(role))

    for path in (
        "imports/",
        "imports.csv",
        "imports.json",
        "imports/new/",
        f"imports/{run.pk}/",
        f"imports/{run.pk}.csv",
    ):
        assert client.get(f"/{language}/{path}").status_code == 200, path


@pytest.mark.parametrize("role", [*NOT_IMPORTING, None])
def test_others_learn_nothing_of_imports(by: Reader, role: Role | None) -> None:
    run = preview(by)
    row = ImportRow.objects.filter(run=run)[0]
    client = signed_in(make_person(role))

    for path in ("imports/", "imports.csv", "imports.json", "imports/new/"):
        assert client.get(f"/en/{path}").status_code == 403, path
    for pk in (run.pk, 999_999):
        for form in ("/", ".csv", ".json"):
            assert client.get(f"/en/imports/{pk}{form}").status_code == 404
        for action in ACTIONS:
            assert client.post(f"/en/imports/{pk}/{action}/").status_code == 404
        for action in ("exclude", "include"):
            assert client.post(f"/en/imports/{pk}/rows/{row.pk}/{action}/").status_code == 404
    assert send(client, matrix()).status_code == 403
    run.refresh_from_db()
    assert run.state == "previewed"
    assert ImportRun.objects.count() == 1


def test_the_public_is_asked_to_sign_in(by: Reader) -> None:
    run = preview(by)

    for path in ("imports/", "imports.json", "imports/new/", f"imports/{run.pk}/"):
        answer = Client().get(f"/en/{path}")
        assert (answer.status_code, answer["Location"].startswith("/en/account/login/")) == (302, True)


def test_the_list_is_filtered_by_state(by: Reader) -> None:
    apply_import(preview(by, (SCHOOLS,)), by=by)
    waiting = preview(by)
    client = signed_in(by)

    def numbers(query: str) -> list[int]:
        return [row["id"] for row in json.loads(client.get(f"/en/imports.json{query}").content)["results"]]

    assert numbers("?state=previewed") == [waiting.pk]
    assert len(numbers("?state=applied")) == 1
    assert numbers("?state=discarded") == []
    assert len(numbers("?state=nonsense")) == 2
    assert "No import is in this state" in page(client.get("/en/imports/?state=discarded")).text


def test_pages_cost_a_constant_number_of_queries(by: Reader, django_assert_max_num_queries: Any) -> None:
    many = tuple(
        Line(f"120.{n}", f"Publish the yearly report number {n} of the ombudsman") for n in range(1, 41)
    )
    for _turn in range(3):
        run = preview(by, many)
    client = signed_in(by)

    # The states of the tables are asked for once; four badges of the navigation are counted anew.
    with django_assert_max_num_queries(18):
        client.get("/en/imports/")
    with django_assert_max_num_queries(22):
        client.get(f"/en/imports/{run.pk}/")


def test_a_get_never_decides(by: Reader) -> None:
    run = preview(by)
    client = signed_in(by)

    for action in ACTIONS:
        assert client.get(f"/en/imports/{run.pk}/{action}/").status_code == 405


def test_a_row_of_another_import_is_not_found(by: Reader) -> None:
    first, second = preview(by), preview(by, (SCHOOLS,))
    row = ImportRow.objects.filter(run=first)[0]

    answer = signed_in(by).post(f"/en/imports/{second.pk}/rows/{row.pk}/exclude/", {"reason": "No"})

    assert answer.status_code == 404
    assert not Exclusion.objects.exists()


def test_the_navigation_counts_the_imports_that_wait(by: Reader) -> None:
    preview(by)
    preview(by, (SCHOOLS,))
    with audit.change("import.previewed", by=audit.SYSTEM):
        pass

    link = page(signed_in(by).get("/en/imports/")).select_one(
        "a[href='/en/imports/'] .tw-nav__badge, nav a[href='/en/imports/']"
    )
    assert link is not None
    assert "2" in link.text
