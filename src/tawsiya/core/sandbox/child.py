"""The child process: does the tasks of one module, one file after the other, under hard limits.

Started as ``python -m tawsiya.core.sandbox.child MODULE MEMORY``: ``MODULE.TASKS`` maps names to
functions from a stream and arguments to pieces of the answer. Everything is loaded before the
limits close; the child ends with its parent's end of the pipe, and after any failure.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from tawsiya.core.sandbox import confine, frames

Task = Callable[[BinaryIO, dict[str, Any]], Iterable[bytes]]


def main(module: str, memory: int) -> int:
    """Serve orders until the parent has gone or a task fails; return the exit status."""
    source, target = _channels()
    tasks: Mapping[str, Task] = importlib.import_module(module).TASKS
    confine.for_good(memory)
    while line := source.readline():
        try:
            if not serve(json.loads(line), source, target, tasks):
                return 1
        except (frames.Broken, BrokenPipeError):
            break
    return 0


def serve(order: dict[str, Any], source: BinaryIO, target: BinaryIO, tasks: Mapping[str, Task]) -> bool:
    """Do one order and answer it; False where this process should serve no more.

    Raises:
        frames.Broken, BrokenPipeError: the parent has gone.
    """
    started = time.process_time()
    body = frames.Body(source, order["size"])
    confine.for_one(order["memory"], order["seconds"])
    try:
        for piece in tasks[order["task"]](body, order["arguments"]):  # type: ignore[arg-type]
            frames.write(target, frames.DATA, piece)
        body.skip()
    except (frames.Broken, BrokenPipeError):
        raise
    except MemoryError:
        confine.relax()
        return _last_word(target, frames.OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever a reader forgot must be said, and ends the child
        return _last_word(target, frames.CRASHED, _place(error))
    usage = {"seconds": time.process_time() - started, **confine.usage()}
    frames.write(target, frames.END, json.dumps(usage).encode("ascii"))
    target.flush()
    return True


def _last_word(target: BinaryIO, kind: bytes, content: bytes = b"") -> bool:
    frames.write(target, kind, content)
    target.flush()
    return False


def _place(error: Exception) -> bytes:
    """Type and place of an exception; its words may quote the file."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}".encode("ascii", "replace")


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """The two ends of the pipes, kept apart from what a library might print."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return source, target


if __name__ == "__main__":
    # At once: the interpreter's own tidying would only take time, and might fail under the limits.
    os._exit(main(sys.argv[1], int(sys.argv[2])))
