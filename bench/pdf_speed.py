"""How fast reports of the UPR Working Group are read from PDF, beside PDFium's own text.

Run ``python bench/pdf_speed.py``; ``bench/upr_reports.py`` runs it too. The real files are looked for in
``TAWSIYA_SHARED_DATA``, else in ``../shared/data``. A program of its own: its processes hold the readers and
nothing else and begin with the same environment, as the children do that read what is uploaded.

Columns: documents per second of one process and of two that do not wait for each other, start-up not
counted; milliseconds of the processor per document, which tell more on a machine that does other work;
twice their inverse, which is what two free cores do. The peer is PDFium alone giving the text of the
pages, the least that any reader on it can take.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pypdfium2.raw as pdfium

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tawsiya.core.sandbox.process import ALLOCATION  # noqa: E402 - the path comes first
from tawsiya.intake.readers import detect  # noqa: E402 - as above
from tests.intake.readers.matrixpeer import shared_data  # noqa: E402 - as above

_SECONDS = 8.0

_held: list[bytes] = []
_starting_gate: list[Barrier] = []


def main() -> int:
    """Print the table; 0, or 1 where the real files are absent."""
    folder = shared_data()
    if folder is None:
        print("The real reports are not here: set TAWSIYA_SHARED_DATA.", file=sys.stderr)
        return 1
    os.environ.update(ALLOCATION)
    data = [path.read_bytes() for path in sorted((folder / "upr_reports").glob("*.pdf"))]
    head = ("1 process", "2 processes", "ms of processor", "2 free cores")
    print(f"{'documents/s':<24}" + ("{:>16}" * 4).format(*head))
    for name, work in (("read", _read), ("PDFium's text alone", _text)):
        (alone, processor), *_ = _rates(work, data, processes=1)
        both = sum(rate for rate, _ in _rates(work, data, processes=2))
        print(f"{name:<24}" + ("{:>16.1f}" * 4).format(alone, both, 1000 * processor, 2 / processor))
    return 0


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


def _rates(
    work: Callable[[bytes], int], data: Sequence[bytes], *, processes: int
) -> list[tuple[float, float]]:
    """Of each process: documents per second, seconds of the processor per document."""
    context = get_context("spawn")
    gate = context.Barrier(processes)
    with ProcessPoolExecutor(processes, context, initializer=_hold, initargs=(data, gate)) as pool:
        return list(pool.map(_rate, [work] * processes))


def _hold(data: Sequence[bytes], gate: Barrier) -> None:
    _held[:] = data
    _starting_gate[:] = [gate]


def _rate(work: Callable[[bytes], int]) -> tuple[float, float]:
    for data in _held:
        work(data)
    _starting_gate[0].wait()
    started, processor, done = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - started < _SECONDS:
        for data in _held:
            work(data)
        done += len(_held)
    return done / (time.perf_counter() - started), (time.process_time() - processor) / done


if __name__ == "__main__":
    sys.exit(main())
