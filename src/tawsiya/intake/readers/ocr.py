"""Text of scanned pages, by Tesseract where it is installed: words with their places, then lines as of a PDF.

Pages are drawn in a child of the sandbox; Tesseract runs apart (:mod:`tawsiya.core.sandbox.programs`).
What it recognises goes to the same readers as a text layer does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

from tawsiya.core.sandbox import MIB, Failed, programs
from tawsiya.core.sandbox.process import TIME
from tawsiya.intake.readers import language, ocr_numbers
from tawsiya.intake.readers.item_labels import ABJAD
from tawsiya.intake.readers.ocr_numbers import Label, Place
from tawsiya.intake.readers.pdf.page import Line, Page
from tawsiya.intake.readers.records import UnreadableFile

LabelsOf = Callable[[bytes, float, Sequence[Place]], list[Label]]
"""As :func:`ocr_figures.labels`."""
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
_ABJAD = f"أ{ABJAD[1:]}"
"""As it is printed: with its hamza."""
_LETTERED = re.compile(rf"[()]([{_ABJAD}])[()]\s")
"""The letter of an item, whichever way its brackets were read."""
_ITEM = re.compile(r"\A(?:(?![\u0621-\u064a]{2})\S){1,5}\s+(?:[\u200e\u200f]?\d\s+)?(?=[\u0621-\u064a]{2})")
"""What may be one: some signs that are no word, before a word."""
_ASKEW = 6.0
"""Points by which items of a page may begin apart."""
_ARABIC = re.compile(r"[\u0621-\u064a]{2}")
_ARABIC_HEIGHT = 0.9
"""The same of the usual word in Arabic, which has letters of all heights."""
_ARABIC_SIZES = (0.5, 1.6)
"""Between these shares a line in Arabic is of the usual size: its few words may be low or high."""
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


def recognise(pictures: Iterable[tuple[float, float, bytes]], labels_of: LabelsOf) -> list[Page]:
    """The lines of pages given as (width, height in points, PNG), in their order.

    ``labels_of`` looks for the numbers of paragraphs on a page in Arabic.

    Raises UnreadableFile where Tesseract is missing, takes too long, or does not get through.
    """
    tesseract = program()
    if not tesseract or not _models(tesseract):
        raise UnreadableFile("ocr_missing")
    known = sorted(_models(tesseract))
    pages: list[Page] = []
    models = known
    labels: list[tuple[_Row, Label]] = []
    for number, (width, height, drawn) in enumerate(pictures, start=1):
        if number > MAX_PAGES:
            raise UnreadableFile("ocr_too_many_pages", limit=MAX_PAGES)
        table = _run(tesseract, drawn, models)
        rows = _rows(table, number, height)
        page = Page(number, width, height, [row.line for row in rows])
        pages.append(page)
        if models is known:
            models = _narrowed(page.lines, known)
        if any(map(_is_arabic, (line.text for line in page.lines))):
            places = [(line.x0, line.top, line.x1, line.bottom) for line in page.lines]
            labels += [(rows[label.line], label) for label in labels_of(drawn, height, places)]
    _put_numbers(labels)
    _put_letters(pages)
    return pages


def _put_numbers(labels: Sequence[tuple[_Row, Label]]) -> None:
    """Write the numbers of paragraphs in place of what Tesseract took them for."""
    numbers = ocr_numbers.in_sequence([label for _, label in labels])
    for (row, label), number in zip(labels, numbers, strict=True):
        if number is not None:
            rest = [word.text for word in row.words if (word.x0 + word.x1) / 2 < label.edge]
            row.line.text = " ".join([f"{number}-", *rest])
            row.line.begins = True


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


def _put_letters(pages: Sequence[Page]) -> None:
    """Write the letters of items in place of what Tesseract took them for: "(i)", ")>", "©"."""
    items: list[Line] = []
    usual = _item_edge([line for page in pages for line in page.lines])
    for page in pages:
        edge = _item_edge(page.lines) or usual
        for line in page.lines:
            if line.begins:
                _letter(items)
                items = []
            elif edge and abs(line.x1 - edge) <= _ASKEW and _ITEM.match(line.text):
                items.append(line)
    _letter(items)


def _item_edge(lines: Sequence[Line]) -> float:
    """Where items begin: at the right edge of those whose letter was read; 0 for none."""
    edges = [line.x1 for line in lines if _LETTERED.match(line.text)]
    return median(edges) if edges else 0.0


def _letter(items: Sequence[Line]) -> None:
    read = [_LETTERED.match(line.text) for line in items]
    places = ocr_numbers.in_letters([_ABJAD.index(match[1]) if match else None for match in read])
    for line, match, place in zip(items, read, places, strict=True):
        if match is None and place is not None and place < len(_ABJAD):
            line.text = f"({_ABJAD[place]}) {_ITEM.sub('', line.text, count=1)}"
        line.begins = line.begins or place is not None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of Tesseract's table, in points from the top left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with its words in reading order."""

    line: Line
    words: tuple[_Word, ...]


def _rows(table: str, number: int, height: float) -> list[_Row]:
    """The lines of Tesseract's table of one page."""
    cells = [row.split("\t") for row in table.splitlines()[1:]]
    whole = next((int(row[9]) for row in cells if row[0] == "1" and len(row) > 9), 0)
    scale = height / whole if whole else 72 / DPI
    words: dict[tuple[str, ...], list[_Word]] = {}
    for row in cells:
        if len(row) == 12 and row[0] == str(_TEXT) and row[11].strip():
            left, top, wide, high = (int(cell) * scale for cell in row[6:10])
            words.setdefault(tuple(row[2:5]), []).append(
                _Word(row[11].strip(), left, top, left + wide, top + high)
            )
    found = [_Row(_line(number, pieces), tuple(pieces)) for pieces in words.values()]
    _even_out([row.line for row in found])
    return found


def _line(number: int, words: Sequence[_Word]) -> Line:
    x0, top = min(word.x0 for word in words), min(word.top for word in words)
    x1, bottom = max(word.x1 for word in words), max(word.bottom for word in words)
    text = " ".join(word.text for word in words)
    if _is_arabic(text):
        # Letters reach far below the line, and now and then far above it: most words tell.
        base = median(word.bottom for word in words)
        size = (base - median(word.top for word in words)) / _ARABIC_HEIGHT
    else:
        base = bottom
        size = (bottom - top) / _HEIGHTS[bool(_ASCENDING.search(text)), bool(_DESCENDING.search(text))]
    return Line(number, text, x0, top, x1, bottom, base, size)


def _is_arabic(text: str) -> bool:
    return _ARABIC.search(text) is not None


def _even_out(lines: Sequence[Line]) -> None:
    """Give lines the usual size of their page, unless they are plainly smaller or larger."""
    usual = median(line.size for line in lines) if lines else 0.0
    for line in lines:
        share = line.size / usual if usual else 1.0
        smallest, largest = _ARABIC_SIZES if _is_arabic(line.text) else (_SMALL, _LARGE)
        line.size = usual * (1.0 if smallest <= share <= largest else round(share, 1))


def to_json(pages: Sequence[Page]) -> bytes:
    """Pages as bytes, to be given to a child."""
    return json.dumps([asdict(page) for page in pages]).encode("ascii")


def from_json(data: bytes) -> tuple[Page, ...]:
    """The inverse of :func:`to_json`."""

    def page(value: dict[str, Any]) -> Page:
        lines = [Line(**{**line, "marks": tuple(line["marks"])}) for line in value["lines"]]
        return Page(**{**value, "lines": lines, "columns": tuple(value["columns"])})

    return tuple(page(value) for value in json.loads(data))
