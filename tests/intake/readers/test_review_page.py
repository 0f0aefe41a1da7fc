"""`tawsiya extract --review`: one page that needs nothing else and trusts no word of the document."""

import base64
import hashlib
import io
import re

import pytest
from bs4 import BeautifulSoup

from tawsiya.cli import main
from tawsiya.intake.readers import detect, extract, mirror
from tawsiya.intake.readers.layout import Layout
from tests.intake.readers.matrixbuilder import HEADER_2013, docx, matrix_2013, row, table
from tests.intake.readers.upr import pdf
from tests.intake.readers.upr.texts import ENGLISH

REPORT = pdf.report(ENGLISH)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(REPORT)
    return path


def written(path, target):
    out, err = io.StringIO(), io.StringIO()
    assert extract.review(path, target, out, err) == 0, err.getvalue()
    return BeautifulSoup(target.read_text("utf-8"), "html.parser"), out.getvalue()


def test_every_record_with_its_rectangle_on_its_page(report, tmp_path):
    page, said = written(report, tmp_path / "page.html")
    records = detect.read(REPORT).records
    listed = page.select("#records > li")
    assert len(listed) == len(records) == 17
    assert said.endswith(f"page.html: 17 records, {len(page.select('figure'))} pages\n")
    for item, record in zip(listed, records, strict=True):
        boxes = page.select(f"a[data-mark='{item['data-record']}'] rect")
        assert len(boxes) == len(record.boxes) > 0
        (number, left, top, *_rest) = record.boxes[0]
        assert boxes[0].find_parent("figure").figcaption.text == f"page {number}"
        assert float(boxes[0]["x"]) == pytest.approx(left - 3, abs=0.1)
        assert float(boxes[0]["y"]) == pytest.approx(top - 3, abs=0.1)
        assert item.select_one("a.name")["href"] == f"#{boxes[0]['id']}"


def test_it_stands_alone(report, tmp_path):
    page, _said = written(report, tmp_path / "page.html")
    sources = [tag["src"] for tag in page.select("[src]")]
    assert sources
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert not page.select("link, script[src], iframe, object")
    script = page.script.string
    policy = page.select_one("meta[http-equiv]")["content"]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_words_of_the_document_stay_words(tmp_path):
    hostile = '</script><script>alert(1)</script><img src=x onerror="alert(1)">'
    data = docx(table(row(*HEADER_2013), row(f"9.1 Build {hostile} (Chile)", "Noted", "E51", "")))
    result = detect.read(data)
    assert hostile in result.records[0].text
    text = mirror.html(result, detect.layout_of(data), {}, name=f'"><b>{hostile}')
    page = BeautifulSoup(text, "html.parser")
    assert len(page.select("script")) == 1
    assert page.select("img, b:not(.name)") == []
    assert hostile in page.select_one("#records").text


def test_arabic_runs_from_the_right():
    record = detect.read(matrix_2013()).records[0]
    from dataclasses import replace

    result = detect.read(matrix_2013())
    arabic = replace(record, language="ar", text="بناء المدارس")
    page = mirror.html(replace(result, records=(arabic,)), Layout("none"), {}, name="x")
    assert '<p dir="rtl" lang="ar">بناء المدارس</p>' in page


def test_a_word_file_shows_its_text(tmp_path):
    path = tmp_path / "matrix.docx"
    path.write_bytes(matrix_2013())
    page, _said = written(path, tmp_path / "page.html")
    assert "A Word file has no fixed pages" in page.select_one("#document").text
    assert len(page.select("p[data-mark]")) == 2


def test_the_command(report, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["extract", "--review", "report.pdf"]) == 0
    assert (tmp_path / "report.review.html").exists()
    assert main(["extract", "report.pdf", "--review", "other.html"]) == 0
    assert (tmp_path / "other.html").exists()
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_what_is_refused(report, tmp_path, capsys):
    assert main(["extract", str(report), "--review", str(tmp_path / "precious.docx")]) == 2
    assert not (tmp_path / "precious.docx").exists()
    assert main(["extract", str(report), "--review", str(tmp_path / "no" / "folder.html")]) == 2
    assert main(["extract", str(tmp_path / "none.pdf"), "--review", str(tmp_path / "x.html")]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 3
    assert all(re.match(r"tawsiya: .+\.$|tawsiya: There is no", line) for line in errors)
