"""How long an import takes from the read file to the committed rows, and how many queries it costs.

Run ``python bench/imports.py``. A database of its own is made for the run and thrown away. The real
files are looked for in ``TAWSIYA_SHARED_DATA``, else in ``../shared/data``; without them only the
made list of 1,600 recommendations is measured. Columns: rows written, seconds of reading, of the
preview, of applying, queries of applying. Limits printed beside are the figures to keep.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

LIMITS = {"apply": 5.0, "queries": 120}
MADE = 1_600


def main() -> int:
    """Print the table; 1 where a limit is not kept."""
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
    from tawsiya.audit import commands as audit
    from tawsiya.recommendations.setup import register_reference_bodies, register_vocabularies
    from tests.factories import coordinator, make_instance

    make_instance(state="SVN")
    with audit.change("instance.created", by=audit.SYSTEM):
        register_reference_bodies()
        register_vocabularies()
    by = coordinator()
    print(
        "{:<34} {:>6} {:>8} {:>8} {:>8} {:>8}".format("file", "rows", "read", "preview", "apply", "queries")
    )
    kept = True
    for name, data in _files():
        kept &= _measure(name, data, by)
    print(f"limits: apply {LIMITS['apply']} s, {LIMITS['queries']} queries")
    return 0 if kept else 1


def _files() -> list[tuple[str, bytes]]:
    from tests.intake.matrices import SCHOOLS, matrix

    shared = Path(os.environ.get("TAWSIYA_SHARED_DATA", ROOT.parent / "shared" / "data"))
    found = []
    for name in (
        "ohchr_matrices/UPR48_Slovenia_thematic_list.docx",
        "slovenia/A_HRC_59_15.pdf",
        "slovenia/A_HRC_59_15_Add.1.pdf",
    ):
        if (shared / name).is_file():
            found.append((name.rpartition("/")[2], (shared / name).read_bytes()))
    if not found:
        print("The real documents are not here: set TAWSIYA_SHARED_DATA.", file=sys.stderr)
    lines = tuple(
        replace(SCHOOLS, paragraph=f"120.{number}", text=f"{SCHOOLS.text}, in district {number}")
        for number in range(1, MADE + 1)
    )
    return [*found, (f"made list of {MADE}", matrix(lines, state="Slovenia"))]


def _measure(name: str, data: bytes, by: Any) -> bool:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tawsiya.intake.commands import apply_import, confirm_rows, preview_import
    from tawsiya.intake.queries import open_doubts
    from tawsiya.intake.readers import sandbox

    start = time.perf_counter()
    sandbox.read(data, filename=name)
    read = time.perf_counter() - start
    start = time.perf_counter()
    run = preview_import(data=data, file_name=name, state="SVN", by=by)
    preview = time.perf_counter() - start
    for doubt in open_doubts(run):
        confirm_rows(run, doubt=doubt, by=by)
    rows = run.rows.filter(action__in=("create", "update")).count()
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        apply_import(run, by=by)
        apply = time.perf_counter() - start
    print(f"{name:<34} {rows:>6} {read:>8.2f} {preview:>8.2f} {apply:>8.2f} {len(queries):>8}")
    return apply <= LIMITS["apply"] and len(queries) <= LIMITS["queries"]


if __name__ == "__main__":
    sys.exit(main())
