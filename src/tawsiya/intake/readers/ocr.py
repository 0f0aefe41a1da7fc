"""Text of scanned pages, by Tesseract where it is installed: words with their places, then lines as of a PDF.

Pages are drawn in a child of the sandbox; Tesseract runs apart (:mod:`tawsiya.core.sandbox.programs`).
What it recognises goes to the same readers as a text layer does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

from tawsiya.core.sandbox import MIB, Failed, programs
from tawsiya.core.sandbox.process import TIME
from tawsiya.intake.readers import language
from tawsiya.intake.readers.pdf.page import Line, Page
from tawsiya.intake.readers.records import UnreadableFile

DPI = 300
SIDE = 4_000
"""Pixels of the longer side of a page: A4 at 300 dots per inch has 3,508."""
MAX_PAGES = 150
"""Pages that are recognised; the longest report known has about 120, at some seconds each."""
CAPS = programs.Caps(seconds=120, memory=2048 * MIB, output=16 * MIB)
"""Of one page."""
_MODELS = {"ar": "ara", "fr": "fra", "en": "eng"}
_TEXT = 5
"""The level of a word in Tesseract's table."""
_SMALL, _LARGE = 0.85, 1.12
"""Sizes of lines against the page's: between them a line is of the usual size."""
_ASCENDING = re.compile(r"[A-ZÀ-Þbdfhklt0-9()]")
_DESCENDING = re.compile(r"[gjpqyç,;()]")
_HEIGHTS = {(True, True): 0.92, (True, False): 0.71, (False, True): 0.68, (False, False): 0.48}
"""Height of a line's ink as a share of its font's size, by whether letters rise and fall."""


def program() -> str:
    """The path of Tesseract, "" where it is not installed."""
    return programs.found("tesseract")


@lru_cache(maxsize=1)
def _models(tesseract: str) -> frozenset[str]:
    """The models that are installed, of those for Arabic, French and English."""
    with programs.private_folder() as folder:
        try:
            printed = programs.run([tesseract, "--list-langs"], folder=folder, caps=CAPS)
        except Failed:
            return frozenset()
    return frozenset(printed.decode("ascii", "replace").split()) & frozenset(_MODELS.values())


def available() -> bool:
    """Whether scans can be recognised here."""
    return bool(program() and _models(program()))


def recognise(pictures: Iterable[tuple[float, float, bytes]]) -> list[Page]:
    """The lines of pages given as (width, height in points, PNG), in their order.

    Raises UnreadableFile where Tesseract is missing, takes too long, or does not get through.
    """
    tesseract = program()
    if not tesseract or not _models(tesseract):
        raise UnreadableFile("ocr_missing")
    known = sorted(_models(tesseract))
    pages: list[Page] = []
    models = known
    for number, (width, height, drawn) in enumerate(pictures, start=1):
        if number > MAX_PAGES:
            raise UnreadableFile("ocr_too_many_pages", limit=MAX_PAGES)
        table = _run(tesseract, drawn, models)
        page = Page(number, width, height, _lines(table, number, height))
        pages.append(page)
        if models is known:
            models = _narrowed(page.lines, known)
    return pages


def _narrowed(lines: Sequence[Line], known: list[str]) -> list[str]:
    """The model of the language of a page, once that is certain: three at once take three times as long.

    With Arabic goes English: a symbol is in Latin letters, and the Arabic model makes figures of them.
    """
    spoken = language.detect(" ".join(line.text for line in lines))
    model = _MODELS.get(spoken or "")
    if model not in known:
        return known
    return [name for name in known if name in (model, "eng")] if spoken == "ar" else [model]


def _run(tesseract: str, drawn: bytes, models: Sequence[str]) -> str:
    with programs.private_folder() as folder:
        (folder / "page.png").write_bytes(drawn)
        command = [tesseract, str(folder / "page.png"), "stdout", "-l", "+".join(models), "--psm", "3", "tsv"]
        more = {"OMP_THREAD_LIMIT": "1"}
        try:
            return programs.run(command, folder=Path(folder), caps=CAPS, more=more).decode("utf-8", "replace")
        except Failed as failure:
            if failure.kind == TIME:
                raise UnreadableFile("timed_out", seconds=CAPS.seconds) from failure
            raise UnreadableFile("ocr_failed") from failure


def _lines(table: str, number: int, height: float) -> list[Line]:
    """The lines of Tesseract's table of one page, in points from the top left corner."""
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    whole = next((int(row[9]) for row in rows if row[0] == "1" and len(row) > 9), 0)
    scale = height / whole if whole else 72 / DPI
    words: dict[tuple[str, ...], list[tuple[str, int, int, int, int]]] = {}
    for row in rows:
        if len(row) == 12 and row[0] == str(_TEXT) and row[11].strip():
            left, top, wide, high = map(int, row[6:10])
            words.setdefault(tuple(row[2:5]), []).append(
                (row[11].strip(), left, top, left + wide, top + high)
            )
    found = []
    for pieces in words.values():
        x0, y0 = min(piece[1] for piece in pieces) * scale, min(piece[2] for piece in pieces) * scale
        x1, y1 = max(piece[3] for piece in pieces) * scale, max(piece[4] for piece in pieces) * scale
        text = " ".join(piece[0] for piece in pieces)
        size = (y1 - y0) / _HEIGHTS[bool(_ASCENDING.search(text)), bool(_DESCENDING.search(text))]
        found.append(Line(number, text, x0, y0, x1, y1, y1, size))
    _even_out(found)
    return found


def _even_out(lines: Sequence[Line]) -> None:
    """Give lines the usual size of their page, unless they are plainly smaller or larger."""
    usual = median(line.size for line in lines) if lines else 0.0
    for line in lines:
        share = line.size / usual if usual else 1.0
        line.size = usual * (1.0 if _SMALL <= share <= _LARGE else round(share, 1))


def to_json(pages: Sequence[Page]) -> bytes:
    """Pages as bytes, to be given to a child."""
    return json.dumps([asdict(page) for page in pages]).encode("ascii")


def from_json(data: bytes) -> tuple[Page, ...]:
    """The inverse of :func:`to_json`."""

    def page(value: dict[str, Any]) -> Page:
        lines = [Line(**{**line, "marks": tuple(line["marks"])}) for line in value["lines"]]
        return Page(**{**value, "lines": lines, "columns": tuple(value["columns"])})

    return tuple(page(value) for value in json.loads(data))
