"""An export of any size: read in pieces by several processes, the same as by one."""

from __future__ import annotations

import gzip
import json
import uuid
from pathlib import Path

import pytest

from tawsiya.analysis.world_columns import COLUMNS
from tawsiya.core.text import lexemes
from tawsiya.core.text.bulk import BulkAnalyser
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.uhri import bulk, ranges, rows
from tests.intake.readers.uhri.samples import concern, export, guid, raw, workbook
from tests.intake.readers.uhri.test_files import ROW

# With the quotation mark that ends the text: like the end of a record and the beginning of the next.
TRAP = "The drawing on the wall of the well shows }, {"


def pieces(data: bytes, workers: int = 1) -> list[dict[str, object]]:
    return [
        record
        for worker in range(workers)
        for record, _text in ranges.Pieces(data, worker=worker, workers=workers).records()
    ]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "PIECE", 700)


def test_pieces_cover_every_record_once() -> None:
    wanted = [raw(number) for number in range(1, 30)]
    for workers in (1, 2, 3):
        found = pieces(export(*wanted), workers)
        assert sorted(str(r["AnnotationId"]) for r in found) == [guid(number) for number in range(1, 30)]


def test_json_as_written_comes_with_each_record() -> None:
    found = list(ranges.Pieces(export(raw(1), raw(2))).records())
    assert [json.loads(text) for _record, text in found] == [raw(1), raw(2)]


def test_a_text_that_looks_like_records_is_torn_for_several_and_whole_for_one() -> None:
    data = json.dumps([raw(n, Text=TRAP) for n in range(12)]).encode()
    with pytest.raises(ranges.Torn):
        pieces(data, 2)
    assert [record["Text"] for record in pieces(data)] == [TRAP] * 12


def file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "export.json"
    path.write_bytes(data)
    return path


def read(path: Path, **asked: object) -> tuple[list[list[str]], list[str], dict[str, int]]:
    reading = bulk.Reading(**asked)  # type: ignore[arg-type] # as named by the test
    lines, unchanged = "", b""
    for kind, data in bulk.read(path, reading):
        if kind == bulk.ROWS:
            lines += data.decode()
        else:
            unchanged += data
    known = [str(uuid.UUID(bytes=unchanged[at : at + 16])) for at in range(0, len(unchanged), 16)]
    return [line.split("\t") for line in lines.splitlines()], known, dict(reading.counts)


def test_a_line_holds_what_the_record_says(tmp_path: Path) -> None:
    (line,), _known, counts = read(file(tmp_path, export(raw(Text='132.1 A "wall"\\ well (New Zealand);'))))
    found = dict(zip(COLUMNS, line, strict=True))
    assert counts == {"records": 1}
    assert found["external_id"] == guid(1).replace("-", "")
    assert found["text"] == 'A "wall"\\\\ well'
    assert found["states"] == '{"XTM"}'
    assert found["themes"] == '{"Right to water & sanitation","Right to health"}'
    assert (found["published_on"], found["year"], found["upr_cycle"]) == ("2022-12-20", "2022", "4")
    assert set(found["lexemes"].split()) == {f"'{stem}'" for stem in lexemes(' A "wall"\\ well', "en")}


def test_what_is_known_is_not_sent_again_and_the_own_is_left_out(tmp_path: Path) -> None:
    text = next(ranges.Pieces(export(raw(1))).records())[1]
    known = rows.fingerprint(text).to_bytes(8, "big", signed=True)
    path = file(
        tmp_path, export(raw(1), concern(2, Countries=["Chile"]), raw(3), raw(4, AnnotationId="none"))
    )
    lines, unchanged, counts = read(path, known=known, without="XTM")
    assert [line[0] for line in lines] == [guid(2).replace("-", "")]
    assert unchanged == [guid(1)]
    assert counts == {"records": 4, "own": 1, "no_identifier": 1}


@pytest.mark.parametrize("data", [gzip.compress(export(raw())), workbook([ROW])], ids=["gzip", "xlsx"])
def test_other_forms(tmp_path: Path, data: bytes) -> None:
    ((identity, *_rest),), _known, _counts = read(file(tmp_path, data))
    assert identity == guid(1).replace("-", "")


def test_the_records_of_one_state_make_a_smaller_export_always_the_same(tmp_path: Path) -> None:
    there = [raw(1), concern(2, Text=TRAP), raw(3, Countries=["Chile"])]
    first = bulk.records_about(file(tmp_path, export(*there)), "XTM")
    again = bulk.records_about(file(tmp_path, export(*reversed(there))), "XTM")
    assert first == again
    assert json.loads(first) == [raw(1), concern(2, Text=TRAP)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"words", "json_broken"),
        (export(raw())[:-1], "json_cut_short"),
        (export(raw()) + b"x", "json_cut_short"),
        (b'[{"a": ' + b"[" * 100_000 + b"}]", "json_too_deep"),
        (workbook([("a",)], ("b",)), "no_annotations"),
    ],
)
def test_a_hostile_file_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = file(tmp_path, data)
    with pytest.raises((UnreadableFile, bulk.Torn)):
        list(bulk.read(path, bulk.Reading()))
    with pytest.raises(UnreadableFile) as refusal:
        list(bulk.read(path, bulk.Reading(), alone=True))
    assert refusal.value.code == code


def test_a_child_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, export(*(raw(n, Text="well " * 30_000) for n in range(60))))
    with pytest.raises(UnreadableFile) as refusal:
        list(bulk.read(path, bulk.Reading(), limits=bulk.Limits(memory=30 * 1024 * 1024)))
    assert refusal.value.code in {"out_of_memory", "reader_crashed"}


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        list(bulk.read(Path("/nowhere/export.json"), bulk.Reading()))
    assert refusal.value.code == "missing_file"


@pytest.mark.parametrize(
    "text",
    [
        "Ratify CRPD/C/XTM/CO/1, para. 132.90; non-discrimination of 1,000 girls’ schools¦",
        "de\u0301fense soft\u00adhyphen l’État ٤٩ التعليم",
        "plain words only",
        "",
    ],
)
def test_the_analysis_in_bulk_is_the_analysis(text: str) -> None:
    for language in ("en", "fr", "ar"):
        analyser = BulkAnalyser(language)  # type: ignore[arg-type] # the three it knows
        assert analyser.lexemes(text) == set(lexemes(text, language))  # type: ignore[arg-type] # as above
        assert analyser.lexemes(text) == set(lexemes(text, language))  # type: ignore[arg-type] # as above
