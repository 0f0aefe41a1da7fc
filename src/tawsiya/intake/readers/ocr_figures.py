"""Figures on pictures of Arabic pages: what stands at the right edge of the text as a number does.

A number stands alone ("٥ -", then a wide blank). Each of its figures is compared with the figures of the
fonts that this system carries. Pillow computes; nothing here knows Tesseract.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import sqrt
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

import tawsiya
from tawsiya.intake.readers.ocr_numbers import Label, Likeness, Place

_Pixels = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
_FIGURES = "٠١٢٣٤٥٦٧٨٩"
_FONTS = Path(tawsiya.__path__[0]) / "assets" / "vendor" / "fonts"
_FILES = (
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
    "IBMPlexSansArabic-Regular.ttf",
    "IBMPlexSansArabic-Bold.ttf",
)
_NARROWER = (1.0, 0.7)
"""Figures of text fonts are narrower than those of the fonts for screens."""
_LEANING = (0.0, -0.2)
_BLACK = [0] * 128 + [255] * 128
_UPPER = 0.45
"""Share of a figure's height in which its strokes are counted."""
_POINT = 0.06
"""What one stroke more or less takes from the likeness."""
_GRID = 16
_LETTER = 72
"""Pixels in which a figure of a font is drawn."""

_AT_EDGE = 14.0
"""Points by which a line may end beside the edge of the text: scans are askew."""
_WIDEST = 32.0
_BLANK = 7.0
"""Points of a label, and of the blank after it."""
_REACH, _PAST = 60.0, 8.0
"""Points before and after the edge of the text that are looked at."""
_LEAST_INK = 1.0
"""Square points of ink of the smallest shape: the figure ٠ is a dot."""
_DASH = 1.6
"""A shape wider than this share of its height is the dash after the number."""

_TOUCH = 1
"""Pixels between the pieces of a broken figure, seen from above."""
_ABOVE = 0.5
"""Share of the narrower piece's width by which pieces above each other overlap."""
_SAME_HEIGHT = 0.4
"""Share of the lower piece's height that two figures beside each other have in common."""


def labels(picture: bytes, height: float, lines: Sequence[Place]) -> list[Label]:
    """The labels at the right edge of a page.

    Args:
        picture: the page as PNG.
        height: of the page, in points.
        lines: their places in points.
    """
    if not lines:
        return []
    with Image.open(io.BytesIO(picture), formats=["PNG"]) as drawn:
        page = drawn.convert("L")
    scale = page.height / height
    ink = page.point(_ink(page))
    edge = Counter(round(line[2]) for line in lines).most_common(1)[0][0]
    found: list[Label] = []
    for number, (_, top, right, bottom) in enumerate(lines):
        if abs(right - edge) > _AT_EDGE:
            continue
        left, past = max(0, int((edge - _REACH) * scale)), int((edge + _PAST) * scale)
        band = ink.crop((left, max(0, int((top - 2) * scale)), past, int((bottom + 2) * scale)))
        start, end = _last_run(band, _BLANK * scale)
        if start <= 0 or end - start > _WIDEST * scale:
            continue
        shapes = list(_shapes(band.crop((start, 0, end, band.height)), _LEAST_INK * scale * scale))
        if not shapes or not _is_dash(shapes[0]) or not 1 <= len(shapes) - 1 <= 3:
            continue
        figures = tuple(_likeness(shape) for shape in shapes[1:])
        found.append(Label(number, round((left + start) / scale, 1), figures))
    return found


def _ink(page: Image.Image) -> list[int]:
    """A table that makes ink 255 and paper 0: halfway between the darkest and the usual grey."""
    counts = page.histogram()
    dark = next((grey for grey in range(256) if sum(counts[: grey + 1]) * 50 >= sum(counts)), 0)
    usual = max(range(256), key=lambda grey: counts[grey])
    return [255 if grey < (dark + usual) / 2 else 0 for grey in range(256)]


def _last_run(band: Image.Image, blank: float) -> tuple[int, int]:
    """The columns of the rightmost ink up to a blank that wide; (0, 0) where there is none."""
    width, pixels = band.width, band.tobytes()
    inked = [b"\xff" in pixels[column::width] for column in range(width)]
    end = next((column + 1 for column in range(width - 1, -1, -1) if inked[column]), 0)
    start = end
    for column in range(end - 1, -1, -1):
        if inked[column]:
            start = column
        elif start - column > blank:
            return start, end
    return 0, 0


