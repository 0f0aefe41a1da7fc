"""A real server on a database of its own with the sample State, and Debian's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

from tawsiya.cli.serve import command

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HOST = "127.0.0.1"
PATIENCE_SECONDS = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip by name and reason where there is no Chromium."""
    if CHROMIUM is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


@dataclass(frozen=True)
class Server:
    """Where the pages are, and the database behind them."""

    address: str
    database: str

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Return what a query finds, read as the database's administrator."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(query.encode(), values).fetchall()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended by itself"
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return
    raise AssertionError("the server does not answer")


@pytest.fixture
def server(fresh_database: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """Serve the sample State in demo mode, with a worker, as `tawsiya demo` does."""
    port = _free_port()
    environment = os.environ | {
        "DATABASE_URL": fresh_database["DATABASE_URL"],
        "SECRET_KEY": "browser-tests-" * 4,
        "TAWSIYA_MODE": "demo",
        "TAWSIYA_LANGUAGE": "fr",
        "TAWSIYA_DATA": str(tmp_path / "data"),
        "TAWSIYA_ADDRESS": f"http://{HOST}:{port}",
    }
    tawsiya = [sys.executable, "-m", "tawsiya"]
    subprocess.run([*tawsiya, "load_sample"], env=environment, check=True, stdout=subprocess.DEVNULL)
    log = (tmp_path / "server.log").open("wb")
    web = subprocess.Popen(command(HOST, port, 1), env=environment, stdout=log, stderr=log)
    worker = subprocess.Popen([*tawsiya, "worker"], env=environment, stdout=log, stderr=log)
    try:
        _wait_for(port, web)
        yield Server(f"http://{HOST}:{port}", fresh_database["SUPERUSER_URL"])
    finally:
        for process in (web, worker):
            process.terminate()
        for process in (web, worker):
            process.wait(20)
        log.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a head.

    Closed at the end of each module: while Playwright runs its loop, Django refuses the database to
    the tests of other modules that share the process.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
