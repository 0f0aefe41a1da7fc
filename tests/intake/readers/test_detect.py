"""A file is known by what it is, and a refusal says what it is."""

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.messages import MESSAGES
from tawsiya.intake.readers.records import UnreadableFile
from tests.intake.readers.matrixbuilder import matrix_2025, package, parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def renamed(main_type):
    """A package whose main part has another content type."""
    given = parts("<w:p/>")
    types = given["[Content_Types].xml"].decode()
    old = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return package(given | {"[Content_Types].xml": types.replace(old, main_type).encode()})


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty", "empty"),
        (b"%PDF-1.7\n", "pdf_broken", "no complete PDF file"),
        (b"junk %PDF-1.4", "pdf_broken", "no complete PDF file"),
        (b"{\\rtf1 x}", "other_kind", "an RTF text"),
        (b"\x89PNG\r\n", "other_kind", "an image"),
        (b"MZ\x90", "other_kind", "a program"),
        (b"<!DOCTYPE html><p>", "other_kind", "a web page"),
        (b'<?xml version="1.0"?><a/>', "other_kind", "an XML file"),
        (b'[{"Text": "x"}]', "other_kind", "a JSON file"),
        (b"Dear all,", "other_kind", "a plain text"),
        (b"\x01\x00\x02", "other_kind", "a file of unknown kind"),
        (OLE + "WordDocument".encode("utf-16-le"), "legacy_word", "save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        (OLE + "Workbook".encode("utf-16-le"), "legacy_office", "not a Word text"),
        (package({"a.txt": b"x"}), "other_kind", "an archive"),
        (package({"mimetype": b"x", "content.xml": b"x"}), "other_kind", "an OpenDocument file"),
        (
            renamed("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
            "spreadsheet",
            "what its columns hold",
        ),
        (
            renamed("application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"),
            "other_kind",
            "a PowerPoint presentation",
        ),
    ],
)
def test_refusals(data, code, words):
    with pytest.raises(UnreadableFile) as refusal:
        detect.read(data, filename="matrix.docx")
    assert refusal.value.code == code
    assert words in refusal.value.message
    assert "\n" not in refusal.value.message
    assert refusal.value.message == MESSAGES[code] % refusal.value.params


def test_the_name_does_not_decide():
    assert len(detect.read(matrix_2025(), filename="notes.pdf").records) == 1


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_templates_and_macro_files_are_word_too(kind):
    with pytest.raises(UnreadableFile) as refusal:
        detect.read(renamed(kind))
    assert refusal.value.code == "not_a_matrix"


def test_strict_open_xml_is_read():
    from tests.intake.readers.matrixbuilder import HEADER_2013, row, table

    body = table(row(*HEADER_2013), row("9.1 Build schools (Chile)", "Noted", "E51", ""))
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, data in parts(body).items()
    }
    assert detect.read(package(strict)).records[0].paragraph == "9.1"
