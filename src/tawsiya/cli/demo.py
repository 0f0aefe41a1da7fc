"""`tawsiya demo`: the sample State, web and worker, on one machine, from nothing."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from tawsiya.cli import processes
from tawsiya.cli.environment import REFUSED, SETTINGS, embedded_database, say
from tawsiya.cli.serve import command as web_command
from tawsiya.cli.serve import port_problem
from tawsiya.core.embedded import EmbeddedError

HOST = "127.0.0.1"
START_SECONDS = 60.0


class StepFailed(Exception):
    """A step of the set-up failed; its own output has said why."""


def run(arguments: Sequence[str]) -> int:
    """Set up what is missing, serve until stopped, stop everything."""
    parser = argparse.ArgumentParser(prog="tawsiya demo")
    parser.add_argument("--fresh", action="store_true", help="throw the demo's data away first")
    parser.add_argument("--large", action="store_true", help="the sample State as large as a real one")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args(arguments)
    # Beside the small one, so that neither is thrown away for the other.
    usual = Path(".data/demo-large" if options.large else ".data/demo")
    folder: Path = (options.folder or usual).resolve()
    problem = port_problem(HOST, options.port)
    if problem:
        say(problem)
        return REFUSED
    os.environ.update(
        TAWSIYA_MODE="demo",
        TAWSIYA_DATA=str(folder),
        TAWSIYA_ADDRESS=f"http://{HOST}:{options.port}",
        DJANGO_SETTINGS_MODULE=SETTINGS,
    )
    # A demo never touches a real database, whatever the shell's environment names.
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "EMAIL_HOST"):
        os.environ.pop(name, None)
    processes.stop_on_signals()
    try:
        if options.fresh and folder.exists():
            _throw_away(folder)
        print("Starting the database …", flush=True)
        with embedded_database(folder):
            return _serve(options.port, is_large=options.large)
    except (EmbeddedError, StepFailed) as error:
        say(str(error))
        return REFUSED
    except OSError as error:
        say(f"{error.filename or folder} cannot be used: {error.strerror}.")
        return REFUSED
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
        return 0


def _throw_away(folder: Path) -> None:
    from tawsiya.core import embedded

    embedded.discard(folder / "pg")
    shutil.rmtree(folder)


def _step(title: str, *words: str) -> None:
    print(f"{title} …", flush=True)
    done = subprocess.run([sys.executable, "-m", "tawsiya", *words], check=False)
    if done.returncode:
        raise StepFailed(f"“tawsiya {' '.join(words)}” failed; the lines above say why.")


def _serve(port: int, *, is_large: bool) -> int:
    _step("Bringing the database up to date", "migrate", "--verbosity", "0")
    _step("Loading the sample State", "load_sample", *(["--large"] if is_large else []))
    parts = [
        processes.start(words)
        for words in (web_command(HOST, port, 1), [sys.executable, "-m", "tawsiya", "worker"])
    ]
    try:
        _wait_until_served(port, parts)
        _print_welcome(port)
        stop = threading.Event()
        while not stop.wait(0.5):
            ended = [process for process in parts if process.poll() is not None]
            if ended:
                raise StepFailed(f"A part of the demo stopped by itself (exit {ended[0].returncode}).")
        return 0
    finally:
        processes.stop(parts)


def _wait_until_served(port: int, parts: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in parts):
            raise StepFailed("The demo did not start; the lines above say why.")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise StepFailed("The demo did not answer within a minute.")


def _print_welcome(port: int) -> None:
    address = f"http://{HOST}:{port}"
    print(f"\nTawsiya is ready on {address}", flush=True)
    print(f"Enter as any of these people, without a password, on {address}/demo/enter/", flush=True)
    subprocess.run([sys.executable, "-m", "tawsiya", "demo_accounts"], check=False)
    print("\nFictional training data. Ctrl-C stops everything.", flush=True)