def _shapes(region: Image.Image, least: float) -> Iterator[Image.Image]:
    """What hangs together, from the left, the pieces of a broken figure together."""
    boxes: list[_Pixels] = []
    for piece in sorted(_pieces(region, least)):
        if boxes and _is_broken_off(boxes[-1], piece):
            x0, y0, x1, y1 = boxes.pop()
            piece = (x0, min(y0, piece[1]), max(x1, piece[2]), max(y1, piece[3]))
        boxes.append(piece)
    return (region.crop(box) for box in boxes)


def _is_broken_off(one: _Pixels, other: _Pixels) -> bool:
    """Whether two pieces are of one figure: above each other, or touching at different heights."""
    beside = other[0] - one[2]
    level = min(one[3], other[3]) - max(one[1], other[1])
    above = -beside > _ABOVE * min(one[2] - one[0], other[2] - other[0])
    return above or (beside <= _TOUCH and level < _SAME_HEIGHT * min(one[3] - one[1], other[3] - other[1]))


def _pieces(region: Image.Image, least: float) -> Iterator[_Pixels]:
    """Boxes of connected ink of some size; what is cut off above or below is of another line."""
    width, height, pixels = region.width, region.height, bytearray(region.tobytes())
    for first in range(len(pixels)):
        if not pixels[first]:
            continue
        pixels[first] = 0
        waiting, xs, ys = [first], [], []
        while waiting:
            y, x = divmod(waiting.pop(), width)
            xs.append(x)
            ys.append(y)
            for near in range(max(0, y - 1), min(height, y + 2)):
                for beside in range(max(0, x - 1), min(width, x + 2)):
                    place = near * width + beside
                    if pixels[place]:
                        pixels[place] = 0
                        waiting.append(place)
        if len(xs) >= least and min(ys) > 0 and max(ys) < height - 1:
            yield min(xs), min(ys), max(xs) + 1, max(ys) + 1


def _is_dash(shape: Image.Image) -> bool:
    return shape.width >= _DASH * shape.height


def _likeness(shape: Image.Image) -> Likeness:
    seen, points = _vector(shape), _points(shape)
    likes = [0.0] * len(_FIGURES)
    for figure, known, its_points in _known():
        alike = sum(a * b for a, b in zip(seen, known, strict=True)) - _POINT * abs(points - its_points)
        likes[figure] = max(likes[figure], alike)
    return tuple(round(like, 3) for like in likes)


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[int, tuple[float, ...], int], ...]:
    """The figures of our fonts, upright and leaning: each with its shape and its points."""
    found = []
    for file in _FILES:
        font = ImageFont.truetype(_FONTS / file, _LETTER, layout_engine=ImageFont.Layout.BASIC)
        for figure, char in enumerate(_FIGURES):
            drawn = Image.new("L", (3 * _LETTER, 3 * _LETTER))
            ImageDraw.Draw(drawn).text((_LETTER, _LETTER), char, font=font, fill=255)
            for lean in _LEANING:
                leaning = drawn.transform(
                    drawn.size, Image.Transform.AFFINE, (1, lean, -lean * 1.5 * _LETTER, 0, 1, 0)
                ).point(_BLACK)
                tight = leaning.crop(leaning.getbbox())
                for share in _NARROWER:
                    size = max(1, round(tight.width * share)), tight.height
                    found.append((figure, _vector(tight.resize(size)), _points(tight)))
    return tuple(found)


def _points(shape: Image.Image) -> int:
    """How many strokes reach up: three tell the figure ٣ from ٢."""
    width, pixels = shape.width, shape.tobytes()
    rows = (pixels[y * width : (y + 1) * width] for y in range(round(shape.height * _UPPER)))
    return max((len([run for run in row.split(b"\0") if run]) for row in rows), default=1)


def _vector(shape: Image.Image) -> tuple[float, ...]:
    """A shape in a square of few pixels, blurred, of length 1."""
    share = _GRID / max(shape.size)
    size = max(1, round(shape.width * share)), max(1, round(shape.height * share))
    side = _GRID + 4
    square = Image.new("L", (side, side))
    square.paste(shape.resize(size, Image.Resampling.BOX), ((side - size[0]) // 2, (side - size[1]) // 2))
    values = square.filter(ImageFilter.GaussianBlur(1)).tobytes()
    length = sqrt(sum(value * value for value in values)) or 1.0
    return tuple(value / length for value in values)
