"""A chart as a picture: Altair writes the specification, vl-convert draws it, without a network.

vl-convert rewrites a relative link to a foreign host, so that a mark carries a placeholder which is
replaced afterwards; a drawing that names any other host is refused. It takes some 100 MB and a tenth of a
second: only jobs call this.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import altair as alt
import vl_convert
from babel.numbers import get_decimal_symbol, get_group_symbol
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # carries no types

from tawsiya.core.charts import palette
from tawsiya.core.charts.model import Chart
from tawsiya.core.charts.shapes import NARROW, WIDE, Size, layers
from tawsiya.core.formats import parse_locale

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
PLACEHOLDER = "https://chart.invalid/"
_FONTS = {
    "ltr": "Tawsiya Sans, Noto Sans, Tawsiya Arabic, Noto Sans Arabic, sans-serif",
    "rtl": "Tawsiya Arabic, Noto Sans Arabic, Tawsiya Sans, Noto Sans, sans-serif",
}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_PNG_SCALE = 2.0
_FURNITURE = frozenset({"axis", "title", "group mark container"})


class ForeignAddress(ValueError):
    """A drawing would point outside this system."""


def draw_svg(chart: Chart, size: Size = WIDE) -> str:
    """Return the chart as an SVG element for a page: links, labels, no script, no style, no size.

    Args:
        size: `NARROW` for a phone, on which the page shows that drawing instead of the usual one.

    Raises:
        ForeignAddress: a mark's link, or anything in the drawing, names a host.
    """
    root = fromstring(_drawn(chart, size))
    _clean(root, chart)
    if size is NARROW:
        _narrow(root)
    register_namespace("", _SVG)
    return tostring(root, encoding="unicode")


def draw_png(chart: Chart) -> bytes:
    """Return the chart as a PNG of twice the size of the page, on white, for Word and slides."""
    return bytes(vl_convert.svg_to_png(_drawn(chart), scale=_PNG_SCALE))


def specification(chart: Chart, size: Size = WIDE) -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart."""
    drawn = layers(chart, PLACEHOLDER, size)
    configured = drawn.configure(
        background=palette.SURFACE, font=_FONTS[chart.direction], padding=6
    ).configure_view(stroke=None)
    return dict(configured.to_dict())


def _drawn(chart: Chart, size: Size = WIDE) -> str:
    _fonts()
    with alt.data_transformers.enable("default"):
        spec = specification(chart, size)
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale=_digits(chart.locale))
    return str(svg)


@cache
def _fonts() -> None:
    folder = resources.files("tawsiya").joinpath("assets/vendor/fonts")
    with resources.as_file(folder) as path:
        vl_convert.register_font_directory(str(path))


def _digits(locale: str) -> dict[str, Any]:
    """Return d3's description of a locale's numbers."""
    where = parse_locale(locale)
    return {
        "decimal": get_decimal_symbol(where),
        "thousands": get_group_symbol(where),
        "grouping": [3],
        "currency": ["", ""],
    }


def _clean(root: Element, chart: Chart) -> None:
    """Make of vl-convert's drawing what may stand in a page."""
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("class", "tw-chart__svg")
    root.set("role", "group")
    root.set("aria-label", chart.title)
    root.set("direction", "ltr")  # places are absolute; the letters of a text find their own direction
    for element in root.iter():
        is_furniture = element.attrib.pop("aria-roledescription", "") in _FURNITURE
        if element.get("class", "").startswith(("mark-group role-axis", "mark-group role-legend")):
            element.set("aria-hidden", "true")
            for part in element.iter():
                part.attrib.pop("aria-label", None)  # Vega's own words, in English
        if element.tag == f"{{{_SVG}}}a":
            _link(element, chart)
        elif element.get("role") == "graphics-symbol" and not is_furniture:
            _say(element)
    for element in root.iter():
        for name, value in element.attrib.items():
            if _ADDRESS.search(value):
                raise ForeignAddress(f"{name}: {value[:80]}")


def _narrow(root: Element) -> None:
    """Tell the drawing for phones from the other one of the same page: by its look and its names."""
    root.set("class", "tw-chart__svg tw-chart__svg--narrow")
    for element in root.iter():
        if "id" in element.attrib:
            element.set("id", f"{element.attrib['id']}-narrow")
        for name, value in element.attrib.items():
            element.set(name, _REFERENCE.sub(r"url(#\1-narrow)", value))


def _link(element: Element, chart: Chart) -> None:
    given = element.attrib.pop(_HREF, "")
    if not given.startswith(PLACEHOLDER):
        raise ForeignAddress(given[:80])
    mark = chart.marks[int(given.removeprefix(PLACEHOLDER))]
    if not mark.href:
        element.tag = f"{{{_SVG}}}g"
        return
    if not mark.href.startswith("/") or mark.href.startswith("//"):
        raise ForeignAddress(mark.href[:80])
    element.set("href", mark.href)
    element.set("aria-label", mark.says)


def _say(element: Element) -> None:
    """Give a mark the hint that a pointer shows."""
    words = element.get("aria-label", "")
    element.set("role", "img")
    if words:
        SubElement(element, f"{{{_SVG}}}title").text = words
