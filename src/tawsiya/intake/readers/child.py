"""The child process of the sandbox: reads one file from standard input under hard limits.

Protocol: the first line of the input is JSON (``task``, ``filename``, ``memory``, ``seconds``,
``output``, the last three limits in bytes, seconds, bytes), the rest is the file. The output is
JSON lines: for a document ``{"document": …, "warnings": […], "deadlines": […]}`` and one line per
record, for a filled matrix ``{"mark": …}`` and one line per row, or one line ``{"error": …}``.
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.filled_matrix import FilledMatrix
from tawsiya.intake.readers.records import ReadResult, UnreadableFile

DOCUMENT = "document"
FILLED_MATRIX = "filled_matrix"
OUTPUT_REFUSED = 3
"""Exit status when the output could not be written."""
OUT_OF_MEMORY = 4
"""Exit status when memory ran out: a number, since a sentence would need memory again."""


def main(source: BinaryIO, target: BinaryIO) -> int:
    """Read from ``source``, write the result or refusal to ``target``, return the exit status."""
    order = json.loads(source.readline())
    _limit(order["memory"], order["seconds"], order["output"])
    try:
        data = source.read()
        if order.get("task", DOCUMENT) == FILLED_MATRIX:
            lines = _filled_lines(detect.read_filled(data))
        else:
            lines = _lines(detect.read(data, filename=order["filename"]))
    except UnreadableFile as refusal:
        lines = [_error(refusal)]
    except MemoryError:
        return OUT_OF_MEMORY
    try:
        for line in lines:
            target.write(line.encode("ascii") + b"\n")
        target.flush()
    except OSError:
        return OUTPUT_REFUSED
    return 0


def _lines(result: ReadResult) -> list[str]:
    head = {
        "document": result.document.as_json(),
        "warnings": [warning.as_json() for warning in result.warnings],
        "deadlines": [deadline.as_json() for deadline in result.deadlines],
    }
    return [json.dumps(head), *(json.dumps(record.as_json()) for record in result.records)]


def _filled_lines(matrix: FilledMatrix) -> list[str]:
    return [json.dumps({"mark": matrix.mark}), *(json.dumps(row.as_json()) for row in matrix.rows)]


def _error(refusal: UnreadableFile) -> str:
    return json.dumps({"error": {"code": refusal.code, "params": refusal.params}})


def _limit(memory: int, seconds: int, output: int) -> None:
    """Hard limits that this process cannot lift again; memory only where the system enforces it."""
    try:
        import resource
    except ImportError:  # not a Unix: the parent's clock is the only limit
        return
    limits = [
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ]
    if sys.platform == "linux":
        limits.append((resource.RLIMIT_AS, memory))
    for kind, value in limits:
        resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    # At once: the interpreter's own flush at exit would fail again and hide the status.
    os._exit(main(sys.stdin.buffer, sys.stdout.buffer))
