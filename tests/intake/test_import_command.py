"""`tawsiya import` as it is typed: what it prints, its exit status, and what a kill leaves."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.intake.matrices import LINES, SCHOOLS, SYMBOL, WATER, Line, matrix

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "coordinator@example.org"
PREPARE = f"""
import django; django.setup()
from tawsiya.accounts.choices import Role
from tests.factories import make_instance, make_person
make_instance()
make_person(Role.COORDINATOR, email="{ACCOUNT}")
make_person(Role.FOCAL_POINT, email="focal@example.org")
"""

pytestmark = pytest.mark.slow


class Shell:
    """A prepared database of its own, and the command line upon it."""

    def __init__(self, database: dict[str, str], folder: Path) -> None:
        self.superuser = database["SUPERUSER_URL"]
        self.folder = folder
        self.environment = os.environ | database | {"TAWSIYA_DATA": str(folder), "TAWSIYA_MODE": "test"}
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", PREPARE], env=self.environment, cwd=ROOT, check=True
        )

    def command(self, data: bytes, *options: str) -> list[str]:
        file = self.folder / "matrix.docx"
        file.write_bytes(data)
        return [sys.executable, "-W", "ignore", "-m", "tawsiya", "import", str(file), *options]

    def run(self, data: bytes, *options: str, by: str = ACCOUNT) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(data, "--state", "XTM", "--by", by, *options),
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def count(self, table: str) -> int:
        with psycopg.connect(self.superuser) as connection:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return row[0] if row else -1


@pytest.fixture
def shell(fresh_database: dict[str, str], tmp_path: Path) -> Shell:
    return Shell(fresh_database, tmp_path)


def test_the_command_says_what_it_did_and_ends_with_its_status(shell: Shell) -> None:
    dry = shell.run(matrix(), "--dry-run")
    assert dry.returncode == 0
    assert dry.stdout.splitlines()[0] == "3 created, 0 updated, 0 unchanged, 0 withdrawn, 0 rejected"
    assert dry.stdout.splitlines()[-1] == "dry run: nothing was written"
    assert shell.count("recommendations_recommendation") == 0

    first = shell.run(matrix(), "--json")
    report = json.loads(first.stdout)
    assert first.returncode == 0
    assert report["applied"] is True
    assert report["counts"] == {
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "withdrawn": 0,
        "rejected": 0,
        "excluded": 0,
    }
    assert report["created"][0]["name"] == f"{SYMBOL} § 120.1"
    assert shell.count("recommendations_recommendation") == 3

    events = shell.count("audit_event")
    second = shell.run(matrix())
    assert second.returncode == 0
    assert second.stdout.splitlines() == [
        "0 created, 0 updated, 3 unchanged, 0 withdrawn, 0 rejected",
        "nothing to change; nothing was written",
    ]
    assert shell.count("audit_event") == events

    changed = shell.run(matrix((replace(SCHOOLS, position="Noted"),)), "--complete", "document")
    assert changed.stdout.splitlines() == [
        "0 created, 1 updated, 0 unchanged, 2 withdrawn, 0 rejected",
        f"updated    {SYMBOL} § 120.1: position",
        f"withdrawn  {SYMBOL} § 120.2: The file, declared complete, no longer has this recommendation.",
        f"withdrawn  {SYMBOL} § 120.3: The file, declared complete, no longer has this recommendation.",
    ]


def test_rejected_rows_stop_it_until_they_are_excluded_by_name(shell: Shell) -> None:
    data = matrix((SCHOOLS, replace(WATER, paragraph="")))
    stopped = shell.run(data)
    assert stopped.returncode == 1
    assert "nothing was written" in stopped.stderr
    (line,) = [line for line in stopped.stdout.splitlines() if line.startswith("rejected")]
    name, _, reason = line.removeprefix("rejected").strip().partition(": ")
    assert reason == "The row has no paragraph number, so the recommendation cannot be known again."
    assert shell.count("recommendations_recommendation") == 0

    done = shell.run(data, "--exclude", name)
    assert (done.returncode, shell.count("recommendations_recommendation")) == (0, 1)
    assert shell.run(data).returncode == 0


@pytest.mark.parametrize(
    ("data", "by", "sentence"),
    [
        (matrix(), "nobody@example.org", "There is no account nobody@example.org."),
        (matrix(), "focal@example.org", "Only the delegation imports documents."),
        (b"%PDF-1.7", ACCOUNT, "The file is damaged: it is no complete PDF file."),
    ],
)
def test_a_refusal_is_one_line_and_status_two(shell: Shell, data: bytes, by: str, sentence: str) -> None:
    refused = shell.run(data, by=by)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.splitlines() == [f"tawsiya: {sentence}"]


def _many(count: int) -> tuple[Line, ...]:
    return tuple(
        Line(f"120.{number}", f"Adopt and publish the implementing decree number {number} of the labour code")
        for number in range(1, count + 1)
    )


def test_doubtful_rows_stop_it_until_they_are_accepted_or_left_out(shell: Shell) -> None:
    twice = matrix((SCHOOLS, replace(WATER, paragraph="120.1")))
    name = f"{SYMBOL} § 120.1 #2"

    stopped = shell.run(twice)
    assert stopped.returncode == 1
    assert "doubtful rows stopped the import; nothing was written" in stopped.stderr
    assert f"doubtful: {name}" in stopped.stdout
    assert shell.count("recommendations_recommendation") == 0
    assert shell.run(twice, "--dry-run").returncode == 0

    accepted = shell.run(twice, "--accept-doubtful", "--json")
    report = json.loads(accepted.stdout)
    assert (accepted.returncode, report["applied"], report["doubtful"]) == (0, True, [name])
    assert shell.count("recommendations_recommendation") == 2

    words = [sys.executable, "-W", "ignore", "-m", "tawsiya", "undo_import", str(report["run"])]
    undone = subprocess.run(
        [*words, "--by", ACCOUNT, "--reason", "The wrong file"],
        env=shell.environment,
        cwd=shell.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (undone.returncode, undone.stdout) == (0, "undone: matrix.docx\n")
    assert shell.count("recommendations_recommendation") == 0
    assert shell.run(twice, "--exclude", name).returncode == 0


def test_a_killed_import_leaves_nothing_behind(shell: Shell) -> None:
    before = {
        table: shell.count(table) for table in ("audit_event", "intake_importrun", "mechanisms_document")
    }
    process = subprocess.Popen(
        shell.command(matrix(_many(1500)), "--state", "XTM", "--by", ACCOUNT),
        env=shell.environment,
        cwd=shell.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with psycopg.connect(shell.superuser, autocommit=True) as connection:
        # Wait inside the database until the process is seen writing recommendations.
        writing = connection.execute(
            """
            DO $$
            BEGIN
                FOR turn IN 1..6000 LOOP
                    PERFORM pg_stat_clear_snapshot();
                    IF EXISTS (
                        SELECT 1 FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                          AND query LIKE '%recommendations_recommend%' AND xact_start IS NOT NULL
                    ) THEN RETURN; END IF;
                    PERFORM pg_sleep(0.01);
                END LOOP;
                RAISE EXCEPTION 'the import was never seen writing';
            END $$
            """
        )
        assert writing.statusmessage == "DO"
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL

    after = {table: shell.count(table) for table in before}
    assert after == before
    assert shell.count("recommendations_recommendation") == 0
    assert not (shell.folder / "files" / "imports").exists()
    again = shell.run(matrix(LINES))
    assert (again.returncode, shell.count("recommendations_recommendation")) == (0, 3)
