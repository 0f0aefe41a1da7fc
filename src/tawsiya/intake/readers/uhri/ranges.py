"""An export of any size as pieces of whole records, so that several processes read it at once.

The file is one JSON array of objects, or one object per line. Pieces are cut where one object seems to
end and the next to begin. A cut inside a text is noticed, because then neither side is valid JSON:
pieces that are all valid are the array. One process alone joins what such a cut has torn.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Generator, Iterator
from typing import Any

from tawsiya.intake.readers.records import UnreadableFile

MIB = 1024 * 1024
PIECE = 2 * MIB
MAX_RECORD = 16 * MIB
"""Bytes; the largest record known has some 20,000."""
_HEAD = 4096
_TAIL = 4096

_ARRAY_CUT = re.compile(rb"\}[ \t\r\n]{0,200},[ \t\r\n]{0,200}(?=\{[ \t\r\n]{0,200}[\"}])")
_LINE_CUT = re.compile(rb"\}[ \t\r]{0,200}\n[ \t\r\n]{0,200}(?=\{[ \t\r\n]{0,200}[\"}])")
_LONGEST_CUT = 700
_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


class Torn(Exception):
    """A cut fell inside a record; read the file again with one process."""


class Pieces:
    """The pieces of an export: an open file's descriptor, or bytes. ``lines``: one object per line."""

    def __init__(self, source: int | bytes, *, worker: int = 0, workers: int = 1) -> None:
        """``worker`` of ``workers`` reads every so many-th piece. Raises UnreadableFile."""
        self._source = source
        self._worker, self._workers = worker, workers
        self._size = len(source) if isinstance(source, bytes) else os.fstat(source).st_size
        head = self._read(0, _HEAD)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableFile("json_broken", detail="UTF-16")
        skipped = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
        if skipped[:1] not in (b"[", b"{"):
            raise UnreadableFile("json_broken", detail="no array of records")
        self.lines = skipped[:1] == b"{"
        self._cut = _LINE_CUT if self.lines else _ARRAY_CUT
        self._first = len(head) - len(skipped) + (0 if self.lines else 1)
        self._end = self._find_end()
        self._count = 0

    def records(self) -> Iterator[tuple[dict[str, Any], str]]:
        """The records of this worker's pieces with their JSON as written.

        Raises UnreadableFile for what is no array of objects, Torn where only one process can say.
        """
        rest = b""
        for start, end in self._spans():
            if end - start + len(rest) > MAX_RECORD:
                raise UnreadableFile("json_record_too_large", limit_mib=MAX_RECORD // MIB)
            text = _decoded(rest + self._read(start, end - start))
            done = yield from self._objects(text, last=end >= self._end)
            if done < len(text) and self._workers > 1:
                raise Torn
            rest = text[done:].encode()

    def _objects(self, text: str, *, last: bool) -> Generator[tuple[dict[str, Any], str], None, int]:
        """Yield the objects of a piece; return how far it went: its length when all went well."""
        position, length = _skip(text, 0), len(text)
        while position < length:
            try:
                value, after = _DECODER.raw_decode(text, position)
            except RecursionError as deep:
                raise UnreadableFile("json_too_deep") from deep
            except ValueError as error:
                if self._workers == 1 and (last or not _goes_on(error, text)):
                    raise self._broken() from error
                return position
            following = _skip(text, after)
            if not self.lines and following < length:
                if text[following] == ",":
                    following = _skip(text, following + 1)
                    proper = following < length or not last
                else:
                    proper = False
                if not proper:
                    return self._refuse_or_return(position)
            if not isinstance(value, dict):
                return self._refuse_or_return(position)
            self._count += 1
            yield value, text[position:after]
            position = following
        return length

    def _refuse_or_return(self, position: int) -> int:
        if self._workers == 1:
            raise self._broken()
        return position

    def _broken(self) -> UnreadableFile:
        return UnreadableFile("json_broken", detail=f"record {self._count + 1}")

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Begin and end of this worker's pieces, in order, those without a record left out."""
        count = max(1, -(-(self._end - self._first) // PIECE))
        for number in range(self._worker, count, self._workers):
            start = self._boundary(self._first + number * PIECE)
            end = self._boundary(self._first + (number + 1) * PIECE)
            if start < end:
                yield start, end

    def _boundary(self, wanted: int) -> int:
        """Where the first record begins whose predecessor ends at ``wanted`` or later."""
        if wanted <= self._first:
            return self._first
        position = wanted
        while position < self._end:
            window = self._read(position, min(64 * 1024 + _LONGEST_CUT, self._end - position))
            found = self._cut.search(window)
            if found is not None:
                return position + found.end()
            position += 64 * 1024
        return self._end

    def _find_end(self) -> int:
        """Where the array's records end: before its closing bracket."""
        if self.lines:
            return self._size
        start = max(self._first, self._size - _TAIL)
        tail = self._read(start, self._size - start).rstrip(b" \t\r\n")
        if not tail.endswith(b"]"):
            raise UnreadableFile("json_cut_short")
        return start + len(tail) - 1

    def _read(self, start: int, length: int) -> bytes:
        if isinstance(self._source, bytes):
            return self._source[start : start + length]
        parts = []
        while length > 0:
            part = os.pread(self._source, length, start)
            if not part:
                break
            parts.append(part)
            start += len(part)
            length -= len(part)
        return b"".join(parts)


def _skip(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def _goes_on(error: ValueError, text: str) -> bool:
    """Whether the JSON is only cut short: more of the file may complete it."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip())


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile("json_broken", detail="no UTF-8") from error
