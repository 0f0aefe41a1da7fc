"""UN grades from a file: which columns, which scale, what is refused with its row and column, what is recorded."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tawsiya.accounts.choices import Role
from tawsiya.followup.commands.voices import Assessed
from tawsiya.followup.grade_files import code_of, read
from tawsiya.followup.models import Grade
from tawsiya.followup.voices import grade_names
from tawsiya.portal.choices import TEXT_ONLY
from tawsiya.portal.commands import publish, record_grade
from tawsiya.portal.queries import voices_published
from tawsiya.recommendations.choices import Status
from tests import factories

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEAD = ["symbol", "paragraph", "limb", "grade", "assessment", "date", "reasons"]
GOOD = [
    ["CCPR/C/XTM/CO/6", "24", "(a)–(d)", "C", "CCPR/C/127/2/Add.4", "2019-11-08", "No information"],
    ["CCPR/C/XTM/CO/6", "24", "(e)", "A", "CCPR/C/127/2/Add.4", "2019-11-08", ""],
]
# What a person types wrongly, with the column and the reason, by hand.
BAD = [
    (["", "24", "", "C", "CCPR/C/127/2", "2019-11-08", ""], "A", "needed and empty"),
    (["CCPR/C/XTM/CO/9", "24", "", "C", "CCPR/C/127/2", "2019-11-08", ""], "A", "no document of this symbol"),
    (["CCPR/C/XTM/CO/6", "99", "", "C", "CCPR/C/127/2", "2019-11-08", ""], "B", "no such recommendation"),
    (["CCPR/C/XTM/CO/6", "24", "x" * 41, "C", "CCPR/C/127/2", "2019-11-08", ""], "C", "too long"),
    (["CCPR/C/XTM/CO/6", "24", "", "F", "CCPR/C/127/2", "2019-11-08", ""], "D", "no grade of the body"),
    (["CCPR/C/XTM/CO/6", "24", "", "C", "", "2019-11-08", ""], "E", "needed and empty"),
    (["CCPR/C/XTM/CO/6", "24", "", "C", "CCPR/C/127/2", "8/11/2019", ""], "F", "2026-12-31"),
    (["CCPR/C/XTM/CO/6", "24", "", "C", "CCPR/C/127/2", "2099-01-01", ""], "F", "in the future"),
]


@pytest.fixture
def paragraph(db):
    factories.make_instance()
    document = factories.make_document("CCPR/C/XTM/CO/6", body="CCPR", published_on=date(2016, 12, 1))
    item = factories.make_recommendation(document, paragraph="24")
    factories.make_assessment(item, Status.IMPLEMENTED)
    return item


def _desk(role: Role = Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(factories.make_person(role, factories.the_delegation()), backend=BACKEND)
    return client


def _csv(rows: list[list[str]], mark: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([HEAD, *rows])
    return out.getvalue().encode("utf-8-sig")


def _workbook(rows: list[list[object]], head: list[str] | None = None, title: str = "") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Grades")
        above = 2 if title else 0
        if title:
            sheet.write(0, 0, title)
        for place, row in enumerate([head or HEAD, *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(place + above, column, cell)
                else:
                    sheet.write(place + above, column, cell)
    return out.getvalue()


def _see(client: Client, data: bytes, name: str = "grades.csv"):
    return client.post("/en/grades/file/", {"file": SimpleUploadedFile(name, data)})


def _apply(client: Client, seen):
    return client.post("/en/grades/file/preview/", {"payload": seen.context["payload"], "step": "apply"})


def test_nothing_is_recorded_before_it_was_seen(paragraph) -> None:
    desk = _desk()
    seen = _see(desk, _csv(GOOD))
    assert (seen.context["new"], seen.context["unchanged"], seen.context["refused_count"]) == (2, 0, 0)
    assert not Grade.objects.exists()
    assert _apply(desk, seen).status_code == 302
    rows = Grade.objects.filter(recommendation=paragraph).order_by("limb")
    assert [(row.limb, row.grade, row.reasons) for row in rows] == [
        ("(a)–(d)", "C", "No information"),
        ("(e)", "A", ""),
    ]
    publish(recommendation=paragraph, selection=TEXT_ONLY, by=factories.coordinator())
    assert len(voices_published(paragraph.pk)) == 2
    paragraph.refresh_from_db()
    assert paragraph.status == "implemented"
    listed = json.loads(desk.get("/en/voices.json?kind=grade").content)["results"]
    assert sorted(row["says"] for row in listed) == ["A (e)", "C (a)–(d)"]


def test_the_same_file_again_records_nothing(paragraph) -> None:
    desk = _desk()
    for expected in ((2, 0), (0, 2)):
        seen = _see(desk, _csv(GOOD))
        assert (seen.context["new"], seen.context["unchanged"]) == expected
        _apply(desk, seen)
    assert Grade.objects.count() == 2


def test_what_is_wrong_is_refused_by_row_and_column_and_the_rest_is_kept(paragraph) -> None:
    desk = _desk()
    seen = _see(desk, _csv(GOOD + [row for row, _column, _why in BAD]))
    found = [(one["row"], one["column"], str(one["why"])) for one in seen.context["refused"]]
    assert [(row, column) for row, column, _why in found] == [
        (number, column) for number, (_row, column, _why) in enumerate(BAD, 4)
    ]
    for (_number, _column, why), (_row, _place, expected) in zip(found, BAD, strict=True):
        assert expected in why
    refused = desk.post("/en/grades/file/preview/", {"payload": seen.context["payload"], "step": "refused"})
    lines = list(csv.reader(io.StringIO(refused.content.decode("utf-8-sig"))))
    assert len(lines) == len(BAD) + 1
    assert lines[5][1:4] == ["8", "D", "F"]
    _apply(desk, seen)
    assert Grade.objects.count() == 2


def test_a_row_given_twice_and_another_grade_of_the_same_document(paragraph) -> None:
    other = Assessed("B", "CCPR/C/127/2/Add.4", date(2019, 11, 8), "(e)")
    record_grade(recommendation=paragraph, assessed=other, by=factories.coordinator())
    seen = _see(_desk(), _csv([GOOD[0], GOOD[0], GOOD[1]]))
    found = [(one["row"], one["column"], str(one["why"])) for one in seen.context["refused"]]
    assert found == [
        (3, "D", "It is given twice."),
        (4, "D", "Another grade of this document is recorded; take that back first."),
    ]
    assert seen.context["new"] == 1


def test_a_workbook_with_a_title_french_heads_and_real_dates(paragraph) -> None:
    head = ["Cote", "Paragraphe", "Partie", "Note", "Évaluation", "Date", "Motifs", "Langue"]
    row = ["CCPR/C/XTM/CO/6", 24, "", "non satisfaisante", "CCPR/C/127/2", date(2019, 11, 8), "Rien", "fr"]
    desk = _desk()
    seen = _see(desk, _workbook([row], head, title="Suivi du Comité"), "grades.xlsx")
    _apply(desk, seen)
    (grade,) = Grade.objects.all()
    assert (grade.grade, grade.assessed_on, grade.language) == ("C", date(2019, 11, 8), "fr")


@pytest.mark.parametrize(
    ("body", "typed", "code"),
    [
        ("CCPR", "b1", "B1"),
        ("CCPR", "F", ""),
        ("CEDAW", "Partially implemented", "partially_implemented"),
        ("CEDAW", "non appliquée", "not_implemented"),
        ("CEDAW", "C", ""),
        ("CESCR", "تقدم غير كاف", "insufficient"),
        ("CED", "e", "E"),
    ],
)
def test_a_grade_is_of_the_scale_of_its_body(body: str, typed: str, code: str) -> None:
    assert code_of(typed, grade_names(body, date(2019, 11, 8))) == code


def test_a_body_without_a_known_scale_is_recorded_as_it_writes(paragraph) -> None:
    document = factories.make_document("CERD/C/XTM/CO/9", body="CERD", published_on=date(2018, 12, 1))
    factories.make_recommendation(document, paragraph="7")
    desk = _desk()
    row = ["CERD/C/XTM/CO/9", "7", "", "satisfied in part", "CERD/C/100/2", "2020-01-10", ""]
    _apply(desk, _see(desk, _csv([row])))
    assert Grade.objects.get().grade == "satisfied in part"


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"symbol,paragraph\n1,2\n", b"x" * 5_300_000, b"PK\x03\x04nothing"]
)
def test_what_is_no_file_of_grades(paragraph, data: bytes) -> None:
    answer = _see(_desk(), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_the_columns_that_are_missing_are_named() -> None:
    found = read([("", [["Cote", "Paragraphe", "Note"], ["X", "1", "C"]])])
    assert found.missing == ("assessment", "date")


def test_a_preview_is_its_readers_own(paragraph) -> None:
    payload = _see(_desk(), _csv(GOOD)).context["payload"]
    for sent in (payload, payload + "x", ""):
        answer = _desk().post("/en/grades/file/preview/", {"payload": sent, "step": "apply"})
        assert answer.status_code == 302
    assert not Grade.objects.exists()


def test_nobody_else_records(paragraph) -> None:
    desk = _desk(Role.ANALYST)
    assert _see(desk, _csv(GOOD)).status_code == 403
    assert desk.post("/en/grades/file/preview/", {"payload": "", "step": "apply"}).status_code == 403


def test_the_real_grades_of_the_human_rights_committee(db, shared_data: Path) -> None:
    """Three paragraphs of 2016, graded in 2019: 18 C, 24 (a) to (d) C, 24 (e) A, 42 C."""
    told = json.loads((shared_data / "reference/hrc_followup_morocco/MAR.json").read_text())["hrc"]
    meta, rows = told["meta"], []
    document = factories.make_document(meta["co_symbol"], body="CCPR", published_on=date(2016, 12, 1))
    factories.make_instance()
    for one in told["paragraphs"]:
        factories.make_recommendation(document, paragraph=str(one["para"]))
        rows += [
            [meta["co_symbol"], one["para"], part["limb"], part["grade"], meta["assessment_symbol"],
             "2019-11-08", part["eval"]]
            for part in one["limbs"]
        ]  # fmt: skip
    desk = _desk()
    seen = _see(desk, _workbook(rows), "hrc.xlsx")
    assert (seen.context["new"], seen.context["refused_count"]) == (4, 0)
    _apply(desk, seen)
    found = Grade.objects.order_by("recommendation__paragraph", "limb")
    assert [(row.recommendation.paragraph, row.limb, row.grade) for row in found] == [
        ("18", "", "C"),
        ("24", "(a), (b), (c) and (d)", "C"),
        ("24", "(e)", "A"),
        ("42", "", "C"),
    ]
    assert {row.symbol for row in found} == {"CCPR/C/127/2/Add.4"}
    assert {names["en"] for names in (grade_names("CCPR", row.assessed_on)[row.grade] for row in found)} == {
        "not satisfactory",
        "largely satisfactory",
    }
