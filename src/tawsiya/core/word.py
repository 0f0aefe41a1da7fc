"""Word files in both directions: what python-docx leaves out for right-to-left text and forms.

A paragraph that reads from the right carries `w:bidi`, its Arabic runs `w:rtl`, its table
`w:bidiVisual`; fonts and sizes of such runs are the "complex script" ones.
"""

import re
from collections.abc import Iterable

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# What XML 1.0 cannot hold; a text that was typed or pasted may.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar"})
LATIN_FONT, ARABIC_FONT = "Calibri", "Sakkal Majalla"


def clean(text: str) -> str:
    """Return a text without the characters that a Word file cannot hold."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from the right."""
    return language.split("-")[0] in RIGHT_TO_LEFT_LANGUAGES


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element such as `w:bidi`, its attributes in the `w` namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def landscape(document: WordDocument, *, margin_cm: float = 1.5) -> None:
    """Turn the page of the first section to landscape A4 with even margins."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(margin_cm))


def set_fonts(document: WordDocument, *, points: int = 10) -> None:
    """Give the document a Latin and an Arabic font, of the same apparent size."""
    style = document.styles["Normal"]
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("w:rFonts")
        properties.insert(0, fonts)
    for name, font in (("ascii", LATIN_FONT), ("hAnsi", LATIN_FONT), ("cs", ARABIC_FONT)):
        fonts.set(qn(f"w:{name}"), font)
    style.font.size = Pt(points)
    # Arabic letters stand smaller on the same body.
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.append(element("w:szCs", val=str(2 * (points + 2))))


def direct(paragraph: Paragraph, *, right_to_left: bool) -> Paragraph:
    """Set the reading direction of a paragraph; alignment "start" follows it."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:bidi")):
        properties.remove(old)
    if right_to_left:
        properties.append(element("w:bidi"))
    return paragraph


def add_text(
    paragraph: Paragraph, text: str, *, bold: bool = False, points: float | None = None, colour: str = ""
) -> Run:
    """Add a run; it is marked right-to-left where its text holds Arabic letters."""
    run = paragraph.add_run(clean(text))
    dress(run, bold=bold, points=points, colour=colour)
    return run


def dress(run: Run, *, bold: bool = False, points: float | None = None, colour: str = "") -> None:
    """Give a run its weight, size and colour for both kinds of script, and its direction."""
    properties = run._r.get_or_add_rPr()
    # The order of the schema: b, bCs, color, sz, szCs, rtl.
    if bold:
        run.bold = True
        properties.append(element("w:bCs"))
    if colour:
        properties.append(element("w:color", val=colour))
    if points is not None:
        run.font.size = Pt(points)
        properties.append(element("w:szCs", val=str(round(2 * (points + 2)))))
    if _RIGHT_TO_LEFT.search(run.text):
        properties.append(element("w:rtl"))


def fill(cell: _Cell, text: str, *, right_to_left: bool, bold: bool = False, colour: str = "") -> None:
    """Put a text of several lines in an empty cell, one paragraph per line."""
    lines = clean(text).split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        direct(paragraph, right_to_left=right_to_left)
        if line:
            add_text(paragraph, line, bold=bold, colour=colour)


def direct_table(table: Table, *, right_to_left: bool) -> None:
    """Make a table's first column stand on the right."""
    if right_to_left:
        properties = table._tbl.tblPr
        style = properties.find(qn("w:tblStyle"))
        visual = element("w:bidiVisual")
        properties.insert(0 if style is None else list(properties).index(style) + 1, visual)


def set_widths(table: Table, widths_cm: Iterable[float]) -> None:
    """Fix the widths of a table's columns."""
    table.autofit = False
    widths = list(widths_cm)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def repeat_header(row: _Row) -> None:
    """Repeat a row at the head of every page of its table."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def shade(cell: _Cell, colour: str) -> None:
    """Give a cell a background, as six hexadecimal figures."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def add_control(
    paragraph: Paragraph,
    text: str,
    *,
    tag: str,
    locked: bool = False,
    bold: bool = False,
    points: float | None = None,
    colour: str = "",
) -> None:
    """Add a run inside a content control, whose `tag` (64 characters at most) machines read.

    Args:
        locked: neither the control nor its text can be changed in Word.
    """
    run = add_text(paragraph, text, bold=bold, points=points, colour=colour)
    properties = element("w:sdtPr")
    properties.append(element("w:tag", val=tag))
    if locked:
        properties.append(element("w:lock", val="sdtContentLocked"))
    _wrap(run, properties)


def add_choice(
    paragraph: Paragraph, options: Iterable[tuple[str, str]], *, tag: str, chosen: str = "", prompt: str = ""
) -> None:
    """Add a list to choose from: `(value, words)`; the prompt stands where nothing is chosen yet."""
    listed = [(value, clean(words)) for value, words in options]
    words_of = dict(listed)
    run = add_text(paragraph, words_of.get(chosen) or prompt, colour="" if chosen in words_of else "767676")
    properties = element("w:sdtPr")
    properties.append(element("w:tag", val=tag))
    if chosen not in words_of:
        properties.append(element("w:showingPlcHdr"))
    choices = element("w:dropDownList")
    for value, words in listed:
        choices.append(element("w:listItem", displayText=words, value=value))
    properties.append(choices)
    _wrap(run, properties)


def _wrap(run: Run, properties: BaseOxmlElement) -> None:
    """Put a run inside a content control with these properties, where it stands."""
    control, content = element("w:sdt"), element("w:sdtContent")
    run._r.addprevious(control)
    content.append(run._r)
    control.append(properties)
    control.append(content)


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """Add words that open an address (https or http) when they are clicked."""
    run = add_text(paragraph, text, colour="0F5E56")
    run.font.underline = True
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run._r.addprevious(link)
    link.append(run._r)
