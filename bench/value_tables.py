"""How fast tables of values are read, in the sandbox and into values, and what is left out of a damaged one.

Run ``python bench/value_tables.py``. The workbooks are made here: a long table of as many rows as given,
one cell in a hundred damaged in a known way. The limit beside the figures is for both steps together.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import xlsxwriter  # noqa: E402 - the path comes first

from tawsiya.core import sandbox  # noqa: E402 - as above
from tawsiya.programme.indicator_table import (  # noqa: E402 - as above
    DIMENSIONS,
    Words,
    guess_roles,
    read_tables,
    with_head,
)
from tawsiya.programme.table_files import GRID, TASKS  # noqa: E402 - as above

_SIZES = (400, 4_000, 19_000)
_LIMIT = 5.0
_WORDS = Words({name: {} for name in DIMENSIONS} | {"sex": {"f": "F", "m": "M"}})


def workbook(rows: int) -> bytes:
    """Return a workbook of that many rows of values; every hundredth value is no number."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Values")
    sheet.write_row(0, 0, ("indicator", "period", "sex", "region", "value", "status"))
    for number in range(rows):
        value: object = "damaged" if number % 100 == 0 else number / 7
        where = ("FM"[number // 10 % 2], f"R{number // 20 % 300}")
        row = (f"N-{number // 60 % 400}", 2015 + number % 10, *where)
        sheet.write_row(number + 1, 0, (*row, value, "A"))
    book.close()
    return stream.getvalue()


def main() -> int:
    """Print the table; 1 where a limit is missed or a damaged cell not refused."""
    import json

    pool = sandbox.Pool("tawsiya.programme.table_files", size=1)
    list(TASKS[GRID](io.BytesIO(b"a,b\n1,2\n"), {}))  # loads what the first call would load
    head = ("rows", "kB", "sandbox s", "reading CPU s", "kept", "refused", "limit s")
    print("{:>7} {:>7} {:>10} {:>14} {:>7} {:>8} {:>8}".format(*head))
    held = True
    for size in _SIZES:
        data = workbook(size)
        start = time.perf_counter()
        with pool.call(GRID, data, {}) as pieces:
            tables = [with_head(*json.loads(piece)) for piece in pieces]
        unpacked, cpu = time.perf_counter() - start, time.process_time()
        roles = {place: guess_roles(table.rows[0]) for place, table in enumerate(tables)}
        read = read_tables(tables, roles, _WORDS)
        cpu = time.process_time() - cpu
        damaged = sum(one.problem == "value" for one in read.damaged)
        held &= unpacked + cpu < _LIMIT and damaged == -(-size // 100)
        print(
            f"{size:>7} {len(data) // 1024:>7} {unpacked:>10.2f} {cpu:>14.2f}"
            f" {len(read.found):>7} {len(read.damaged):>8} {_LIMIT:>8}"
        )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
