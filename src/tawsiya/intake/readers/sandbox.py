"""Reading an untrusted file in a child process whose memory, time and output are capped.

Children are kept warm in a pool and replaced (:mod:`tawsiya.core.sandbox`). Whatever happens to one,
the caller gets a result or an UnreadableFile.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from tawsiya.core import sandbox
from tawsiya.core.sandbox import MIB, Failed, Limits
from tawsiya.intake.readers import detect, ocr, office
from tawsiya.intake.readers.archive import MAX_FILE
from tawsiya.intake.readers.child import (
    DOCUMENT,
    EXAMINED,
    FILLED_MATRIX,
    ISSUES,
    LAYOUT,
    MAPPED,
    NUMBERS,
    PICTURES,
    RECOGNISED,
    TABLES,
)
from tawsiya.intake.readers.filled_matrix import FilledMatrix, FilledRow
from tawsiya.intake.readers.issues import Issues
from tawsiya.intake.readers.layout import Layout, Sheet
from tawsiya.intake.readers.ocr_numbers import Label, Place
from tawsiya.intake.readers.records import (
    Deadline,
    DocumentInfo,
    Json,
    ReaderWarning,
    ReadResult,
    Record,
    UnreadableFile,
)
from tawsiya.intake.readers.sheets.files import Examined
from tawsiya.intake.readers.sheets.mapping import Columns

MAX_SIDE = 2_200
"""Pixels of the longer side of a picture that a browser is given: A4 at 188 dots per inch."""
DRAWING = Limits(seconds=8)
"""Bounds of some pages to be drawn: one takes some twenty milliseconds, and a browser waits for it."""
POOL = sandbox.Pool("tawsiya.intake.readers.child")


def read(data: bytes, *, filename: str = "", scans: bool = False, limits: Limits | None = None) -> ReadResult:
    """As :func:`detect.read`, in a child process; an old Word file is converted first, apart as well.

    Args:
        scans: recognise the text of a PDF without any, where Tesseract is installed: seconds a page.

    Raises UnreadableFile and nothing else.
    """
    try:
        with task(DOCUMENT, _modern(data), {"filename": filename}, limits=limits) as lines:
            return _result(lines)
    except UnreadableFile as refusal:
        if not (scans and is_scan(refusal)):
            raise
    return read_recognised(recognise(data))


def is_scan(refusal: UnreadableFile) -> bool:
    """Whether a file was refused for want of a text that can be recognised here."""
    return refusal.code == "pdf_without_text" and ocr.available()


def read_recognised(lines: bytes) -> ReadResult:
    """The records of what :func:`recognise` gave. Raises UnreadableFile and nothing else."""
    with task(RECOGNISED, lines) as answer:
        return _result(answer)


def recognise(data: bytes) -> bytes:
    """The lines of a PDF recognised from its pages, whatever text it has; some seconds a page.

    Raises UnreadableFile and nothing else: no PDF, too many pages, no Tesseract, too slow.
    """
    if not detect.is_pdf(data):
        raise UnreadableFile("ocr_no_pdf")
    sheets = layout(data).sheets
    if len(sheets) > ocr.MAX_PAGES:
        raise UnreadableFile("ocr_too_many_pages", limit=ocr.MAX_PAGES)
    drawn = (
        (sheet.seen_width, sheet.seen_height, picture)
        for number in range(1, len(sheets) + 1)
        for sheet, picture in pictures(data, [number], dpi=ocr.DPI, side=ocr.SIDE)
    )
    return ocr.to_json(ocr.recognise(drawn, _labels))


def _labels(picture: bytes, height: float, lines: Sequence[Place]) -> list[Label]:
    """As :func:`ocr_figures.labels`, in a child process."""
    with task(NUMBERS, picture, {"height": height, "lines": lines}, limits=DRAWING) as answer:
        head, _ = _answer(answer)
        return [Label.from_json(label) for label in head["labels"]]


def read_filled(data: bytes, *, limits: Limits | None = None) -> FilledMatrix:
    """As :func:`detect.read_filled`, in a child process. Raises UnreadableFile and nothing else."""
    with task(FILLED_MATRIX, data, limits=limits) as lines:
        return _filled(lines)


def layout(data: bytes, *, limits: Limits | None = None) -> Layout:
    """As :func:`detect.layout_of`, in a child process. Raises UnreadableFile and nothing else."""
    with task(LAYOUT, _modern(data), limits=limits) as lines:
        return Layout.from_json(_answer(lines)[0])


def pictures(
    data: bytes, numbers: Sequence[int], *, dpi: int, side: int = MAX_SIDE, limits: Limits = DRAWING
) -> list[tuple[Sheet, bytes]]:
    """Pages of a PDF by number as PNG, drawn in a child process. Raises UnreadableFile and nothing else."""
    with task(PICTURES, data, {"numbers": list(numbers), "dpi": dpi, "side": side}, limits=limits) as pieces:
        answer = list(pieces)
        lines = [parsed(line) for line in answer[::2]]
        return [(Sheet.from_json(line), drawn) for line, drawn in zip(lines, answer[1::2], strict=True)]


def _modern(data: bytes) -> bytes:
    """A Word file in today's format, any other file as it is."""
    return office.to_docx(data) if len(data) <= MAX_FILE and office.is_old_word(data) else data


