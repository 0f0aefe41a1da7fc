"""A PDF as its text in reading order: the door of this package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tawsiya.intake.readers.pdf import engine, furniture, notes, order, trust
from tawsiya.intake.readers.pdf.notes import Note
from tawsiya.intake.readers.pdf.page import Line, Page
from tawsiya.intake.readers.pdf.trust import Trust
from tawsiya.intake.readers.pdf.words import MIRROR, Words, is_mirrored
from tawsiya.intake.readers.records import UnreadableFile

_LEAST = 40
"""Letters per page on average below which a PDF counts as a scan without text."""


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """``pages`` gives numbers and sizes; ``lines`` the text in order, without the rest.

    ``furniture`` are headers and footers, ``notes`` the footnotes, ``size`` the usual size of
    the font, ``words`` what hyphens are judged by, ``trust`` what the letters are worth.
    """

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    furniture: tuple[Line, ...]
    notes: tuple[Note, ...]
    size: float
    words: Words
    trust: Trust

    @property
    def first_page(self) -> list[Line]:
        """Every line of the first page from top to bottom, headers and footnotes too."""
        lines = self.pages[0].lines if self.pages else []
        return sorted(lines, key=lambda line: (round(line.top / 4), line.x0))


def load(data: bytes) -> PdfDocument:
    """Read the text layer. Raises UnreadableFile: broken, locked, too large, without text."""
    return assemble(tuple(engine.pages(data)))


def assemble(pages: tuple[Page, ...]) -> PdfDocument:
    """The document of pages whose lines are known, from a text layer or recognised from pictures.

    Raises UnreadableFile where they hold hardly any text.
    """
    texts = [line.text for page in pages for line in page.lines]
    judged = trust.judge(texts)
    if judged.letters < _LEAST * len(pages):
        raise UnreadableFile("pdf_without_text", pages=len(pages))
    _set_upright(pages)
    bodies, taken = furniture.split(pages)
    size = _usual([line for body in bodies for line in body])
    lines: list[Line] = []
    found: list[Note] = []
    for page, body in zip(pages, bodies, strict=True):
        ordered = order.in_order(body, page.width)
        text, at_foot = notes.split(ordered, _page_size(ordered, size), page.height)
        lines += text
        found += at_foot
    words = Words(line.text for line in lines)
    return PdfDocument(pages, tuple(lines), tuple(taken), tuple(found), size, words, judged)


def _set_upright(pages: Sequence[Page]) -> None:
    """Turn the brackets of right-to-left lines round where the file draws them mirrored.

    A line may begin with the end of a bracket; a document does not do so mostly.
    """
    found = [line for page in pages for line in page.lines if not line.text.isascii()]
    mirrored = [is_mirrored(line.text) for line in found]
    if sum(m is True for m in mirrored) > sum(m is False for m in mirrored):
        for line, known in zip(found, mirrored, strict=True):
            if known is not None:
                line.text = line.text.translate(MIRROR)


def _usual(lines: Sequence[Line]) -> float:
    """The font size of most of the text, in points; 0 for no lines."""
    exact: dict[float, int] = {}
    for line in lines:
        exact[line.size] = exact.get(line.size, 0) + len(line.text)
    weights: Counter[float] = Counter()
    for given, weight in exact.items():
        weights[round(given, 1)] += weight
    return weights.most_common(1)[0][0] if weights else 0.0


def _page_size(lines: Sequence[Line], size: float) -> float:
    """The usual size on a page: the document's, or its own where nearly all of it is smaller."""
    small = sum(line.size < 0.955 * size for line in lines)
    return _usual(lines) if small > 0.7 * len(lines) else size
