"""Pictures: decoded and written again, so that only the pixels remain."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from tawsiya.portal.stripping import CannotStrip

MAX_PIXELS = 60_000_000
JPEG_QUALITY = 90
_LENGTH = 2
# Segments of a JPEG that carry metadata: APP1 to APP15 (EXIF, XMP, IPTC, profiles) but APP14, by which
# decoders know the colours, and comments (ITU-T T.81, annex B).
_METADATA_MARKERS = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
_SCAN = 0xDA


def strip_image(data: bytes, kind: str) -> bytes:
    """Return the picture without EXIF, place, comments, thumbnail and colour profile, turned upright.

    Args:
        kind: `PNG`, `JPEG` or `GIF` (of which the first picture is kept).

    Raises:
        CannotStrip: not a picture of that kind, or too large.
    """
    try:
        with Image.open(BytesIO(data), formats=(kind,)) as source:
            if source.width * source.height > MAX_PIXELS:
                raise CannotStrip("too_large")
            upright = ImageOps.exif_transpose(source)
            clean = upright.copy()
    except Image.DecompressionBombError as error:
        raise CannotStrip("too_large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise CannotStrip("damaged") from error
    transparency = clean.info.get("transparency")
    clean.info = {} if transparency is None else {"transparency": transparency}
    target = BytesIO()
    clean.save(target, kind, quality=JPEG_QUALITY) if kind == "JPEG" else clean.save(target, kind)
    return target.getvalue()


def strip_jpeg_segments(data: bytes) -> bytes:
    """Return a JPEG without its metadata segments, its pixels untouched: for pictures inside a PDF.

    Raises:
        CannotStrip: the segments cannot be followed.
    """
    if data[:2] != b"\xff\xd8":
        raise CannotStrip("damaged")
    kept, at = [data[:2]], 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise CannotStrip("damaged")
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == _SCAN:
            return b"".join([*kept, data[at:]])
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end < at + 2 + _LENGTH or end > len(data):
            raise CannotStrip("damaged")
        if marker not in _METADATA_MARKERS:
            kept.append(data[at:end])
        at = end
    raise CannotStrip("damaged")
