"""Large imports as jobs: asked for, done, watched, stopped, and taken up again after a kill."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from tawsiya.accounts.models import User
from tawsiya.accounts.reader import Reader
from tawsiya.audit.models import Event
from tawsiya.core.errors import RuleViolated
from tawsiya.intake.choices import Step
from tawsiya.intake.commands import (
    apply_or_queue,
    discard_import,
    preview_import,
    read_again,
    read_anew,
    stop_job,
    take_in,
)
from tawsiya.intake.commands.progress import Silent, Stopped
from tawsiya.intake.commands.work import apply_queued, read_queued, sweep
from tawsiya.intake.models import ImportRow, ImportRun, Progress, Recognised
from tawsiya.intake.readers import ocr
from tawsiya.recommendations.models import Recommendation
from tests.intake.matrices import SCHOOLS, SYMBOL, matrix
from tests.intake.readers.test_ocr import scanned
from tests.intake.readers.upr import pdf
from tests.intake.readers.upr.texts import ENGLISH
from tests.intake.test_import_command import PREPARE, ROOT

QUIET = Silent()


class Watching(Silent):
    """Notes what a job says of itself, and asks it to stop at a step."""

    def __init__(self, stop_at: Step | None = None) -> None:
        self.said: list[tuple[str, int]] = []
        self.stop_at = stop_at

    def step(self, step: Step, total: int = 0) -> None:
        self.said.append((step.value, total))
        if step == self.stop_at:
            raise Stopped

    def advance(self, count: int) -> None:
        self.said.append(("more", count))


@pytest.fixture(autouse=True)
def everything_is_large(settings: Settings) -> None:
    settings.IMPORT_INLINE_BYTES = settings.IMPORT_INLINE_ROWS = 0


def asked(by: Reader, data: bytes | None = None) -> ImportRun:
    return take_in(data=matrix() if data is None else data, file_name="matrix.docx", by=by)


def previewed(by: Reader) -> ImportRun:
    return preview_import(data=matrix(), file_name="matrix.docx", state="XTM", by=by)


def state_of(run: ImportRun) -> str:
    run.refresh_from_db()
    return run.state


def waiting_jobs() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", flat=True))


def test_a_large_file_is_read_by_a_job(by: Reader) -> None:
    run = asked(by)
    assert (run.state, run.file_kind, waiting_jobs()) == ("reading", "", ["intake.read_import"])
    assert not ImportRow.objects.filter(run=run).exists()

    watching = Watching()
    read_queued(run.pk, by=by, progress=watching)

    assert (state_of(run), run.file_kind) == ("previewed", "upr_matrix")
    assert ImportRow.objects.filter(run=run).count() == 3
    assert watching.said == [("reading", 0), ("comparing", 0), ("writing", 3)]


def test_small_files_are_read_at_once(by: Reader, settings: Settings) -> None:
    settings.IMPORT_INLINE_BYTES = 10**6

    assert asked(by).state == "previewed"
    assert waiting_jobs() == []


def test_an_old_word_file_is_read_by_a_job_whatever_its_size(by: Reader, settings: Settings) -> None:
    settings.IMPORT_INLINE_BYTES = 10**6

    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
    assert asked(by, old).state == "reading"


@pytest.mark.skipif(not ocr.available(), reason="Tesseract is not installed")
@pytest.mark.parametrize("damaged", [False, True])
def test_a_scan_is_recognised_once_by_a_job(by: Reader, settings: Settings, damaged: bool) -> None:
    settings.IMPORT_INLINE_BYTES = settings.IMPORT_INLINE_ROWS = 10**6
    report = pdf.report(ENGLISH)
    data = report if damaged else scanned(report)
    run = take_in(data=data, file_name="report.pdf", scan=damaged, by=by)
    assert run.state == "reading"

    read_queued(run.pk, by=by, progress=QUIET)

    assert (state_of(run), run.is_scan) == ("previewed", True)
    rows = ImportRow.objects.filter(run=run)
    assert all(row.warnings[0]["code"] == "text_recognised" for row in rows)
    # What was recognised is kept: reading again does not recognise again.
    Recognised.objects.filter(run=run).update(lines=b"[]")
    with pytest.raises(RuleViolated, match="none of the documents"):
        read_again(run)


def test_a_large_import_is_applied_by_a_job(by: Reader) -> None:
    run = apply_or_queue(previewed(by), by=by)
    assert (run.state, waiting_jobs()) == ("applying", ["intake.apply_import"])
    assert not Recommendation.objects.exists()

    watching = Watching()
    apply_queued(run.pk, by=by, progress=watching)

    assert (state_of(run), run.decided_by_id) == ("applied", by.user_id)
    assert Recommendation.objects.count() == 3
    assert watching.said == [("reading", 0), ("comparing", 0), ("writing", 3), ("more", 3)]


def test_a_file_that_cannot_be_read_says_why_and_can_be_discarded(by: Reader) -> None:
    run = asked(by, b"%PDF-1.4 nothing")

    read_queued(run.pk, by=by, progress=QUIET)

    assert (state_of(run), run.problem["code"]) == ("failed", "unreadable")
    assert discard_import(run, by=by).state == "discarded"


def test_a_job_stopped_while_it_runs_leaves_nothing(by: Reader) -> None:
    run = apply_or_queue(previewed(by), by=by)

    apply_queued(run.pk, by=by, progress=Watching(stop_at=Step.WRITING))

    assert (state_of(run), run.problem) == ("previewed", {"code": "stopped"})
    assert not Recommendation.objects.exists()
    apply_or_queue(run, by=by)
    apply_queued(run.pk, by=by, progress=QUIET)
    assert (state_of(run), run.problem) == ("applied", {})


def test_a_job_that_waits_is_stopped_at_once_and_does_nothing_when_it_comes(by: Reader) -> None:
    run = apply_or_queue(previewed(by), by=by)

    assert stop_job(run, by=by)

    assert state_of(run) == "previewed"
    apply_queued(run.pk, by=by, progress=QUIET)
    assert state_of(run) == "previewed"
    assert not Recommendation.objects.exists()


def test_a_reading_that_was_stopped_is_asked_for_again(by: Reader) -> None:
    run = asked(by)
    stop_job(run, by=by)
    assert state_of(run) == "failed"

    read_anew(run, by=by)
    read_queued(run.pk, by=by, progress=QUIET)

    assert state_of(run) == "previewed"


def test_where_nothing_works_nothing_is_stopped(by: Reader) -> None:
    with pytest.raises(RuleViolated):
        stop_job(previewed(by), by=by)


def test_what_changed_since_the_preview_stops_the_job_and_is_said(by: Reader) -> None:
    run = apply_or_queue(previewed(by), by=by)
    other = apply_or_queue(previewed(by), by=by)
    apply_queued(other.pk, by=by, progress=QUIET)

    apply_queued(run.pk, by=by, progress=QUIET)

    assert (state_of(run), run.problem["code"]) == ("previewed", "ChangedSincePreview")
    assert f"{SYMBOL} § 120.1" in run.problem["names"]


def test_something_unexpected_leaves_a_state_to_go_on_from(by: Reader) -> None:
    class Broken(Silent):
        def advance(self, count: int) -> None:
            raise OSError("the disk is full")

    run = apply_or_queue(previewed(by), by=by)

    with pytest.raises(OSError, match="disk is full"):
        apply_queued(run.pk, by=by, progress=Broken())

    assert (state_of(run), run.problem) == ("previewed", {"code": "unexpected", "kind": "OSError"})
    assert not Recommendation.objects.exists()


def test_the_sweep_takes_up_what_began_and_leaves_what_waits(by: Reader) -> None:
    waits, died = asked(by), asked(by)
    Progress.objects.filter(run=died).update(started_at=died.uploaded_at)

    assert sweep() == 1

    assert (state_of(waits), state_of(died), died.problem) == ("reading", "failed", {"code": "worker_died"})
    assert Event.objects.get(code="import.stopped").subject_id == died.pk


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_page_watches_a_job_and_says_what_became_of_it(by: Reader, client: Client, language: str) -> None:
    user = User.objects.get(pk=by.user_id)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    run = apply_or_queue(previewed(by), by=by)
    Progress.objects.filter(run=run).update(step="writing", done=120, total=400, started_at=run.uploaded_at)
    address = f"/{language}/imports/{run.pk}/"

    page = client.get(address).content.decode()
    assert f'hx-get="{address}progress/"' in page
    fragment = client.get(f"{address}progress/")
    assert '<progress value="120" max="400"' in fragment.content.decode()
    assert "HX-Refresh" not in fragment

    client.post(f"{address}stop/")
    assert client.get(f"{address}progress/")["HX-Refresh"] == "true"
    assert client.get(address).status_code == 200
    assert state_of(run) == "previewed"


def test_what_a_job_ended_with_is_a_sentence(by: Reader, client: Client) -> None:
    user = User.objects.get(pk=by.user_id)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    run = asked(by, b"%PDF-1.4 nothing")
    read_queued(run.pk, by=by, progress=QUIET)

    page = client.get(f"/en/imports/{run.pk}/").content.decode()

    assert "it is no complete PDF file" in page
    assert "Read it again" in page


# A real worker, and a kill

QUEUE = """
import sys
import django; django.setup()
from django.conf import settings
from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.intake import commands
from tawsiya.intake.commands.work import sweep
from tawsiya.intake.models import ImportRun
settings.IMPORT_INLINE_BYTES = settings.IMPORT_INLINE_ROWS = 0
by = reader_for(User.objects.get(email="coordinator@example.org"))
if sys.argv[1] == "read":
    commands.take_in(data=open(sys.argv[2], "rb").read(), file_name="matrix.docx", by=by)
