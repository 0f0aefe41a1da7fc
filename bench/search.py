"""How fast the search over other States answers: the twenty best, five exact counts, a permission filter.

Run ``python bench/search.py``. 267,000 records are made from the real texts (in ``TAWSIYA_SHARED_DATA``,
else ``../shared/data``): half of one recommendation, half of another, so that words are as frequent as they
are. Twenty queries of one to four words and one phrase, each asked in rounds after one round that warms up;
the figures are milliseconds, at the median, the 95th percentile and the worst, in one process.

Peers on the same records in the same run: PostgreSQL as one would write it at once (a GIN index on
``to_tsvector('english', …)``, one CTE); tantivy with aggregations; Datasette over HTTP. The last two run
where ``TAWSIYA_BENCH_PEERS`` names the Python of an environment that has them (``pip install tantivy
datasette``), and are left out by name elsewhere. ``RECORDS`` and ``ROUNDS`` change the size.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import os
import random
import resource
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

from tawsiya.analysis.world_columns import COLUMNS

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TAWSIYA_SHARED_DATA", ROOT.parent / "shared" / "data"))
RECORDS = int(os.environ.get("RECORDS", "267000"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
FIVE = ("body", "year", "theme", "persons", "position")
QUERIES = [
    "torture", "children", "rights", "women", "education", "moratorium",
    "death penalty", "migrant workers", "indigenous peoples", "juvenile justice", "human trafficking",
    "prison conditions", "violence against women", "freedom of expression",
    "national human rights institution",
    "domestic violence law", "sexual orientation discrimination", "ratify optional protocol convention",
    "refugees asylum seekers", "moratorium executions death penalty",
    '"persons with disabilities"',
]  # fmt: skip
BODIES = (
    "UPR",
    "CERD",
    "CCPR",
    "CESCR",
    "CEDAW",
    "CAT",
    "CRC",
    "CMW",
    "CRPD",
    "CED",
    "SPT",
    "SR torture",
    "WG",
)
PERSONS = tuple(f"group {number}" for number in range(30))

Record = dict[str, Any]


def main() -> int:
    """Print the table; 0, or 1 where the texts are absent or a target is missed."""
    if not (SHARED / "upr_info" / "recommendations.csv.gz").is_file():
        print("The real texts are not here: set TAWSIYA_SHARED_DATA.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="tawsiya-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        return _measure(folder)


def _measure(folder: Path) -> int:
    from tawsiya.core import embedded

    print(f"{RECORDS:,} records, {len(QUERIES)} queries, {ROUNDS} rounds; milliseconds")
    with embedded.start(folder / "pg", open_way=True) as server:
        urls = embedded.prepare(server, "bench")
        os.environ |= {
            "TAWSIYA_MODE": "test",
            "TAWSIYA_DATA": str(folder / "data"),
            "DATABASE_URL": urls.application,
            "DATABASE_OWNER_URL": urls.owner,
        }
        subprocess.run([sys.executable, "-m", "tawsiya", "migrate", "--verbosity", "0"], check=True)
        _fill(urls.owner)
        print(f"{'':<34}{'p50':>9}{'p95':>9}{'worst':>9}")
        figures = {"Tawsiya": _ours()}
        figures["PostgreSQL, GIN, one CTE"] = _naive(urls.application)
    figures |= _peers(folder)
    return _verdict(figures)


def records() -> Iterator[Record]:
    """Yield the records, always the same ones."""
    dice = random.Random(267)  # noqa: S311 - only the same each time
    with gzip.open(
        SHARED / "upr_info" / "recommendations.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if row["Text"]]
    texts = [("en", row["Text"], row) for row in rows]
    six = SHARED / "uhri_six_languages" / "records.jsonl.gz"
    if six.is_file():
        with gzip.open(six, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                texts += [(code, row[code], rows[0]) for code in ("en", "fr", "ar") if row.get(code)]
    by_language = {code: [one for one in texts if one[0] == code] for code in ("en", "fr", "ar")}
    for number in range(1, RECORDS + 1):
        language, first, row = dice.choice(texts)
        second = dice.choice(by_language[language])[1]
        yield {
            "id": number,
            "language": language,
            "text": f"{first[: len(first) // 2]}{second[len(second) // 2 :]}",
            "body": dice.choice(BODIES),
            "year": dice.randint(2006, 2026),
            "state": row["To"],
            "theme": [issue.strip() for issue in row["Issue"].split(",") if issue.strip()],
            "persons": dice.sample(PERSONS, k=dice.randint(0, 3)),
            "position": row["Response"],
            "recommending": row["From"],
            "visible": dice.random() < 0.9,
        }


# Guards let only a load of an export write here. This database is thrown away, and no load makes its records.
_UNGUARDED = """
DO $$ DECLARE guard name; BEGIN
    FOR guard IN SELECT tgname FROM pg_trigger
        WHERE tgrelid = 'analysis_worldrecord'::regclass AND tgname LIKE 'pgtrigger_require_%'
    LOOP EXECUTE format('ALTER TABLE analysis_worldrecord DISABLE TRIGGER %I', guard); END LOOP;
