"""Changed files: bytes, zip packages with their XML, PDF objects and streams, and texts.

Every change is decided by the random generator that is given: the same number gives the same file.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache
from random import Random

EXTREMES = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"2147483647",
    b"-2147483648",
    b"4294967295",
    b"99999999999999999999",
)
EXTREMES += (b"1e308", b"NaN", b"0.0000001", b"")
LONGEST = 3 * 2**20
Mutator = Callable[[Random, bytes, bytes], bytes]


def mutated(random: Random, data: bytes, other: bytes) -> bytes:
    """A changed file; ``other`` is one to take pieces from."""
    kinds: list[Mutator] = [flip, overwrite, cut_off, splice]
    if data.startswith(b"PK"):
        kinds += [zip_part] * 10 + [zip_shape] * 2 + [zip_header]
    elif b"%PDF-" in data[:1024]:
        kinds += [pdf_numbers] * 4 + [pdf_stream] * 4 + [pdf_names] * 3 + [pdf_objects] * 2
    else:
        kinds += [text_tokens] * 6 + [text_shape] * 3
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        data = random.choice(kinds)(random, data, other)
        if not data.startswith((b"PK", b"%PDF-")):
            kinds = [flip, overwrite, cut_off, splice]
    return data[:LONGEST]


def flip(random: Random, data: bytes, _other: bytes) -> bytes:
    """Single bits."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 5, 20, 100)) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def overwrite(random: Random, data: bytes, _other: bytes) -> bytes:
    """A stretch of noise, zeros or one byte."""
    start, length = _place(random, data), random.choice((1, 4, 30, 300))
    junk = random.choice((random.randbytes(length), bytes(length), b"\xff" * length))
    return data[:start] + junk + data[start + length :]


def cut_off(random: Random, data: bytes, _other: bytes) -> bytes:
    """Only the beginning, or only the end."""
    place = _place(random, data)
    return data[:place] if random.random() < 0.7 else data[place:]


def splice(random: Random, data: bytes, other: bytes) -> bytes:
    """A piece taken out, doubled, or put in from another file."""
    start, end = sorted((_place(random, data), _place(random, data)))
    end = min(end, start + random.choice((10, 200, 5000)))
    piece = random.choice((b"", data[start:end] * 2, other[_place(random, other) :][:2000]))
    return data[:start] + piece + data[end:]


# Zip packages

_XML_EXTREMES = (
    b"&#0;", b"&x;", b"<![CDATA[", b"<!--", b"<!DOCTYPE x>", b"\x00", "\u202e".encode(), b"\xff\xfe", b"&#xD800;",
    "٤٫٣".encode(), b"A" * 5000, b"(" * 500, "(سيراليون) ".encode() * 50, b"140.1 ", b"<w:p>" * 150, b" xmlns=''",
)  # fmt: skip
_TEXTS = (
    b"", b" ", b"140.1", b"140.1-3", b"9.1 9.2 9.3", b"(Chile)", b"(", b")(", b"(Chile) (", b"; ", b"A/HRC/59/15 - Para. 3",
    b"Supported", b"Noted", b"Supported/Noted", b"1", b"(a)", b"iv.", b"A" * 3000, b"(Chile) " * 200, b"1. 2. 3. " * 300,
    "٤٫٣".encode(), "توصي اللجنة".encode(), "\u202e\u200f".encode(), "ﷺ".encode(), "\ufffe".encode("utf-8", "ignore"),
    "É\u0301".encode(), b"&#9;&#10;", b"&#x1F600;", b"\n" * 50, b"Position of the State", b"Recommendation", b"-" * 400,
    "Türkiye".encode(), b"17 December 2022", b"31 February 2019", b"99999999999999999999.99999999999999999",
)  # fmt: skip
_TAG = re.compile(rb"(<[^<>]*>)")
_VALUE = re.compile(rb'"([^"<>]{0,40})"')


