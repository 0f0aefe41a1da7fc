"""Other programs under caps: time, output, network, and nothing left behind."""

import sys
import time
from pathlib import Path

import pytest

from tawsiya.core.sandbox import CRASH, MIB, OUTPUT, TIME, Failed
from tawsiya.core.sandbox.programs import Caps, private_folder, run

CAPS = Caps(seconds=20, memory=1024 * MIB, output=1 * MIB)


def python(source, caps=CAPS):
    with private_folder() as folder:
        return run([sys.executable, "-I", "-c", source], folder=folder, caps=caps)


def test_a_program_prints_from_a_folder_of_its_own():
    with private_folder() as folder:
        printed = run(
            [
                sys.executable,
                "-I",
                "-c",
                "import os; print(os.getcwd(), os.environ['HOME'], os.environ.get('PYTHONPATH'))",
            ],
            folder=folder,
            caps=CAPS,
        )
    assert printed.decode().split() == [str(folder), str(folder), "None"]
    assert not folder.exists()


def test_a_program_that_fails_or_is_not_there_is_refused():
    with pytest.raises(Failed) as failed:
        python("raise SystemExit(3)")
    assert (failed.value.kind, failed.value.detail) == (CRASH, "exit status 3")
    with private_folder() as folder, pytest.raises(Failed):
        run([str(folder / "none")], folder=folder, caps=CAPS)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a Unix")
def test_time_output_and_memory_are_capped():
    began = time.monotonic()
    with pytest.raises(Failed) as failed:
        python("import time; time.sleep(600)", Caps(seconds=1, memory=CAPS.memory, output=CAPS.output))
    assert failed.value.kind == TIME
    assert time.monotonic() - began < 20
    with pytest.raises(Failed) as failed:
        python("import sys; sys.stdout.write('x' * 3_000_000)")
    assert failed.value.kind == OUTPUT
    with pytest.raises(Failed):
        python("x = bytearray(2_000_000_000)")


@pytest.mark.skipif(sys.platform != "linux", reason="the filter of calls is Linux's")
def test_the_network_is_closed_and_talk_within_the_machine_is_not():
    printed = python(
        "import socket\n"
        "for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):\n"
        "    try: socket.socket(family).close(); print('open')\n"
        "    except PermissionError: print('refused')\n"
    )
    assert printed.split() == [b"refused", b"refused", b"open"]


@pytest.mark.skipif(sys.platform != "linux", reason="sessions of a Unix")
def test_what_a_program_started_is_stopped_with_it():
    printed = python(
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-I', '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid)\n"
    )
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{int(printed)}/stat").read_text("ascii").split()[2] == "Z":
                return
        except FileNotFoundError:
            return
    pytest.fail("the child of the program lives on")
