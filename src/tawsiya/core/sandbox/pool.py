"""The parent's side: children kept warm, one file at a time for each, watched, replaced.

Safe to use from several threads; after a fork the new process starts with no children. Whatever
happens to a child, its caller gets the answer or :class:`Failed`.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from tawsiya.core.sandbox.process import CRASH, MEMORY, OUTPUT, TIME, Child, Failed
from tawsiya.core.sandbox.watch import Watch

__all__ = ["CRASH", "MEMORY", "MIB", "OUTPUT", "TIME", "Failed", "Limits", "Pool"]

MIB = 1024 * 1024
USES = 300
"""Files that one child serves at most."""
AGE = 600.0
"""Seconds after which a child is replaced, and (fewer) those it may wait for work."""
IDLE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one task: memory and output in bytes, wall and CPU time in seconds."""

    memory: int = 512 * MIB
    seconds: int = 30
    output: int = 64 * MIB


class Pool:
    """At most ``size`` children for the tasks of ``module``, none given more than ``memory`` bytes."""

    _free: threading.Condition
    _idle: list[Child]
    _all: set[Child]
    _leased: int

    def __init__(self, module: str, *, size: int = 2, memory: int = 512 * MIB, uses: int = USES) -> None:
        self.module = module
        self.memory = memory
        self._size = size
        self._uses = uses
        self.peak = 0
        """Bytes: the most that a child of this pool was seen to hold in memory."""
        self._reset()
        _POOLS.add(self)

    @contextmanager
    def call(
        self,
        task: str,
        source: bytes | BinaryIO,
        arguments: Mapping[str, Any] | None = None,
        limits: Limits | None = None,
        *,
        apart: bool = False,
    ) -> Iterator[Iterator[bytes]]:
        """Give a task its file and yield the pieces of its answer as they come.

        Args:
            source: the file, or a stream of which the rest is the file; it must be able to seek.
            apart: a child of its own outside the pool, for work of minutes that nobody should wait for.

        Raises:
            Failed: no answer, or only a part of one: time, memory or output ran out, or the child died.
        """
        bounds = limits or Limits()
        stream = BytesIO(source) if isinstance(source, bytes) else source
        child = self._start() if apart else self._lease()
        try:
            order = {
                "task": task,
                "arguments": dict(arguments or {}),
                "size": _rest(stream),
                "memory": min(bounds.memory, self.memory),
                "seconds": bounds.seconds,
            }
            with _WATCH.over(child, seconds=bounds.seconds, memory=bounds.memory):
                yield child.ask(order, stream, output=bounds.output)
        finally:
            if apart:
                self._discard(child)
            else:
                self._release(child)

    def close(self) -> None:
        """End every child; a later call starts new ones."""
        with self._free:
            children = list(self._all)
            self._idle.clear()
            self._all.clear()
        for child in children:
            child.end()

    def drop_idle(self, now: float) -> None:
        """End children that waited for work for too long."""
        with self._free:
            late = [child for child in self._idle if now - child.since > IDLE]
            self._idle = [child for child in self._idle if child not in late]
            self._all.difference_update(late)
        for child in late:
            child.end()

    def _reset(self) -> None:
        self._free = threading.Condition()
        self._idle = []
        self._all = set()
        self._leased = 0

    def _lease(self) -> Child:
        """A warm child, else a new one; waits while all are at work."""
        with self._free:
            while not self._idle and self._leased >= self._size:
                self._free.wait()
            self._leased += 1
            child = self._idle.pop() if self._idle else None
        if child is not None and child.alive:
            return child
        if child is not None:
            self._discard(child)
        try:
            return self._start()
        except BaseException:
            self._return(None)
            raise

    def _release(self, child: Child) -> None:
        """Take a child back; or end it and let another warm up in its place."""
        self.peak = max(self.peak, child.peak)
        fit = (
            child.answered and child.alive and child.uses < self._uses and time.monotonic() - child.born < AGE
        )
        if fit and child.size <= self.memory // 2:
            self._return(child)
            return
        self._discard(child)
        fresh: Child | None = None
        with suppress(Failed):  # the next caller will be told
            fresh = self._start()
        self._return(fresh)

    def _return(self, child: Child | None) -> None:
        with self._free:
            self._leased -= 1
            if child is not None and child in self._all:
                child.since = time.monotonic()
                self._idle.append(child)
            self._free.notify()

    def _start(self) -> Child:
        child = Child(self.module, self.memory)
        with self._free:
            self._all.add(child)
        return child

    def _discard(self, child: Child) -> None:
        child.end()
        with self._free:
            self._all.discard(child)


def _rest(stream: BinaryIO) -> int:
    """Bytes from here to the end of a stream."""
    here = stream.tell()
    end = stream.seek(0, os.SEEK_END)
    stream.seek(here)
    return end - here


_POOLS: weakref.WeakSet[Pool] = weakref.WeakSet()
_WATCH = Watch(_POOLS)


@atexit.register
def _close_all() -> None:
    for pool in list(_POOLS):
        pool.close()


def _forked() -> None:
    """The children belong to the process that started them; its threads did not come along either."""
    _WATCH.reset()
    for pool in list(_POOLS):
        pool._reset()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
