"""The text layer: hyphens, columns, repeated lines, footnotes, damaged letters."""

import pytest

from tawsiya.intake.readers.pdf import furniture, trust
from tawsiya.intake.readers.pdf.blocks import blocks
from tawsiya.intake.readers.pdf.document import load
from tawsiya.intake.readers.pdf.page import HYPHEN
from tawsiya.intake.readers.pdf.words import Words, is_mirrored, joined
from tests.intake.readers.upr.pdf import Text, document

SENTENCE = "The delegation spoke of schools and of trees and of the long roads of the country."


def page_of(lines, *, x=113, top=760, leading=12):
    return [Text(x, top - leading * i, line) for i, line in enumerate(lines)]


def texts(data):
    return [block.text for block in blocks(load(data))]


@pytest.mark.parametrize(
    ("lines", "known", "text"),
    [
        (["a well" + HYPHEN, "being fund"], [], "a well-being fund"),
        (["the govern" + HYPHEN, "ment said"], ["the government"], "the government said"),
        (["the Inter" + HYPHEN, "Ministerial group"], ["interministerial"], "the Inter-Ministerial group"),
        (["far" + HYPHEN, "reaching work"], [], "far-reaching work"),
        (["law 99" + HYPHEN, "05 of May"], [], "law 99-05 of May"),
        (["and/", "or both"], [], "and/or both"),
        (["self-", "made"], [], "self-made"),
        (["a – ", "b"], [], "a – b"),
        (["a\u00a0blank", "soft\u00adly"], [], "a blank softly"),
        (["eﬃcient", "ﬁnd"], [], "efficient find"),
    ],
)
def test_lines_put_together(lines, known, text):
    assert joined(lines, Words([*lines, *known])) == text


def test_a_document_hyphenated_by_rule():
    broken = [f"the coun{HYPHEN}", "tryside was seen"] * 20
    assert joined(["it trans" + HYPHEN, "formed"], Words(broken)) == "it trans-formed"
    assert joined(["it mea" + HYPHEN, "sured"], Words(broken)) == "it measured"


def test_brackets_drawn_from_the_right():
    assert is_mirrored(")أ( نص") is True
    assert is_mirrored("نص (أ)") is False
    assert is_mirrored(")a( text") is None
    assert is_mirrored("نص") is None


@pytest.mark.parametrize(
    "text",
    [
        "A/HRC/21/13",
        "A/HRC/11/24*",
        "Page 12",
        "12",
        "GE.12-14978 15",
        "16 GE.25-02819",
        "3/14",
        "CRPD/C/SEN/CO /1",
    ],
)
def test_furniture(text):
    assert furniture.is_furniture(text)


@pytest.mark.parametrize("text", ["12. The report", "Annex", "2012 was", "Chile", "A/HRC/21/13 was adopted."])
def test_no_furniture(text):
    assert not furniture.is_furniture(text)


def test_headers_footers_and_footnotes_are_taken_out():
    pages = [
        [
            Text(57, 800, "A/HRC/1/2"),
            Text(250, 800, "A running title of the series"),
            *page_of([f"{n}. {SENTENCE} {'It was so. ' * n}".strip()]),
            Text(113, 80, "1", 6),
            Text(118, 77, f"See {'very ' * n}far.", 9),
            Text(57, 30, f"{n} GE.08-1"),
        ]
        for n in range(1, 6)
    ]
    layer = load(document(pages))
    assert [line.text for line in layer.lines] == [
        f"{n}. {SENTENCE} {'It was so. ' * n}".strip() for n in range(1, 6)
    ]
    assert [(note.page, note.mark, note.text) for note in layer.notes] == [
        (n, "1", f"See {'very ' * n}far.") for n in range(1, 6)
    ]
    assert len(layer.furniture) == 10  # header and running title are one line


def test_wide_spaces_separate_paragraphs_and_pages_do_not():
    body = [SENTENCE[:40] + " and", "more of it here. It goes on and on", "until it ends."] * 3
    first = page_of(body) + page_of(
        ["It was seen that", "Second paragraph of some length, and"], top=700, leading=12
    )
    data = document(
        [first[:9] + page_of(["Another paragraph begins and"], top=640), page_of(["it ends here."])]
    )
    assert texts(data)[-1] == "Another paragraph begins and it ends here."
    assert len(texts(data)) == 2


def test_a_number_drawn_apart_belongs_to_its_line():
    data = document([[Text(113, 700, "7."), Text(150, 700, SENTENCE), Text(113, 688, SENTENCE)]])
    assert texts(data) == [f"7. {SENTENCE} {SENTENCE}"]


def test_two_columns_are_read_one_after_the_other():
    left = [Text(50, 700 - 12 * n, f"left line number {n} here") for n in range(8)]
    right = [Text(320, 700 - 12 * n, f"right line number {n} here") for n in range(8)]
    found = [line.text for line in load(document([right + left])).lines]
    assert found == [piece.text for piece in left + right]


def test_lines_drawn_upside_down_are_read_downwards():
    lines = [Text(113, 700 - 14 * n, f"{n}. {SENTENCE}") for n in range(6)]
    found = [line.text for line in load(document([lines[::-1]])).lines]
    assert found == [line.text for line in lines]


@pytest.mark.parametrize(
    ("line", "damaged"),
    [
        (SENTENCE, False),
        (
            "توصي اللجنة الدولة الطرف بأن تكفل الحق في التعليم لجميع الأطفال في المناطق الريفية والحضرية",
            False,
        ),
        ("املعنية حبقوق األشخاص ذوي اإلعاقة املالحظات اخلتامية بشأن التقرير األويل", True),
        ("الصا ية وخالمات ومعالات إعااد التأايال والتعلايم واوانني احلااية", True),
        ("Tkg fgngicvkqp urqmg qh uejqqnu cpf qh vtggu bcd bcd xyz wvt", True),
        ("\uf02a\uf031 letters of a private table \uf039\uf030", True),
    ],
)
def test_trust(line, damaged):
    assert trust.judge([line] * 20).damaged is damaged
