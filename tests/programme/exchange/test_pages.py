"""Reading a plan on the pages: our workbook with damaged cells, and plans from elsewhere."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tawsiya.accounts.choices import Role
from tawsiya.programme.commands.programmes import create_programme
from tawsiya.programme.models import Measure, Node, PlanFile, Version
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk() -> Client:
    factories.make_instance()
    client = Client()
    client.force_login(factories.make_person(Role.COORDINATOR, factories.the_delegation()), backend=BACKEND)
    return client


def _upload(desk: Client, version: Version, data: bytes, name: str) -> Any:
    return desk.post(
        f"/en/programmes/versions/{version.pk}/read/", {"file": SimpleUploadedFile(name, data)}, follow=True
    )


def test_an_edited_workbook_is_previewed_corrected_and_applied(desk: Client) -> None:
    version = making.make_version()
    making.make_measure(version)
    data = desk.get(f"/en/programmes/versions/{version.pk}/plan.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    edited = io.BytesIO()
    with Workbook(edited) as out:
        for name in book.sheet_names:
            sheet = out.add_worksheet(name)
            for number, row in enumerate(book.get_sheet_by_name(name).to_python()):
                for place, cell in enumerate(row):
                    text = cell.isoformat() if isinstance(cell, date) else str(cell).removesuffix(".0")
                    if name == "Milestones" and number == 2 and text == "2027-03-01":
                        text = "next spring"
                    sheet.write_string(number, place, text)
    page = _upload(desk, version, edited.getvalue(), "plan.xlsx")
    text = page.content.decode()
    assert "1 cell is refused" in text and "This is no date" in text and "G3" in text
    file = PlanFile.objects.get()
    french = desk.get(f"/fr/programmes/files/{file.pk}/").content.decode()
    assert "Ce n’est pas une date" in french
    returned = CalamineWorkbook.from_filelike(
        io.BytesIO(desk.get(f"/en/programmes/files/{file.pk}/corrections.xlsx").content)
    )
    assert "next spring" in returned.get_sheet_by_name("Milestones").to_python()[2]
    desk.post(f"/en/programmes/files/{file.pk}/correct/", {"cell:milestones:0:due_on": "2027-04-01"})
    rows = desk.get(f"/en/programmes/files/{file.pk}.json").json()["results"]
    assert [(row["field"], row["before"], row["after"]) for row in rows] == [
        ("Milestones", "1 · First course held · 2027-03-01", "1 · First course held · 2027-04-01")
    ]
    assert desk.get(f"/en/programmes/files/{file.pk}.csv").status_code == 200
    answer = desk.post(f"/en/programmes/files/{file.pk}/apply/", follow=True)
    assert "1 axis or measure was written" in answer.content.decode()
    assert Measure.objects.get().milestones.get().due_on == date(2027, 4, 1)


ROWS = [
    ["National plan of the ministry", "", "", "", ""],
    ["N°", "Mesure", "Responsable", "Échéance", "Recommandations"],
    ["Accès à la justice", "", "", "", ""],
    ["1", "Ouvrir dix maisons de justice", "Ministry 7", "31/12/2027", ""],
    ["2", "Former les juges", "Ministry 7; Nobody at all", "2028-06-30", ""],
]


def _workbook() -> bytes:
    data = io.BytesIO()
    with Workbook(data) as book:
        sheet = book.add_worksheet("Plan")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return data.getvalue()


def _word() -> bytes:
    document = Document()
    document.add_paragraph("A plan")
    table = document.add_table(0, 5)
    for row in ROWS[1:]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize(("name", "data", "header"), [("plan.xlsx", _workbook, 2), ("plan.docx", _word, 1)])
def test_a_plan_from_elsewhere_has_its_columns_named_and_becomes_measures(
    desk: Client, name: str, data: Any, header: int
) -> None:
    factories.make_institution(key="seven", names={"en": "Ministry 7"})
    version = making.make_version()
    page = _upload(desk, version, data(), name)
    form = page.context["form"]
    assert form.shown.header == header
    assert form.shown.columns == ("code", "title", "lead", "ends_on", "answers")
    named = {f"column-{place}": field for place, field in enumerate(form.shown.columns)}
    file = PlanFile.objects.get()
    page = desk.post(
        f"/en/programmes/files/{file.pk}/columns/",
        named | {"read": "1", "table": "0", "header": header, "language": "fr"},
        follow=True,
    )
    text = page.content.decode()
    assert "No institution is called so" in text and f"C{5 if header == 2 else 4}" in text
    desk.post(f"/en/programmes/files/{file.pk}/correct/", {"left_out": "institutions:2"})
    page = desk.post(f"/en/programmes/files/{file.pk}/apply/", follow=True)
    assert "were written" in page.content.decode(), page.context["faults"]
    assert Node.objects.get(version=version, code="2").names == {"fr": "Accès à la justice"}
    measures = Measure.objects.filter(version=version)
    assert [(m.code, m.titles, m.ends_on) for m in measures] == [
        ("1", {"fr": "Ouvrir dix maisons de justice"}, date(2027, 12, 31)),
        ("2", {"fr": "Former les juges"}, date(2028, 6, 30)),
    ]
    assert [m.institutions.get().institution.key for m in measures] == ["seven", "seven"]


def test_the_naming_is_remembered_for_the_next_file_with_the_same_header(desk: Client) -> None:
    version, other = making.make_version(), making.make_version("Other")
    _upload(desk, version, _workbook(), "first.xlsx")
    named = {"column-1": "title", "column-2": "supporting", "column-3": "ends_on"}
    more = {"read": "1", "table": "0", "header": 2, "language": "ar", "axis": "1", "currency": "MAD"}
    desk.post(f"/en/programmes/files/{PlanFile.objects.get().pk}/columns/", named | more)
    desk.post(f"/en/programmes/files/{PlanFile.objects.get().pk}/drop/")
    # In Word the header is the first row of its table, and not the second of its sheet.
    page = _upload(desk, other, _word(), "second.docx")
    form = page.context["form"]
    assert (form.shown.header, form.shown.columns) == (1, ("", "title", "supporting", "ends_on", ""))
    assert (form.initial["language"], form.initial["currency"]) == ("ar", "MAD")
    text = page.content.decode()
    assert "The columns are known" in text and "first.xlsx" in text
    # Another row of headers is another table: what was remembered does not hold for it.
    file = PlanFile.objects.get(version=other)
    page = desk.post(f"/en/programmes/files/{file.pk}/columns/", {"table": "0", "header": "2"})
    assert "The columns are known" not in page.content.decode()


def test_what_an_amount_lacks_is_named_by_the_cell_of_the_amount(desk: Client) -> None:
    version = making.make_version()
    _upload(desk, version, _workbook(), "plan.xlsx")
    said = {"read": "1", "table": "0", "header": 2, "language": "fr", "axis": "1"}
    file = PlanFile.objects.get()
    page = desk.post(
        f"/en/programmes/files/{file.pk}/columns/",
        said | {"column-0": "amount", "column-1": "title"},
        follow=True,
    )
    refused = {(fault["at"], fault["column"]) for fault in page.context["faults"]}
    assert refused >= {("A4", "Year"), ("A4", "Currency"), ("A4", "Source"), ("A5", "Year")}


def test_an_axis_that_the_version_lacks_is_not_proposed_again(desk: Client) -> None:
    version = making.make_version()
    _upload(desk, version, _workbook(), "first.xlsx")
    said = {"read": "1", "table": "0", "header": 2, "language": "fr", "axis": "1", "column-1": "title"}
    desk.post(f"/en/programmes/files/{PlanFile.objects.get().pk}/columns/", said)
    other = create_programme(names={"en": "Without axes"}, by=factories.coordinator())
    page = _upload(desk, other, _workbook(), "second.xlsx")
    assert page.context["form"].shown.columns[1] == "title"
    assert page.context["form"].initial["axis"] == ""


def test_a_file_without_a_table_is_refused_and_a_new_one_takes_the_place_of_the_old(desk: Client) -> None:
    version = making.make_version()
    page = _upload(desk, version, b"no table", "plan.pdf")
    assert page.status_code == 422
    first = _upload(desk, version, _workbook(), "plan.xlsx")
    assert first.status_code == 200
    _upload(desk, version, _word(), "plan.docx")
    assert [file.state for file in PlanFile.objects.order_by("pk")] == ["dropped", "columns"]
    desk.post(f"/en/programmes/files/{PlanFile.objects.get(state='columns').pk}/drop/")
    assert set(PlanFile.objects.values_list("state", flat=True)) == {"dropped"}
