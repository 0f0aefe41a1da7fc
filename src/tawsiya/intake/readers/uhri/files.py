"""Reading an export that fits into memory: a filtered one, about one State."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from tawsiya.intake.readers import language as languages
from tawsiya.intake.readers.archive import MAX_FILE, MIB
from tawsiya.intake.readers.records import DocumentInfo, ReaderWarning, ReadResult, Review, UnreadableFile
from tawsiya.intake.readers.uhri import annotation, sheet, wording
from tawsiya.intake.readers.uhri.annotation import Annotation
from tawsiya.intake.readers.uhri.ranges import Pieces

UHRI_EXPORT = "uhri_export"
"""The kind of document that a result of this reader has."""

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_HEAD = 64 * 1024
_MARKS = (b'"AnnotationId"', b'"annotationId"')
_MAX_UNPACKED = 128 * MIB
_SAMPLE = 40
_SAMPLED = 400


def read(data: bytes) -> ReadResult | None:
    """Read an export in memory; None if it is none. Raises UnreadableFile."""
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
    raws = records(data)
    return None if raws is None else result(raws)


def records(data: bytes) -> Iterator[dict[str, Any]] | None:
    """The records of an export as written; None if it is none. Raises UnreadableFile."""
    if data.startswith(_GZIP):
        data = _unpacked(data)
    if data.startswith(_ZIP):
        return sheet.rows(data) if sheet.WORKBOOK.encode() in data else None
    if not any(mark in data[:_HEAD] for mark in _MARKS):
        return None
    return (raw for raw, _written in Pieces(data).records())


def is_json_export(head: bytes) -> bool:
    """Whether the beginning of a file is one of an export in JSON, plain or compressed."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, _HEAD)
        except zlib.error:
            return False
    return not head.startswith(_ZIP) and any(mark in head[:_HEAD] for mark in _MARKS)


def result(raws: Iterable[dict[str, Any]]) -> ReadResult:
    """The records of an export with what is said of the file as a whole."""
    given = [raw for raw in raws if annotation.is_annotation(raw)]
    if not given:
        raise UnreadableFile("no_annotations")
    default = language_of(given)
    made: dict[str, tuple[int, Annotation]] = {}
    repeated = 0
    for number, raw in enumerate(given, start=1):
        found = annotation.derive(raw, default)
        key = found.external_id or f"row {number}"
        repeated += key in made
        if key not in made:
            made[key] = (number, found)
        elif found.filled > made[key][1].filled:
            made[key] = (made[key][0], found)
    states = Counter(state for _number, found in made.values() for state in found.states)
    warnings = []
    if repeated:
        warnings.append(ReaderWarning("annotations_repeated", {"count": repeated}))
    if len(states) > 1:
        warnings.append(ReaderWarning("several_states", {"count": len(states)}))
    about = next(iter(states)) if len(states) == 1 else None
    return ReadResult(
        document=DocumentInfo(review=Review(state=about), type=UHRI_EXPORT),
        records=tuple(annotation.to_record(found, number) for number, found in made.values()),
        warnings=tuple(warnings),
    )


def language_of(raws: Iterable[dict[str, Any]]) -> str | None:
    """The language of the first texts; None where they do not tell."""
    texts = (raw.get("Text") for raw in islice(raws, _SAMPLE))
    sample = (wording.clean(text)[:_SAMPLED] for text in texts if isinstance(text, str))
    return languages.detect(" ".join(sample), least=1)


def as_written(raw: dict[str, Any]) -> str:
    """A record that came from a workbook as JSON, to be known again by."""
    return json.dumps(raw, ensure_ascii=False, sort_keys=True)


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(data, _MAX_UNPACKED + 1)
    except zlib.error as error:
        raise UnreadableFile("gzip_broken") from error
    if len(plain) > _MAX_UNPACKED:
        raise UnreadableFile("too_large", limit_mib=_MAX_UNPACKED // MIB)
    if not unpacker.eof:
        raise UnreadableFile("gzip_broken")
    return plain