END $$
"""
_PEER = """
CREATE TABLE peer (id bigint PRIMARY KEY, text text, body text, year integer, theme text[], persons text[],
    position text, visible boolean, words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED);
"""


def _fill(owner: str) -> None:
    """Load the records into the product's table and into the peer's."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(_UNGUARDED)
        connection.execute(_PEER)
        connection.execute("GRANT SELECT ON analysis_worldrecord, peer TO tawsiya_app")
        with connection.transaction(), connection.cursor() as cursor:
            columns = ", ".join(("id", *COLUMNS, "created_in"))
            with cursor.copy(f"COPY analysis_worldrecord ({columns}) FROM STDIN") as copy:
                for one in records():
                    copy.write_row(_stored(one))
            with cursor.copy(
                "COPY peer (id, text, body, year, theme, persons, position, visible) FROM STDIN"
            ) as copy:
                for one in records():
                    copy.write_row([one[name] for name in ("id", "text", *FIVE, "visible")])
        connection.execute("CREATE INDEX ON peer USING gin (words)")
        connection.execute("VACUUM ANALYZE peer")
        connection.execute("VACUUM ANALYZE analysis_worldrecord")


def _stored(one: Record) -> list[Any]:
    """Return the row of a record: what the search does not read is empty, States have codes by number."""
    values = {
        "external_id": str(uuid.UUID(int=one["id"])),
        "body": one["body"], "year": one["year"], "text": one["text"], "language": one["language"],
        "states": [_code(one["state"])], "recommending_states": [_code(one["recommending"])],
        "themes": one["theme"], "persons": one["persons"], "position": one["position"][:15],
        "states_as_written": [], "sdgs": [], "published_on": None, "upr_cycle": None, "upr_session": None,
        "filled": 0, "digest": one["id"], "analysis_version": 0,
    }  # fmt: skip
    return [one["id"], *(values.get(name, "") for name in COLUMNS), 1]


_codes: dict[str, str] = {}


def _code(state: str) -> str:
    return _codes.setdefault(state, f"{len(_codes):03d}")


def _ours() -> list[float]:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tawsiya.config.settings"
    django.setup()
    from tawsiya.analysis.search.asking import understand
    from tawsiya.analysis.search.world import scope, store

    start = time.perf_counter()
    store.build_now()
    built = time.perf_counter() - start
    # Measured in this process before and after: what the index adds to a server's own memory.
    before = _private_memory()
    index = store.current(store.version())
    assert index is not None
    places = [place for place, one in enumerate(records()) if one["visible"]]
    seen = index.as_bits(np.array(places, dtype=np.int32))

    def ask(query: str) -> int:
        current = store.current(store.version())
        assert current is not None
        page = current.search(understand(query, []), {}, FIVE, seen)
        return len(scope._read(page.ids(0, 20)))

    times = _timed(ask)
    size = sum(file.stat().st_size for file in store._folder(store.version()).iterdir())
    _print("Tawsiya", times)
    print(
        f"{'':<4}index built in {built:.0f} s, {size / 1e6:.0f} MB in files that processes share;"
        f" {(_private_memory() - before) / 1e6:.0f} MB of each process's own"
    )
    return times


