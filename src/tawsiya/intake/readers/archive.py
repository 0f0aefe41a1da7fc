"""Opening the package of an office file (a zip) without trusting it.

Only the parts that a reader asks for are unpacked, each within a bound that is counted while
unpacking (a header can lie); everything else, pictures included, is never touched.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tawsiya.intake.readers import xmlsafe
from tawsiya.intake.readers.records import UnreadableFile

MIB = 1024 * 1024
MAX_FILE = 64 * MIB
MAX_ENTRIES = 4_000
MAX_PART = 64 * MIB
MAX_TOTAL = 512 * MIB
"""Declared size of all parts together, pictures included."""
MAX_RATIO = 250
"""Unpacked to packed; repetitive table markup reaches about 60, a bomb 1000."""
_RATIO_FROM = 4 * MIB
_CHUNK = 256 * 1024
_ENCRYPTED_FLAG = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,  # a compression method that zipfile does not know
    RuntimeError,  # what zipfile raises for a password or an unavailable method
    EOFError,
    OSError,  # offsets outside the file
    ValueError,
    OverflowError,
    UnicodeDecodeError,
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another: kind (last segment of its type) and target part."""

    id: str
    kind: str
    target: str


class Package:
    """An opened package. Raises UnreadableFile from every method on damage or danger."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FILE:
            raise UnreadableFile("too_large", limit_mib=MAX_FILE // MIB)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise UnreadableFile("zip_broken", detail=_detail(error)) from error
        if len(entries) > MAX_ENTRIES:
            raise UnreadableFile("zip_too_many", count=len(entries), limit=MAX_ENTRIES)
        total = sum(entry.file_size for entry in entries)
        if total > MAX_TOTAL:
            raise UnreadableFile("zip_bomb", detail=f"{total // MIB} MiB")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename.lstrip("/")
            if name in self._entries:
                raise UnreadableFile("zip_duplicate", part=_shown(name))
            self._entries[name] = entry

    def names(self) -> list[str]:
        """Names of all parts, as stored."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        entry = self._entries.get(name) or self._entries.get(self._spelt(name))
        if entry is None:
            raise UnreadableFile("part_missing", part=_shown(name))
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise UnreadableFile("zip_part_encrypted", part=_shown(name))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFile("zip_broken", detail=f"packing method {entry.compress_type}")
        _refuse_bomb(entry.file_size, entry.compress_size)
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    _refuse_bomb(size, entry.compress_size)
                    chunks.append(chunk)
        except _BROKEN as error:
            raise UnreadableFile("zip_broken", detail=_detail(error)) from error
        return b"".join(chunks)

    def _spelt(self, name: str) -> str:
        """Part names are compared without case, as the packaging standard asks."""
        wanted = name.casefold()
        return next((n for n in self._entries if n.casefold() == wanted), name)

    def xml(self, name: str) -> Element:
        """The root element of an XML part."""
        return xmlsafe.parse(self.read(name), _shown(name))

    def relationships(self, source: str) -> list[Relationship]:
        """Links of a part ("" for the package itself); none if the part has no list."""
        folder, leaf = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{leaf}.rels")
        if self._spelt(path) not in self._entries:
            return []
        found = []
        for node in self.xml(path).iter("rel:Relationship"):
            if node.get("TargetMode") == "External":
                continue
            target = node.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = node.get("Type", "").rpartition("/")[2]
            found.append(Relationship(node.get("Id", ""), kind, posixpath.normpath(full)))
        return found

    def content_type(self, name: str) -> str:
        """Declared content type of a part, "" if none is declared."""
        root = self.xml("[Content_Types].xml")
        for node in root.iter("ct:Override"):
            if node.get("PartName", "").lstrip("/").casefold() == name.casefold():
                return node.get("ContentType", "")
        extension = name.rpartition(".")[2].casefold()
        for node in root.iter("ct:Default"):
            if node.get("Extension", "").casefold() == extension:
                return node.get("ContentType", "")
        return ""


def _refuse_bomb(size: int, packed: int) -> None:
    if size > MAX_PART:
        raise UnreadableFile("zip_bomb", detail=f"a part over {MAX_PART // MIB} MiB")
    if size > _RATIO_FROM and size > MAX_RATIO * max(packed, 1):
        raise UnreadableFile("zip_bomb", detail=f"over {MAX_RATIO} times its packed size")


def _detail(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:120] or type(error).__name__


def _shown(name: str) -> str:
    """A part name fit for a one-line message."""
    return "".join(c if c.isprintable() else "?" for c in name)[:80]
