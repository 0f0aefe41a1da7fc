"""Does a damaged file ever break a reader, hang it, or swell it? Mutated files through the sandbox.

Run ``python bench/fuzz.py [--count 100000] [--seed 1] [--jobs 2]``. Files of every format that is read
are changed (``tests/intake/readers/fuzz``) and given to the same children that serve the pages. Columns:
files, read, refused with a sentence that names what is wrong, crashes (``reader_crashed``), hangs over
ten seconds, refusals for memory, refusals whose sentence says nothing. ``--only N --save FILE`` writes
one mutated file.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from bisect import bisect
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tawsiya.intake.readers import sandbox  # noqa: E402 - the path comes first
from tawsiya.intake.readers.records import UnreadableFile  # noqa: E402 - as above
from tests.intake.readers.fuzz import mutate, seeds  # noqa: E402 - as above
from tests.intake.readers.fuzz.seeds import LAYOUT, MAPPED, PICTURES, READ_FILLED, Seed  # noqa: E402 - as above
from tests.intake.readers.matrixpeer import shared_data  # noqa: E402 - as above

HANG_SECONDS = 10.0
MEMORY_MIB = 512
_SHOWN = 12
_AT_ONCE = 250
_SAID_EVERY = 20


@dataclass
class Tally:
    """What came of some files, by format."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    crashes: dict[str, list[int]] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, -1)
    peak: int = 0

    def note(self, format_name: str, number: int, code: str, sentence: str, seconds: float) -> None:
        """Count one file; ``code`` is "" for one that was read."""
        row = self.counts.setdefault(format_name, Counter())
        row["files"] += 1
        self.codes[code or "(read)"] += 1
        self.slowest = max(self.slowest, (seconds, number))
        row["hangs"] += seconds > HANG_SECONDS
        if not code:
            row["read"] += 1
        elif code == "reader_crashed":
            row["crashes"] += 1
            self.crashes.setdefault(sentence, []).append(number)
        else:
            row["refused"] += 1
            row["memory"] += code == "out_of_memory"
            row["unnamed"] += not sentence.strip() or "\n" in sentence

    def add(self, other: Tally) -> None:
        """Take in what another process counted."""
        for name, row in other.counts.items():
            self.counts.setdefault(name, Counter()).update(row)
        self.codes.update(other.codes)
        for sentence, numbers in other.crashes.items():
            self.crashes.setdefault(sentence, []).extend(numbers)
        self.slowest = max(self.slowest, other.slowest)
        self.peak = max(self.peak, other.peak)


def case(number: int, seed: int, files: list[Seed], weights: list[float]) -> tuple[Seed, bytes]:
    """The mutated file of a number: always the same for the same seed and files."""
    random = Random(f"{seed}-{number}")  # noqa: S311 - to be repeated, not to be secret
    one = files[bisect(weights, random.random() * weights[-1])]
    return one, mutate.mutated(random, one.data, random.choice(files).data)


def outcome(one: Seed, data: bytes) -> tuple[str, str]:
    """The code and sentence of a refusal; twice "" for a file that was read."""
    try:
        if one.task == READ_FILLED:
            sandbox.read_filled(data)
        elif one.task == LAYOUT:
            sandbox.layout(data)
        elif one.task == MAPPED:
            sandbox.read_mapped(data, sandbox.examine(data).columns)
        elif one.task == PICTURES:
            sandbox.pictures(data, [1, 2], dpi=72)
        else:
            sandbox.read(data, filename=one.name)
    except UnreadableFile as refusal:
        return refusal.code, refusal.message
    return "", ""


def work(numbers: range, seed: int) -> Tally:
    """Make and read the files of some numbers, in this process and its child."""
    files, weights = all_files()
    tally = Tally()
    for number in numbers:
        one, data = case(number, seed, files, weights)
        started = time.perf_counter()
        code, sentence = outcome(one, data)
        tally.note(one.format, number, code, sentence, time.perf_counter() - started)
    tally.peak = sandbox.POOL.peak
    return tally


@lru_cache(maxsize=1)
def all_files() -> tuple[list[Seed], list[float]]:
    """The files to start from, and their weights added up."""
    folder = shared_data()
    files = seeds.fixtures() + (seeds.real(folder) if folder else [])
    return files, list(accumulate(one.weight for one in files))


def main() -> int:
    """Print the table; 0, or 1 for any crash, hang, child over 512 MiB, or refusal without a sentence."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=int(os.environ.get("TAWSIYA_FUZZ", "100000")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", type=int)
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    files, weights = all_files()
    if options.only is not None:
        one, data = case(options.only, options.seed, files, weights)
        if options.save:
            options.save.write_bytes(data)
        print(one.format, one.name, one.task, f"{len(data)} bytes", *outcome(one, data))
        return 0
    origin = "real files and our own" if shared_data() else "our own files only (no TAWSIYA_SHARED_DATA)"
    print(f"{options.count} mutated files from {len(files)} seeds, {origin}, seed {options.seed}", flush=True)
    tally, started = Tally(), time.perf_counter()
    jobs = [range(first, min(first + _AT_ONCE, options.count)) for first in range(0, options.count, _AT_ONCE)]
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        for done, part in enumerate(pool.map(work, jobs, [options.seed] * len(jobs)), start=1):
            tally.add(part)
            if done % _SAID_EVERY == 0:
                print(f"  … {done * _AT_ONCE}", file=sys.stderr, flush=True)
    return report(tally, time.perf_counter() - started)


def report(tally: Tally, seconds: float) -> int:
    """Print what came of it; 1 where anything is not as it should be."""
    columns = ("files", "read", "refused", "crashes", "hangs", "memory", "unnamed")
    print(f"{'format':<18}" + "".join(f"{name:>9}" for name in columns))
    total: Counter[str] = Counter()
    for name, row in sorted(tally.counts.items()):
        total.update(row)
        print(f"{name:<18}" + "".join(f"{row[column]:>9}" for column in columns))
    print(f"{'all':<18}" + "".join(f"{total[column]:>9}" for column in columns))
    print("codes: " + ", ".join(f"{code} {count}" for code, count in tally.codes.most_common()))
    for sentence, numbers in sorted(tally.crashes.items(), key=lambda item: -len(item[1]))[:_SHOWN]:
        print(f"crash × {len(numbers)}: {sentence} e.g. --only {numbers[0]}")
    peak = tally.peak / 2**20
    slow, number = tally.slowest
    print(
        f"{total['files'] / seconds:.0f} files/s, slowest {slow:.1f} s (--only {number}), "
        f"largest child {peak:.0f} MiB of {MEMORY_MIB}"
    )
    good = not (total["crashes"] or total["hangs"] or total["unnamed"] or peak > MEMORY_MIB)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
