"""Pages of a PDF as pictures, and their sizes: what a reader of records compares them with.

Only ever called in a child of the sandbox: drawing a page decodes its pictures and fonts.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

from tawsiya.intake.readers.layout import Sheet
from tawsiya.intake.readers.pdf.engine import MAX_PAGES, opened
from tawsiya.intake.readers.records import UnreadableFile

MAX_SIDE = 2_200
"""Pixels of the longer side of a picture: A4 at 188 dots per inch; a poster is drawn smaller."""
_SHADES = 16
"""Shades of grey that are kept: text stays sharp, and a page weighs some forty kilobytes."""


def sheets(data: bytes) -> list[Sheet]:
    """Number and size of every page. Raises UnreadableFile: broken, locked, too many pages."""
    with opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise UnreadableFile("pdf_too_many_pages", count=count, limit=MAX_PAGES)
        found = []
        for number in range(1, count + 1):
            with _page(document, number) as page:
                found.append(_sheet(page, number))
        return found


def pictures(
    data: bytes, numbers: Iterable[int], dpi: int, side: int = MAX_SIDE
) -> Iterator[tuple[Sheet, bytes]]:
    """The pages of these numbers (from 1; those that are not there are passed over) as PNG in grey.

    Args:
        side: pixels of the longer side of a picture, at most.

    Raises:
        UnreadableFile: broken or locked.
    """
    with opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        for number in numbers:
            if 1 <= number <= count:
                with _page(document, number) as page:
                    sheet = _sheet(page, number)
                    yield sheet, _drawn(page, sheet, dpi, side)


@contextmanager
def _page(document: Any, number: int) -> Iterator[Any]:
    """A page held open; None where PDFium cannot load it."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def _sheet(page: Any, number: int) -> Sheet:
    if page is None:
        return Sheet(number, 0.0, 0.0)
    frame = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(frame))
    turns = int(pdfium.FPDFPage_GetRotation(page)) % 4
    return Sheet(number, round(frame.right - frame.left, 2), round(frame.top - frame.bottom, 2), turns)


def _drawn(page: Any, sheet: Sheet, dpi: int, side: int) -> bytes:
    """The page as it is seen, turned as it says; a white square where there is nothing to draw."""
    size = sheet.seen_width, sheet.seen_height
    scale = min(dpi / 72, side / max(*size, 1.0))
    width, height = (max(1, round(length * scale)) for length in size)
    pixels = (ctypes.c_ubyte * (width * height))()
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, pixels, width)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        if page is not None:
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE)
        return _png(Image.frombuffer("L", (width, height), bytes(pixels), "raw", "L", 0, 1))
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _png(image: Image.Image) -> bytes:
    step = 256 // _SHADES
    few = image.point([value // step for value in range(256)])
    few.putpalette([shade * 255 // (_SHADES - 1) for shade in range(_SHADES) for _ in range(3)])
    target = io.BytesIO()
    few.save(target, "PNG", bits=4, compress_level=7)
    return target.getvalue()
