"""The encoding of a text without a label: Unicode by its marks and rules, else a Windows code page.

Windows-1256 and Windows-1252 give some letter for nearly every byte, and the same one for é, è, à,
ç: only runs of high bytes tell them apart. French letters with accents stand alone among plain
ones; Arabic words are nothing but high bytes.
"""

from __future__ import annotations

import codecs
import re

from tawsiya.intake.readers.records import UnreadableFile

UTF_8, UTF_16, ARABIC, WESTERN = "utf-8", "utf-16", "windows-1256", "windows-1252"
ENCODINGS = (UTF_8, UTF_16, ARABIC, WESTERN)
"""What a person may choose where the guess is wrong."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16", UTF_16),
    (codecs.BOM_UTF16_BE, "utf-16", UTF_16),
)
_SAMPLE = 65_536
_ARABIC_LETTER = "[\u0621-\u064a\u067e\u0686\u0698\u06af]"
_ARABIC_RUN = re.compile(f"{_ARABIC_LETTER}{{3,}}")
_ARABIC_ANY = re.compile(_ARABIC_LETTER)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROLS = 0.002


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text and the name of its encoding; ``encoding`` is a person's choice of ENCODINGS.

    Raises UnreadableFile where the bytes are no text in any of them, or not in the chosen one.
    """
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _checked(data, codec, name)
    if encoding:
        return _checked(
            data, _utf_16_order(data) or "utf-16-le" if encoding == UTF_16 else encoding, encoding
        )
    order = _utf_16_order(data)
    if order is not None:
        return _checked(data, order, UTF_16)
    try:
        return _checked(data, UTF_8, UTF_8)
    except UnreadableFile:
        pass
    return _checked(data, *(2 * (ARABIC if is_arabic(data) else WESTERN,)))


def is_arabic(data: bytes) -> bool:
    """Whether text in a Windows code page reads as Arabic words rather than as accented Latin ones."""
    sample = data[:_SAMPLE].decode(ARABIC, "replace")
    letters = len(_ARABIC_ANY.findall(sample))
    return letters > 0 and sum(map(len, _ARABIC_RUN.findall(sample))) * 2 >= letters


def _utf_16_order(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: one of two bytes is 0 or the number of a script's page."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return None
    pages = (0x00, 0x06)
    even = sum(sample[::2].count(page) for page in pages)
    odd = sum(sample[1::2].count(page) for page in pages)
    if b"\x00" not in sample:
        return None
    if odd * 10 >= half * 9 > even * 10:
        return "utf-16-le"
    return "utf-16-be" if even * 10 >= half * 9 > odd * 10 else None


def _checked(data: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, ValueError) as error:
        raise UnreadableFile("encoding_unknown") from error
    if len(_CONTROLS.findall(text[:_SAMPLE])) > _MOST_CONTROLS * min(len(text), _SAMPLE):
        raise UnreadableFile("encoding_unknown")
    return text, name
