"""Small Word files written as plain XML, so that a test decides every element of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NS = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{_MC}" xmlns:wps="{_WPS}"'

HEADER_2013 = (
    "Recommendation",
    "Position",
    "Full list of themes",
    "Assessment/comments on level of implementation",
)
HEADER_2014 = (
    "Recommendation",
    "Recommending state/s",
    "Position",
    "Full list of rights/affected persons",
)
HEADER_2025 = (
    "Recommendation and recommending State",
    "Position of the State under review",
    "Human rights themes and groups of persons",
    "Relevant SDGs",
)


def run(text: str, properties: str = "") -> str:
    """A run; a newline in ``text`` is a line break."""
    content = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def paragraph(*content: str, properties: str = "") -> str:
    """A paragraph of runs or other inline XML; a plain string becomes a run."""
    inline = "".join(c if c.startswith("<") else run(c) for c in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inline}</w:p>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph in an automatic list."""
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=properties)


def cell(*blocks: str, span: int = 1, merge: str | None = None) -> str:
    """A cell; plain strings become paragraphs. ``merge``: "restart" or "continue" (vertically)."""
    body = "".join(b if b.startswith("<w:") else paragraph(b) for b in blocks) or "<w:p/>"
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    vertical = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{grid}{vertical}</w:tcPr>{body}</w:tc>"


def row(*cells: str, header: bool = False) -> str:
    """A row; plain strings become cells."""
    inner = "".join(c if c.startswith("<w:") else cell(c) for c in cells)
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{inner}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def heading(text: str, columns: int = 4) -> str:
    """A row over the full width."""
    return row(cell(text, span=columns))


def numbering(*levels: tuple[str, str], start: int = 1) -> str:
    """A numbering part with one list: (format, text) by level."""
    shapes = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start if i == 0 else 1}"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {_NS}><w:abstractNum w:abstractNumId="0">{shapes}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def styles(content: str) -> str:
    """A styles part."""
    return f"<w:styles {_NS}>{content}</w:styles>"


def parts(body: str, *, title: str | None = None, more: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The parts of a document: ``title`` goes in the page header, ``more`` by kind of part."""
    linked = dict(more or {})
    section = ""
    if title is not None:
        linked["header"] = f"<w:hdr {_NS}>{paragraph(title)}</w:hdr>"
        section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    links = "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in linked)
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{kind}+xml"/>' for kind in linked
    )
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_CT}">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_REL}"><Relationship Id="main"'
        f' Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NS}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_REL}">{links}</Relationships>',
    }
    texts |= {f"word/{kind}.xml": text for kind, text in linked.items()}
    return {name: text.encode() for name, text in texts.items()}


def package(contents: Mapping[str, bytes]) -> bytes:
    """A zip of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def docx(body: str, *, title: str | None = None, more: Mapping[str, str] | None = None) -> bytes:
    """A Word file."""
    return package(parts(body, title=title, more=more))


def matrix_2013() -> bytes:
    """Four columns with an assessment; coded thesaurus; source with paragraph."""
    return docx(
        table(
            row(*HEADER_2013, header=True),
            heading("Theme: A12 Acceptance of international norms"),
            row(
                cell(
                    "91.4. Join the convention against disappearances (ICPPED) (Chile);",
                    "Source of position: A/HRC/26/11/Add.1 - Para. 91.4. ",
                ),
                "Supported",
                cell(
                    "A12 Acceptance of international norms",
                    "D32 Enforced disappearances",
                    "Affected persons:",
                    "- disappeared persons",
                    "- general",
                ),
                cell("", ""),
            ),
            heading("Theme: D23 Death penalty"),
            row(
                cell(
                    "91.5. End executions (Norway); Publish figures on executions (Italy) ;",
                    "Source of position: A/HRC/26/11/Add.1 - Para. 91.5. ",
                ),
                "Noted",
                cell("D23 Death penalty", "Affected persons:", "- general"),
                cell("Under study.", "Bill before parliament."),
            ),
        ),
        title="UPR of Mauritania (2nd Cycle – 18th session)\t\t"
        "Thematic list of recommendations\t\tPage 1 of 9",
    )


def matrix_2014() -> bytes:
    """A column of States; numbered thesaurus; lists divided by breaks."""
    return docx(
        table(
            row(*HEADER_2014, header=True),
            heading("Right or area: 12.6. Conditions of detention "),
            row(
                cell(
                    "112.31. Renovate places of detention (Côte d’Ivoire); (Boliva); ",
                    "Source of position: A/HRC/27/8/Add.1",
                    "",
                ),
                cell("Côte d’Ivoire\nBoliva", ""),
                cell("Supported/Noted", ""),
                cell(
                    "12.6. Conditions of detention  \n24. Right to health",
                    "Affected persons:",
                    "- persons deprived of their liberty",
                    "",
                ),
            ),
        ),
        title="UPR of Senegal - Second Cycle\tThematic list of recommendations\t\tPage 2 of 39",
    )


def matrix_2025() -> bytes:
    """Plain labels with dashes, groups of persons, goals and targets; the position's paragraph."""
    return docx(
        table(
            row(*HEADER_2025, header=True),
            heading("Theme: Right to education"),
            row(
                cell(
                    "118.12 Keep girls in rural schools (Kingdom of the Netherlands) (Türkiye);",
                    "Source of Position: A/HRC/58/12/Add.1 - Para.3",
                ),
                "Supported",
                cell(
                    "- Right to education",
                    "- Discrimination against women",
                    "Groups of Persons: ",
                    "- Women & girls",
                ),
                cell("- 4 - QUALITY EDUCATION", "- 4.5 - Equal access", "- 16.a - Institutions"),
            ),
        ),
        title="UPR of the Gambia (4th Cycle - 47th Session)\tThematic list of recommendations*\tPage 1 of 2",
    )
