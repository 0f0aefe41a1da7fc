"""XML of office files, parsed within bounds: no DTD, no entities, bounded depth and size.

Names come out with the short prefix that the office standards use (``w:p``), whichever of the
two namespace families (ISO "transitional" or "strict") a file was saved in.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

# defusedxml carries no types and its stubs are not among the tools of the house.
from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

from tawsiya.intake.readers.records import UnreadableFile

MAX_DEPTH = 200
"""Levels of nesting; a table within a table within a text box takes about forty."""
MAX_ELEMENTS = 800_000
"""Elements in one part: about ten times those of the largest matrix known."""

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}


class _Bounded(TreeBuilder):
    """A tree builder that shortens names and stops at the bounds."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part
        self._depth = 0
        self._count = 0
        self._short: dict[str, str] = {}

    def _name(self, name: str) -> str:
        short = self._short.get(name)
        if short is None:
            namespace, _, local = name[1:].rpartition("}") if name[:1] == "{" else ("", "", name)
            prefix = _PREFIXES.get(namespace)
            short = name if namespace and prefix is None else f"{prefix or ''}{local}"
            self._short[name] = short
        return short

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableFile("xml_too_deep", part=self._part, limit=MAX_DEPTH)
        if self._count > MAX_ELEMENTS:
            raise UnreadableFile("xml_too_big", part=self._part, limit=MAX_ELEMENTS)
        return super().start(self._name(tag), {self._name(k): v for k, v in attrs.items()})

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(self._name(tag))


def parse(data: bytes, part: str) -> Element:
    """The root element of ``data``; ``part`` names it in the message of an UnreadableFile."""
    parser = DefusedXMLParser(
        target=_Bounded(part), forbid_dtd=True, forbid_entities=True, forbid_external=True
    )
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise UnreadableFile("xml_forbidden", part=part) from error
    except (ParseError, ValueError, LookupError) as error:
        # ValueError and LookupError: an encoding that is unknown or that expat cannot take.
        raise UnreadableFile("xml_broken", part=part, detail=_first_line(error)) from error
    return root


def descend(element: Element, *names: str) -> Element | None:
    """The first child of each name in turn. (ElementTree's paths would take "w:" for a prefix.)"""
    found: Element | None = element
    for name in names:
        found = found.find(name) if found is not None else None
    return found


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