def zip_part(random: Random, data: bytes, other: bytes) -> bytes:
    """The XML of one part, packed again."""
    parts = _unpacked(data)
    if not parts:
        return splice(random, data, other)
    names = sorted(parts)
    name = (
        "word/document.xml"
        if "word/document.xml" in parts and random.random() < 0.6
        else random.choice(names)
    )
    parts[name] = _xml(random, parts[name], other)
    return _packed(parts)


def _xml(random: Random, data: bytes, other: bytes) -> bytes:
    """Two of three stay well-formed, so that the reader behind the parser is reached."""
    pieces = list(_pieces(data))
    if random.random() < 0.67:
        return _well_formed(random, pieces)
    for _ in range(random.choice((1, 2, 5, 20))):
        at, to = random.randrange(len(pieces)), random.randrange(len(pieces))
        act = random.randrange(8)
        if act == 0:
            pieces[at] = b""
        elif act == 1:
            pieces[at] *= random.choice((2, 2, 50))
        elif act == 2:
            pieces[at], pieces[to] = pieces[to], pieces[at]
        elif act == 3:
            pieces[at] += random.choice(_XML_EXTREMES)
        elif act == 4:
            pieces[at] = _VALUE.sub(b'"%s"' % random.choice(EXTREMES), pieces[at])
        elif act == 5:
            low, high = sorted((at, to))
            pieces[low:high] = pieces[low:high][: random.choice((3, 30, 300))] * random.choice((0, 2, 3))
            pieces = pieces or [b""]
        elif act == 6:
            pieces[at] = flip(random, pieces[at], other)
        else:
            pieces[at] = pieces[at].swapcase()
    return b"".join(pieces)[:LONGEST]


def _well_formed(random: Random, pieces: list[bytes]) -> bytes:
    """Texts, values, and whole elements moved about: tags stand at odd places, texts between them."""
    for _ in range(random.choice((1, 2, 5, 20))):
        if len(pieces) < 4:
            break
        text, tag = random.randrange(0, len(pieces), 2), random.randrange(1, len(pieces), 2)
        act = random.randrange(6)
        if act == 0:
            pieces[text] = random.choice(_TEXTS)
        elif act == 1:
            pieces[text] += random.choice((*_TEXTS, pieces[random.randrange(0, len(pieces), 2)]))
        elif act == 2:
            pieces[tag] = _VALUE.sub(b'"%s"' % random.choice(EXTREMES), pieces[tag])
        elif (end := _end_of(pieces, tag)) is not None:
            element = pieces[tag : end + 1]
            if act == 3:
                del pieces[tag : end + 1]
                pieces[tag - 1 : tag + 1] = [b"".join(pieces[tag - 1 : tag + 1])]
            elif act == 4:
                pieces[tag:tag] = [*element, b""] * random.choice((1, 1, 30))
            else:
                pieces[tag : end + 1] = [b"<w:sdt><w:sdtContent>", *element, b"</w:sdtContent></w:sdt>"]
                pieces[tag:tag] = []
                pieces = list(_TAG.split(b"".join(pieces)))
    return b"".join(pieces)[:LONGEST]


def _end_of(pieces: list[bytes], tag: int) -> int | None:
    """The place of the tag that closes the element that opens here; None where none opens."""
    opening = re.match(rb"<([\w:]+)", pieces[tag])
    if opening is None:
        return None
    if pieces[tag].endswith(b"/>"):
        return tag
    closing, depth = b"</" + opening[1] + b">", 0
    for place in range(tag, min(tag + 4000, len(pieces)), 2):
        piece = pieces[place]
        if piece == closing:
            depth -= 1
            if depth == 0:
                return place
        elif piece.startswith(b"<" + opening[1]) and not piece.endswith(b"/>"):
            depth += piece[len(opening[1]) + 1 : len(opening[1]) + 2] in (b" ", b">")
    return None


