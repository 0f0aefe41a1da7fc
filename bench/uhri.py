"""How fast an export of UHRI of full size is loaded, and how much memory it takes.

Run ``python bench/uhri.py [--records N]``. A script writes the export in its exact shape from the given
texts (``bench/uhri_export.py``), then ``tawsiya world load`` brings it into a PostgreSQL of its own: every
record validated, stored, and found by its words. A second export with 200 changed, 50 new and 20 missing
records must give exactly those. Memory is the sum over our processes (PostgreSQL apart), sampled while they
run: resident (RSS) and proportional (PSS, shared pages counted once). The peers load the same file in the
same run and do less: ``sqlite-utils`` (named by ``SQLITE_UTILS``, its program) and a plain loop with ijson
both store without cleaning or indexing. The limits are those of the issue. Processor time of our processes
and the load of the machine stand beside each figure.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import ijson
import psutil
import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

import uhri_export  # noqa: E402 - the path comes first

from tawsiya.core import embedded  # noqa: E402 - as above
from tawsiya.core.database_url import at  # noqa: E402 - as above
from tests.intake.readers.matrixpeer import shared_data  # noqa: E402 - as above

MIB = 1024 * 1024
MEMORY = 400
"""MiB, for our processes together."""
CHANGES = uhri_export.Delta(changed=200, new=50, missing=20)


def main() -> int:
    """Print the table; 0, or 1 where the texts are absent, a limit is missed or a count is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=uhri_export.RECORDS)
    records = parser.parse_args().records
    shared = shared_data()
    if shared is None:
        print("The given texts are not here: set TAWSIYA_SHARED_DATA.", file=sys.stderr)
        return 1
    folder = Path(tempfile.mkdtemp(prefix="tawsiya-uhri-"))
    try:
        return _run(folder, shared, records)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, shared: Path, records: int) -> int:
    first, later = folder / "export-full-en.json", folder / "export-later-en.json"
    uhri_export.write(first, shared, records=records)
    uhri_export.write(later, shared, records=records, delta=CHANGES)
    print(f"{records} records, {first.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} processors")
    head = ("seconds", "limit", "CPU ours", "CPU PG", "RSS MiB", "PSS MiB", "limit", "load")
    print(f"{'':<32}" + "".join(f"{name:>9}" for name in head))
    with embedded.start(folder / "pg", open_way=True) as server:
        environment = _database(server)
        whole, loaded = _measured("validated, stored, searchable", first, environment, server, 60)
        again, changed = _measured("later export: the differences", later, environment, server, 20)
        found = _search(environment["DATABASE_URL"])
    _peers(folder, first)
    told = {name: changed.get(name) for name in ("created", "changed", "withdrawn")}
    wanted = f"{CHANGES.new} created, {CHANGES.changed} changed, {CHANGES.missing} withdrawn"
    print(f"later export: {told}; wanted {wanted}")
    print(f"{loaded.get('present')} stored of {loaded.get('records')} read; {found}")
    exact = told == {"created": CHANGES.new, "changed": CHANGES.changed, "withdrawn": CHANGES.missing}
    return 0 if exact and whole and again else 1