elif sys.argv[1] == "apply":
    commands.apply_or_queue(ImportRun.objects.get(), by=by)
else:
    print(sweep())
"""
SEEN_WRITING = """
DO $$
BEGIN
    FOR turn IN 1..6000 LOOP
        IF EXISTS (SELECT 1 FROM intake_progress WHERE step = 'writing' AND done > 0) THEN RETURN; END IF;
        PERFORM pg_sleep(0.01);
    END LOOP;
    RAISE EXCEPTION 'the job was never seen writing';
END $$
"""


@pytest.mark.slow
def test_a_killed_worker_leaves_an_import_to_go_on_from(
    fresh_database: dict[str, str], tmp_path: Path
) -> None:
    environment = os.environ | fresh_database | {"TAWSIYA_DATA": str(tmp_path), "TAWSIYA_MODE": "test"}
    file = tmp_path / "large.docx"
    file.write_bytes(
        matrix(
            tuple(replace(SCHOOLS, paragraph=f"120.{n}", text=f"{SCHOOLS.text}, {n}") for n in range(1, 1501))
        )
    )

    def python(*words: str) -> str:
        command = [sys.executable, "-W", "ignore", *words]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    worker = ["-m", "tawsiya", "worker", "--one-shot"]
    with psycopg.connect(fresh_database["SUPERUSER_URL"], autocommit=True) as connection:

        def one(query: str) -> Any:
            row = connection.execute(query).fetchone()
            return row[0] if row else None

        python("-c", PREPARE)
        python("-c", QUEUE, "read", str(file))
        python(*worker)
        assert one("SELECT state FROM intake_importrun") == "previewed"

        python("-c", QUEUE, "apply")
        killed = subprocess.Popen(
            [sys.executable, "-W", "ignore", *worker], env=environment, cwd=ROOT, start_new_session=True
        )
        # The figures are seen from here while the job's transaction is open.
        connection.execute(SEEN_WRITING)
        with psycopg.connect(fresh_database["SUPERUSER_URL"]) as holding:
            # What the job queues at its end has to wait, so that it is surely killed in its middle.
            holding.execute("LOCK TABLE procrastinate_jobs IN SHARE ROW EXCLUSIVE MODE")
            assert one("SELECT count(*) FROM recommendations_recommendation") == 0
            # The job lives: the sweep lets it.
            assert python("-c", QUEUE, "sweep") == "0"
            os.killpg(killed.pid, signal.SIGKILL)
            killed.wait()
            holding.rollback()

        assert one("SELECT state FROM intake_importrun") == "applying"
        assert one("SELECT count(*) FROM recommendations_recommendation") == 0
        assert python("-c", QUEUE, "sweep") == "1"
        assert one("SELECT problem ->> 'code' FROM intake_importrun") == "worker_died"

        python("-c", QUEUE, "apply")
        python(*worker)
        assert one("SELECT state FROM intake_importrun") == "applied"
        assert one("SELECT count(*) FROM recommendations_recommendation") == 1500