def examine(data: bytes, columns: Columns | None = None, *, limits: Limits | None = None) -> Examined:
    """As :func:`sheets.files.examine`, in a child process. Raises UnreadableFile and nothing else."""
    chosen = columns.as_json() if columns is not None else None
    with task(EXAMINED, data, {"columns": chosen}, limits=limits) as lines:
        return Examined.from_json(_answer(lines)[0])


def read_mapped(data: bytes, columns: Columns, *, limits: Limits | None = None) -> ReadResult:
    """As :func:`sheets.files.read`, in a child process. Raises UnreadableFile and nothing else."""
    with task(MAPPED, data, {"columns": columns.as_json()}, limits=limits) as lines:
        return _result(lines)


def read_tables(data: bytes, *, limits: Limits | None = None) -> list[Json]:
    """As :func:`tables.read`, in a child process. Raises UnreadableFile and nothing else."""
    with task(TABLES, _modern(data), limits=limits) as lines:
        head, others = _answer(lines)
        return [head, *others]


def read_issues(data: bytes, *, limits: Limits | None = None) -> Issues:
    """As :func:`detect.read_issues`, in a child process. Raises UnreadableFile and nothing else."""
    with task(ISSUES, _modern(data), limits=limits) as lines:
        return Issues.from_json(*_answer(lines))


@contextmanager
def task(
    name: str,
    source: bytes | BinaryIO,
    arguments: Mapping[str, Any] | None = None,
    *,
    limits: Limits | None = None,
    largest: int = MAX_FILE,
    apart: bool = False,
) -> Iterator[Iterator[bytes]]:
    """The pieces of the answer of a task of :mod:`child`, as they come.

    Args:
        largest: bytes of the largest file that is taken, where ``source`` is one in memory.
        apart: see :meth:`tawsiya.core.sandbox.Pool.call`.

    Raises:
        UnreadableFile: from here and from the iterator, and nothing else.
    """
    if isinstance(source, bytes) and len(source) > largest:
        raise UnreadableFile("too_large", limit_mib=largest // MIB)
    bounds = limits or Limits()
    try:
        with POOL.call(name, source, arguments, bounds, apart=apart) as pieces, _as_agreed():
            yield pieces
    except Failed as failure:
        raise _refusal(failure, bounds) from failure


def _refusal(failure: Failed, bounds: Limits) -> UnreadableFile:
    if failure.kind == sandbox.OUTPUT:
        return UnreadableFile("output_too_large", limit_mib=bounds.output // MIB)
    if failure.kind == sandbox.MEMORY:
        return UnreadableFile("out_of_memory", limit_mib=bounds.memory // MIB)
    if failure.kind == sandbox.TIME:
        return UnreadableFile("timed_out", seconds=bounds.seconds)
    return UnreadableFile("reader_crashed", detail=failure.detail)


def _result(lines: Iterator[bytes]) -> ReadResult:
    head, records = _answer(lines)
    return ReadResult(
        document=DocumentInfo.from_json(head["document"]),
        records=tuple(Record.from_json(record) for record in records),
        warnings=tuple(ReaderWarning.from_json(w) for w in head["warnings"]),
        deadlines=tuple(Deadline.from_json(d) for d in head["deadlines"]),
    )


def _filled(lines: Iterator[bytes]) -> FilledMatrix:
    head, rows = _answer(lines)
    return FilledMatrix(tuple(FilledRow.from_json(row) for row in rows), head["mark"])


def _answer(lines: Iterator[bytes]) -> tuple[Json, list[Json]]:
    # All of them first: a child that could end its answer is kept.
    read = [parsed(line) for line in list(lines)]
    return read[0], read[1:]


def parsed(line: bytes) -> Json:
    """A line of an answer. Raises UnreadableFile for a refusal, ValueError or TypeError for no line."""
    value: Json = json.loads(line)
    if "error" in value:
        raise UnreadableFile(value["error"]["code"], **value["error"]["params"])
    return value


@contextmanager
def _as_agreed() -> Iterator[None]:
    """Refuse an answer that has not the shape of the protocol."""
    try:
        yield
    except (ValueError, LookupError, TypeError) as error:
        raise UnreadableFile("reader_crashed", detail=type(error).__name__) from error