def _database(server: embedded.EmbeddedServer) -> dict[str, str]:
    """A database of its own, migrated; the environment of our processes."""
    url = server.url("postgres", "postgres")
    with embedded.connect(url) as connection:
        embedded.create_roles(connection)
        embedded.create_database(connection, "bench")
    environment = os.environ | {
        "TAWSIYA_MODE": "test",
        "DATABASE_URL": at(url, embedded.APPLICATION, "bench"),
        "DATABASE_OWNER_URL": at(url, embedded.OWNER, "bench"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    subprocess.run(
        [sys.executable, "-m", "tawsiya", "migrate", "--verbosity", "0"],
        env=environment,
        check=True,
        cwd=server.folder,
    )
    return environment


def _measured(
    name: str, file: Path, environment: dict[str, str], server: embedded.EmbeddedServer, limit: int
) -> tuple[bool, dict[str, int]]:
    """Load an export; print the row; whether it kept within the limits, and what was said."""
    start, ours, theirs = time.perf_counter(), _our_time(), _server_time(server)
    with subprocess.Popen(
        [sys.executable, "-m", "tawsiya", "world", "load", str(file), "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        peak = _Peak(process.pid)
        said, _nothing = process.communicate()
        seconds = time.perf_counter() - start
        rss, pss = peak.stop()
    ours, theirs = _our_time() - ours, _server_time(server) - theirs
    _print(name, seconds, rss, pss, limit=limit, ours=ours, theirs=theirs)
    if process.returncode:
        raise SystemExit(f"{name}: exit status {process.returncode}")
    told: dict[str, int] = json.loads(said)
    return seconds <= limit and (pss or rss) <= MEMORY, told


def _our_time() -> float:
    """Processor seconds of the processes that have ended, their children included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _server_time(server: embedded.EmbeddedServer) -> float:
    """Processor seconds of PostgreSQL, of the processes that have ended too."""
    pid = int((server.folder / "postmaster.pid").read_text().splitlines()[0])
    used = psutil.Process(pid).cpu_times()
    running = sum(sum(child.cpu_times()[:2]) for child in psutil.Process(pid).children())
    return float(sum(used[:4]) + running)


class _Peak:
    """The largest memory of a process with its children, in MiB, sampled in a thread."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._rss = self._pss = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()

    def stop(self) -> tuple[float, float]:
        self._over.set()
        self._thread.join()
        return self._rss, self._pss

    def _sample(self) -> None:
        while not self._over.wait(0.25):
            rss = pss = 0.0
            try:
                for process in (self._process, *self._process.children(recursive=True)):
                    memory = process.memory_full_info()
                    rss += memory.rss / MIB
                    pss += getattr(memory, "pss", memory.rss) / MIB
            except psutil.Error:
                continue
            self._rss, self._pss = max(self._rss, rss), max(self._pss, pss)


def _print(
    name: str, seconds: float, rss: float, pss: float, *, limit: int = 0, ours: float = 0, theirs: float = 0
) -> None:
    cells: tuple[object, ...] = (f"{seconds:.1f}", limit or "", f"{ours:.1f}", f"{theirs:.1f}")
    cells += (f"{rss:.0f}", f"{pss:.0f}", MEMORY if limit else "", f"{os.getloadavg()[0]:.1f}")
    print(f"{name:<32}" + "".join(f"{cell:>9}" for cell in cells), flush=True)


def _search(url: str) -> str:
    with psycopg.connect(url) as connection:
        start = time.perf_counter()
        row = connection.execute(
            "SELECT count(*) FROM analysis_worldrecord WHERE lexemes @@ '''tortur'' | ''torture'''::tsquery"
        ).fetchone()
        milliseconds = (time.perf_counter() - start) * 1000
    return f"{row[0] if row else 0} speak of torture, counted in {milliseconds:.0f} ms"


def _peers(folder: Path, file: Path) -> None:
    program = os.environ.get("SQLITE_UTILS") or shutil.which("sqlite-utils")
    if program:
        start, ours = time.perf_counter(), _our_time()
        with subprocess.Popen([program, "insert", str(folder / "peer.db"), "records", str(file)]) as process:
            peak = _Peak(process.pid)
            process.wait()
            seconds = time.perf_counter() - start
        _print("sqlite-utils, stored only", seconds, *peak.stop(), ours=_our_time() - ours)
    else:
        print("sqlite-utils is not here: set SQLITE_UTILS to its program.")
    start, ours = time.perf_counter(), time.process_time()
    peak = _Peak(os.getpid())
    with sqlite3.connect(folder / "plain.db") as database, file.open("rb") as stream:
        database.execute("CREATE TABLE records (id TEXT, symbol TEXT, text TEXT, whole TEXT)")
        database.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?)",
            (
                (r["AnnotationId"], r["Symbol"], r["Text"], json.dumps(r))
                for r in ijson.items(stream, "item", use_float=True)
            ),
        )
    database.close()
    seconds, ours = time.perf_counter() - start, time.process_time() - ours
    _print("ijson into sqlite3, stored only", seconds, *peak.stop(), ours=ours)


if __name__ == "__main__":
    sys.exit(main())
