"""The list as Excel: the same rows as the page, only what the reader sees, no formula ever."""

import io
import zipfile

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import User
from tawsiya.recommendations.choices import Status
from tests.factories import (
    make_assessment,
    make_assignment,
    make_document,
    make_instance,
    make_institution,
    make_person,
    make_recommendation,
)

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BY_SIGHT = {"Status", "Lead institution", "Supporting institutions"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def download(role: Role, query: str = "", language: str = "en") -> bytes:
    answer = signed_in(make_person(role)).get(f"/{language}/exports/recommendations.xlsx{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, EXCEL)
    assert answer["Content-Disposition"].startswith('attachment; filename="recommendations-')
    return answer.content


def table(data: bytes) -> list[dict[str, object]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def sheet_xml(data: bytes, number: int = 1) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.fixture
def items(db: None) -> None:
    make_instance()
    document = make_document("A/HRC/36/970")
    led = make_recommendation(document, paragraph="140.1", recommending_states=("FRA", "SEN"))
    make_recommendation(document, paragraph="140.2", position="noted")
    make_recommendation(document, paragraph="140.10", texts={"en": '=HYPERLINK("http://x","open")'})
    ministry = make_institution(names={"en": "Ministry of Justice", "fr": "Justice", "ar": "العدل"})
    make_assignment(recommendation=led, institution=ministry)
    make_assessment(led, Status.IN_PROGRESS)


def test_the_rows_are_those_of_the_list_in_its_order(items: None) -> None:
    rows = table(download(Role.COORDINATOR))

    assert [row["Paragraph"] for row in rows] == ["140.1", "140.2", "140.10"]
    assert rows[0]["Position"] == "Supported"
    assert rows[0]["Names of the States"] == "France\nSenegal"
    assert (rows[0]["Status"], rows[0]["Lead institution"]) == ("In progress", "Ministry of Justice")
    assert rows[0]["Withdrawn"] == "No"


def test_the_filter_of_the_list_applies(items: None) -> None:
    assert [row["Paragraph"] for row in table(download(Role.COORDINATOR, "?position=noted"))] == ["140.2"]
    about = CalamineWorkbook.from_filelike(io.BytesIO(download(Role.COORDINATOR, "?position=noted")))
    facts = dict(about.get_sheet_by_index(1).to_python())
    assert (facts["State"], facts["Recommendations"], facts["Filter"]) == ("Tamourt", 1.0, "position=noted")
    assert str(facts["Address"]).endswith("/en/recommendations/?position=noted")


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.COORDINATOR, BY_SIGHT),
        (Role.ANALYST, BY_SIGHT),
        (Role.OBSERVER, BY_SIGHT),
        (Role.ADMINISTRATOR, BY_SIGHT),
        (Role.FOCAL_POINT, BY_SIGHT),
        (Role.VALIDATOR, BY_SIGHT),
        (Role.NHRI, set()),
        (Role.CIVIL_SOCIETY, set()),
    ],
)
def test_columns_are_given_by_sight(items: None, role: Role, sees: set[str]) -> None:
    data = download(role)

    assert BY_SIGHT & set(table(data)[0]) == sees
    shared = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert ("Ministry of Justice" in shared) is bool(sees)


def test_what_depends_on_follow_up_is_no_filter_for_those_who_may_not_see_it(items: None) -> None:
    assert len(table(download(Role.NHRI, "?status=in_progress"))) == 3
    assert len(table(download(Role.OBSERVER, "?status=in_progress"))) == 1


def test_a_text_that_looks_like_a_formula_stays_a_text(items: None) -> None:
    data = download(Role.COORDINATOR)

    assert table(data)[2]["Text"] == '=HYPERLINK("http://x","open")'
    assert "<f>" not in sheet_xml(data)
    assert "<hyperlink" not in sheet_xml(data)


def test_the_arabic_sheet_reads_from_the_right_and_its_head_stays(items: None) -> None:
    arabic, french = download(Role.COORDINATOR, language="ar"), download(Role.COORDINATOR, language="fr")

    assert 'rightToLeft="1"' in sheet_xml(arabic)
    assert 'rightToLeft="1"' in sheet_xml(arabic, 2)
    assert 'rightToLeft="1"' not in sheet_xml(french)
    assert 'state="frozen"' in sheet_xml(arabic)
    assert "اعتماد القانون رقم" in str(table(arabic)[0].values())


def test_nobody_without_a_role_exports(items: None) -> None:
    assert signed_in(make_person()).get("/en/exports/recommendations.xlsx").status_code == 403
    assert Client().get("/en/exports/recommendations.xlsx").status_code == 302


def test_an_empty_list_is_a_workbook_too(items: None) -> None:
    assert table(download(Role.COORDINATOR, "?body=CERD")) == []


def test_the_export_costs_a_constant_number_of_queries(
    items: None, django_assert_max_num_queries: object
) -> None:
    document = make_document("A/HRC/36/971")
    for number in range(30):
        make_recommendation(document, paragraph=f"120.{number}")
    client = signed_in(make_person(Role.COORDINATOR))

    with django_assert_max_num_queries(22):  # type: ignore[operator]  # a fixture that is a function
        assert len(table(client.get("/en/exports/recommendations.xlsx").content)) == 33
