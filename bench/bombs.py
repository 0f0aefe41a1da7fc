"""Files made to harm: what is said of each, how long it takes, how much memory a child came to hold.

Run ``python bench/bombs.py [--keep FOLDER]``. Each bomb of ``tests/intake/readers/bombs.py`` is read, laid
out and drawn (first page) in the sandbox, as the pages and ``tawsiya extract --review`` do. Fails for any
crash, anything over ten seconds, a child over 512 MiB, or a refusal that names something else.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tawsiya.intake.readers import sandbox  # noqa: E402 - the path comes first
from tawsiya.intake.readers.records import UnreadableFile  # noqa: E402 - as above
from tests.intake.readers import bombs  # noqa: E402 - as above

LIMIT_SECONDS = 10.0
LIMIT_MIB = 512


def main() -> int:
    """Print the table; 1 where anything is not as it should be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, help="write the bombs into this folder, too")
    options = parser.parse_args()
    if options.keep:
        bombs.write(options.keep)
    print(f"{'bomb':<28}{'KB':>7} {'read':<22}{'layout':<20}{'picture':<20}{'seconds':>8}")
    worst, faults = 0.0, 0
    for name, bomb in bombs.BOMBS.items():
        data = bomb.make()
        steps: list[Callable[[], object]] = [
            lambda: sandbox.read(data, filename=name),  # noqa: B023 - called at once
            lambda: sandbox.layout(data),  # noqa: B023 - as above
            lambda: sandbox.pictures(data, [1], dpi=100),  # noqa: B023 - as above
        ]
        outcomes = [outcome(step) for step in steps]
        slowest = max(seconds for _code, seconds in outcomes)
        codes = [code for code, _seconds in outcomes]
        bad = "reader_crashed" in codes or slowest > LIMIT_SECONDS or codes[0] not in bomb.codes
        faults += bad
        worst = max(worst, slowest)
        shown = f"{codes[0]:<22}{codes[1]:<20}{codes[2]:<20}{slowest:>8.1f}{'  !' if bad else ''}"
        print(f"{name:<28}{len(data) // 1024:>7} {shown}", flush=True)
    peak = sandbox.POOL.peak / 2**20
    print(f"{len(bombs.BOMBS)} bombs, {faults} faults, slowest {worst:.1f} s, largest child {peak:.0f} MiB")
    return int(bool(faults) or peak > LIMIT_MIB)


def outcome(step: Callable[[], object]) -> tuple[str, float]:
    """The code of the refusal, or "(read)", and the seconds it took."""
    started = time.perf_counter()
    try:
        step()
    except UnreadableFile as refusal:
        return refusal.code, time.perf_counter() - started
    return bombs.READ, time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
