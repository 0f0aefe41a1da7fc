"""How exactly and how fast OHCHR's Word matrices are read, against the rows parsed beside them.

Run ``python bench/matrices.py``. The real files are looked for in ``TAWSIYA_SHARED_DATA``, else in
``../shared/data``. Columns: rows found and expected, fields equal to the peer's (every difference
is explained in ``tests/intake/readers/test_shared_matrices.py``), seconds of reading in this
process (best of three) and in a warm child of the sandbox.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tawsiya.intake.readers import detect, sandbox  # noqa: E402 - the path comes first
from tests.intake.readers.matrixpeer import (  # noqa: E402 - as above
    FIELDS,
    MATRICES,
    differences,
    ours,
    peer_rows,
    shared_data,
)

_ROUNDS = 3


def main() -> int:
    """Print the table; 0, or 1 where the real files are absent or a row is missing."""
    folder = shared_data()
    if folder is None:
        print("The real matrices are not here: set TAWSIYA_SHARED_DATA.", file=sys.stderr)
        return 1
    header = ("file", "rows", "fields equal", "equal %", "seconds", "in child")
    print("{:<32} {:>9} {:>13} {:>8} {:>8} {:>9}".format(*header))
    complete = True
    for name, expected in MATRICES.items():
        path = folder / "ohchr_matrices" / f"{name}.docx"
        data = path.read_bytes()
        result = detect.read(data, filename=path.name)
        seconds = _best(lambda: detect.read(data, filename=path.name))  # noqa: B023 - called at once
        child = _best(lambda: sandbox.read(data, filename=path.name))  # noqa: B023 - called at once
        peer = peer_rows(folder, name)
        found = len(result.records)
        complete = complete and found == expected
        total = len(peer) * len(FIELDS)
        unequal = len(differences(peer, [ours(r) for r in result.records])) if found == len(peer) else total
        equal = total - unequal
        rows, fields = f"{found}/{expected}", f"{equal}/{total}"
        share = f"{100 * equal / total:.2f}"
        print(f"{name:<32} {rows:>9} {fields:>13} {share:>8} {seconds:>8.2f} {child:>9.2f}")
    return 0 if complete else 1


def _best(action: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
