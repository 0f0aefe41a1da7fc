"""The watch over children at work: wall time and memory, and those that wait for nothing.

Where the kernel keeps the limits (Linux) this is the second lock; elsewhere it is the only one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Protocol

from tawsiya.core.sandbox.process import MEMORY, TIME, Child

_LOOK = 0.02
"""Seconds between two looks at children at work."""
_REST = 5.0


class Waiting(Protocol):
    """A pool, as far as the watch knows it."""

    def drop_idle(self, now: float) -> None:
        """End children that waited for too long."""


class Watch:
    """One thread for all pools of a process, started with the first child at work."""

    def __init__(self, pools: Iterable[Waiting]) -> None:
        self._pools = pools
        self.reset()

    def reset(self) -> None:
        """Begin anew, as after a fork."""
        self._change = threading.Condition()
        self._busy: dict[Child, tuple[float, int]] = {}
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, child: Child, *, seconds: float, memory: int) -> Iterator[None]:
        """Kill a child that works longer than ``seconds`` or holds more than ``memory`` bytes."""
        with self._change:
            self._busy[child] = (time.monotonic() + seconds, memory)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, name="sandbox watch", daemon=True)
                self._thread.start()
            elif len(self._busy) == 1:
                self._change.notify()
        try:
            yield
        finally:
            with self._change:
                self._busy.pop(child, None)

    def _look(self) -> None:
        # Here: only for who starts children. Its stubs are not among the tools of the house.
        import psutil  # type: ignore[import-untyped]

        while True:
            with self._change:
                if not self._busy:
                    self._change.wait(_REST)
                now = time.monotonic()
                # Under the lock: who is killed is surely still at the work that went wrong.
                for child, (deadline, memory) in self._busy.items():
                    if now > deadline:
                        child.kill(TIME)
                        continue
                    held, claimed = _memory(psutil, child.pid)
                    child.claimed = max(child.claimed, claimed)
                    child.peak = max(child.peak, held)
                    if held > memory:
                        child.kill(MEMORY)
            for pool in list(self._pools):
                pool.drop_idle(now)
            time.sleep(_LOOK)


def _memory(psutil: ModuleType, pid: int) -> tuple[int, int]:
    """Bytes that a process holds in memory, and those of its address space; 0 where it has ended."""
    try:
        usage = psutil.Process(pid).memory_info()
    except psutil.Error:
        return 0, 0
    return int(usage.rss), int(usage.vms)
