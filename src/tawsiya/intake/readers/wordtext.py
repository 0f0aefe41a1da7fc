"""The text of a Word paragraph as a reader of the page sees it.

Runs are joined; tracked insertions are kept, deletions and moved-away text left out; content
controls, hyperlinks, fields' results and text boxes are part of the text; field instructions,
comments and hidden text are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tawsiya.intake.readers.xmlsafe import descend

_SKIPPED = frozenset(
    {
        "w:pPr",
        "w:rPr",
        "w:sdtPr",
        "w:sdtEndPr",
        "w:smartTagPr",
        "w:customXmlPr",
        "w:del",
        "w:moveFrom",
        "w:delText",
        "w:instrText",
        "w:delInstrText",
        "w:footnoteReference",
        "w:endnoteReference",
        "w:commentReference",
        "w:rt",  # the small reading aid above East Asian text
    }
)
_FIXED = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:softHyphen": "",
}
_TEXT = frozenset({"w:t", "m:t"})
_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2007\u202f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000"), " "
)
_PRIVATE_USE = range(0xE000, 0xF900)


def is_on(element: Element | None) -> bool:
    """Whether an on/off property is set: present, and not switched off by its value."""
    return element is not None and element.get("w:val", "true") not in ("0", "false", "off")


def mark_deleted(paragraph: Element) -> bool:
    """Whether a tracked change deleted the paragraph's mark, so that the next one joins it."""
    properties = descend(paragraph, "w:pPr", "w:rPr")
    return properties is not None and (
        properties.find("w:del") is not None or properties.find("w:moveFrom") is not None
    )


def paragraph_text(paragraph: Element) -> str:
    """Visible text; breaks are newlines, every kind of blank a plain one, format marks gone."""
    text = "".join(_pieces(paragraph))
    return text.translate(_INVISIBLE).translate(_SPACES)


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _TEXT:
            yield child.text or ""
        elif tag == "w:r":
            if not is_on(descend(child, "w:rPr", "w:vanish")):
                yield from _pieces(child)
        elif tag in _FIXED:
            yield _FIXED[tag]
        elif tag == "w:br":
            # A page or column break inside a sentence is no more than a blank.
            yield "\n" if child.get("w:type", "textWrapping") == "textWrapping" else " "
        elif tag == "w:sym":
            yield _symbol(child.get("w:char", ""))
        elif tag == "mc:AlternateContent":
            yield from _alternative(child)
        elif tag in ("w:txbxContent", "w:p"):
            yield "\n"
            yield from _pieces(child)
            yield "\n"
        elif tag not in _SKIPPED:
            yield from _pieces(child)


def _alternative(element: Element) -> Iterator[str]:
    """One of the two renderings that Word stores for a drawing: never both."""
    for name in ("mc:Choice", "mc:Fallback"):
        branch = element.find(name)
        if branch is not None:
            text = "".join(_pieces(branch))
            if text.strip():
                yield text
                return


def _symbol(code: str) -> str:
    """A character given by its code; a symbol font's private code has no text."""
    try:
        number = int(code, 16)
        return "" if number in _PRIVATE_USE else chr(number)
    except (ValueError, OverflowError):
        return ""