@lru_cache(maxsize=400)
def _pieces(data: bytes) -> tuple[bytes, ...]:
    return tuple(_TAG.split(data))


def zip_shape(random: Random, data: bytes, other: bytes) -> bytes:
    """Parts left out, renamed, doubled, exchanged."""
    parts = _unpacked(data)
    if not parts:
        return cut_off(random, data, other)
    name, second = random.choice(sorted(parts)), random.choice(sorted(parts))
    act = random.randrange(5)
    if act == 0:
        del parts[name]
    elif act == 1:
        parts[random.choice(("../x", "/" + name, name.upper(), "a" * 300, "\u202e.xml", " "))] = parts.pop(
            name
        )
    elif act == 2:
        parts[name], parts[second] = parts[second], parts[name]
    elif act == 3:
        return _packed(parts, doubled=name)
    else:
        parts[name] = random.choice(
            (b"", b"\xef\xbb\xbf", parts[name].decode("utf-8", "replace").encode("utf-16"))
        )
    return _packed(parts)


def zip_header(random: Random, data: bytes, _other: bytes) -> bytes:
    """A field of a local header, of the directory, or of its end."""
    places = [match.start() for match in re.finditer(rb"PK(?:\x03\x04|\x01\x02|\x05\x06)", data)]
    if not places:
        return data[::-1]
    changed, place = bytearray(data), random.choice(places)
    at = min(place + 4 + random.randrange(26), len(changed) - 4)
    struct.pack_into("<I", changed, max(at, 0), random.choice((0, 1, 8, 12, 0xFFFF, 0xFFFFFFFF, 2**31)))
    return bytes(changed)


def _unpacked(data: bytes) -> dict[str, bytes]:
    return dict(_parts(data))


