"""What was in the files before is really gone after, and what cannot be cleaned is refused."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import docx
import pytest
import xlsxwriter
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tawsiya.portal.stripping import EXCEL, WORD, CannotStrip, sandbox, strip

SECRET = "Fatima-Secret"


def jpeg_with_exif() -> bytes:
    image = Image.new("RGB", (40, 20), (200, 10, 10))
    exif = Image.Exif()
    exif[0x013B] = SECRET  # Artist
    exif[0x0112] = 6  # to be turned by 90 degrees
    target = BytesIO()
    image.save(target, "JPEG", exif=exif, comment=SECRET.encode())
    return target.getvalue()


def docx_with(change: Callable[[docx.document.Document], None] | None = None) -> bytes:
    document = docx.Document()
    document.add_paragraph("The law was adopted.")
    document.core_properties.author = SECRET
    document.core_properties.last_modified_by = SECRET
    document.core_properties.comments = SECRET
    if change:
        change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def everything_in(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    target = BytesIO(data)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, part)
    return target.getvalue()


def test_a_jpeg_loses_its_exif_and_comment_and_stands_upright() -> None:
    dirty = jpeg_with_exif()
    assert SECRET.encode() in dirty
    clean = strip(dirty, "image/jpeg")
    assert SECRET.encode() not in clean
    with Image.open(BytesIO(clean)) as image:
        assert not image.getexif()
        assert image.size == (20, 40)


def test_a_png_loses_its_texts_and_keeps_its_transparency() -> None:
    texts = PngInfo()
    texts.add_text("Author", SECRET)
    texts.add_itxt("XML:com.adobe.xmp", SECRET)
    target = BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(target, "PNG", pnginfo=texts)
    assert SECRET.encode() in target.getvalue()
    clean = strip(target.getvalue(), "image/png")
    assert SECRET.encode() not in clean
    with Image.open(BytesIO(clean)) as image:
        assert image.getpixel((0, 0)) == (1, 2, 3, 0)


def pdf(*, note: bool = False, attachment: bool = False, password: str = "", picture: bool = False) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": SECRET, "/Title": SECRET})
    xmp = DecodedStreamObject()
    xmp.set_data(f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    if note:
        comment = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Text"),
                NameObject("/T"): TextStringObject(SECRET),
                NameObject("/Contents"): TextStringObject(SECRET),
                NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
            }
        )
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(comment)])
    if attachment:
        writer.add_attachment("secret.txt", SECRET.encode())
    if picture:
        image = DecodedStreamObject()
        image.set_data(jpeg_with_exif())
        image.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Image"),
                NameObject("/Filter"): NameObject("/DCTDecode"),
                NameObject("/Width"): NumberObject(40),
                NameObject("/Height"): NumberObject(20),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/I"): writer._add_object(image)})}
        )
    if password:
        writer.encrypt(password)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "made", [{}, {"note": True}, {"attachment": True}, {"picture": True}], ids=lambda made: str(made)
)
def test_a_pdf_loses_information_xmp_comments_attachments_and_exif(made: dict[str, bool]) -> None:
    dirty = pdf(**made)
    assert SECRET.encode() in dirty
    clean = strip(dirty, "application/pdf")
    assert SECRET.encode() not in clean
    reader = PdfReader(BytesIO(clean))
    assert len(reader.pages) == 1
    assert not reader.metadata
    assert reader.xmp_metadata is None


def test_an_earlier_state_of_a_pdf_stays_behind() -> None:
    first = pdf()
    writer = PdfWriter(BytesIO(first), incremental=True)
    writer.add_metadata({"/Author": "Somebody else"})
    target = BytesIO()
    writer.write(target)
    assert SECRET.encode() in target.getvalue()
    assert SECRET.encode() not in strip(target.getvalue(), "application/pdf")


def test_an_encrypted_pdf_is_refused() -> None:
    with pytest.raises(CannotStrip) as refused:
        strip(pdf(password="x"), "application/pdf")
    assert refused.value.code == "encrypted"


def test_a_word_file_loses_its_properties_and_opens_again() -> None:
    dirty = docx_with()
    assert SECRET.encode() in everything_in(dirty)
    clean = strip(dirty, WORD)
    assert SECRET.encode() not in everything_in(clean)
    document = docx.Document(BytesIO(clean))
    assert [paragraph.text for paragraph in document.paragraphs] == ["The law was adopted."]
    assert not re.search(rb"docProps|rsid", everything_in(clean))


def test_a_word_file_loses_its_comments_and_their_authors() -> None:
    def comment(document: docx.document.Document) -> None:
        run = document.paragraphs[0].runs[0]
        document.add_comment([run], text=SECRET, author=SECRET, initials="FS")

    clean = strip(docx_with(comment), WORD)
    assert SECRET.encode() not in everything_in(clean)
    assert b"comment" not in everything_in(clean)
    assert docx.Document(BytesIO(clean)).paragraphs[0].text == "The law was adopted."


def test_a_picture_in_a_word_file_loses_its_exif() -> None:
    dirty = docx_with(lambda document: document.add_picture(BytesIO(jpeg_with_exif())))
    assert SECRET.encode() not in everything_in(strip(dirty, WORD))


def test_what_word_threw_away_is_not_published() -> None:
    dirty = with_part(docx_with(), "[trash]/0000.dat", SECRET.encode())
    dirty = with_part(dirty, "docMetadata/LabelInfo.xml", SECRET.encode())
    assert SECRET.encode() not in everything_in(strip(dirty, WORD))


def test_a_gif_in_a_word_file_loses_its_comment() -> None:
    target = BytesIO()
    Image.new("P", (4, 4)).save(target, "GIF", comment=SECRET.encode())
    assert SECRET.encode() in target.getvalue()
    dirty = docx_with(lambda document: document.add_picture(BytesIO(target.getvalue())))
    assert SECRET.encode() not in everything_in(strip(dirty, WORD))


def test_tracked_changes_are_refused() -> None:
    def deleted(document: docx.document.Document) -> None:
        element = document.paragraphs[0]._p
        change = element.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}del", {})
        element.append(change)

    with pytest.raises(CannotStrip) as refused:
        strip(docx_with(deleted), WORD)
    assert refused.value.code == "tracked"


@pytest.mark.parametrize(
    "part", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/afchunk.htm"]
)
def test_a_part_that_cannot_be_cleaned_is_refused_by_name(part: str) -> None:
    with pytest.raises(CannotStrip) as refused:
        strip(with_part(docx_with(), part, b"x"), WORD)
    assert (refused.value.code, refused.value.detail) == ("part", part)


def xlsx(*, hidden: bool = False) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    book.set_properties({"author": SECRET, "comments": SECRET, "created": datetime(2024, 1, 1)})
    sheet = book.add_worksheet("Figures")
    sheet.write(0, 0, "Wells dug")
    sheet.write(0, 1, 12)
    sheet.write_comment(0, 0, SECRET, {"author": SECRET})
    if hidden:
        book.add_worksheet("Notes").hide()
    book.close()
    return target.getvalue()


def test_an_excel_file_loses_its_properties_and_comments_and_opens_again() -> None:
    dirty = xlsx()
    assert SECRET.encode() in everything_in(dirty)
    clean = strip(dirty, EXCEL)
    assert SECRET.encode() not in everything_in(clean)
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(BytesIO(clean)).get_sheet_by_name("Figures").to_python()
    assert rows == [["Wells dug", 12.0]]
    assert b"legacyDrawing" not in everything_in(clean)


def test_a_hidden_sheet_is_refused_by_name() -> None:
    with pytest.raises(CannotStrip) as refused:
        strip(xlsx(hidden=True), EXCEL)
    assert (refused.value.code, refused.value.detail) == ("hidden_sheet", "Notes")


def test_plain_text_stays_and_other_kinds_are_refused() -> None:
    assert strip(b"as it is\n", "text/plain") == b"as it is\n"
    with pytest.raises(CannotStrip) as refused:
        strip(b"PK", "application/vnd.oasis.opendocument.text")
    assert refused.value.code == "kind"


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "image/jpeg", WORD, EXCEL])
def test_a_damaged_file_is_refused(media_type: str) -> None:
    with pytest.raises(CannotStrip) as refused:
        strip(b"%PDF-1.7 nothing of the kind", media_type)
    assert refused.value.code == "damaged"


def test_the_child_process_gives_the_same_answers() -> None:
    assert SECRET.encode() not in sandbox.strip(pdf(note=True), "application/pdf")
    with pytest.raises(CannotStrip) as refused:
        sandbox.strip(xlsx(hidden=True), EXCEL)
    assert (refused.value.code, refused.value.detail) == ("hidden_sheet", "Notes")


def test_a_picture_of_monstrous_size_is_refused() -> None:
    target = BytesIO()
    Image.new("1", (30_000, 30_000)).save(target, "PNG")
    with pytest.raises(CannotStrip) as refused:
        sandbox.strip(target.getvalue(), "image/png")
    assert refused.value.code == "too_large"
