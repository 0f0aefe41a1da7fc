"""Tasks that misbehave, for the children of the tests of the sandbox."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from tawsiya.core.sandbox import calls

Arguments = dict[str, Any]


def echo(source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    while chunk := source.read(100_000):
        yield chunk


def ignore(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    yield b"done"


def pid(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    yield str(os.getpid()).encode()


def wrong(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    yield b"part of an answer"
    raise KeyError("secret")


def leave(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    os._exit(7)
    yield b""


def die(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    signal.raise_signal(signal.SIGSEGV)
    yield b""


def garble(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    """Write to the channel itself, which has one of the first numbers."""
    for number in range(3, 8):
        try:
            os.write(number, b"no frame at all")
        except OSError:
            continue
    os._exit(0)
    yield b""


def hoard(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    held = []
    while True:
        held.append(bytearray(8 << 20))
    yield b""


def flood(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    while True:
        yield bytes(100_000)


def sleep(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    time.sleep(60)
    yield b""


def work(_source: BinaryIO, given: Arguments) -> Iterator[bytes]:
    started = time.process_time()
    while time.process_time() - started < given["seconds"]:
        pass
    yield str(os.getpid()).encode()


def surroundings(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    ends = [Path(f"/proc/self/fd/{number}") for number in range(64)]
    files = [str(end.readlink()) for end in ends if end.is_symlink()]
    yield json.dumps({"environment": dict(os.environ), "files": files, "folder": str(Path.cwd())}).encode()


def closed(_source: BinaryIO, _given: Arguments) -> Iterator[bytes]:
    """Whether this kernel can refuse calls: asked for a second time, it says the same."""
    yield json.dumps({"calls": calls.close()}).encode()


def forbidden(act: Callable[[Path], object]) -> Callable[[BinaryIO, Arguments], Iterator[bytes]]:
    def task(_source: BinaryIO, given: Arguments) -> Iterator[bytes]:
        try:
            act(Path(given["path"]))
        except OSError:
            yield b"refused"
        else:
            yield b"done"

    return task


def grow(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"x" * 100)


TASKS = {
    "echo": echo,
    "ignore": ignore,
    "pid": pid,
    "wrong": wrong,
    "leave": leave,
    "die": die,
    "garble": garble,
    "hoard": hoard,
    "flood": flood,
    "sleep": sleep,
    "work": work,
    "surroundings": surroundings,
    "closed": closed,
    "socket": forbidden(lambda _path: socket.socket()),
    "start": forbidden(lambda _path: subprocess.run([sys.executable, "-V"], check=True)),
    "fork": forbidden(lambda _path: os.fork() or os._exit(0)),
    "write": forbidden(lambda path: path.with_name("new").write_text("x")),
    "grow": forbidden(grow),
    "remove": forbidden(lambda path: path.unlink()),
    "rename": forbidden(lambda path: path.rename(path.with_name("gone"))),
    "signal": forbidden(lambda _path: os.kill(os.getppid(), 0)),
}
