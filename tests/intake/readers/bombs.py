"""Files made to harm: one function for each, what it is called, and what may be said of it.

``python -m tests.intake.readers.bombs FOLDER`` writes them all. Those of the Word and PDF readers' own
tests are among them. ``READ`` says that a bomb does no harm and is read like any file.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.intake.readers import test_hostile as word
from tests.intake.readers.matrixbuilder import (
    HEADER_2013,
    cell,
    docx,
    numbered,
    package,
    paragraph,
    parts,
    row,
    table,
)
from tests.intake.readers.upr import pdf
from tests.intake.readers.upr import test_hostile_pdfs as pdfs
from tests.intake.readers.upr.test_hostile_pdfs import CATALOGUE, FONT, GOOD, PAGE, one_page, stream

READ = "(read)"


@dataclass(frozen=True, slots=True)
class Bomb:
    """How a file is made, the name it is sent under, the codes of refusal that say what is wrong with it."""

    make: Callable[[], bytes]
    name: str
    codes: frozenset[str]


def matrix(*cells: str, more: dict[str, bytes] | None = None) -> bytes:
    """A matrix of one row; further parts are put into the package."""
    body = table(row(*HEADER_2013), row(*cells))
    return package(parts(body) | (more or {}))


GOOD_CELLS = ("9.1 Build schools (Chile)", "Noted", "E51", "")


# Zip


def zip_in_zip(levels: int = 6, width: int = 10) -> bytes:
    """An archive of archives of archives; the innermost are large."""
    data = zlib_zip({"zeros": bytes(4_000_000)})
    for _ in range(levels):
        data = zlib_zip({f"{number}.zip": data for number in range(width)})
    return data


def zlib_zip(contents: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return target.getvalue()


def overlapping(count: int = 3_000) -> bytes:
    """Entries of the directory that all mean the same packed bytes."""
    content = bytes(20_000_000)
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(content) + packed.flush()
    name, crc = b"word/document.xml", zlib.crc32(content)
    local = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), len(content), len(name), 0
    )
    data = local + name + body
    directory = b""
    for number in range(count):
        other = name if number == 0 else b"word/%d.xml" % number
        fields = (
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            0,
            crc,
            len(body),
            len(content),
            len(other),
            0,
            0,
            0,
            0,
            0,
            0,
        )
        directory += struct.pack("<4s6H3I5H2I", *fields) + other
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(data), 0)
    return data + directory + end


def packed_strangely(method: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in parts(table(row(*HEADER_2013), row(*GOOD_CELLS))).items():
            archive.writestr(name, data)
    return target.getvalue()


def declared_huge() -> bytes:
    """A directory that says a part unpacks to four gigabytes."""
    data = bytearray(matrix(*GOOD_CELLS))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 0xFFFFFFF0)
    return bytes(data)


# XML


def in_document(xml: bytes) -> bytes:
    return word.with_part("word/document.xml", xml)


def blowup() -> bytes:
    """One large entity, named many times."""
    return b'<!DOCTYPE x [<!ENTITY a "%s">]><x>%s</x>' % (b"A" * 100_000, b"&a;" * 10_000)


def many_attributes() -> bytes:
    attributes = b" ".join(b'a%d="x"' % number for number in range(300_000))
    return word.document(b"<w:p %s/>" % attributes)


def many_namespaces() -> bytes:
    return word.document(b"".join(b'<a xmlns="urn:%d"/>' % number for number in range(200_000)))


def huge_cell(size: int = 30_000_000) -> bytes:
    return docx(
        table(row(*HEADER_2013), row(f"9.1 {'Build schools, ' * (size // 15)}(Chile)", "Noted", "E51", ""))
    )


def many_rows(count: int = 60_000) -> bytes:
    line = row("9.1 Build (Chile)", "Noted", "E", "")
    return docx(table(row(*HEADER_2013), *([line] * count)))


def styles_in_a_circle() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:basedOn w:val="S{(n + 1) % 5}"/></w:style>'
        for n in range(5)
    )
    body = table(
        row(*HEADER_2013),
        row(cell(paragraph("9.1 Build (Chile)", properties='<w:pStyle w:val="S0"/>')), "Noted", "E", ""),
    )
    return docx(body, more={"styles": f"{_open('w:styles')}{styles}</w:styles>"})


def numbers_in_a_circle() -> bytes:
    numbering = (
        f"{_open('w:numbering')}<w:abstractNum w:abstractNumId='0'><w:numStyleLink w:val='L'/></w:abstractNum>"
        "<w:abstractNum w:abstractNumId='1'><w:styleLink w:val='L'/><w:numStyleLink w:val='L'/></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    return docx(
        table(row(*HEADER_2013), row(cell(numbered("Build (Chile)")), "Noted", "E", "")),
        more={"numbering": numbering},
    )


def numbers_that_jump() -> bytes:
    """Counting that starts at two thousand million, in Roman figures and in letters."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="2000000000"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="%{level + 1}."/></w:lvl>'
        for level, kind in enumerate(("upperRoman", "lowerLetter", "decimal"))
    )
    numbering = (
        f"{_open('w:numbering')}<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    body = "".join(numbered("Build (Chile)", level=level) for level in (0, 1, 2))
    return docx(table(row(*HEADER_2013), row(cell(body), "Noted", "E", "")), more={"numbering": numbering})


def _open(tag: str) -> str:
    return f'<{tag} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def links_in_a_circle() -> bytes:
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r"'
        b' Type="http://x/officeDocument" Target="_rels/.rels"/></Relationships>'
    )
    return package(parts(table(row(*HEADER_2013))) | {"_rels/.rels": links})


