"""The command line: what it refuses, in one line, and how it starts and stops real processes."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

KEY = "k" * 40
WAIT = 180.0


def environment(**variables: str) -> dict[str, str]:
    """The shell's environment without what other tests and this machine set, and with `variables`."""
    ours = ("TAWSIYA_", "DATABASE_", "TEST_", "DJANGO_", "SECRET_KEY", "PG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | variables


def tawsiya(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tawsiya", *words],
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_without_words_it_says_what_it_can_do() -> None:
    done = tawsiya()
    assert done.returncode == 0
    for command in (
        "extract",
        "import",
        "init",
        "createadmin",
        "demo",
        "serve",
        "worker",
        "migrate",
        "audit",
    ):
        assert re.search(rf"^  {command}\b", done.stdout, re.MULTILINE), command


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "init", "createadmin", "import", "shell"])
def test_no_command_runs_without_a_database_address(command: str) -> None:
    done = tawsiya(command, SECRET_KEY=KEY)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"tawsiya: DATABASE_URL is not set: [^\n]+\n", done.stderr)


@pytest.mark.parametrize("key", ["", "short", "k" * 31])
def test_it_refuses_a_missing_or_short_secret_key(key: str, fresh_database: dict[str, str]) -> None:
    done = tawsiya("serve", SECRET_KEY=key, DATABASE_URL=fresh_database["DATABASE_URL"])
    assert done.returncode == 2
    assert re.fullmatch(
        r"tawsiya: SECRET_KEY is missing or shorter than 32 characters: [^\n]+\n", done.stderr
    )


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://", "postgresql://h:port/x", "tawsiya"])
def test_it_refuses_an_address_of_something_else(url: str) -> None:
    done = tawsiya("serve", SECRET_KEY=KEY, DATABASE_URL=url)
    assert done.returncode == 2
    assert re.fullmatch(
        r"tawsiya: DATABASE_URL is no address of a PostgreSQL database; [^\n]+\n", done.stderr
    )


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "audit"])
def test_it_refuses_a_superuser(command: str, fresh_database: dict[str, str]) -> None:
    done = tawsiya(command, SECRET_KEY=KEY, DATABASE_URL=fresh_database["SUPERUSER_URL"])
    assert done.returncode == 2
    assert re.fullmatch(r"tawsiya: The database role is a superuser: [^\n]+\n", done.stderr)


def test_a_database_that_does_not_answer_is_one_line(fresh_database: dict[str, str]) -> None:
    nowhere = re.sub(r"/tawsiya_test\w+", "/tawsiya_no_such", fresh_database["DATABASE_URL"])
    done = tawsiya("serve", SECRET_KEY=KEY, DATABASE_URL=nowhere)
    assert done.returncode == 2
    assert re.fullmatch(r"tawsiya: The database cannot be used: [^\n]+\n", done.stderr)


def test_a_database_behind_its_migrations_is_refused(fresh_database: dict[str, str]) -> None:
    with psycopg.connect(fresh_database["SUPERUSER_URL"]) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'portal'")
    done = tawsiya("serve", SECRET_KEY=KEY, DATABASE_URL=fresh_database["DATABASE_URL"])
    assert done.returncode == 2
    assert done.stderr == "tawsiya: The database is not up to date: run `tawsiya migrate`.\n"


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "audit"])
def test_a_demo_database_starts_in_demo_mode_only(command: str, fresh_database: dict[str, str]) -> None:
    mark(fresh_database, is_demo=True)
    done = tawsiya(command, SECRET_KEY=KEY, DATABASE_URL=fresh_database["DATABASE_URL"])
    assert done.returncode == 2
    assert "training data" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_real_database_does_not_start_in_demo_mode(fresh_database: dict[str, str]) -> None:
    mark(fresh_database, is_demo=False)
    done = tawsiya("audit", "verify", TAWSIYA_MODE="demo", DATABASE_URL=fresh_database["DATABASE_URL"])
    assert done.returncode == 2
    assert "a real State" in done.stderr


def mark(database: dict[str, str], *, is_demo: bool) -> None:
    with psycopg.connect(database["SUPERUSER_URL"]) as connection:
        connection.execute("ALTER TABLE core_instance DISABLE TRIGGER USER")
        connection.execute(
            "INSERT INTO core_instance (id, state, names, languages, locales, is_demo, created_at) "
            "VALUES (1, 'XTM', '{\"en\": \"Tamourt\"}', '{en}', '{}', %s, now())",
            [is_demo],
        )


def test_djangos_own_commands_pass_through() -> None:
    done = tawsiya("makemigrations", "--check", "--dry-run", TAWSIYA_MODE="test")
    assert (done.returncode, done.stdout) == (0, "No changes detected\n")
    assert tawsiya("nonsense", TAWSIYA_MODE="test").returncode != 0


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for words in (["serve"], ["demo", "--folder", str(tmp_path)]):
            done = tawsiya(*words, "--port", port, SECRET_KEY=KEY)
            assert done.returncode == 2
            assert re.fullmatch(rf"tawsiya: Port {port} on 127\.0\.0\.1 cannot be used [^\n]+\n", done.stderr)


def test_serve_answers_and_stops_when_told(fresh_database: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tawsiya", "serve", "--port", str(port)],
        env=environment(
            SECRET_KEY=KEY, DATABASE_URL=fresh_database["DATABASE_URL"], TAWSIYA_DATA=str(tmp_path)
        ),
    )
    try:
        assert status_of(f"http://127.0.0.1:{port}/fr/account/login/") == 200
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(WAIT) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the server still listens"


def status_of(url: str) -> int:
    """Return the status of a page, waiting for its server to come up."""
    deadline = time.monotonic() + WAIT
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own loopback address
                status: int = answer.status
                return status
        except OSError:
            if time.monotonic() > deadline:
                raise


@pytest.mark.slow
def test_a_single_desk_runs_on_a_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o001)
    desk = tmp_path / "desk"
    variables = {"TAWSIYA_EMBEDDED": str(desk), "TAWSIYA_PASSWORD": "a long pass phrase of one"}
    assert tawsiya("serve", **variables).stderr.endswith("run `tawsiya migrate`.\n")
    assert tawsiya("migrate", "--verbosity", "0", **variables).returncode == 0
    assert tawsiya("init", "--state", "MAR", "--languages", "ar,fr,en", **variables).returncode == 0
    admin = tawsiya("createadmin", "--email", "a@example.org", "--name", "A", **variables)
    assert (admin.returncode, admin.stdout) == (0, "a@example.org can sign in.\n")
    assert "chain unbroken" in tawsiya("audit", "verify", **variables).stdout
    assert (desk / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not (desk / "pg" / "postmaster.pid").exists(), "the server outlived its last command"
