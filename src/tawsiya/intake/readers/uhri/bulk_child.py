"""One process that reads its share of an export under hard limits (see `bulk`).

Standard input: one line of JSON (the order), then the fingerprints already known, eight bytes each.
Standard output: frames, a letter and the length in four bytes before each: ``R`` lines for COPY,
``U`` identifiers (16 bytes each) of records that are known as they are, ``J`` JSON of records,
last ``E`` a JSON object: counts, or ``error``, or ``torn``.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from tawsiya.intake.readers.archive import MAX_FILE, MIB
from tawsiya.intake.readers.records import Json, UnreadableFile
from tawsiya.intake.readers.uhri import annotation, files, opening, rows
from tawsiya.intake.readers.uhri.ranges import Pieces, Torn

OUT_OF_MEMORY = 4
"""Exit status when memory ran out: a number, since a sentence would need memory again."""
ROWS, UNCHANGED, RAW, END = b"R", b"U", b"J", b"E"
_BLOCK = 512 * 1024

Found = Iterator[tuple[dict[str, Any], str]]


def main(source: BinaryIO, target: BinaryIO) -> int:
    """Do what the order on ``source`` says, write frames to ``target``, return the exit status."""
    order = json.loads(source.readline())
    _limit(order["memory"], order["seconds"])
    known = array("q", source.read())
    if sys.byteorder == "little":
        known.byteswap()
    out = _Frames(target)
    try:
        records = _records(order)
        counts = (
            _select(records, order["only"], out) if order["only"] else _rows(records, order, set(known), out)
        )
        out.end({"counts": counts})
    except Torn:
        out.end({"torn": True})
    except UnreadableFile as refusal:
        out.end({"error": {"code": refusal.code, "params": refusal.params}})
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _records(order: Json) -> Found:
    if order["workers"] == 1:
        return _whole(order["file"])
    return Pieces(order["file"], worker=order["worker"], workers=order["workers"]).records()


def _whole(descriptor: int) -> Found:
    """The records of a file that one process reads: JSON, or a workbook."""
    if os.pread(descriptor, 2, 0) != opening.ZIP:
        return Pieces(descriptor).records()
    data = os.pread(descriptor, MAX_FILE + 1, 0)
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
    found = files.records(data)
    if found is None:
        raise UnreadableFile("no_annotations")
    return ((raw, files.as_written(raw)) for raw in found)


def _rows(records: Found, order: Json, known: set[int], out: _Frames) -> Counter[str]:
    """Send the lines of what is new or altered, the identifiers of what is known as it is."""
    lines, counts = rows.Lines(), Counter[str]()
    without, default = order["without"], _language_of_file(order["file"])
    for raw, written in records:
        counts["records"] += 1
        if not annotation.is_annotation(raw):
            counts["no_annotation"] += 1
            continue
        given = raw.get("AnnotationId") or raw.get("annotationId")
        identity = rows.identifier(given) if isinstance(given, str) else None
        if identity is None:
            counts["no_identifier"] += 1
            continue
        digest = rows.fingerprint(written)
        if digest in known:
            out.add(UNCHANGED, bytes.fromhex(identity))
            continue
        made = annotation.derive(raw, default)
        if not made.text:
            counts["no_text"] += 1
            # In the file all the same: what is stored of it is not missing.
            out.add(UNCHANGED, bytes.fromhex(identity))
        elif without and made.states == (without,):
            counts["own"] += 1
        else:
            out.add(ROWS, lines.line(made, identity, digest).encode("utf-8", "replace"))
    return counts


def _select(records: Found, state: str, out: _Frames) -> Counter[str]:
    """Send the JSON of the records about a State, each on one line."""
    counts = Counter[str]()
    for raw, _written in records:
        counts["records"] += 1
        if annotation.is_annotation(raw) and state in annotation.states_of(raw):
            counts["selected"] += 1
            out.add(RAW, json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return counts


def _language_of_file(descriptor: int) -> str | None:
    """The language of most texts at the beginning of the file, the same for every process."""
    try:
        return files.language_of(raw for raw, _written in _whole(descriptor))
    except (UnreadableFile, Torn):
        return None


def _limit(memory: int, seconds: int) -> None:
    """Hard limits that this process cannot lift again: memory, time, and no file may be written."""
    try:
        import resource
    except ImportError:  # not a Unix: the parent's clock is the only limit
        return
    limits = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        limits.append((resource.RLIMIT_AS, memory))
    for kind, value in limits:
        resource.setrlimit(kind, (value, value))


class _Frames:
    """Collects what belongs together and writes it in blocks."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._waiting: dict[bytes, list[bytes]] = {ROWS: [], UNCHANGED: [], RAW: []}
        self._sizes = Counter[bytes]()

    def add(self, kind: bytes, data: bytes) -> None:
        """Send data in the order given, with others of its kind."""
        self._waiting[kind].append(data)
        self._sizes[kind] += len(data)
        if self._sizes[kind] >= _BLOCK:
            self._flush(kind)

    def end(self, summary: Json) -> None:
        """Send what waits, unless the file was refused, then the summary."""
        if "counts" in summary:
            for kind in self._waiting:
                self._flush(kind)
        self._write(END, json.dumps(summary).encode("ascii"))
        self._target.flush()

    def _flush(self, kind: bytes) -> None:
        if self._waiting[kind]:
            self._write(kind, b"".join(self._waiting[kind]))
        self._waiting[kind].clear()
        self._sizes[kind] = 0

    def _write(self, kind: bytes, data: bytes) -> None:
        self._target.write(kind + len(data).to_bytes(4, "big") + data)


if __name__ == "__main__":
    os._exit(main(sys.stdin.buffer, sys.stdout.buffer))
