"""Opening an export on disk: as it is, or unpacked where it is compressed."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tawsiya.intake.readers.records import UnreadableFile

MIB = 1024 * 1024
MAX_EXPORT = 2048 * MIB
"""Bytes, unpacked; the whole index has some 400 MiB in one language."""
MAX_PART = 64 * MIB
"""Bytes of the records about one State; 1,600 records have about 2 MiB."""
GZIP, ZIP = b"\x1f\x8b", b"PK"
_CHUNK = MIB


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, bool]]:
    """The file, unpacked, and whether several processes can read it at once.

    Raises UnreadableFile for a file that is missing, empty, too large, or damaged.
    """
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise UnreadableFile("missing_file", path=_shown(path)) from error
    with file:
        try:
            head = file.read(2)
            size = file.seek(0, 2)
            file.seek(0)
        except OSError as error:  # a folder, a pipe
            raise UnreadableFile("missing_file", path=_shown(path)) from error
        if not head:
            raise UnreadableFile("empty")
        if size > MAX_EXPORT:
            raise UnreadableFile("too_large", limit_mib=MAX_EXPORT // MIB)
        if head != GZIP:
            yield file, head != ZIP
            return
        with tempfile.TemporaryFile() as plain:
            _unpack(file, plain)
            yield plain, True


def _unpack(packed: BinaryIO, plain: BinaryIO) -> None:
    size = 0
    try:
        with gzip.open(packed) as stream:
            while part := stream.read(_CHUNK):
                size += len(part)
                if size > MAX_EXPORT:
                    raise UnreadableFile("too_large", limit_mib=MAX_EXPORT // MIB)
                plain.write(part)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile("gzip_broken") from error
    plain.flush()


def _shown(path: Path) -> str:
    return "".join(c if c.isprintable() else "?" for c in str(path))
