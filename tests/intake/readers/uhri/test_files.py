"""Whole files: found by what they are, read alike whatever their form, refused in a sentence."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tawsiya.intake.readers import detect, sandbox
from tawsiya.intake.readers.records import Record, UnreadableFile
from tests.intake.readers.matrixpeer import shared_data
from tests.intake.readers.uhri.samples import HEADERS, concern, export, guid, raw, workbook

ROW = (
    "132.1 Open the wells of the villages to all who live near them (New Zealand);",
    "- Tamourt",
    "- UPR",
    "A/HRC/52/70",
    "- Right to water & sanitation\n- Right to health",
    "",
    "- 6 - CLEAN WATER\n- 6.2 - Sanitation",
    44915,
    "- New Zealand",
    "- Supported",
    "- Recommendations",
    guid(1),
    "- 41",
    "- Africa",
    "- Oceania",
    "2023-01-10",
)


def expected(record: Record) -> None:
    assert (record.mechanism, record.symbol, record.paragraph) == ("UPR", "A/HRC/52/70", "132.1")
    assert record.text == "Open the wells of the villages to all who live near them"
    assert (record.language, record.kind, record.position) == ("en", "recommendation", "supported")
    assert record.recommending_states == ("NZL",)
    assert record.concerns == ("XTM",)
    assert record.themes == ("Right to water & sanitation", "Right to health")
    assert record.affected_persons == ()
    assert record.sdg_codes == ("6", "6.2")
    assert record.external_id == guid(1)
    assert record.document.date == date(2022, 12, 20)
    assert (record.document.review.cycle, record.document.review.session) == (4, 41)
    assert record.document.type == "upr_report"


@pytest.mark.parametrize(
    "data",
    [
        export(raw()),
        b"\xef\xbb\xbf" + export(raw()),
        json.dumps(raw()).encode() + b"\n",
        gzip.compress(export(raw())),
        workbook([ROW]),
        # Other spelling, other case, other order.
        workbook([ROW[::-1]], [header.upper().replace("CC", "C") for header in HEADERS[::-1]]),
    ],
    ids=["json", "with a mark", "jsonl", "gzip", "xlsx", "xlsx spelt otherwise"],
)
def test_every_form_gives_the_same_record(data: bytes) -> None:
    result = detect.read(data, filename="whatever.docx")
    assert result.document.type == "uhri_export"
    assert result.document.review.state == "XTM"
    (record,) = result.records
    expected(record)
    assert Record.from_json(json.loads(json.dumps(record.as_json()))) == record


def test_a_concern_with_its_heading() -> None:
    (record,) = detect.read(export(concern())).records
    assert (record.kind, record.mechanism, record.paragraph, record.heading) == (
        "concern",
        "CRC",
        "2",
        "Right to education",
    )
    assert record.text == "The Committee is concerned that the wells of the schools are dry."
    assert record.document.type == "concluding_observations"
    assert (record.document.review.cycle, record.position) == (None, None)


def test_of_two_records_with_one_identifier_the_richer_stays() -> None:
    result = detect.read(export(raw(Themes=[]), raw(), raw(Sdgs=[], Themes=[])))
    (record,) = result.records
    expected(record)
    assert [(w.code, w.params) for w in result.warnings] == [("annotations_repeated", {"count": 2})]


def test_an_empty_list_of_countries_is_filled_by_a_symbol_that_names_the_state() -> None:
    first, second = detect.read(export(concern(Countries=[]), raw(3, Countries=[]))).records
    assert first.concerns == ("XTM",)
    assert second.concerns == ()


def test_a_record_of_the_interface_in_its_languages() -> None:
    record = {
        "annotationId": guid(5),
        "symbol": "CRC/C/XTM/CO/3",
        "publicationDate": "2021-06-04T00:00:00",
        "annotationType": "aa43335f-ec93-415e-bd4a-87ec91225983",
        "countryIds": ["00000000-0000-0000-0000-000000000001"],
        "sdgsIds": ["785c628c-417f-4fc0-8f01-a091a3ef859a"],
        "bodyId": "4aad6bf9-023b-44d8-8117-60c4a3855a3c",
        "uprCycle": None,
        "en": "15. The Committee asks for wells.",
        "fr": "15. Le Comité demande des puits.",
        "ar": "\r\n 15-\r\n تطلب اللجنة حفر الآبار.\r\n ",
    }
    (made,) = detect.read(json.dumps(record).encode()).records
    assert (made.paragraph, made.text, made.language) == ("15", "The Committee asks for wells.", "en")
    assert made.translations == (("fr", "Le Comité demande des puits."), ("ar", "تطلب اللجنة حفر الآبار."))
    assert (made.mechanism, made.kind, made.sdg_codes) == ("CRC", "recommendation", ("1",))
    assert made.concerns == ("XTM",)


def test_the_given_records_of_the_interface() -> None:
    folder = shared_data()
    if folder is None:
        pytest.skip("the real records are not here: set TAWSIYA_SHARED_DATA")
    result = sandbox.read((folder / "uhri_six_languages" / "records.jsonl.gz").read_bytes())
    assert len(result.records) == 400
    assert sum(record.paragraph is not None for record in result.records) == 385
    assert sum(record.kind == "concern" for record in result.records) == 73
    assert all(len(record.translations) == 5 for record in result.records)
    assert all(record.sdg_codes for record in result.records)
    assert {record.mechanism for record in result.records} == {
        "UPR", "CRC", "CESCR", "CRPD", "CCPR", "CEDAW", "CERD", "CMW", "CAT", "CED",
    }  # fmt: skip


def bomb() -> bytes:
    """A workbook whose sheet unpacks to a thousand times its size."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([ROW]))) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(name, b" " * 60_000_000 if name.startswith("xl/worksheets/") else source.read(name))
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (export(raw())[:-40], "json_cut_short"),
        (export(raw()).replace(b'"Symbol": ', b'"Symbol" ', 1), "json_broken"),
        (export(raw(), raw(2)).replace(b"},", b"}", 1), "json_broken"),
        (b'[{"AnnotationId": 1}, 4]', "json_broken"),
        (b'[{"AnnotationId": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "json_too_deep"),
        (b'[{"AnnotationId": "x"}]', "no_annotations"),
        (b'[{"AnnotationId": "' + b"x" * 17_000_000 + b'"}]', "json_record_too_large"),
        (b'[{"AnnotationId": "\xff\xfe"}]', "json_broken"),
        (gzip.compress(export(raw()))[:-9], "gzip_broken"),
        (b"\x1f\x8b" + b"x" * 50, "gzip_broken"),
        (gzip.compress(b'[{"AnnotationId": "' + bytes(140_000_000)), "too_large"),
        (workbook([ROW])[:-200], "zip_broken"),
        (bomb(), "zip_bomb"),
        (b'{"name": "any other JSON"}', "other_kind"),
        (workbook([("a", "b")], ("Name", "Value")), "spreadsheet"),
    ],
    ids=[
        "cut short", "colon lost", "comma lost", "no object", "deep", "other records", "endless value",
        "no UTF-8", "gzip cut", "gzip broken", "gzip bomb", "xlsx cut", "xlsx bomb", "other JSON", "other workbook",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read(data)
    assert refusal.value.code == code
    assert refusal.value.message


def test_the_name_never_decides(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        detect.read(b"plain words", filename="export-full-en.json")
    assert refusal.value.params["kind_code"] == "kind_text"
