"""Programmes as Word and PDF in each language, and the template that an administrator replaces."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from tawsiya.accounts.choices import Role
from tawsiya.programme.commands.measures import BudgetFacts
from tawsiya.programme.models import Measure, Version
from tawsiya.reports.models import OutputTemplate
from tests import factories
from tests.programme import making

pytestmark = pytest.mark.django_db


def _as(role: Role) -> Client:
    client = Client()
    person = factories.make_person(role, factories.the_delegation())
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def plan() -> Version:
    factories.make_instance()
    version = making.make_version("Plan of Tamourt <&>")
    item = factories.make_recommendation(texts={"en": "Train the judges.", "ar": "تدريب القضاة."})
    making.make_measure(
        version,
        lead=factories.make_institution(names={"en": "Ministry of Justice", "ar": "وزارة العدل"}),
        answers=(item,),
        ends_on=date(2028, 12, 31),
        budget=(BudgetFacts(2027, "planned", Decimal("1500000"), "MAD", "State"),),
    )
    return version


def _words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_word_file_holds_axes_measures_and_the_annex_and_says_that_it_is_a_draft(plan: Version) -> None:
    answer = _as(Role.COORDINATOR).get(f"/en/exports/programmes/{plan.pk}.docx")
    assert "-draft-en.docx" in answer["Content-Disposition"]
    text = _words(answer.content)
    for words in ("Plan of Tamourt <&>", "1 Justice", "1.1 Train all judges on evidence", "Ministry of Justice",
                  "1,500,000 MAD", "First course held", "Train the judges.", "Draft: this version is not adopted."):  # fmt: skip
        assert words in text
    assert "{{" not in text and "{%" not in text


def test_an_adopted_one_names_its_act_instead(plan: Version) -> None:
    making.adopted(plan)
    answer = _as(Role.COORDINATOR).get(f"/en/exports/programmes/{plan.pk}.docx")
    text = _words(answer.content)
    assert "2-26-1" in text and "Draft" not in text and "-draft" not in answer["Content-Disposition"]


def test_in_arabic_paragraphs_and_tables_are_read_from_the_right(plan: Version) -> None:
    answer = _as(Role.COORDINATOR).get(f"/ar/exports/programmes/{plan.pk}.docx")
    document = Document(io.BytesIO(answer.content))
    assert all(paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in document.paragraphs)
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    assert "وزارة العدل" in _words(answer.content) and "تدريب القضاة." in _words(answer.content)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_pdf_carries_our_fonts_and_the_marks_of_a_tagged_one(plan: Version, language: str) -> None:
    answer = _as(Role.COORDINATOR).get(f"/{language}/exports/programmes/{plan.pk}.pdf")
    book = PdfReader(io.BytesIO(answer.content))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in book.pages
        for font in (page["/Resources"].get("/Font") or {}).values()  # type: ignore[index,union-attr]
    }
    assert fonts and all("NotoSans" in name for name in fonts)
    assert book.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert book.trailer["/Root"]["/Lang"] == language  # type: ignore[index]
    if language == "en":
        text = "\n".join(page.extract_text() for page in book.pages)
        assert "Train all judges on evidence" in text and "Draft: this version is not adopted." in text


def test_the_sheet_of_a_measure_is_one_page_and_a_page_to_print(plan: Version) -> None:
    measure = Measure.objects.get()
    desk = _as(Role.COORDINATOR)
    answer = desk.get(f"/fr/exports/measures/{measure.pk}.pdf")
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    Measure.objects.get()
    page = desk.get(f"/en/exports/measures/{measure.pk}/").content.decode()
    assert "Train the judges." in page and "data-tw-print" in page


def _docx(*texts: str) -> bytes:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _upload(desk: Client, data: bytes) -> Any:
    return desk.post("/en/exports/template/", {"file": SimpleUploadedFile("ours.docx", data)}, follow=True)


def test_an_administrator_replaces_the_template_and_goes_back(plan: Version) -> None:
    desk, reader = _as(Role.ADMINISTRATOR), _as(Role.COORDINATOR)
    assert _upload(desk, _docx("OUR PAPER", "{{ title }}")).status_code == 200
    assert _words(reader.get(f"/en/exports/programmes/{plan.pk}.docx").content).startswith(
        "OUR PAPER\nPlan of"
    )
    desk.post("/en/exports/template/restore/")
    assert "OUR PAPER" not in _words(reader.get(f"/en/exports/programmes/{plan.pk}.docx").content)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"no Word file", "BadZipFile"),
        (_docx("{% for axis in axes %}never closed"), "Unexpected end of template"),
        (_docx("{{ title.__class__.__mro__ }}"), "unsafe"),
        (_docx("{{ nothing.of.this }}"), "nothing"),
        (_docx("{% for a in range(10 ** 9) %}{{ a }}{% endfor %}"), "Range too big"),
    ],
)
def test_a_broken_template_is_refused_clearly_and_the_former_one_stays(
    plan: Version, data: bytes, problem: str
) -> None:
    desk = _as(Role.ADMINISTRATOR)
    _upload(desk, _docx("OUR PAPER {{ title }}"))
    answer = _upload(desk, data)
    assert answer.status_code == 422
    assert "the former one stays" in answer.content.decode() and problem in answer.content.decode()
    assert OutputTemplate.objects.count() == 1
    assert "OUR PAPER" in _words(_as(Role.COORDINATOR).get(f"/en/exports/programmes/{plan.pk}.docx").content)