@lru_cache(maxsize=100)
def _parts(data: bytes) -> tuple[tuple[str, bytes], ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple((name, archive.read(name)) for name in archive.namelist() if _wanted(name))
    except Exception:  # noqa: BLE001 - broken by an earlier change: it stays as it is
        return ()


def _wanted(name: str) -> bool:
    """No pictures and fonts: nobody reads them, and packing them again takes long."""
    return not name.startswith(("word/media", "word/fonts", "word/theme", "customXml"))


def _packed(parts: dict[str, bytes], doubled: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, data in [*parts.items(), *((n, d) for n, d in parts.items() if n == doubled)]:
                archive.writestr(name.encode("utf-8", "replace").decode(), data)
    return target.getvalue()


# PDF

_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NAME = re.compile(rb"/[A-Za-z0-9]+")
_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)
_NAMES = (
    b"/Type", b"/Page", b"/Pages", b"/Kids", b"/Parent", b"/Contents", b"/Font", b"/Length", b"/Filter", b"/Encrypt",
    b"/FlateDecode", b"/ASCIIHexDecode", b"/LZWDecode", b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/ToUnicode",
    b"/ObjStm", b"/XRef", b"/Prev", b"/Root", b"/Type0", b"/Type3", b"/Identity-H", b"/XObject", b"/Form", b"/Image",
    b"/Rotate", b"/MediaBox", b"/CropBox", b"/UserUnit", b"/Count", b"/Size",
)  # fmt: skip


def pdf_numbers(random: Random, data: bytes, _other: bytes) -> bytes:
    """Numbers outside streams: of objects, lengths, boxes, counts; some by another one of the file."""
    found = _outside(data, _NUMBER)
    if not found:
        return data + b"%"
    for match in sorted(
        random.sample(found, min(len(found), random.choice((1, 2, 6)))), key=lambda m: -m.start()
    ):
        new = random.choice((*EXTREMES, random.choice(found)[0]))
        data = data[: match.start()] + new + data[match.end() :]
    return data


def pdf_stream(random: Random, data: bytes, other: bytes) -> bytes:
    """What a stream holds, unpacked where it was packed, and packed again."""
    found = _streams(data)
    match = _STREAM.match(data, random.choice(found)[0]) if found else None
    if match is None:
        return splice(random, data, other)
    content = match[1]
    try:
        content = zlib.decompress(content)
        packed = True
    except zlib.error:
        packed = False
    act = random.choice((flip, overwrite, splice, cut_off, _operators))
    content = act(random, content[:LONGEST], other)
    content = zlib.compress(content, 1) if packed else content
    return data[: match.start(1)] + content + data[match.end(1) :]


def _operators(random: Random, data: bytes, _other: bytes) -> bytes:
    """Drawing orders: numbers by extremes, orders doubled, brackets left open."""
    words = data.split(b" ")
    for _ in range(random.choice((1, 5, 30))):
        at = random.randrange(len(words))
        words[at] = random.choice(
            (
                *EXTREMES,
                words[at] * 3,
                b"(",
                b")",
                b"<<",
                b"BT",
                b"Q " * 40,
                b"q " * 400,
                b"/X Do",
                b"BI ID EI",
            )
        )
    return b" ".join(words)


def pdf_names(random: Random, data: bytes, _other: bytes) -> bytes:
    """Names outside streams, by others that mean something."""
    found = _outside(data, _NAME)
    if not found:
        return data
    match = random.choice(found)
    return data[: match.start()] + random.choice(_NAMES) + data[match.end() :]


def pdf_objects(random: Random, data: bytes, _other: bytes) -> bytes:
    """Whole objects: left out, exchanged, or doubled under another's number; or no table of places."""
    found = list(_OBJECT.finditer(data))
    if len(found) < 2 or random.random() < 0.15:
        return data[: data.rfind(b"xref")]
    first, second = sorted(random.sample(found, 2), key=lambda match: match.start())
    act = random.randrange(3)
    if act == 0:
        return data[: first.start()] + data[first.end() :]
    if act == 1:
        between = data[first.end() : second.start()]
        return data[: first.start()] + second[0] + between + first[0] + data[second.end() :]
    number = first[0].split(b" ", 1)[0]
    return data[: second.start()] + number + b" " + second[0].split(b" ", 1)[1] + data[second.end() :]


def _outside(data: bytes, pattern: re.Pattern[bytes]) -> list[re.Match[bytes]]:
    """Matches outside streams."""
    found: list[re.Match[bytes]] = []
    start = 0
    for low, high in (*_streams(data), (len(data), len(data))):
        found += pattern.finditer(data, start, low)
        start = high
    return found


@lru_cache(maxsize=100)
def _streams(data: bytes) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _STREAM.finditer(data))


# Texts

_TOKEN = re.compile(rb"([\s\[\]{}:,;\"'<>=]+)")
_ODD = (
    b"\x00",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b'"',
    b"'",
    b"\\",
    b"=1+1",
    b"@SUM(A1)",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\\ud800",
)


def text_tokens(random: Random, data: bytes, _other: bytes) -> bytes:
    """Words and signs: left out, doubled, exchanged, by extremes."""
    pieces = _TOKEN.split(data)
    for _ in range(random.choice((1, 3, 10))):
        at = random.randrange(len(pieces))
        pieces[at] = random.choice((b"", pieces[at] * 2, random.choice(pieces), *EXTREMES, *_ODD))
    return b"".join(pieces)[:LONGEST]


def text_shape(random: Random, data: bytes, _other: bytes) -> bytes:
    """The whole text: in another encoding, deeply nested, repeated."""
    act = random.randrange(4)
    if act == 0:
        return data.decode("utf-8", "replace").encode(
            random.choice(("utf-16", "utf-32", "cp1256", "utf-7")), "replace"
        )
    if act == 1:
        return b"[" * random.choice((100, 100_000)) + data
    if act == 2:
        return data * random.choice((2, 1000))
    return b"A" * random.choice((10_000, 1_000_000)) + data


def _place(random: Random, data: bytes) -> int:
    return random.randrange(len(data)) if data else 0
