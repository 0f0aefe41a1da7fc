"""Finding the reader for a file by what the file is, whatever its name."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from tawsiya.intake.readers import docx, filled_matrix, filled_sheet, issues, layout, messages, ocr
from tawsiya.intake.readers.addendum import read_addendum
from tawsiya.intake.readers.archive import MAX_FILE, MIB, Package
from tawsiya.intake.readers.filled_matrix import FilledMatrix
from tawsiya.intake.readers.issues import Issues
from tawsiya.intake.readers.layout import Layout
from tawsiya.intake.readers.matrix import read_matrix
from tawsiya.intake.readers.observations import read_observations
from tawsiya.intake.readers.observations_front import read_observations_front
from tawsiya.intake.readers.records import ReaderWarning, ReadResult, UnreadableFile
from tawsiya.intake.readers.sheets import files
from tawsiya.intake.readers.uhri import files as uhri_files
from tawsiya.intake.readers.upr_report import read_report
from tawsiya.intake.readers.upr_report_front import ADDENDUM, read_front
from tawsiya.intake.readers.upr_report_source import Source, from_word
from tawsiya.intake.readers.visit_front import read_visit_front
from tawsiya.intake.readers.visits import read_visit

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HEAD = 1024
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "kind_rtf"),
    (b"\x89PNG", "kind_image"),
    (b"\xff\xd8\xff", "kind_image"),
    (b"GIF8", "kind_image"),
    (b"II*\x00", "kind_image"),
    (b"MM\x00*", "kind_image"),
    (b"\x1f\x8b", "kind_archive"),
    (b"BZh", "kind_archive"),
    (b"7z\xbc\xaf", "kind_archive"),
    (b"Rar!", "kind_archive"),
    (b"\x7fELF", "kind_program"),
    (b"MZ", "kind_program"),
)
_MAIN_TYPES = (
    ("wordprocessingml", "word"),
    ("ms-word", "word"),
    ("spreadsheetml", "kind_excel"),
    ("ms-excel", "kind_excel"),
    ("presentationml", "kind_powerpoint"),
    ("ms-powerpoint", "kind_powerpoint"),
)
_OLE_STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "legacy_word"))


def read(data: bytes, *, filename: str = "") -> ReadResult:
    """Read a UN document. ``filename`` never decides how a file is read.

    Raises UnreadableFile, and nothing else, for a file that cannot be read.
    """
    if is_pdf(data):
        with _uncollected():
            return _read_pdf(data)
    if (export := uhri_files.read(data)) is not None:
        return export
    package = _word_or_spreadsheet(data)
    if filled_matrix.is_ours(package):
        raise UnreadableFile("own_matrix")
    document = docx.load(package)
    return read_text(from_word(document)) or read_matrix(document, filename)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles away: a PDF makes many small objects and no cycles of them.

    Looking through them over and over takes a tenth of the time; memory is capped by the caller.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _word_or_spreadsheet(data: bytes) -> Package:
    """As :func:`word_package`; a spreadsheet is refused as what it is: a person must map its columns."""
    try:
        return word_package(data)
    except UnreadableFile as refusal:
        if files.is_spreadsheet(data, kind=str(refusal.params.get("kind_code", refusal.code))):
            raise UnreadableFile("spreadsheet") from refusal
        raise


def read_text(source: Source) -> ReadResult | None:
    """Read a document of numbered paragraphs; None if it is of no kind that is known."""
    front = read_front(source)
    if front is not None:
        return read_addendum(source, front) if front.kind == ADDENDUM else read_report(source, front)
    observations = read_observations_front(source)
    if observations is not None:
        return read_observations(source, observations)
    visit = read_visit_front(source)
    return read_visit(source, visit) if visit is not None else None


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF, rubbish before its header allowed as PDF readers do."""
    return b"%PDF-" in data[:_HEAD] and not data.startswith(_ZIP)


def _read_pdf(data: bytes) -> ReadResult:
    return _of_pdf(_pdf_source(data))


def _pdf_source(data: bytes) -> Source:
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
    # Loaded here: the engine is of no use to the other formats and takes a moment.
    from tawsiya.intake.readers import upr_report_pdf
    from tawsiya.intake.readers.pdf import document

    return upr_report_pdf.from_pdf(document.load(data))