# Formulas: words that a spreadsheet would take for orders


def formulas() -> bytes:
    field = (
        '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot; "><w:r><w:t>9.1 '
        "=HYPERLINK(&quot;http://example.org&quot;) (Chile)</w:t></w:r></w:fldSimple></w:p>"
    )
    return matrix(cell(field), "=Noted", "@SUM(1+1)*cmd|' /C calc'!A0", "+1")


# PDF


def page_tree(depth: int = 100_000) -> bytes:
    """Nodes within nodes, the page at the bottom."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(depth)]
    return pdf.assembled([CATALOGUE, *nodes, PAGE])


def filters(times: int = 12) -> bytes:
    data = bytes(200_000_000)
    for _ in range(2):
        data = zlib.compress(data, 9)
    return one_page(stream(data, b"/Filter[%s]" % (b"/FlateDecode" * 2 + b"/ASCIIHexDecode" * (times - 2))))


def filters_nested() -> bytes:
    data = bytes(300_000_000)
    for _ in range(3):
        data = zlib.compress(data, 9)
    return one_page(stream(data, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def tables_in_a_circle() -> bytes:
    at = GOOD.rfind(b"xref")
    return GOOD.replace(b"trailer<<", b"trailer<</Prev %d" % at, 1).replace(
        b"trailer <<", b"trailer <</Prev %d" % at, 1
    )


def table_of_millions() -> bytes:
    return (
        GOOD[: GOOD.rfind(b"xref")]
        + b"xref\n0 99999999\n0000000000 65535 f \ntrailer<</Size 99999999/Root 1 0 R>>\n%%EOF"
    )


def endless_object() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + b"<<" * 3_000_000


def endless_array() -> bytes:
    return one_page(b"[" * 2_000_000)


def objects_without_end() -> bytes:
    return pdf.assembled(
        [CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>", *(b"%d 0 R" % (n + 4) for n in range(300_000))]
    )


def font_that_draws_itself() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[9]"
        b"/Encoding<</Differences[65/A]>>/CharProcs<</A 4 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    return pdf.assembled(
        [
            CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            PAGE,
            stream(b"BT /F1 9 Tf (AAAA) Tj ET " * 50),
            font,
        ]
    )


def pattern_that_fills_itself() -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Pattern<</P 6 0 R>>>>>>"
    )
    fill = b"/Pattern cs /P scn 0 0 500 500 re f "
    pattern = stream(
        fill * 20,
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001"
        b"/Resources<</Pattern<</P 6 0 R>>>>",
    )
    return pdf.assembled(
        [CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(fill), FONT, pattern]
    )


def picture_of_gigabytes(filter_name: bytes = b"/FlateDecode") -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
    )
    image = stream(
        zlib.compress(bytes(50_000_000), 9),
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter"
        + filter_name,
    )
    draw = stream(b"q 500 0 0 500 0 0 cm /X Do Q " * 20)
    return pdf.assembled([CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, draw, FONT, image])


def page_of_miles() -> bytes:
    return GOOD.replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]")


def states_saved(count: int = 5_000_000) -> bytes:
    return one_page(stream(zlib.compress(b"q " * count, 9), b"/Filter/FlateDecode"))


def curves(count: int = 3_000_000) -> bytes:
    return one_page(stream(zlib.compress(b"9 9 m 5 5 l 1 2 3 4 5 6 c " * count, 9), b"/Filter/FlateDecode"))


def letters_map_in_a_circle() -> bytes:
    cmap = stream(b"/CIDInit /ProcSet findresource begin begincmap /X usecmap 1 begincodespacerange <00> <FF> "
                  b"endcodespacerange 1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange endcmap " * 1000, b"/UseCMap 6 0 R")  # fmt: skip
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 6 0 R/ToUnicode 6 0 R/DescendantFonts[5 0 R]>>"
    text = stream(b"BT /F1 9 Tf 9 9 Td (hello hello hello) Tj ET")
    return pdf.assembled([CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, text, font, cmap])


def script_at_opening() -> bytes:
    action = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(true){app.alert(1)})>>/AA<</O<</S/Launch/F(calc)>>>>>>"
    return GOOD.replace(CATALOGUE, action)


# Encodings, and files that are two things


def in_another_encoding(declared: str, real: str) -> bytes:
    text = word.document(b"").decode()
    text = text.partition("?>")[2] if text.startswith("<?xml") else text
    body = table(row(*HEADER_2013), row("9.1 Créer des écoles (Türkiye)", "Noted", "E51", ""))
    xml = f'<?xml version="1.0" encoding="{declared}"?>{text}'.replace("<w:body>", f"<w:body>{body}", 1)
    return in_document(xml.encode(real, "replace"))


def polyglot(first: bytes, second: bytes) -> bytes:
    return first + second


_ZIP_WORDS = ("zip_bomb", "zip_broken", "zip_too_many", "zip_duplicate", "part_missing")
_PDF_WORDS = (
    "pdf_without_text",
    "pdf_broken",
    "out_of_memory",
    "pdf_too_many_pages",
    "pdf_page_too_full",
    "timed_out",
)
_BOMBS: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "zip-in-zip.zip": (zip_in_zip, ("other_kind",)),
    "zip-in-zip.docx": (lambda: matrix(*GOOD_CELLS, more={"word/embeddings/x.zip": zip_in_zip(3)}), (READ,)),
    "zip-as-part.docx": (lambda: in_document(zip_in_zip(2)), ("xml_broken",)),
    "overlapping.docx": (overlapping, _ZIP_WORDS),
    "bzip2.docx": (lambda: packed_strangely(zipfile.ZIP_BZIP2), ("zip_broken",)),
    "lzma.docx": (lambda: packed_strangely(zipfile.ZIP_LZMA), ("zip_broken",)),
    "declared-huge.docx": (declared_huge, _ZIP_WORDS),
    "bomb.gz": (lambda: gzip.compress(bytes(100_000_000)), ("other_kind",)),
    "bomb.bz2": (lambda: bz2.compress(bytes(100_000_000)), ("other_kind",)),
    "blowup.docx": (lambda: in_document(blowup()), ("xml_forbidden",)),
    "outside-subset.docx": (
        lambda: in_document(b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>'),
        ("xml_forbidden",),
    ),
    "parameter-entity.docx": (
        lambda: in_document(b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><x/>'),
        ("xml_forbidden",),
    ),
    "many-attributes.docx": (lambda: in_document(many_attributes()), ("not_a_matrix", "zip_bomb", "xml_too_big")),
    "many-namespaces.docx": (lambda: in_document(many_namespaces()), ("not_a_matrix", "zip_bomb", "xml_too_big")),
    "huge-cell.docx": (huge_cell, (READ, "zip_bomb", "out_of_memory", "timed_out")),
    "many-rows.docx": (many_rows, ("too_many_rows", "zip_bomb", "xml_too_big")),
    "styles-in-a-circle.docx": (styles_in_a_circle, (READ,)),
    "numbers-in-a-circle.docx": (numbers_in_a_circle, (READ, "not_a_matrix")),
    "numbers-that-jump.docx": (numbers_that_jump, (READ, "not_a_matrix")),
    "links-in-a-circle.docx": (links_in_a_circle, ("part_missing", "other_kind", "xml_broken")),
    "formulas.docx": (formulas, (READ,)),
    "page-tree.pdf": (page_tree, _PDF_WORDS),
    "filters.pdf": (filters, _PDF_WORDS),
    "filters-nested.pdf": (filters_nested, _PDF_WORDS),
    "tables-in-a-circle.pdf": (tables_in_a_circle, (READ, *_PDF_WORDS)),
    "table-of-millions.pdf": (table_of_millions, (READ, *_PDF_WORDS)),
    "endless-object.pdf": (endless_object, _PDF_WORDS),
    "endless-array.pdf": (endless_array, _PDF_WORDS),
    "objects-without-end.pdf": (objects_without_end, _PDF_WORDS),
    "font-draws-itself.pdf": (font_that_draws_itself, (*_PDF_WORDS, "pdf_of_other_kind")),
    "pattern-fills-itself.pdf": (pattern_that_fills_itself, _PDF_WORDS),
    "picture-of-gigabytes.pdf": (picture_of_gigabytes, _PDF_WORDS),
    "picture-jpx.pdf": (lambda: picture_of_gigabytes(b"/JPXDecode"), _PDF_WORDS),
    "picture-jbig2.pdf": (lambda: picture_of_gigabytes(b"/JBIG2Decode"), _PDF_WORDS),
    "page-of-miles.pdf": (page_of_miles, (READ, *_PDF_WORDS)),
    "states-saved.pdf": (states_saved, _PDF_WORDS),
    "curves.pdf": (curves, _PDF_WORDS),
    "letters-map-in-a-circle.pdf": (letters_map_in_a_circle, _PDF_WORDS),
    "script-at-opening.pdf": (script_at_opening, (READ,)),
    "utf-16.docx": (lambda: in_another_encoding("utf-16", "utf-16"), (READ,)),
    "latin-1.docx": (lambda: in_another_encoding("iso-8859-1", "latin-1"), (READ,)),
    "says-utf-8.docx": (lambda: in_another_encoding("utf-8", "latin-1"), ("xml_broken",)),
    "says-utf-16.docx": (lambda: in_another_encoding("utf-16", "utf-8"), ("xml_broken",)),
    "utf-7.docx": (lambda: in_another_encoding("utf-7", "utf-7"), ("xml_broken",)),
    "pdf-and-zip.pdf": (lambda: polyglot(GOOD, matrix(*GOOD_CELLS)), (READ,)),
    "zip-after-gif.docx": (lambda: polyglot(b"GIF89a" + bytes(50), matrix(*GOOD_CELLS)), ("other_kind",)),
    "html-and-pdf.pdf": (lambda: polyglot(b"<html><script>alert(1)</script>", GOOD), (READ,)),
    "pdf-in-name-only.pdf": (lambda: matrix(*GOOD_CELLS), (READ,)),
    "nothing.docx": (lambda: b"", ("empty",)),
    "zeros.pdf": (lambda: bytes(20_000_000), ("other_kind",)),
    "deep.json": (lambda: b"[" * 10_000_000, ("other_kind",)),
    "long-line.csv": (lambda: b"a," * 5_000_000, ("other_kind",)),
    "surrogates.json": (lambda: json.dumps("\ud800" * 1000).encode(), ("other_kind",)),
}  # fmt: skip

BOMBS: dict[str, Bomb] = {
    **{name: Bomb(make, name, frozenset(codes)) for name, (make, codes) in _BOMBS.items()},
    **{
        f"word-{name}.docx": Bomb(make, f"word-{name}.docx", frozenset((code,)))
        for name, (make, code) in word.HOSTILE.items()
    },
    **{
        f"pdf-{name}.pdf": Bomb(make, f"pdf-{name}.pdf", frozenset(codes) - {"reader_crashed"})
        for name, (make, codes) in pdfs.HOSTILE.items()
    },
}


def write(folder: Path) -> list[Path]:
    """Write every bomb into a folder; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for bomb in BOMBS.values():
        path = folder / bomb.name
        path.write_bytes(bomb.make())
        paths.append(path)
    return paths


if __name__ == "__main__":
    print(f"{len(write(Path(sys.argv[1])))} bombs written")  # noqa: T201 - a command
