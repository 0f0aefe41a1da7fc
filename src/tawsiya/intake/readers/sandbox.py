"""Reading an untrusted file in a child process whose memory, time and output are capped.

The child inherits no environment (so no secret), writes to a file of limited size and is killed
at the end of its time. Whatever happens to it, the caller gets a result or an UnreadableFile.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import tawsiya
from tawsiya.intake.readers.archive import MAX_FILE
from tawsiya.intake.readers.child import DOCUMENT, FILLED_MATRIX, OUT_OF_MEMORY, OUTPUT_REFUSED
from tawsiya.intake.readers.filled_matrix import FilledMatrix, FilledRow
from tawsiya.intake.readers.records import (
    Deadline,
    DocumentInfo,
    Json,
    ReaderWarning,
    ReadResult,
    Record,
    UnreadableFile,
)

T = TypeVar("T")
MIB = 1024 * 1024
_CHILD = "tawsiya.intake.readers.child"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading: address space and output in bytes, wall and CPU time in seconds."""

    memory: int = 512 * MIB
    seconds: int = 30
    output: int = 64 * MIB


def read(data: bytes, *, filename: str = "", limits: Limits | None = None) -> ReadResult:
    """As :func:`detect.read`, in a child process. Raises UnreadableFile and nothing else."""
    return _read(data, {"task": DOCUMENT, "filename": filename}, limits or Limits(), _result)


def read_filled(data: bytes, *, limits: Limits | None = None) -> FilledMatrix:
    """As :func:`detect.read_filled`, in a child process. Raises UnreadableFile and nothing else."""
    return _read(data, {"task": FILLED_MATRIX, "filename": ""}, limits or Limits(), _filled)


def _read(data: bytes, order: dict[str, str], bounds: Limits, parse: Callable[[BinaryIO], T]) -> T:
    """What ``parse`` makes of the child's answer, once the child ended well."""
    if len(data) > MAX_FILE:
        raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        limits = {"memory": bounds.memory, "seconds": bounds.seconds, "output": bounds.output}
        source.write(json.dumps(order | limits).encode("ascii") + b"\n")
        source.write(data)
        source.seek(0)
        status = _run(source, target, bounds)
        size = target.seek(0, 2)
        if status == OUTPUT_REFUSED or size > bounds.output:
            raise UnreadableFile("output_too_large", limit_mib=bounds.output // MIB)
        if status == OUT_OF_MEMORY:
            raise UnreadableFile("out_of_memory", limit_mib=bounds.memory // MIB)
        if status != 0:
            raise UnreadableFile("reader_crashed", detail=_ending(status))
        target.seek(0)
        return parse(target)


def _run(source: BinaryIO, target: BinaryIO, bounds: Limits) -> int:
    """Exit status of the child, negative for a signal. Raises UnreadableFile when time is up."""
    command = [sys.executable, "-P", "-s", "-m", _CHILD]
    environment = {"PYTHONPATH": str(_import_root()), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command, stdin=source, stdout=target, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            return process.wait(bounds.seconds)
        except subprocess.TimeoutExpired as late:
            raise UnreadableFile("timed_out", seconds=bounds.seconds) from late
        finally:
            process.kill()


def _import_root() -> Path:
    """The folder that the package is imported from: a checkout's ``src`` or site-packages."""
    return Path(tawsiya.__path__[0]).resolve().parent


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit status {status}"


def _result(target: BinaryIO) -> ReadResult:
    with _as_agreed():
        head, lines = _answer(target)
        return ReadResult(
            document=DocumentInfo.from_json(head["document"]),
            records=tuple(Record.from_json(line) for line in lines),
            warnings=tuple(ReaderWarning.from_json(w) for w in head["warnings"]),
            deadlines=tuple(Deadline.from_json(d) for d in head["deadlines"]),
        )


def _filled(target: BinaryIO) -> FilledMatrix:
    with _as_agreed():
        head, lines = _answer(target)
        return FilledMatrix(tuple(FilledRow.from_json(line) for line in lines), head["mark"])


def _answer(target: BinaryIO) -> tuple[Json, list[Json]]:
    head, *lines = [json.loads(line) for line in target]
    if "error" in head:
        raise UnreadableFile(head["error"]["code"], **head["error"]["params"])
    return head, lines


@contextmanager
def _as_agreed() -> Iterator[None]:
    """Refuse an answer that has not the shape of the protocol."""
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableFile("reader_crashed", detail=type(error).__name__) from error