def read_recognised(data: bytes) -> ReadResult:
    """Read the lines recognised from a scan (:func:`ocr.to_json`); every record says that they were.

    Raises UnreadableFile, and nothing else, where they are no document that is known.
    """
    from tawsiya.intake.readers import upr_report_pdf
    from tawsiya.intake.readers.pdf import document

    result = _of_pdf(upr_report_pdf.from_pdf(document.assemble(ocr.from_json(data))))
    mark = ReaderWarning("text_recognised")
    records = tuple(replace(record, warnings=(mark, *record.warnings)) for record in result.records)
    return replace(result, records=records, warnings=(mark, *result.warnings))


def _of_pdf(source: Source) -> ReadResult:
    result = read_text(source)
    if result is None:
        raise UnreadableFile("pdf_of_other_kind")
    return result


def layout_of(data: bytes) -> Layout:
    """How the file looks beside what was read from it; of kind NONE where it is neither PDF nor Word.

    Raises UnreadableFile for a damaged PDF or Word file.
    """
    if is_pdf(data):
        from tawsiya.intake.readers.pdf import picture

        return Layout(layout.PAGES, sheets=tuple(picture.sheets(data)))
    try:
        package = word_package(data)
    except UnreadableFile as refusal:
        if refusal.code in ("other_kind", "empty", "legacy_office"):
            return Layout(layout.NONE)
        raise
    paragraphs = from_word(docx.load(package)).parts[: layout.MAX_PASSAGES]
    return Layout(layout.PASSAGES, passages=tuple(part.text[: layout.MAX_PASSAGE] for part in paragraphs))


def read_filled(data: bytes) -> FilledMatrix:
    """Read back a matrix that was exported to be filled in, Word or a workbook. Raises UnreadableFile."""
    if _is_workbook(data):
        return filled_sheet.read_filled(data)
    return filled_matrix.read_filled(word_package(data))


def read_issues(data: bytes) -> Issues:
    """Read a list of issues, Word or PDF. Raises UnreadableFile."""
    if is_pdf(data):
        with _uncollected():
            return issues.read_issues(_pdf_source(data))
    package = word_package(data)
    if filled_matrix.is_ours(package):
        raise UnreadableFile("own_matrix")
    return issues.read_issues(from_word(docx.load(package)))


def _is_workbook(data: bytes) -> bool:
    if not data.startswith(_ZIP) or len(data) > MAX_FILE:
        return False
    package = Package(data)
    kind = _kind_of_package(package)
    if kind == "kind_opendocument":
        return b"spreadsheet" in package.read("mimetype")
    return kind == "kind_excel"


def word_package(data: bytes) -> Package:
    """Open a Word file. Raises UnreadableFile saying what the file is instead."""
    if not data:
        raise UnreadableFile("empty")
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
    if data.startswith(_OLE):
        raise _ole_refusal(data)
    if not data.startswith(_ZIP):
        raise _refusal(_kind_of_bytes(data[:_HEAD]))
    package = Package(data)
    kind = _kind_of_package(package)
    if kind != "word":
        raise _refusal(kind)
    return package


def _refusal(kind: str) -> UnreadableFile:
    return UnreadableFile("other_kind", kind=messages.KINDS[kind], kind_code=kind)


def _ole_refusal(data: bytes) -> UnreadableFile:
    """Old Office files and encrypted new ones share a container; its streams tell them apart."""
    for stream, code in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return UnreadableFile(code)
    return UnreadableFile("legacy_office")


def _kind_of_bytes(head: bytes) -> str:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head:
        return "kind_pdf"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "kind_html"
    if start.startswith(b"<?xml"):
        return "kind_xml"
    if start.startswith((b"{", b"[")):
        return "kind_json"
    return "kind_unknown" if b"\x00" in head else "kind_text"


def _kind_of_package(package: Package) -> str:
    names = set(package.names())
    if "mimetype" in names and "content.xml" in names:
        return "kind_opendocument"
    if "[Content_Types].xml" not in names:
        return "kind_archive"
    declared = package.content_type(docx.main_part(package))
    for part, kind in _MAIN_TYPES:
        if part in declared:
            return kind
    return "kind_archive"
