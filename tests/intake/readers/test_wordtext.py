"""The text of a paragraph and the label of automatic numbering, element by element."""

import pytest

from tawsiya.intake.readers.archive import Package
from tawsiya.intake.readers.docx import Paragraph, load
from tests.intake.readers.matrixbuilder import docx, numbered, numbering, paragraph, run, styles

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    f"{paragraph('in a box')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<w:txbxContent>{paragraph('in a box')}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def text_of(*content, properties=""):
    (block,) = load(Package(docx(paragraph(*content, properties=properties)))).blocks
    assert isinstance(block, Paragraph)
    return block.text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([run("Ra"), run("tify", "<w:b/>"), run(" it")], "Ratify it"),
        (["Keep ", f"<w:ins>{run('this ')}</w:ins>", run("text")], "Keep this text"),
        (["Keep ", "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>", run("it")], "Keep it"),
        (["<w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom>", run("here")], "here"),
        (["See ", f"<w:hyperlink r:id='x'>{run('the link')}</w:hyperlink>"], "See the link"),
        ([f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('x')}</w:sdtContent></w:sdt>"], "x"),
        ([f"<w:smartTag>{run('Chile')}</w:smartTag>"], "Chile"),
        ([f"<w:fldSimple w:instr='REF a'>{run('12')}</w:fldSimple>"], "12"),
        (["<w:r><w:instrText>PAGE</w:instrText></w:r>", run("3")], "3"),
        (["a", run("hidden", "<w:vanish/>"), run("b", "<w:vanish w:val='0'/>")], "ab"),
        (["art.\u00a021\u202f%"], "art. 21 %"),
        (["soft\u00adhyphen\u200b"], "softhyphen"),
        (["\u200fنص\u200e"], "نص"),
        (["one", "<w:r><w:br/></w:r>", run("two")], "one\ntwo"),
        (["one", "<w:r><w:br w:type='page'/></w:r>", run("two")], "one two"),
        (["a", "<w:r><w:tab/></w:r>", run("b")], "a\tb"),
        (["non", "<w:r><w:noBreakHyphen/></w:r>", run("State")], "non-State"),
        (["<w:r><w:sym w:font='Arial' w:char='00E9'/></w:r>"], "é"),
        (["<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>", run("x")], "x"),
        (["out ", BOX], "out \n\nin a box\n\n"),
        (["note", "<w:r><w:footnoteReference w:id='1'/></w:r>"], "note"),
    ],
)
def test_text(content, text):
    assert text_of(*content) == text


def test_a_deleted_paragraph_mark_joins_the_next():
    mark = "<w:rPr><w:del w:id='1'/></w:rPr>"
    document = load(Package(docx(paragraph("one ", properties=mark) + paragraph("two"))))
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["one two"]


def test_tracked_changes_are_reported():
    deletion = "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
    assert load(Package(docx(paragraph(deletion)))).tracked
    assert not load(Package(docx(paragraph("x")))).tracked


def labels(body, **more):
    document = load(Package(docx(body, more=more)))
    return [b.label for b in document.blocks if isinstance(b, Paragraph)]


def test_labels_count_by_level():
    lists = numbering(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), start=139)
    body = "".join(
        [
            numbered("a", level=0),
            numbered("b", level=0),
            numbered("c", level=1),
            paragraph("no number"),
            numbered("d", level=1),
            numbered("e", level=2),
            numbered("f", level=2),
            numbered("g", level=0),
            numbered("h", level=1),
        ]
    )
    assert labels(body, numbering=lists) == [
        "139.",
        "140.",
        "140.1",
        None,
        "140.2",
        "(a)",
        "(b)",
        "141.",
        "141.1",
    ]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("upperRoman", ["I", "II", "III", "IV"]),
        ("lowerRoman", ["i", "ii", "iii", "iv"]),
        ("upperLetter", ["A", "B", "C", "D"]),
        ("decimalZero", ["01", "02", "03", "04"]),
        ("arabicAbjad", ["أ", "ب", "ج", "د"]),
        ("arabicAlpha", ["أ", "ب", "ت", "ث"]),
        ("bullet", [None, None, None, None]),
        ("none", [None, None, None, None]),
    ],
)
def test_label_formats(kind, shown):
    assert labels(numbered("x") * 4, numbering=numbering((kind, "%1"))) == shown


def test_label_from_a_style_and_the_style_it_is_based_on():
    sheet = styles(
        "<w:style w:styleId='Base'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:styleId='Mine'><w:basedOn w:val='Base'/></w:style>"
    )
    styled = paragraph("x", properties="<w:pStyle w:val='Mine'/>")
    off = paragraph("x", properties="<w:pStyle w:val='Mine'/><w:numPr><w:numId w:val='0'/></w:numPr>")
    assert labels(styled + off + styled, numbering=numbering(("decimal", "%1)")), styles=sheet) == [
        "1)",
        None,
        "2)",
    ]


def test_styles_in_a_circle_end():
    sheet = styles(
        "<w:style w:styleId='A'><w:basedOn w:val='B'/></w:style>"
        "<w:style w:styleId='B'><w:basedOn w:val='A'/></w:style>"
    )
    assert labels(paragraph("x", properties="<w:pStyle w:val='A'/>"), styles=sheet) == [None]


def test_a_second_list_can_start_again():
    lists = numbering(("decimal", "%1.")).replace(
        "</w:numbering>",
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
        "<w:startOverride w:val='7'/></w:lvlOverride></w:num></w:numbering>",
    )
    body = numbered("x") + numbered("x") + numbered("y", 2) + numbered("y", 2)
    assert labels(body, numbering=lists) == ["1.", "2.", "7.", "8."]
