"""The child process: the same result as without it, and one refusal whatever happens to it."""

import io
import json
import os
import sys
import time
from contextlib import suppress

import pytest

from tawsiya.core.sandbox import Pool
from tawsiya.intake.readers import child, detect, sandbox
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sandbox import MIB, Limits
from tests.intake.readers.matrixbuilder import (
    HEADER_2013,
    docx,
    matrix_2013,
    matrix_2014,
    package,
    parts,
    row,
    table,
)

LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux enforces a limit on a process's memory"
)


def large(rows=20_000):
    """A matrix that takes some seconds and over 100 MiB."""
    line = row("9.1 Build schools (Chile)", "Noted", "E51", "")
    return docx(table(row(*HEADER_2013), *([line] * (rows - 1))))


@pytest.mark.parametrize("data", [matrix_2013(), matrix_2014()])
def test_same_result_as_without(data):
    assert sandbox.read(data, filename="UPR18.docx") == detect.read(data, filename="UPR18.docx")


def test_a_refusal_comes_through_with_its_parameters():
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read(b"GIF89a")
    assert refusal.value.code == "other_kind"
    assert refusal.value.params == {"kind": "an image", "kind_code": "kind_image"}


def test_a_file_name_cannot_break_the_protocol():
    name = 'a"\n\x00{}\udcff.docx'
    assert len(sandbox.read(matrix_2013(), filename=name).records) == 2


def test_time_is_capped():
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read(large(), limits=Limits(seconds=1))
    assert refusal.value.code in ("timed_out", "reader_crashed")
    assert time.monotonic() - started < 5


@LINUX
def test_memory_is_capped():
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read(large(), limits=Limits(memory=100 * MIB))
    assert refusal.value.code == "out_of_memory"
    assert refusal.value.params == {"limit_mib": 100}


def test_output_is_capped():
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read(matrix_2013(), limits=Limits(output=500))
    assert refusal.value.code == "output_too_large"


@LINUX
def test_too_little_memory_to_start_is_a_refusal_too():
    with pytest.raises(UnreadableFile):
        # A small file may fit into what the interpreter holds already.
        sandbox.read(large(), limits=Limits(memory=MIB))


def test_a_crashed_child_is_a_refusal(monkeypatch):
    monkeypatch.setattr(sandbox, "POOL", Pool("no.such.module"))
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read(matrix_2013())
    assert refusal.value.code == "reader_crashed"
    sandbox.POOL.close()


@pytest.mark.parametrize("answer", [[], [b""], [b"not json"], [b"[]"], [b'{"x": 1}'], [b'{"document": 1}']])
def test_an_answer_that_is_none_is_a_refusal(answer):
    with pytest.raises(UnreadableFile) as refusal, sandbox._as_agreed():
        sandbox._result(iter(answer))
    assert refusal.value.code == "reader_crashed"


def test_a_refusal_costs_no_child():
    """Damaged files come in rows: a new process for each would make the next reader wait."""
    pids = set()
    for data in (matrix_2013(), b"GIF89a", b"%PDF-1.7", matrix_2013()):
        with suppress(UnreadableFile):
            sandbox.read(data)
        pids |= {child.pid for child in sandbox.POOL._all}
    assert len(pids) == 1


def test_the_child_imports_neither_django_nor_a_database_driver():
    """Start-up stays light: checked in a fresh interpreter."""
    import subprocess

    code = (
        "import sys, tawsiya.core.sandbox.child, tawsiya.intake.readers.child;"
        "print([m for m in ('django', 'psycopg', 'docx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]"


def test_the_answer_of_the_child():
    head, *records = map(json.loads, child.document(io.BytesIO(matrix_2013()), {"filename": "x"}))
    assert head["document"]["review"]["state"] == "MRT"
    assert [r["paragraph"] for r in records] == ["91.4", "91.5"]


@LINUX
@pytest.mark.slow
def test_the_largest_xml_that_is_let_in_fits_into_memory():
    """The bound on elements is reached before the bound on memory."""
    start, end = parts("@")["word/document.xml"].split(b"@")
    body = b"".join(b'<w:p w:a="%d"/>' % (i * i) for i in range(790_000))
    data = package(parts("x") | {"word/document.xml": start + body + end})
    with pytest.raises(UnreadableFile) as refusal:
        sandbox.read(data)
    assert refusal.value.code == "not_a_matrix"