def _private_memory() -> int:
    """Return the anonymous memory of this process in bytes; the peak of all its memory where Linux is not."""
    try:
        for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
            if line.startswith("Anonymous:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


_NAIVE = """
WITH hits AS MATERIALIZED (
    SELECT id, body, year, theme, persons, position, ts_rank(words, query) AS rank
    FROM peer, websearch_to_tsquery('english', %s) AS query WHERE words @@ query AND visible
)
SELECT (SELECT json_agg(best) FROM (SELECT id, rank FROM hits ORDER BY rank DESC, id LIMIT 20) AS best),
    (SELECT json_object_agg(body, n) FROM (SELECT body, count(*) AS n FROM hits GROUP BY 1) AS f),
    (SELECT json_object_agg(year, n) FROM (SELECT year, count(*) AS n FROM hits GROUP BY 1) AS f),
    (SELECT json_object_agg(v, n) FROM (SELECT unnest(theme) AS v, count(*) AS n FROM hits GROUP BY 1) AS f),
    (SELECT json_object_agg(v, n)
        FROM (SELECT unnest(persons) AS v, count(*) AS n FROM hits GROUP BY 1) AS f),
    (SELECT json_object_agg(coalesce(position, ''), n)
        FROM (SELECT position, count(*) AS n FROM hits GROUP BY 1) AS f)
"""


def _naive(url: str) -> list[float]:
    with psycopg.connect(url, autocommit=True) as connection:
        times = _timed(lambda query: len(connection.execute(_NAIVE, [query]).fetchone() or ()))
    _print("PostgreSQL, GIN, one CTE", times)
    return times


def _peers(folder: Path) -> dict[str, list[float]]:
    python = os.environ.get("TAWSIYA_BENCH_PEERS", "")
    if not python:
        print("tantivy, Datasette: left out (TAWSIYA_BENCH_PEERS names no Python that has them)")
        return {}
    figures = {}
    with (folder / "records.jsonl").open("w", encoding="utf-8") as file:
        for one in records():
            wanted = {name: one[name] for name in ("id", "text", *FIVE, "visible")}
            file.write(json.dumps(wanted | {"year": str(one["year"])}) + "\n")
    (folder / "queries.json").write_text(json.dumps({"queries": QUERIES, "rounds": ROUNDS}), "utf-8")
    script = ROOT / "bench" / "peers" / "tantivy_search.py"
    done = subprocess.run([python, str(script), str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"tantivy: left out ({done.stderr.strip().splitlines()[-1]})")
    else:
        figures["tantivy, with aggregations"] = json.loads(done.stdout)["times"]
        _print("tantivy, with aggregations", figures["tantivy, with aggregations"])
    figures["Datasette over HTTP"] = _datasette(python, folder)
    _print("Datasette over HTTP", figures["Datasette over HTTP"])
    return figures


def _datasette(python: str, folder: Path) -> list[float]:
    database = folder / "records.db"
    with sqlite3.connect(database) as connection:
        connection.execute(
            "CREATE TABLE records"
            " (id INTEGER PRIMARY KEY, text, body, year, theme, persons, position, visible)"
        )
        connection.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(one["id"], one["text"], one["body"], one["year"], json.dumps(one["theme"])),
                    *(json.dumps(one["persons"]), one["position"], int(one["visible"])),
                )
                for one in records()
            ),
        )
        connection.execute(
            "CREATE VIRTUAL TABLE records_fts"
            " USING fts5(text, tokenize='porter', content=records, content_rowid=id)"
        )
        connection.execute("INSERT INTO records_fts(rowid, text) SELECT id, text FROM records")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [python, "-m", "datasette", "serve", str(database), "--port", str(port)]
    command += ["--setting", "sql_time_limit_ms", "60000", "--setting", "facet_time_limit_ms", "60000"]
    command += ["--setting", "default_facet_size", "1000", "--setting", "max_returned_rows", "1000"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/records/records.json"
        facets = [("_facet", name) for name in ("body", "year", "position")]
        facets += [("_facet_array", name) for name in ("theme", "persons")]

        def ask(query: str) -> int:
            asked = [("_search", query), ("visible", "1"), ("_size", "20"), ("_shape", "objects"), *facets]
            with urllib.request.urlopen(f"{address}?{urllib.parse.urlencode(asked)}") as answer:  # noqa: S310 - our own server
                return len(json.load(answer)["facet_results"])

        for _ in range(100):
            try:
                ask("torture")
                break
            except OSError:
                time.sleep(0.2)
        return _timed(ask)
    finally:
        server.terminate()
        server.wait()


def _timed(ask: Callable[[str], int]) -> list[float]:
    times = []
    for turn, query in itertools.product(range(ROUNDS + 1), QUERIES):
        start = time.perf_counter()
        ask(query)
        if turn:
            times.append((time.perf_counter() - start) * 1000)
    return times


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _print(name: str, times: list[float]) -> None:
    print(f"{name:<34}{_at(times, 0.5):>9.1f}{_at(times, 0.95):>9.1f}{max(times):>9.1f}", flush=True)


def _verdict(figures: dict[str, list[float]]) -> int:
    ours = _at(figures["Tawsiya"], 0.95)
    good = True
    for name, share in (("PostgreSQL, GIN, one CTE", 3), ("Datasette over HTTP", 10)):
        if name in figures:
            limit = _at(figures[name], 0.95) / share
            good &= ours <= limit
            print(
                f"p95 at most 1/{share} of {name}: {ours:.1f} of {limit:.1f}:"
                f" {'yes' if ours <= limit else 'NO'}"
            )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
