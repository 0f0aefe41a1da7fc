"""The documents of :mod:`texts` as Word (numbers typed, or Word's own) and as PDF."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import pytest

import tawsiya
from tests.intake.readers.matrixbuilder import R, W, docx, numbered, paragraph, row, table
from tests.intake.readers.upr.pdf import Layout, Text, document

Block = tuple[str, ...]
ABJAD = "أبجدهوزحطي"
FONTS = Path(tawsiya.__file__).parent / "assets" / "vendor" / "fonts"
_FORMATS = {
    "en": (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")),
    "fr": (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")),
    "ar": (("decimal", "%1-"), ("arabicAbjad", "(%2)"), ("decimal", "‘%3’")),
}
_ROMAN = ("i", "ii", "iii")


def label(path: str, language: str) -> str:
    """The label of an item as documents in a language print it."""
    step = path.split(".")[-1]
    if language == "ar":
        return f"({ABJAD[ord(step) - ord('a')]})" if "." not in path else f"‘{_ROMAN.index(step) + 1}’"
    return f"{step})" if language == "fr" else f"({step})"


def typed(blocks: Sequence[Block], language: str = "en", *, note: str = "") -> bytes:
    """A Word file whose numbers and letters are text, as in the real ones."""
    dash = "-" if language == "ar" else "."
    body = ""
    for block in blocks:
        if block[0] == "main":
            body += paragraph(f"{block[1]}{dash}\t{block[2]}")
        elif block[0] == "item":
            body += paragraph(f"\t{label(block[1], language)}\t{block[2]}")
        else:
            body += paragraph(block[-1])
    return docx(body, more={"footnotes": footnotes(note)} if note else None)


def automatic(blocks: Sequence[Block], language: str = "en", *, note: str = "") -> bytes:
    """A Word file in which Word counts paragraphs, items and their parts; the front is a table.

    Each paragraph has its own list of items, as Word makes them when a list starts anew.
    """
    front = [block[1] for block in blocks if block[0] == "front"]
    body = table(row(*front[:2]), row(*front[2:4])) + "".join(paragraph(line) for line in front[4:])
    for block in blocks:
        if block[0] == "main":
            body += numbered(block[2], level=0)
        elif block[0] == "item":
            body += numbered(block[2], level=1 + block[1].count("."))
        elif block[0] != "front":
            body += paragraph(block[-1])
    more = {"numbering": _numbering(_FORMATS[language])}
    return docx(body, more=more | ({"footnotes": footnotes(note)} if note else {}))


def footnotes(text: str) -> str:
    """A part with one footnote."""
    return f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}"><w:footnote w:id="1">{paragraph(text)}</w:footnote></w:footnotes>'


def _numbering(levels: Sequence[tuple[str, str]]) -> str:
    shapes = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{shapes}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def pdf(blocks: Sequence[Block], symbol: str, language: str = "en", *, note: str = "") -> bytes:
    """A PDF in the layout of the UN; ``note`` stands at the foot of the first page with an asterisk."""
    layout = Layout(symbol)
    lines = [block[1] for block in blocks if block[0] == "front"]
    first = [Text(113, 780 - 20 * i, line, 10, bold=i > 2) for i, line in enumerate(lines)]
    if note:
        first += [Text(103, 86, f"* {note}", 9), Text(57, 74, "GE.23-00001 (E) 010223 010223")]
    layout.pages.append(first)
    layout.new_page()
    for block in blocks:
        if block[0] == "heading":
            layout.add(block[1], size=12, bold=True)
        elif block[0] == "main":
            layout.add(f"{block[1]}. {block[2]}")
        elif block[0] == "item":
            layout.add(f"{label(block[1], language)} {block[2]}", x=142.0 + 28 * block[1].count("."))
        elif block[0] == "plain":
            layout.add(block[1])
    return document(layout.pages)


@functools.cache
def arabic_pdf(blocks: tuple[Block, ...], symbol: str) -> bytes:
    """A right-to-left PDF made by Typst; skips the test where its font is not installed.

    The font that the pages use draws points and letters apart, which no reader can undo.
    """
    import typst

    if next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None) is None:
        pytest.skip("DejaVu Sans is not installed: no Arabic PDF can be made")

    lines = [
        '#set page(paper: "a4", margin: (x: 4cm, y: 3cm), header: text(dir: ltr)[' + _escaped(symbol) + "])",
        '#set text(font: ("DejaVu Sans", "Noto Sans"), lang: "ar", dir: rtl, size: 10pt)',
        "#set par(spacing: 1.6em)",
    ]
    for block in blocks:
        if block[0] == "heading":
            lines.append(f"#par(text(weight: 700, size: 12pt)[{_escaped(block[1])}])")
        elif block[0] == "main":
            lines.append(f"#par[{block[1]}- {_escaped(block[2])}]")
        elif block[0] == "item":
            lines.append(f"#par[#h(2em);{_escaped(label(block[1], 'ar'))} {_escaped(block[2])}]")
        else:
            lines.append(f"#par[{_escaped(block[-1])}]")
    made = typst.compile("\n\n".join(lines).encode(), font_paths=[str(FONTS)], ignore_system_fonts=False)
    assert isinstance(made, bytes)
    return made


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "#*_[]$@<>`~\\/'\"-=+" else c for c in text)
