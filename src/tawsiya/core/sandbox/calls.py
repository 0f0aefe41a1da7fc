"""System calls that a child gives up for ever (Linux: seccomp, which needs no privilege).

Network, other programs and processes, and changes of the file system: a reader needs none. Numbers
are of the kernel's tables for the two machines that servers are made of; elsewhere nothing is closed
and the limits of :mod:`confine` and the parent's watch remain.
"""

from __future__ import annotations

import ctypes
import platform
import struct

REFUSED: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "fork": (57, None),
    "vfork": (58, None),
    "clone": (56, 220),
    "clone3": (435, 435),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "tkill": (200, 130),
    "pidfd_send_signal": (424, 424),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "creat": (85, None),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "utimensat": (280, 88),
    "mount": (165, 40),
    "bpf": (321, 280),
    "io_uring_setup": (425, 425),
}
"""A call's number on x86-64 and on ARM 64, None where it has none."""

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM
OTHER_TABLE = 0x40000000
"""From here on x86-64 numbers the calls of another convention."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def close() -> bool:
    """Ask the kernel to refuse the calls from now on; False where it cannot."""
    column, machine = _MACHINES.get(platform.machine(), (-1, 0))
    if column < 0 or struct.calcsize("P") != 8:
        return False
    numbers = tuple(number for row in REFUSED.values() if (number := row[column]) is not None)
    return install(program(machine, numbers))


def install(code: bytes) -> bool:
    """Put a filter in the kernel's form over this process and its children; False where it cannot."""
    given = _Program(len(code) // 8, code)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(_SECCOMP, _FILTER, ctypes.byref(given), 0, 0) == 0)


def program(machine: int, numbers: tuple[int, ...]) -> bytes:
    """The filter in the kernel's form: refuse ``numbers`` and other machines' calls, allow the rest."""
    count = len(numbers)
    lines = [
        (LOAD, 0, 0, 4),  # the machine of the call
        (IF_EQUAL, 0, count + 3, machine),
        (LOAD, 0, 0, 0),  # its number
        (IF_AT_LEAST, count + 1, 0, OTHER_TABLE),
        *((IF_EQUAL, count - place, 0, number) for place, number in enumerate(numbers)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
