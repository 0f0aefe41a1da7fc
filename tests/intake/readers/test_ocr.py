"""Scans through Tesseract: the records of the same report with a text layer, each marked."""

import io

import pypdfium2
import pytest

from tawsiya.intake.readers import ocr, sandbox
from tawsiya.intake.readers.records import UnreadableFile
from tests.intake.readers.upr import pdf, typeset
from tests.intake.readers.upr.texts import ARABIC, ENGLISH

needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="Tesseract is not installed")


def scanned(data: bytes) -> bytes:
    """The pages of a PDF as pictures, at 200 dots per inch, in a PDF without text."""
    pages = [page.render(scale=200 / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(data)]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return stream.getvalue()


def test_without_tesseract_the_way_out_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    scan = scanned(pdf.report(ENGLISH))
    with pytest.raises(UnreadableFile, match="picture of its 2 pages"):
        sandbox.read(scan, scans=True)
    with pytest.raises(UnreadableFile, match="only where Tesseract is installed"):
        sandbox.recognise(scan)


def test_only_pages_of_pdf_files_are_recognised():
    with pytest.raises(UnreadableFile, match="PDF files only"):
        sandbox.recognise(b"PK\x03\x04")


@needs_tesseract
def test_a_scan_gives_the_records_of_its_text_each_marked():
    report = pdf.report(ENGLISH)
    scan = scanned(report)
    with pytest.raises(UnreadableFile, match="picture of its 2 pages"):
        sandbox.read(scan)

    read, known = sandbox.read(scan, scans=True), sandbox.read(report)

    assert [record.paragraph for record in read.records] == [record.paragraph for record in known.records]
    assert [record.position for record in read.records] == [record.position for record in known.records]
    same = sum(one.text == other.text for one, other in zip(read.records, known.records, strict=True))
    assert same >= len(known.records) - 2
    assert all(record.warnings[0].code == "text_recognised" for record in read.records)
    assert all(record.boxes for record in read.records)


@needs_tesseract
def test_lines_keep_their_places_on_the_way_to_a_child():
    pages = ocr.from_json(sandbox.recognise(scanned(pdf.report(ENGLISH))))
    (first, _second) = pages
    assert (round(first.width), round(first.height)) == (595, 842)
    assert ocr.from_json(ocr.to_json(pages)) == pages
    assert all(0 < line.x0 < line.x1 < 595 and 0 < line.top < line.bottom < 842 for line in first.lines)


@needs_tesseract
def test_a_symbol_in_latin_letters_is_read_on_arabic_pages():
    pages = ocr.from_json(sandbox.recognise(scanned(typeset.report(ARABIC, "ar"))))
    assert len(pages) > 1
    assert all(any("A/HRC/52/99" in line.text for line in page.lines) for page in pages[1:])


@needs_tesseract
def test_paragraphs_of_arabic_pages_begin_with_their_numbers():
    """Tesseract reads ٣ as "؟" or a dash; the figures are looked at by themselves."""
    typst = pytest.importorskip("typst")
    words = [
        "تشعر اللجنة بالقلق إزاء بعد المدارس عن القرى.",
        "توصي اللجنة الدولة الطرف ببناء مدارس جديدة.",
    ] * 3
    lines = [
        '#set page(paper: "a4", margin: (x: 85pt, y: 95pt))',
        '#set text(font: "Noto Sans Arabic", size: 11pt, lang: "ar", dir: rtl)',
        "#set par(leading: 8pt, spacing: 14pt)",
        *(f"#par[{figure} –#h(24pt);{text} {text}]" for figure, text in zip("١٢٣٤٥٦", words, strict=True)),
    ]
    report = bytes(typst.compile("\n\n".join(lines).encode(), font_paths=[str(typeset.FONTS)]))
    (page,) = ocr.from_json(sandbox.recognise(scanned(report)))
    begins = [line.text.partition(" ")[0] for line in page.lines if line.begins]
    assert begins == ["1-", "2-", "3-", "4-", "5-", "6-"]
