"""Arabic PDFs: ligatures, vowel signs, brackets, numbers and Latin words in lines set from the right."""

from itertools import chain

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.pdf import document, rtl
from tawsiya.intake.readers.pdf.shapes import Glyph
from tests.intake.readers.upr import typeset, word
from tests.intake.readers.upr.test_reports import OTHER_LANGUAGES
from tests.intake.readers.upr.texts import ARABIC, FRENCH


def glyphs(text, *, step=5.0, base=700.0, size=10.0):
    """Shapes of ``text``, given as it is seen from left to right, five points each."""
    return [
        Glyph(char, 100 + step * n, base + 8, 100 + step * (n + 1), base - 2, base, size, bold=False)
        for n, char in enumerate(text)
    ]


def read_lines(*rows):
    return [line.text for line in rtl.lines(1, chain(*rows), 0.0, 842.0)[0]]


def visual(*parts):
    """What is seen from left to right: Arabic parts written in reading order are turned round."""
    return "".join(part if part.isascii() else part[::-1] for part in parts)


@pytest.mark.parametrize(("blocks", "language"), [(ARABIC, "ar"), (FRENCH, "fr")], ids=["arabic", "french"])
def test_a_typeset_report_gives_what_the_word_file_gives(blocks, language):
    found = detect.read(typeset.report(blocks, language))
    from_word = detect.read(word.typed(blocks, dash=language == "ar"))
    rows = [(r.kind, r.paragraph, r.subparagraph, r.position) for r in found.records]
    assert rows == [row[:4] for row in OTHER_LANGUAGES]
    assert [r.recommending_states for r in found.records] == [
        r.recommending_states for r in from_word.records
    ]
    assert [r.text for r in found.records] == [r.text for r in from_word.records]
    assert {r.language for r in found.records} == {language}
    assert all(record.boxes for record in found.records)
    assert found.document.review == from_word.document.review


def test_its_words_are_trusted():
    loaded = document.load(typeset.report(ARABIC, "ar"))
    assert not loaded.trust.damaged
    assert "الاستنتاجات" in " ".join(line.text for line in loaded.lines)


def test_numbers_run_from_left_to_right_inside():
    assert read_lines(glyphs(visual("عام", " 2012 ", "في"))) == ["في 2012 عام"]
    assert read_lines(glyphs(visual("في المائة", " 2.5"))) == ["2.5 في المائة"]
    assert read_lines(glyphs(visual("نص", " 31-10"))) == ["31-10 نص"]


def test_after_an_arabic_letter_two_numbers_stand_from_the_right():
    # "2018-2022" is printed with 2018 on the right.
    assert read_lines(glyphs(visual("2022-2018 ", "خطة"))) == ["خطة 2018-2022"]


def test_latin_words_keep_their_order():
    assert read_lines(glyphs(visual("نص", " A/HRC/52/7 ", "انظر"))) == ["انظر A/HRC/52/7 نص"]


def test_brackets_follow_what_they_touch():
    # The engine turns some brackets round and leaves others: here both are wrong.
    right_to_left = "نص )شيلي( )بيرو(؛"
    assert read_lines(glyphs(right_to_left[::-1])) == ["نص (شيلي) (بيرو)؛"]
    assert read_lines(glyphs("نص (شيلي) (بيرو)؛"[::-1])) == ["نص (شيلي) (بيرو)؛"]
    assert read_lines(glyphs("رقم 4)3( نص"[::-1])) == ["رقم 4(3) نص"]


def test_a_ligature_is_turned_round():
    row = glyphs("س")
    for char in "ال":  # one shape for lam and alef, the engine's order
        row.append(Glyph(char, 105, 708, 112, 698, 700, 10, bold=False))
    assert read_lines(row) == ["لاس"]


def test_a_vowel_sign_joins_its_letter_and_repeats_none():
    row = glyphs("ده")  # seen from the left: dal, ha
    row.append(Glyph("\u064b", 100, 712, 105, 706, 703, 10, bold=False))
    assert read_lines(row) == ["هد\u064b"]
    row.append(Glyph("د", 100, 712, 105, 706, 703, 10, bold=False))  # the sign's shape names its letter
    assert read_lines(row) == ["هد\u064b"]


def test_marks_of_footnotes_leave_the_text():
    row = glyphs("نص"[::-1], base=700)
    row += [Glyph("3", 95, 709, 98, 703, 704, 6, bold=False)]
    lines, _ = rtl.lines(1, row, 0.0, 842.0)
    assert [(line.text, line.marks) for line in lines] == [("نص", ("3",))]


def test_a_number_at_the_head_of_a_page_is_no_page_number():
    blocks = [
        *(block for block in ARABIC if block[0] == "front"),
        ("main", "1", "نص الفقرة الأولى من التقرير وهي قصيرة جداً."),
        ("page",),
        ("main", "2", "نص الفقرة الثانية من التقرير وهي قصيرة جداً."),
        ("page",),
        ("main", "3", "نص الفقرة الثالثة من التقرير وهي قصيرة جداً."),
        ("page",),
        ("main", "4", "نص الفقرة الرابعة من التقرير وهي قصيرة جداً."),
    ]
    records = detect.read(typeset.report(blocks, "ar")).records
    assert [record.paragraph for record in records] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(("size", "pieces"), [(0.0, ["نص"]), (-3.0, ["ن", "ص"])])
def test_letters_of_no_height_are_letters(size, pieces):
    # What damaged files hold: the sizes of all letters of a line nothing, or less.
    assert read_lines(glyphs("نص"[::-1], size=size)) == pieces
