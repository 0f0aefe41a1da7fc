"""Other people's programs on untrusted files: a private folder, caps, no network."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import tawsiya
from tawsiya.core.sandbox.pool import MIB
from tawsiya.core.sandbox.process import CRASH, OUTPUT, TIME, Failed

_POSIX = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Caps:
    """Bounds of one run: wall-clock seconds, bytes of address space, bytes of a file or of what is
    printed.
    """

    seconds: int = 60
    memory: int = 2048 * MIB
    output: int = 64 * MIB


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that nobody else reads, deleted with all that is in it."""
    with tempfile.TemporaryDirectory(prefix="tawsiya-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def found(*names: str) -> str:
    """The full path of the first of these programs that is installed, "" for none."""
    return next((path for name in names if (path := shutil.which(name))), "")


def run(command: Sequence[str], *, folder: Path, caps: Caps, more: Mapping[str, str] | None = None) -> bytes:
    """Run a program within a folder of its own and return what it printed.

    Args:
        command: the full path of the program, and its arguments.
        more: environment variables besides those every program gets.

    Raises:
        Failed: it took too long, printed too much, could not be started, or said that it failed.
    """
    limits = json.dumps({"seconds": caps.seconds, "memory": caps.memory, "file": caps.output})
    root = Path(tawsiya.__path__[0]).resolve().parent
    printed = folder / ".printed"
    with printed.open("w+b") as out:
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-m", f"{__package__}.launch", limits, *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=_environment(folder) | {"PYTHONPATH": str(root)} | dict(more or {}),
                start_new_session=_POSIX,
            )
        except OSError as error:
            raise Failed(CRASH, "no process could be started") from error
        status = _waited(process, caps.seconds)
        if out.seek(0, os.SEEK_END) >= caps.output:
            raise Failed(OUTPUT)
        if status != 0:
            raise Failed(CRASH, f"signal {-status}" if status < 0 else f"exit status {status}")
        out.seek(0)
        return out.read()


def _waited(process: subprocess.Popen[bytes], seconds: int) -> int:
    """The exit status; whatever it started is stopped with it."""
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Failed(TIME) from None
    finally:
        with suppress(OSError):  # it and its children have ended
            if _POSIX:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
    if _POSIX and status == -signal.SIGXCPU:
        raise Failed(TIME)
    return status


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    place = str(folder)
    return kept | {
        "HOME": place,
        "TMPDIR": place,
        "TEMP": place,
        "TMP": place,
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }
