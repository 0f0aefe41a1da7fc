"""One child process as its parent sees it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, BinaryIO

import tawsiya
from tawsiya.core.sandbox import frames

TIME = "time"
MEMORY = "memory"
OUTPUT = "output"
CRASH = "crash"
_POSIX = os.name == "posix"
_OUT_OF_TIME = -int(getattr(signal, "SIGXCPU", 0))
_GAVE_UP = -int(getattr(signal, "SIGABRT", 0))
"""How libraries in C end where memory is denied: mostly when they ask for twice what they hold."""
_PIPE = 32 * 1024
"""What surely fits into a pipe, so that writing it cannot wait."""
_CHUNK = 1 << 20


ALLOCATION = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=1000"}
"""Environment of children: readers take and give back thousands of small blocks for each page.

With the C library's seven kept at hand for each size, giving back costs PDFium a twentieth of its time. Other
C libraries do not know the name and leave it.
"""


class Failed(Exception):
    """A child gave no whole answer; ``kind`` is TIME, MEMORY, OUTPUT or CRASH."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail


class Child:
    """A process that serves orders one after the other, without environment and without other files."""

    def __init__(self, module: str, memory: int) -> None:
        command = [sys.executable, "-P", "-s", "-m", f"{__package__}.child", module, str(memory)]
        root = Path(tawsiya.__path__[0]).resolve().parent
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **ALLOCATION},
                cwd=root.anchor,
                start_new_session=_POSIX,
            )
        except OSError as error:
            raise Failed(CRASH, "no process could be started") from error
        self.born = self.since = time.monotonic()
        self.uses = 0
        self.size = 0
        self.peak = 0
        self.claimed = 0
        """Bytes of address space that the watch saw during this task."""
        self.answered = False
        self._memory = memory
        self._killed_for = ""

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs and nobody has told it to stop."""
        return not self._killed_for and self._process.poll() is None

    def ask(self, order: Mapping[str, Any], stream: BinaryIO, *, output: int) -> Iterator[bytes]:
        """Give an order with its file; yield the answer's pieces, ``output`` bytes together at most.

        Raises:
            Failed: see there.
        """
        self.uses += 1
        self.answered = False
        self.claimed = 0
        self._memory = int(order["memory"])
        head = json.dumps(dict(order)).encode("ascii") + b"\n"
        writer: threading.Thread | None = None
        if len(head) + order["size"] <= _PIPE:
            self._write(head, stream)
        else:
            writer = threading.Thread(target=self._write, args=(head, stream), daemon=True)
            writer.start()
        try:
            yield from self._answer(output)
        finally:
            if not self.answered:
                self.kill(CRASH)
            if writer is not None:
                writer.join()

    def kill(self, kind: str) -> None:
        """Stop at once, for a reason that the caller of :meth:`ask` will be told."""
        self._killed_for = self._killed_for or kind
        self._process.kill()

    def end(self) -> None:
        """Stop and tidy up: no process and no pipe is left."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not written yet goes nowhere
                _there(pipe).close()
        self._process.wait()

    def _write(self, head: bytes, stream: BinaryIO) -> None:
        target = _there(self._process.stdin)
        try:
            target.write(head)
            while chunk := stream.read(_CHUNK):
                target.write(chunk)
            target.flush()
        except (OSError, ValueError):  # the child ended; reading its answer will tell how
            pass

    def _answer(self, output: int) -> Iterator[bytes]:
        source = _there(self._process.stdout)
        total = 0
        while True:
            try:
                kind, length = frames.read_head(source)
                total += length
                if total > output:
                    raise Failed(OUTPUT)
                content = frames.read_content(source, length)
                if kind == frames.END:
                    self._note(content)
                    return
            except (frames.Broken, OSError, ValueError, KeyError, TypeError):
                raise self._failure() from None
            if kind == frames.OUT_OF_MEMORY:
                raise Failed(MEMORY)
            if kind == frames.CRASHED:
                raise Failed(CRASH, content.decode("ascii", "replace")[:120])
            yield content

    def _note(self, content: bytes) -> None:
        usage = json.loads(content)
        self.size, self.peak = int(usage["size"]), max(self.peak, int(usage["peak"]))
        self.answered = True

    def _failure(self) -> Failed:
        """Why the answer breaks off."""
        self._process.kill()
        status = self._process.wait()
        if self._killed_for:
            return Failed(self._killed_for)
        if _POSIX and status == _OUT_OF_TIME:
            return Failed(TIME)
        if status == _GAVE_UP and self.claimed > self._memory // 4:
            return Failed(MEMORY)
        return Failed(CRASH, f"signal {-status}" if status < 0 else f"exit status {status}")


def _there(pipe: IO[bytes] | None) -> BinaryIO:
    assert pipe is not None  # both were asked for
    return pipe  # type: ignore[return-value]  # the two types mean the same
