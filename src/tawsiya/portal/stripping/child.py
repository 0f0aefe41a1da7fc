"""The child process: cleans the file on standard input under hard limits.

Arguments: media type, memory and output in bytes, CPU time in seconds. The answer on standard
output is the clean file; with exit status `REFUSED`, a code and a detail on two lines.
"""

import os
import sys

from tawsiya.portal.stripping import CannotStrip, strip

REFUSED = 3
FAILED = 4


def main() -> int:
    """Clean the file and return the exit status."""
    media_type, memory, seconds, output = sys.argv[1:5]
    _limit(int(memory), int(seconds), int(output))
    data = sys.stdin.buffer.read()
    try:
        answer, status = strip(data, media_type), 0
    except CannotStrip as refusal:
        answer, status = f"{refusal.code}\n{refusal.detail}".encode(), REFUSED
    except MemoryError:
        answer, status = b"too_large\n", REFUSED
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except OSError:
        return FAILED
    return status


def _limit(memory: int, seconds: int, output: int) -> None:
    """Hard limits that this process cannot lift again; memory only where the system enforces it."""
    try:
        import resource
    except ImportError:  # not a Unix: the parent's clock is the only limit
        return
    limits = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, output), (resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        limits.append((resource.RLIMIT_AS, memory))
    for kind, value in limits:
        resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    # At once: the interpreter's own flush at exit would fail again and hide the status.
    os._exit(main())
