"""Child processes that live and end with the command that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

STOP_SECONDS = 10.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1


def _interrupt(number: int, _frame: object) -> None:
    # Once is enough: an impatient second Ctrl-C must not cut the cleaning up short.
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt(number)


def stop_on_signals() -> None:
    """Turn Ctrl-C, a service manager's stop and a closed terminal into one KeyboardInterrupt."""
    for each in _SIGNALS:
        signal.signal(each, _interrupt)


def start(words: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a program that the terminal's Ctrl-C does not reach: its parent stops it in order.

    On Linux it is stopped too when this process is killed outright.
    """
    before = _die_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(words, start_new_session=True, preexec_fn=before)


def _die_with_parent() -> None:
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask the processes to end, all at once, and kill those that do not."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
