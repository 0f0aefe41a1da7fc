"""Files made to harm: each ends in one clear refusal, or in a result, and in bounded time."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.records import ReadResult, UnreadableFile
from tests.intake.readers.matrixbuilder import (
    HEADER_2013,
    cell,
    docx,
    heading,
    matrix_2013,
    package,
    paragraph,
    parts,
    row,
    table,
)

GOOD = matrix_2013()
BODY = table(row(*HEADER_2013), row("9.1 Build schools (Chile)", "Noted", "E51", ""))


def with_part(name, data):
    return package(parts(BODY) | {name: data})


def document(inner):
    start, end = parts("@")["word/document.xml"].split(b"@")
    return start + inner + end


def entity_bomb():
    lines = b'<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "&a%d;&a%d;">' % (i, i - 1, i - 1) for i in range(1, 40)
    )
    return b"<!DOCTYPE x [" + lines + b"]><x>&a39;</x>"


def deep(levels):
    return document(b"<w:sdt><w:sdtContent>" * levels + b"</w:sdtContent></w:sdt>" * levels)


def nested_tables(levels):
    opening, closing = b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"
    return document(opening * levels + closing * levels)


def bomb():
    return with_part("word/document.xml", document(b" " * 60_000_000))


def many_entries():
    return package({f"junk/{i}": b"" for i in range(5000)} | parts(BODY))


def lying_header():
    """A part whose header says 10 bytes and whose stream holds fifty million."""
    data = bytearray(with_part("word/document.xml", document(b" " * 50_000_000)))
    name = b"word/document.xml"
    central = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    struct.pack_into("<I", data, central + 24, 10)
    return bytes(data)


def encrypted_part():
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


def duplicate():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts(BODY).items():
            archive.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("word/document.xml", b"<x/>")
    return buffer.getvalue()


def without(name):
    return package({n: d for n, d in parts(BODY).items() if n != name})


HOSTILE = {
    "entities": (lambda: with_part("word/document.xml", entity_bomb()), "xml_forbidden"),
    "external-entity": (
        lambda: with_part(
            "word/document.xml",
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        ),
        "xml_forbidden",
    ),
    "dtd-in-types": (lambda: with_part("[Content_Types].xml", entity_bomb()), "xml_forbidden"),
    "deep": (lambda: with_part("word/document.xml", deep(50_000)), "xml_too_deep"),
    "deep-tables": (lambda: with_part("word/document.xml", nested_tables(80)), "xml_too_deep"),
    "bomb": (bomb, "zip_bomb"),
    "lying-header": (lying_header, "zip_broken"),
    "many-entries": (many_entries, "zip_too_many"),
    "encrypted-part": (encrypted_part, "zip_part_encrypted"),
    "duplicate": (duplicate, "zip_duplicate"),
    "no-document": (lambda: without("word/document.xml"), "part_missing"),
    "no-links": (lambda: without("_rels/.rels"), "part_missing"),
    "no-types": (lambda: without("[Content_Types].xml"), "other_kind"),
    "half": (lambda: GOOD[: len(GOOD) // 2], "zip_broken"),
    "no-directory": (lambda: GOOD[:-30], "zip_broken"),
    "not-xml": (lambda: with_part("word/document.xml", b"hello"), "xml_broken"),
    "empty-xml": (lambda: with_part("word/document.xml", b""), "xml_broken"),
    "wrong-encoding": (
        lambda: with_part("word/document.xml", b'<?xml version="1.0" encoding="martian"?><x/>'),
        "xml_broken",
    ),
    "null-bytes": (lambda: with_part("word/document.xml", document(b"\x00")), "xml_broken"),
    "no-body": (
        lambda: with_part("word/document.xml", b"<x/>"),
        "part_missing",
    ),
    "many-elements": (
        lambda: with_part(
            "word/document.xml", document(b"".join(b"<w:p>%d</w:p>" % (i * i) for i in range(900_000)))
        ),
        "xml_too_big",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name, tmp_path):
    make, code = HOSTILE[name]
    path = tmp_path / f"{name}.docx"
    path.write_bytes(make())
    started = time.process_time()
    with pytest.raises(UnreadableFile) as refusal:
        detect.read(path.read_bytes(), filename=path.name)
    assert refusal.value.code == code
    assert "\n" not in refusal.value.message
    assert time.process_time() - started < 10


def test_absurd_numbers_in_the_markup_are_harmless():
    body = BODY.replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="99999999999"/>', 1)
    assert isinstance(detect.read(docx(body)), ReadResult)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 30_000,
        ")" * 30_000,
        "(" * 10_000 + "Chile" + ")" * 10_000,
        "(Chile) " * 4_000,
        "(Boliva) " * 4_000,
        "(" + "Chile, and " * 3_000 + ")",
        "9.1 " * 8_000,
        " " * 30_000 + "x",
        "Source of position: " * 2_000,
        "; " * 15_000,
        "a" * 200_000,
    ],
    ids=lambda text: text[:12].strip() or "blanks",
)
def test_text_made_to_stall_the_reader(text):
    body = table(
        row(*HEADER_2013),
        heading(f"Theme: {text}"),
        row(cell(f"9.1 {text}"), "Noted", cell(text), text),
    )
    started = time.process_time()
    (record,) = detect.read(docx(body, title=f"UPR of {text}")).records
    assert record.paragraph == "9.1"
    assert len(record.text) <= 20_000
    assert time.process_time() - started < 5


def outcome(data):
    """A result or an UnreadableFile; any other exception fails the test."""
    try:
        return detect.read(data)
    except UnreadableFile as refusal:
        return refusal


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_package_with_changed_bytes(data):
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(0, len(content) - 1))
        content[position] = data.draw(st.integers(0, 255))
    outcome(bytes(content))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_markup_with_changed_pieces(data):
    """Pieces of the XML cut out, doubled or moved: mostly well-formed enough to get far."""
    given_parts = parts(
        table(
            row(*HEADER_2013),
            heading("Theme: E51"),
            row(cell("9.1 Build schools (Chile) (Peru);", "Source of position: A/HRC/1/2"), "Noted", "E", ""),
        )
        + paragraph("end"),
        title="UPR of Chad (2nd Cycle – 17th session)",
    )
    name = data.draw(st.sampled_from(sorted(given_parts)))
    pieces = given_parts[name].decode().replace("<", "\0<").replace(">", ">\0").split("\0")
    for _ in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(pieces) - 1))
        change = data.draw(st.sampled_from(["cut", "double", "swap", "text"]))
        if change == "cut":
            pieces[index] = ""
        elif change == "double":
            pieces[index] *= 2
        elif change == "swap":
            other = data.draw(st.integers(0, len(pieces) - 1))
            pieces[index], pieces[other] = pieces[other], pieces[index]
        else:
            pieces[index] = data.draw(st.text(max_size=20)).replace("\0", "")
    mutated = "".join(pieces).encode("utf-8", "surrogatepass")
    outcome(package(given_parts | {name: mutated}))


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
    position=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)
def test_any_text_in_any_cell(text, position):
    body = table(row(*HEADER_2013), row(f"9.1 {text}", position, text, text), row(text, "", text, ""))
    outcome(docx(body, title=text))


@given(data=st.binary(max_size=300))
def test_any_bytes(data):
    outcome(data)
    outcome(b"PK\x03\x04" + data)
