"""The pool of child processes: what a child may not do, and that its caller always gets an answer."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import psutil
import pytest

from tawsiya.core.sandbox import CRASH, MEMORY, MIB, OUTPUT, TIME, Failed, Limits, Pool, calls
from tawsiya.core.sandbox.pool import _WATCH
from tests.core import sandbox_tasks

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux closes system calls and keeps limits")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """A pool of the tasks that misbehave; its children find them in the tests' folder."""
    import tawsiya.core.sandbox.process as process

    given = process.subprocess.Popen

    def with_tests(*args: object, **options: object) -> object:
        options["env"] = dict(options["env"])  # type: ignore[call-overload]
        options["env"]["PYTHONPATH"] += os.pathsep + str(ROOT)
        return given(*args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(process.subprocess, "Popen", with_tests)
    made = Pool(sandbox_tasks.__name__, memory=256 * MIB)
    yield made
    made.close()


def answer(
    pool: Pool, task: str, data: bytes = b"", limits: Limits | None = None, **arguments: object
) -> bytes:
    with pool.call(task, data, arguments, limits) as pieces:
        return b"".join(pieces)


def failure(pool: Pool, task: str, limits: Limits | None = None, **arguments: object) -> Failed:
    with pytest.raises(Failed) as raised:
        answer(pool, task, b"x", limits, **arguments)
    return raised.value


def test_one_child_serves_many_files(pool: Pool) -> None:
    first, second = answer(pool, "pid"), answer(pool, "pid")
    assert first == second
    assert int(first) != os.getpid()


def test_a_large_file_goes_in_and_comes_out(pool: Pool) -> None:
    data = os.urandom(9 * MIB)
    assert answer(pool, "echo", data) == data


def test_a_stream_is_given_from_where_it_stands(pool: Pool) -> None:
    stream = BytesIO(b"head and the rest")
    stream.seek(5)
    with pool.call("echo", stream) as pieces:
        assert b"".join(pieces) == b"and the rest"


def test_what_a_task_did_not_read_does_not_reach_the_next(pool: Pool) -> None:
    assert answer(pool, "ignore", b"A" * MIB) == b"done"
    assert answer(pool, "echo", b"B") == b"B"


def test_a_child_is_replaced_after_its_number_of_files(pool: Pool) -> None:
    pool._uses = 2
    served = [answer(pool, "pid") for _ in range(5)]
    assert served[0] == served[1] != served[2] == served[3] != served[4]


@pytest.mark.parametrize(
    ("task", "kind"),
    [("wrong", CRASH), ("leave", CRASH), ("die", CRASH), ("garble", CRASH), ("hoard", MEMORY)],
)
def test_a_failure_is_told_and_the_next_file_gets_another_child(pool: Pool, task: str, kind: str) -> None:
    before = answer(pool, "pid")
    assert failure(pool, task).kind == kind
    assert answer(pool, "pid") != before


def test_an_exception_is_told_by_type_and_place_never_by_its_words(pool: Pool) -> None:
    said = failure(pool, "wrong").detail
    assert said.startswith("KeyError, sandbox_tasks.py:")
    assert "secret" not in said


def test_time_by_the_clock(pool: Pool) -> None:
    assert failure(pool, "sleep", Limits(seconds=1)).kind == TIME


@LINUX
def test_time_of_the_processor_is_counted_file_by_file(pool: Pool) -> None:
    """Three files of half a second each pass under a limit of one second."""
    served = {answer(pool, "work", limits=Limits(seconds=5), seconds=0.5) for _ in range(3)}
    assert len(served) == 1


@LINUX
def test_the_kernel_ends_a_task_out_of_time_even_without_the_watch(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawsiya.core.sandbox.process.Child.kill", lambda self, kind: None)
    assert failure(pool, "work", Limits(seconds=1), seconds=60).kind == TIME


def test_the_watch_ends_a_task_out_of_memory_even_without_the_kernel(pool: Pool) -> None:
    """The kernel's limit stays at 256 MiB, the watch is told of one that every interpreter passes."""
    with pool.call("sleep", b"", {}, Limits(seconds=20)) as pieces:
        (child,) = pool._all
        deadline, _memory = _WATCH._busy[child]
        _WATCH._busy[child] = (deadline, MIB)
        with pytest.raises(Failed) as raised:
            next(pieces)
    assert raised.value.kind == MEMORY


def test_output_is_capped(pool: Pool) -> None:
    assert failure(pool, "flood", Limits(output=MIB)).kind == OUTPUT


def test_a_caller_that_turns_away_frees_the_child(pool: Pool) -> None:
    for _ in range(3):
        with pool.call("flood", b"") as pieces:
            next(pieces)
    assert answer(pool, "echo", b"x") == b"x"
    assert len(pool._all) <= 2


def test_threads_share_the_children(pool: Pool) -> None:
    served: list[bytes] = []

    def work() -> None:
        for number in range(20):
            served.append(answer(pool, "echo", b"%d" % number))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(served) == sorted(b"%d" % number for number in range(20) for _ in threads)
    assert len(pool._all) <= 2


def test_a_child_apart_is_gone_afterwards(pool: Pool) -> None:
    with pool.call("pid", b"", apart=True) as pieces:
        pid = int(b"".join(pieces))
    assert not psutil.pid_exists(pid)


def test_closing_leaves_no_process_behind(pool: Pool) -> None:
    pid = int(answer(pool, "pid"))
    pool.close()
    assert not psutil.pid_exists(pid)
    assert int(answer(pool, "pid")) != pid


def test_a_child_that_waited_too_long_is_sent_home(pool: Pool) -> None:
    pid = int(answer(pool, "pid"))
    (child,) = pool._idle
    pool.drop_idle(child.since + 30)
    assert psutil.pid_exists(pid)
    pool.drop_idle(child.since + 61)
    assert not psutil.pid_exists(pid)


def test_a_child_found_dead_is_not_given_work(pool: Pool) -> None:
    pid = int(answer(pool, "pid"))
    os.kill(pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=5)
    assert int(answer(pool, "pid")) != pid


def test_a_child_knows_nothing_of_its_parent(
    pool: Pool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    with (tmp_path / "open").open("wb"):
        seen = json.loads(answer(pool, "surroundings"))
    assert "SECRET_KEY" not in seen["environment"]
    assert str(tmp_path / "open") not in seen["files"]
    assert seen["folder"] == "/"


@LINUX
@pytest.mark.parametrize("act", ["socket", "start", "fork", "write", "grow", "remove", "rename", "signal"])
def test_what_a_child_may_not_do(pool: Pool, act: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("kept")
    if not json.loads(answer(pool, "closed"))["calls"] and act not in ("write", "grow"):
        pytest.skip("this kernel closes no system calls")
    assert answer(pool, act, path=str(there)) == b"refused"
    assert there.read_text() == "kept"


@LINUX
def test_every_call_has_its_number_of_this_machine() -> None:
    """Against the kernel's own header, where it is installed."""
    header = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if not header.exists():
        pytest.skip("no header of the kernel: apt-get install linux-libc-dev")
    there = dict(
        line.split()[1:3] for line in header.read_text().splitlines() if line.startswith("#define __NR_")
    )
    assert {name: there[f"__NR_{name}"] for name in calls.REFUSED} == {
        name: str(numbers[0]) for name, numbers in calls.REFUSED.items()
    }


def test_the_end_of_the_parent_is_the_end_of_its_children() -> None:
    """By an ordinary exit, and by a kill that lets nobody tidy up."""
    for ending in ("sys.exit()", "os.kill(os.getpid(), 9)"):
        code = f"""
            import os, sys
            from tawsiya.intake.readers import sandbox
            try:
                sandbox.read(b"GIF89a")
            except Exception:
                pass
            print(*(child.pid for child in sandbox.POOL._all), flush=True)
            {ending}
        """
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
        pids = [int(word) for word in done.stdout.split()]
        assert len(pids) == 1
        left = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
        assert psutil.wait_procs(left, timeout=5)[1] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_starts_with_no_children(pool: Pool) -> None:
    import multiprocessing

    pid = int(answer(pool, "pid"))
    receiver, sender = multiprocessing.Pipe(duplex=False)
    forked = os.fork()
    if forked == 0:  # pragma: no cover - another process
        sender.send(int(answer(pool, "pid")))
        pool.close()
        os._exit(0)
    assert receiver.recv() != pid
    os.waitpid(forked, 0)
    assert int(answer(pool, "pid")) == pid
