"""Compare one theme over all States in an index of 267,000 records: the counts of the page, p50 and worst.

The records are made up (200 States, 60 themes, 12 bodies, 4 cycles), because only how many there are matters.
The limit is what a page may spend on its figures.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("TAWSIYA_MODE", "test")
os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost/none")  # nothing here asks the database
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tawsiya.config.settings")

import django

django.setup()

from tawsiya.analysis.ready.abroad import counts_by_region, counts_by_state  # noqa: E402 (Django first)
from tawsiya.analysis.search.world.arrays import WorldIndex  # noqa: E402 (Django first)
from tawsiya.analysis.search.world.building import FACETS, Record, build  # noqa: E402 (Django first)
from tawsiya.mechanisms import states  # noqa: E402 (Django first)

RECORDS, TIMES, LIMIT_MS = 267_000, 15, 200.0
QUESTIONS: dict[str, dict[str, list[str]]] = {
    "everything": {},
    "one theme": {"theme": ["theme 7"]},
    "one theme, UPR, cycle 3": {"theme": ["theme 7"], "body": ["body 0"], "cycle": ["3"]},
}


def records() -> Iterator[Record]:
    """Yield the records, the same in every run."""
    dice = random.Random(267)  # noqa: S311 (figures, no secrets)
    codes = [state.iso3 for state in states.all_states()]
    for number in range(RECORDS):
        body = min(dice.randrange(12), dice.randrange(12))
        values = {
            "country": [dice.choice(codes)],
            "body": [f"body {body}"],
            "theme": [f"theme {dice.randrange(60)}" for _ in range(3)],
            "kind": ["recommendation" if dice.random() < 0.8 else "concern"],
            "cycle": [str(dice.randint(1, 4))] if body == 0 else [],
            "position": [dice.choice(["supported", "supported", "noted"])] if body == 0 else [],
        }
        yield Record(number, "en", "water", [list(dict.fromkeys(values.get(name, []))) for name in FACETS])


def main() -> int:
    """Print the table; 1 where a median is over the limit."""
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        build(records(), Path(folder))
        index = WorldIndex(Path(folder))
        print(f"{'comparison of States':<28}{'States':>8}{'p50 ms':>9}{'worst ms':>10}{'limit':>8}")
        for name, asked in QUESTIONS.items():
            taken = []
            for _ in range(TIMES):
                start = time.perf_counter()
                rows = counts_by_state(index, asked, "XTM")
                counts_by_region(index, asked, rows)
                taken.append((time.perf_counter() - start) * 1000)
            middle = statistics.median(taken)
            slow += middle > LIMIT_MS
            print(f"{name:<28}{len(rows):>8}{middle:>9.1f}{max(taken):>10.1f}{LIMIT_MS:>8.0f}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
