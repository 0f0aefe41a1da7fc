"""What a child gives up: memory, time, files to write, and on Linux the calls that reach outside.

Limits of a Unix are kept by its kernel. Where there are none (Windows) or not all (macOS keeps no
limit on memory), the parent's watch is what holds: see :mod:`tawsiya.core.sandbox.pool`.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from tawsiya.core.sandbox import calls

resource: Any
try:
    import resource
except ImportError:  # not a Unix
    resource = None

FILES = 32
LIFETIME = 3600
"""Seconds of CPU in a child's whole life, whatever its parent says or fails to say."""
_KEPT = ("VmHWM", "VmSize")
_LINUX = sys.platform == "linux"


def for_good(memory: int) -> None:
    """Close for ever what no task needs; ``memory`` in bytes is the most any task may be given."""
    if resource is not None:
        # No file can grow by a byte: pipes are not counted.
        for kind, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, FILES),
            (resource.RLIMIT_CPU, LIFETIME),
        ):
            resource.setrlimit(kind, (value, value))
        if _LINUX:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if _LINUX:
        calls.close()


def for_one(memory: int, seconds: int) -> None:
    """Limits of the next task. Time is counted over a process's life: the limit moves along with it."""
    if resource is None:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _soft(resource.RLIMIT_CPU, int(spent.ru_utime + spent.ru_stime) + seconds + 1)
    if _LINUX:
        _soft(resource.RLIMIT_AS, memory)


def relax() -> None:
    """Give back the memory that the last task was denied, so that its end can be told."""
    if resource is not None and _LINUX:
        resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)


def usage() -> dict[str, int]:
    """Bytes: the most this process ever held in memory, and its address space now (0: not known)."""
    if not _LINUX:
        return {"peak": 0, "size": 0}
    # Not getrusage: a process starts there with what its parent held.
    with suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        kept = {name: int(rest.split()[0]) * 1024 for name, rest in map(_parted, lines) if name in _KEPT}
        return {"peak": kept.get("VmHWM", 0), "size": kept.get("VmSize", 0)}
    return {"peak": 0, "size": 0}


def _parted(line: str) -> tuple[str, str]:
    name, _colon, rest = line.partition(":")
    return name, rest


def _soft(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
