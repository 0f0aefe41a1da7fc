"""Reading an export of any size in child processes, handing on what they send while they read.

Nothing is kept in memory but what is on its way. A child inherits no environment, writes to no file,
and is killed when its time is up or its reader has gone. Raises UnreadableFile and nothing else.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

import tawsiya
from tawsiya.intake.readers.records import Json, UnreadableFile
from tawsiya.intake.readers.uhri import opening
from tawsiya.intake.readers.uhri.bulk_child import END, OUT_OF_MEMORY, RAW, ROWS, UNCHANGED

MIB = 1024 * 1024
_CHILD = "tawsiya.intake.readers.uhri.bulk_child"
_WAITING = 4
"""Frames that wait for their reader before a child has to."""
_MAX_FRAME = 32 * MIB

__all__ = ["RAW", "ROWS", "UNCHANGED", "Frame", "Limits", "Reading", "read", "records_about"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading: processes, address space of each in bytes, seconds."""

    processes: int = 2
    memory: int = 400 * MIB
    seconds: int = 600


class Frame(NamedTuple):
    """A block of what was read: lines for COPY, 16-byte identifiers, or JSON, by its ``kind``."""

    kind: bytes
    data: bytes


@dataclass
class Reading:
    """What is asked of an export, and after its last frame the counts of what was in it.

    ``known`` are the fingerprints that need not be sent again: eight bytes each, big endian.
    ``without`` is a State whose own records are left out, ``only`` one whose records alone are wanted.
    """

    known: bytes = b""
    without: str = ""
    only: str = ""
    counts: Counter[str] = field(default_factory=Counter)


class Torn(Exception):
    """The pieces did not fit: read again with one process. What was handed on is void."""


def read(
    path: Path, reading: Reading, *, limits: Limits | None = None, alone: bool = False
) -> Generator[Frame, None, None]:
    """The frames of an export, as they come; ``reading.counts`` holds once the last was taken.

    With ``alone`` one process reads the whole. Raises UnreadableFile; Torn, never with ``alone``.
    """
    bounds = limits or Limits()
    with opening.opened(path) as (file, divisible):
        processes = 1 if alone or not divisible else bounds.processes
        yield from _frames(file, reading, bounds, processes)


def records_about(path: Path, state: str, *, limits: Limits | None = None) -> bytes:
    """The records of an export about one State, as a smaller export. Raises UnreadableFile.

    The same records give the same bytes, whatever else the export holds.
    """
    cap = opening.MAX_PART
    for alone in (False, True):
        parts: list[bytes] = []
        try:
            for frame in read(path, Reading(only=state), limits=limits, alone=alone):
                parts.append(frame.data)
                if sum(map(len, parts)) > cap:
                    raise UnreadableFile("too_large", limit_mib=cap // MIB)
        except Torn:
            continue
        lines = sorted(line for part in parts for line in part.splitlines())
        return b"[\n" + b",\n".join(lines) + b"\n]\n"
    raise AssertionError("one process alone tears nothing")


def _frames(file: BinaryIO, reading: Reading, bounds: Limits, processes: int) -> Generator[Frame, None, None]:
    reading.counts.clear()
    frames: queue.Queue[Frame | UnreadableFile] = queue.Queue(_WAITING)
    stopped = threading.Event()
    until = time.monotonic() + bounds.seconds
    with ExitStack() as stack:
        for worker in range(processes):
            child = stack.enter_context(_child(file, reading, bounds, worker, processes))
            reader = threading.Thread(target=_forward, args=(child, bounds, frames, stopped), daemon=True)
            reader.start()
        stack.callback(stopped.set)
        running = processes
        while running:
            frame = _next(frames, until, bounds)
            if frame.kind == END:
                reading.counts.update(_summary(frame.data))
                running -= 1
            else:
                yield frame


def _next(frames: queue.Queue[Frame | UnreadableFile], until: float, bounds: Limits) -> Frame:
    try:
        frame = frames.get(timeout=max(0.0, until - time.monotonic()))
    except queue.Empty as late:
        raise UnreadableFile("timed_out", seconds=bounds.seconds) from late
    if isinstance(frame, UnreadableFile):
        raise frame
    return frame


def _summary(data: bytes) -> Mapping[str, int]:
    told: Json = json.loads(data)
    if told.get("torn"):
        raise Torn
    if "error" in told:
        raise UnreadableFile(told["error"]["code"], **told["error"]["params"])
    counts: dict[str, int] = told["counts"]
    return counts


@contextmanager
def _child(
    file: BinaryIO, reading: Reading, bounds: Limits, worker: int, workers: int
) -> Iterator[subprocess.Popen[bytes]]:
    order = {
        "file": file.fileno(),
        "worker": worker,
        "workers": workers,
        "without": reading.without,
        "only": reading.only,
        "memory": bounds.memory,
        "seconds": bounds.seconds,
    }
    with tempfile.TemporaryFile() as source:
        source.write(json.dumps(order).encode("ascii") + b"\n" + reading.known)
        source.seek(0)
        root = Path(tawsiya.__path__[0]).resolve().parent
        with subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", _CHILD],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
            pass_fds=(file.fileno(),),
        ) as process:
            try:
                yield process
            finally:
                process.kill()


def _forward(
    child: subprocess.Popen[bytes],
    bounds: Limits,
    frames: queue.Queue[Frame | UnreadableFile],
    stopped: threading.Event,
) -> None:
    """Hand on the frames of a child until its last; a child that ends without one is a refusal."""
    while not stopped.is_set():
        item: Frame | UnreadableFile = _received(child) or _ending(child, bounds)
        while not stopped.is_set():
            try:
                frames.put(item, timeout=0.5)
                break
            except queue.Full:
                continue
        if isinstance(item, UnreadableFile) or item.kind == END:
            return


def _received(child: subprocess.Popen[bytes]) -> Frame | None:
    stream = child.stdout
    if stream is None:
        return None
    try:
        head = stream.read(5)
        length = int.from_bytes(head[1:], "big")
        if len(head) < 5 or length > _MAX_FRAME:
            return None
        data = stream.read(length)
    except (OSError, ValueError):  # closed by a reader that has gone
        return None
    return Frame(head[:1], data) if len(data) == length else None


def _ending(child: subprocess.Popen[bytes], bounds: Limits) -> UnreadableFile:
    status = child.wait()
    if status == OUT_OF_MEMORY:
        return UnreadableFile("out_of_memory", limit_mib=bounds.memory // MIB)
    return UnreadableFile(
        "reader_crashed", detail=f"signal {-status}" if status < 0 else f"exit status {status}"
    )
