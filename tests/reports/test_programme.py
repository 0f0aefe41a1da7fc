"""Programmes as Word and PDF in each language, and the template that an administrator replaces."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from tawsiya.accounts.choices import Role
from tawsiya.accounts.models import Institution
from tawsiya.programme.choices import Progress
from tawsiya.programme.commands.indicators import Goal
from tawsiya.programme.commands.measures import BudgetFacts, LawFacts, MilestoneFacts
from tawsiya.programme.commands.reports import (
    AmountFacts,
    ReportContent,
    StageFacts,
    act_on_report,
    report_on_measure,
)
from tawsiya.programme.models import Measure, Version
from tawsiya.reports.models import OutputTemplate
from tests import factories
from tests.programme import making
from tests.programme.measuring import make_indicator, record, target

pytestmark = pytest.mark.django_db


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
    answer = factories.signed_in(Role.COORDINATOR).get(f"/en/exports/programmes/{plan.pk}.docx")
    assert "-draft-en.docx" in answer["Content-Disposition"]
    text = _words(answer.content)
    for words in ("Plan of Tamourt <&>", "1 Justice", "1.1 Train all judges on evidence", "Ministry of Justice",
                  "2027 MAD · State", "1,500,000", "First course held", "Train the judges.", "Draft: this version is not adopted."):  # fmt: skip
        assert words in text
    assert "{{" not in text and "{%" not in text


def test_an_adopted_one_names_its_act_instead(plan: Version) -> None:
    making.adopted(plan)
    answer = factories.signed_in(Role.COORDINATOR).get(f"/en/exports/programmes/{plan.pk}.docx")
    text = _words(answer.content)
    assert "2-26-1" in text and "Draft" not in text and "-draft" not in answer["Content-Disposition"]


def test_in_arabic_paragraphs_and_tables_are_read_from_the_right(plan: Version) -> None:
    answer = factories.signed_in(Role.COORDINATOR).get(f"/ar/exports/programmes/{plan.pk}.docx")
    document = Document(io.BytesIO(answer.content))
    assert all(paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in document.paragraphs)
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    assert "وزارة العدل" in _words(answer.content) and "تدريب القضاة." in _words(answer.content)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_pdf_carries_our_fonts_and_the_marks_of_a_tagged_one(plan: Version, language: str) -> None:
    answer = factories.signed_in(Role.COORDINATOR).get(f"/{language}/exports/programmes/{plan.pk}.pdf")
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


def _report_on(measure: Measure, lead: Institution) -> None:
    """Let the lead institution report: a milestone, money, a law, approved by its validator."""
    content = ReportContent(
        progress=Progress.UNDER_WAY,
        text="Forty judges were trained.",
        language="en",
        milestone=measure.milestones.get(),
        reached_on=date(2026, 3, 1),
        proof="Letter 12/2026",
        amounts=(AmountFacts(2027, "spent", Decimal("250000"), "MAD", "State"),),
        stages=(StageFacts(measure.legislation.get(), "published", date(2026, 5, 2), "27-26"),),
    )
    report = report_on_measure(measure=measure, content=content, by=making.focal(lead))
    act_on_report(report=report, action="approve", by=making.validator(lead))


@pytest.fixture
def whole() -> Measure:
    """A measure of an adopted version, reported on, followed by an indicator with baseline and targets."""
    factories.make_instance()
    version = making.make_version()
    lead = factories.make_institution(names={"en": "Ministry of Justice"})
    measure = making.make_measure(
        version,
        lead=lead,
        risks="Courts refuse.",
        reach="commune",
        places=("Tala",),
        answers=(factories.make_recommendation(texts={"en": "Train the judges."}),),
        budget=(BudgetFacts(2027, "planned", Decimal("1500000"), "MAD", "State"),),
        legislation=(LawFacts("law", {"en": "Law on judges"}),),
    )
    indicator = make_indicator(
        code="JUS-1",
        names={"en": "Judges trained"},
        measured="percent",
        measures=(measure.key,),
        goals=(Goal("baseline", 2016, Decimal(20)), target(2024, "60"), target(2028, "90")),
    )
    record(indicator, "2024", "55")
    make_indicator(code="JUS-2", names={"en": "Not in use yet"}, measures=(measure.key,), in_use=False)
    making.adopted(version)
    measure.refresh_from_db()
    _report_on(measure, lead)
    return measure


WHOLE = (
    *("Courts refuse.", "Tala", "Law on judges 27-26", "Published in the official gazette", "Letter 12/2026"),
    *("1,500,000", "250,000", "Forty judges were trained.", "Train the judges."),
    *("JUS-1", "Judges trained", "2016: 20%", "2024: 60%", "2028: 90%", "2024: 55%", "Target not met"),
)


def _missing(text: str) -> list[str]:
    plain = " ".join(text.split())
    return [words for words in WHOLE if words not in plain]


def test_word_pdf_and_sheet_show_a_measure_whole(whole: Measure) -> None:
    desk = factories.signed_in(Role.COORDINATOR)
    word = _words(desk.get(f"/en/exports/programmes/{whole.version_id}.docx").content)
    book = desk.get(f"/en/exports/programmes/{whole.version_id}.pdf").content
    sheet = desk.get(f"/en/exports/measures/{whole.pk}.pdf").content
    page = desk.get(f"/en/exports/measures/{whole.pk}/").content.decode()
    for text in (word, _pdf_text(book), _pdf_text(sheet), strip_tags(page)):
        assert _missing(text) == [] and "Not in use yet" not in text
    assert len(PdfReader(io.BytesIO(sheet)).pages) == 1


def _pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_a_sheet_goes_on_to_a_second_page_and_leaves_nothing_out(plan: Version) -> None:
    items = [factories.make_recommendation(texts={"en": f"Word {number} " * 60}) for number in range(12)]
    measure = making.make_measure(plan, answers=tuple(items))
    data = factories.signed_in(Role.COORDINATOR).get(f"/en/exports/measures/{measure.pk}.pdf").content
    book = PdfReader(io.BytesIO(data))
    text = _pdf_text(data)
    assert len(book.pages) == 2 and "1 / 2" in text and "2 / 2" in text
    assert [number for number in range(12) if f"Word {number} " not in text] == []


def test_the_sheet_is_a_page_to_print_too(plan: Version) -> None:
    page = (
        factories.signed_in(Role.COORDINATOR)
        .get(f"/en/exports/measures/{Measure.objects.get().pk}/")
        .content.decode()
    )
    assert "Train the judges." in page and "data-tw-print" in page


def test_a_sheet_names_no_measure_that_its_reader_does_not_see(plan: Version) -> None:
    first = Measure.objects.get()
    home = factories.make_institution()
    own = making.make_measure(
        plan,
        lead=home,
        waits_for=(first,),
        milestones=(
            MilestoneFacts({"en": "Then"}, date(2027, 12, 1), waits_for=(first.milestones.get().key,)),
        ),
    )
    client = Client()
    client.force_login(
        factories.make_person(Role.VALIDATOR, home),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    page = client.get(f"/en/exports/measures/{own.pk}/").content.decode()
    assert "Then" in page and "Waits for" not in page
    assert (
        "Waits for"
        in factories.signed_in(Role.COORDINATOR).get(f"/en/exports/measures/{own.pk}/").content.decode()
    )


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
    desk, reader = factories.signed_in(Role.ADMINISTRATOR), factories.signed_in(Role.COORDINATOR)
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
    desk = factories.signed_in(Role.ADMINISTRATOR)
    _upload(desk, _docx("OUR PAPER {{ title }}"))
    answer = _upload(desk, data)
    assert answer.status_code == 422
    assert "the former one stays" in answer.content.decode() and problem in answer.content.decode()
    assert OutputTemplate.objects.count() == 1
    assert "OUR PAPER" in _words(
        factories.signed_in(Role.COORDINATOR).get(f"/en/exports/programmes/{plan.pk}.docx").content
    )
