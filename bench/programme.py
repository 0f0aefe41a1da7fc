"""How fast a large programme answers: its pages, its time line, its workbook out and in.

Run ``python bench/programme.py``. One version with 200 measures, each with two milestones, money, a law, an
answer and a lead institution, made by bulk in a database of its own. Milliseconds in one process at the
median and worst of ``ROUNDS`` (7) after one that warms up, those this process was busy, and the number of
queries; the limit is the issue's (time line 300 ms). Exit status 1 where it is missed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MEASURES = int(os.environ.get("MEASURES", "200"))
ROUNDS = int(os.environ.get("ROUNDS", "7"))
LIMITS = {"time line": 300, "time line by institution": 300}


def main() -> int:
    """Print the table; 0, or 1 where a limit is missed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(TAWSIYA_MODE="test", TAWSIYA_DATA=folder, TAWSIYA_LANGUAGE="en")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tawsiya.config.settings"
        from tawsiya.cli.environment import embedded_database

        with embedded_database(Path(folder)):
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "tawsiya", "migrate", "--verbosity", "0"], check=False
            )
            if done.returncode:
                return 1
            import django

            django.setup()
            return _table()


def _table() -> int:
    from django.conf import settings
    from django.test import Client

    from tawsiya.accounts.choices import Role
    from tests import factories
    from tests.programme import making

    settings.ALLOWED_HOSTS = ["*"]
    factories.make_instance()
    factories.make_recommendation()
    version = making.make_version()
    making.fill(version, MEASURES, lead=factories.make_institution())
    desk = Client()
    person = factories.make_person(Role.COORDINATOR, factories.the_delegation())
    desk.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    stem = f"/en/programmes/versions/{version.pk}"
    pages = {
        "version": f"{stem}/",
        "time line": f"{stem}/timeline/",
        "time line by institution": f"{stem}/timeline/?by=institution",
        "time line as JSON": f"{stem}/timeline.json",
        "coverage": f"{stem}/coverage/",
        "workbook": f"{stem}/plan.xlsx",
    }
    print(f"{f'{MEASURES} measures':<28}{'median':>8}{'worst':>8}{'busy':>8}{'queries':>9}{'limit':>8}")
    missed = [not _row(name, lambda address=address: _got(desk, address)) for name, address in pages.items()]
    _documents(person, version)
    return int(any(missed))


def _documents(person: Any, version: Any) -> None:
    """Print what the job of a document does: beyond `AT_ONCE` measures no page waits for it."""
    from tawsiya.accounts.queries import reader_for
    from tawsiya.reports.making import written
    from tawsiya.reports.programme.content import programme_content

    reader = reader_for(person)
    content = programme_content(reader, version)
    _row("reading for a document", lambda: programme_content(reader, version))
    _row("Word, by a job", lambda: written(content, "docx"))
    _row("PDF, by a job", lambda: written(content, "pdf"))


def _got(desk: Any, address: str) -> Any:
    answer = desk.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return answer


def _row(name: str, act: Callable[[], Any]) -> bool:
    from django.db import connection

    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    spent, busy = [], []
    for _round in range(ROUNDS):
        start, at_work = time.perf_counter(), time.process_time()
        act()
        spent.append(1000 * (time.perf_counter() - start))
        busy.append(1000 * (time.process_time() - at_work))
    limit = LIMITS.get(name)
    middle = statistics.median(spent)
    figures = f"{middle:>8.0f}{max(spent):>8.0f}{statistics.median(busy):>8.0f}{len(asked):>9}"
    print(f"{name:<28}{figures}{limit or '':>8}")
    return limit is None or middle <= limit


if __name__ == "__main__":
    raise SystemExit(main())
