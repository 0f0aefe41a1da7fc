"""Start another program with its limits set and the network closed: ``launch LIMITS PROGRAM ARGUMENT…``.

A process of its own, because limits can only be set by the one they hold for, and setting them between
fork and exec in a program with threads is not safe. ``LIMITS`` is JSON: memory, file (bytes), seconds.
"""

from __future__ import annotations

import json
import os
import platform
import struct
import sys

from tawsiya.core.sandbox import calls

_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_FAMILIES = (2, 10, 17)
"""Internet, its sixth version, and raw packets; a program may talk to itself (1: Unix)."""
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16


def close_network() -> bool:
    """Ask the kernel to refuse sockets that leave this machine; False where it cannot."""
    machine, socket = _SOCKET.get(platform.machine(), (0, 0))
    if sys.platform != "linux" or not machine or struct.calcsize("P") != 8:
        return False
    return calls.install(program(machine, socket))


def program(machine: int, socket: int) -> bytes:
    """The filter in the kernel's form: other machines' calls and sockets of the families are refused."""
    last = len(_FAMILIES)
    lines = [
        (calls.LOAD, 0, 0, _MACHINE),
        (calls.IF_EQUAL, 0, last + 5, machine),
        (calls.LOAD, 0, 0, _NUMBER),
        (calls.IF_AT_LEAST, last + 3, 0, calls.OTHER_TABLE),
        (calls.IF_EQUAL, 0, last + 1, socket),
        (calls.LOAD, 0, 0, _FIRST_ARGUMENT),
    ]
    lines += [(calls.IF_EQUAL, last - place, 0, family) for place, family in enumerate(_FAMILIES)]
    lines += [(calls.RETURN, 0, 0, calls.ALLOW), (calls.RETURN, 0, 0, calls.REFUSE)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def main(arguments: list[str]) -> None:
    """Limit this process, then become the program. Never returns where the program exists."""
    limits = json.loads(arguments[0])
    if os.name == "posix":
        import resource

        for kind, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, int(limits["seconds"])),
            (resource.RLIMIT_FSIZE, int(limits["file"])),
            (resource.RLIMIT_AS, int(limits["memory"])),
        ):
            resource.setrlimit(kind, (value, value))
    close_network()
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    os.execve(arguments[1], arguments[1:], environment)  # noqa: S606  # what this module is for


if __name__ == "__main__":
    main(sys.argv[1:])
