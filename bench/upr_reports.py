"""How exactly and how fast reports of the UPR Working Group are read, against the rows beside them.

Run ``python bench/upr_reports.py``. The real files are looked for in ``TAWSIYA_SHARED_DATA``, else in
``../shared/data``. First table: recommendations read, rows found among them, and in how many the
number, the words, the States and the position are the rows' (differences are explained one by one in
``tests/intake/readers/upr/test_shared_reports.py``; rows that divide a printed paragraph are counted
as parts). Second table: documents per second, in this process and in two, start-up not counted; the
peer is PDFium alone giving the text of the pages, the least that any reader on it can take.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2.raw as pdfium

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tawsiya.intake.readers import detect  # noqa: E402 - the path comes first
from tests.intake.readers.matrixpeer import shared_data  # noqa: E402 - as above
from tests.intake.readers.upr.peer import COUNTS, ROWS, compare, shared_rows  # noqa: E402 - as above

_SECONDS = 8.0
_ROUNDS = 5


def main() -> int:
    """Print the tables; 0, or 1 where the real files are absent or a row is missing."""
    folder = shared_data()
    if folder is None:
        print("The real reports are not here: set TAWSIYA_SHARED_DATA.", file=sys.stderr)
        return 1
    files = [folder / "upr_reports" / f"{name}.pdf" for name in COUNTS]
    complete = _exactness(folder)
    data = [path.read_bytes() for path in files]
    print(f"\n{'documents/s':<24} {'1 process':>10} {'2 processes':>12}")
    for name, work in (("read", _read), ("PDFium's text alone", _text)):
        one = len(data) * _ROUNDS / _timed(lambda: [work(d) for _ in range(_ROUNDS) for d in data])  # noqa: B023 - called at once
        print(f"{name:<24} {one:>10.1f} {_two_processes(work, data):>12.1f}")
    return 0 if complete else 1


def _exactness(folder: Path) -> bool:
    head = ("file", "read", "rows", "found", "parts", "number", "words", "States", "position")
    print(("{:<16}" + "{:>9}" * 8).format(*head))
    totals = [0] * 8
    for name in COUNTS:
        result = detect.read((folder / "upr_reports" / f"{name}.pdf").read_bytes())
        records = [record for record in result.records if record.kind == "recommendation"]
        if name not in ROWS:
            print(("{:<16}" + "{:>9}" * 2).format(name, len(records), "-"))
            continue
        c = compare(shared_rows(folder, name), records)
        figures = [len(records), c.rows, c.found, c.parts, c.numbers, c.texts, c.states, c.positions]
        totals = [a + b for a, b in zip(totals, figures, strict=True)]
        print(("{:<16}" + "{:>9}" * 8).format(name, *figures))
    print(("{:<16}" + "{:>9}" * 8).format("together", *totals))
    return totals[1] == totals[2]


def _read(data: bytes) -> int:
    return len(detect.read(data).records)


def _text(data: bytes) -> int:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    count = pdfium.FPDF_GetPageCount(document)
    for index in range(count):
        page = pdfium.FPDF_LoadPage(document, index)
        text = pdfium.FPDFText_LoadPage(page)
        length = pdfium.FPDFText_CountChars(text)
        pdfium.FPDFText_GetText(text, 0, length, (ctypes.c_ushort * (length + 1))())
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return count


def _timed(action: Callable[[], object]) -> float:
    action()
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _two_processes(work: Callable[[bytes], int], data: Sequence[bytes]) -> float:
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(work, data))  # start-up
        started, done = time.perf_counter(), 0
        while time.perf_counter() - started < _SECONDS:
            done += len(list(pool.map(work, data)))
        return done / (time.perf_counter() - started)


if __name__ == "__main__":
    sys.exit(main())
