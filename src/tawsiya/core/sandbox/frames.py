"""What parent and child say to each other, over the child's standard input and output.

An order is a line of JSON (``task``, ``arguments``, ``size``, ``memory``, ``seconds``) and ``size``
bytes. The answer is a row of frames: one letter, the length in four bytes, that many bytes. ``DATA``
frames are the task's own; one of the others ends the answer.
"""

from __future__ import annotations

import io
from typing import BinaryIO

DATA = b"D"
END = b"E"
"""The task is done; its JSON holds ``seconds`` of CPU, ``peak`` and ``size``, both in bytes."""
OUT_OF_MEMORY = b"M"
CRASHED = b"C"
"""An exception that the task should have caught: its type and place, never its words."""
HEAD = 5
LONGEST = 2**32 - 1


class Broken(Exception):
    """The other side does not keep to the protocol, or has gone."""


def write(target: BinaryIO, kind: bytes, content: bytes = b"") -> None:
    """Write one frame."""
    target.write(kind + len(content).to_bytes(4, "big"))
    target.write(content)


def read_head(source: BinaryIO) -> tuple[bytes, int]:
    """Return kind and length of the next frame. Raises Broken at the end or for anything else."""
    head = source.read(HEAD)
    if len(head) != HEAD or head[:1] not in (DATA, END, OUT_OF_MEMORY, CRASHED):
        raise Broken
    return head[:1], int.from_bytes(head[1:], "big")


def read_content(source: BinaryIO, length: int) -> bytes:
    """Return the content of a frame. Raises Broken where it is cut short."""
    content = source.read(length)
    if len(content) != length:
        raise Broken
    return content


class Body(io.RawIOBase):
    """The file of an order: ``size`` bytes of a stream that goes on behind them."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        super().__init__()
        self._source = source
        self._left = size

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as the file goes. Raises Broken where the parent has gone."""
        wanted = min(len(buffer), self._left)
        if wanted == 0:
            return 0
        chunk = self._source.read(wanted)
        if len(chunk) != wanted:
            raise Broken
        buffer[:wanted] = chunk
        self._left -= wanted
        return wanted

    def readall(self) -> bytes:
        """Return all that is left. Raises Broken where the parent has gone."""
        content = read_content(self._source, self._left)
        self._left = 0
        return content

    def skip(self) -> None:
        """Pass over what the task did not read."""
        while self._left:
            self._left -= len(read_content(self._source, min(self._left, 1 << 20)))
