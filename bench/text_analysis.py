"""How well and how fast texts are analysed, beside PostgreSQL's own configurations in the same run.

Run ``python bench/text_analysis.py``. The pairs are those of ``tests/core/text``: of the development half the
failures were looked at, of the held-back half only the figures. "found" is the share of the pairs that a
reader expects to match, "false" that of the pairs that only look alike; then each category of the expected
ones, over both halves. The peers are ``to_tsvector`` and ``plainto_tsquery`` of PostgreSQL with the
configuration of the language, on the embedded server.

Speed: megabytes of UTF-8 text per second in one process, over the real texts (in ``TAWSIYA_SHARED_DATA``,
else ``../shared/data``; left out where they are absent): at first sight, every word worked out anew, and with
the words known, which is how a running server or a reindexing meets them.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tawsiya.core import embedded, text  # noqa: E402 - the path comes first
from tawsiya.core.text import analysis  # noqa: E402 - as above
from tests.core.text.pairs import Pair, read  # noqa: E402 - as above

CONFIGURATIONS: dict[text.Language, str] = {"ar": "arabic", "fr": "french", "en": "english"}
REAL_TEXTS: dict[text.Language, tuple[str, str]] = {
    "ar": ("morocco_fr_ar/texts.csv.gz", "TexteAr"),
    "fr": ("morocco_fr_ar/texts.csv.gz", "TexteFr"),
    "en": ("upr_info/recommendations.csv.gz", "Text"),
}
_MEGABYTE = 1_000_000

Judge = Callable[[Pair], bool]


def main() -> int:
    """Print the tables; 0, or 1 where a half of the pairs misses what is asked of it."""
    good = True
    with tempfile.TemporaryDirectory(prefix="tawsiya-bench-") as folder:
        Path(folder).chmod(0o755)
        with embedded.start(Path(folder) / "pg", open_way=True) as server:
            with embedded.connect(server.url("postgres", "postgres")) as connection:
                for language in text.LANGUAGES:
                    good &= _quality(language, connection)
    print()
    shared = Path(os.environ.get("TAWSIYA_SHARED_DATA", ROOT.parent / "shared" / "data"))
    for language in text.LANGUAGES:
        if (shared / REAL_TEXTS[language][0]).is_file():
            _speed(language, shared)
        else:
            print(f"{language}: the real texts are not here (set TAWSIYA_SHARED_DATA)")
    return 0 if good else 1


def _quality(language: text.Language, connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    configuration = CONFIGURATIONS[language]

    def ours(pair: Pair) -> bool:
        return text.matches(pair.text, pair.query, language)

    def peer(pair: Pair) -> bool:
        # A query that PostgreSQL takes for stop words alone has no lexeme and matches nothing.
        row = connection.execute(
            "SELECT to_tsvector(%s::regconfig, %s) @@ plainto_tsquery(%s::regconfig, %s)",
            [configuration, pair.text, configuration, pair.query],
        ).fetchone()
        return bool(row and row[0])

    pairs = read(language)
    print(
        f"\n{language}: {sum(p.match for p in pairs)} pairs to find, {sum(not p.match for p in pairs)} not to"
    )
    print(f"{'':<30}{'tawsiya':>18}{'PostgreSQL ' + configuration:>24}")
    good = True
    for name, held_back in (("development", False), ("held back", True)):
        half = [p for p in pairs if p.held_back == held_back]
        for label, match in (("found", True), ("false", False)):
            chosen = [p for p in half if p.match == match]
            print(f"{name + ', ' + label:<30}{_share(ours, chosen):>18}{_share(peer, chosen):>24}")
            hits = sum(map(ours, chosen))
            good &= hits >= 0.95 * len(chosen) if match else hits <= 0.04 * len(chosen)
    for category in Counter(p.category for p in pairs if p.match):
        chosen = [p for p in pairs if p.category == category and p.match]
        print(f"  {category:<28}{_share(ours, chosen):>18}{_share(peer, chosen):>24}")
    return good


def _share(judge: Judge, pairs: list[Pair]) -> str:
    hits = sum(map(judge, pairs))
    return f"{hits}/{len(pairs)} {100 * hits / len(pairs):5.1f} %"


def _speed(language: text.Language, folder: Path) -> None:
    name, column = REAL_TEXTS[language]
    with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
        texts = [row[column] for row in csv.DictReader(file) if row[column]]
    size = sum(len(t.encode()) for t in texts) / _MEGABYTE
    text.lexemes("حق droit right", language)  # the lexicons are loaded, as in a running server
    analysis.forget()
    first = _seconds(lambda: [text.lexemes(t, language) for t in texts])
    known = min(_seconds(lambda: [text.lexemes(t, language) for t in texts]) for _ in range(3))
    tokens = min(_seconds(lambda: [text.analyse(t, language) for t in texts]) for _ in range(3))
    print(
        f"{language}: {size:5.2f} MB; first sight {size / first:5.2f} MB/s, "
        f"known words {size / known:5.2f} MB/s, with offsets {size / tokens:5.2f} MB/s"
    )


def _seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
