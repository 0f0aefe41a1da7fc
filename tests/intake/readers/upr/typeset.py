"""The reports of :mod:`texts` as PDF files set by Typst, as Word would print them: shaped Arabic, fonts inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

import tawsiya

Block = tuple[str, ...]
FONTS = Path(tawsiya.__file__).parent / "assets" / "vendor" / "fonts"
_MARKUP = re.compile(r"([\\#$*_`<>@\[\]~=/+\-.'\"])")


def report(blocks: Sequence[Block], language: str, symbol: str = "A/HRC/52/99") -> bytes:
    """A PDF of these blocks, set from the right for Arabic; the front page stands alone."""
    typst = pytest.importorskip("typst")
    source = "\n\n".join([*_head(language, symbol), *_body(blocks, language)])
    return bytes(typst.compile(source.encode(), font_paths=[str(FONTS)]))


def table(front: Sequence[str], rows: Sequence[Sequence[str]], language: str, symbol: str) -> bytes:
    """A PDF of a front page and a table of three columns, the second narrow, over as many pages as it needs."""
    typst = pytest.importorskip("typst")
    cells = ", ".join(f"[{_escaped(cell)}]" for row in rows for cell in row)
    source = [*_head(language, symbol), *map(_escaped, front), "#pagebreak()"]
    source.append(f"#table(columns: (1fr, 80pt, 1fr), {cells})")
    return bytes(typst.compile("\n\n".join(source).encode(), font_paths=[str(FONTS)]))


def _head(language: str, symbol: str) -> list[str]:
    direction = "dir: rtl, " if language == "ar" else ""
    bold = 'text(9pt, weight: "bold")'
    foot = r"#context counter(page).display() #h(1fr) GE.23\-00001"
    page = f"margin: (x: 85pt, y: 95pt), header: {bold}[{_escaped(symbol)}], footer: {bold}[{foot}]"
    fonts = 'font: ("Noto Sans Arabic", "Noto Sans"), size: 10pt'
    return [
        f'#set page(paper: "a4", {page})',
        f'#set text({fonts}, lang: "{language}", {direction}hyphenate: false)',
        "#set super(typographic: false)",
        "#set par(justify: true, spacing: 11pt, leading: 5pt)",
    ]


def _body(blocks: Sequence[Block], language: str) -> list[str]:
    out: list[str] = []
    side = "right" if language == "ar" else "left"
    broken = False
    for block in blocks:
        kind, text = block[0], _escaped(block[-1])
        if not broken and kind != "front":
            out.append("#pagebreak()")
            broken = True
        if kind == "heading":
            out.append(f'#text(14pt, weight: "bold")[{text}]')
        elif kind == "main":
            out.append(f"#par[{_escaped(block[1])}{_after(language)}#h(18pt);{text}]")
        elif kind == "item":
            number = block[1].replace(".", "-") if language == "ar" else block[1]
            out.append(f"#pad({side}: 28pt)[{_escaped(number)}#h(18pt);{text}]")
        elif kind == "note":
            out[-1] = f"{out[-1]}#footnote[{text}]"
        elif kind == "page":
            out.append("#pagebreak()")
        else:
            out.append(text)
    return out


def _after(language: str) -> str:
    """What closes the number of a paragraph."""
    return r"\-" if language == "ar" else r"\."


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
