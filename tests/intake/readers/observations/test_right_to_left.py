"""What the PDF engine turns around in right-to-left lines, set right."""

import pytest

from tawsiya.intake.readers.pdf import document, trust
from tawsiya.intake.readers.pdf.words import upright
from tests.intake.readers.observations import files, texts


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("في جلستها المعقودة في 4 أيار/مايو .2024", "في جلستها المعقودة في 4 أيار/مايو 2024."),
        ("الفقرة ،16 والفقرة .18", "الفقرة 16، والفقرة 18."),
        ("انظر /3CO/ITA/C/CCPR والفقرة", "انظر CCPR/C/ITA/CO/3 والفقرة"),
        ("التقرير .3Add/49/97/HRC/A هنا", "التقرير A/HRC/49/97/Add.3 هنا"),
        ("/19-21CO/ITA/C/CERD", "CERD/C/ITA/CO/19-21"),
        (")أ( قانون المياه", "(أ) قانون المياه"),
        ("CCPR/C/ITA/CO/3 كما هو", "CCPR/C/ITA/CO/3 كما هو"),
        ("in .2024 nothing changes", "in .2024 nothing changes"),
    ],
)
def test_figures_symbols_and_brackets(drawn, read):
    assert upright(drawn) == read


def test_letters_of_one_ligature_come_in_their_order():
    """The font of the fixture draws lam and alef as one sign, which the engine gives as alef, lam."""
    lines = [line.text for line in document.load(files.arabic_pdf(texts.ARABIC, "CCPR/C/XTM/CO/3")).lines]
    assert "اللجنة المعنية بحقوق الإنسان" in lines
    assert any("تلاحظ اللجنة" in line for line in lines)
    assert not any("اإل" in line or "تالحظ" in line for line in lines)


def test_letters_that_count_items_are_no_damage():
    listed = [f"({letter}) بناء مدرسة في القرية البعيدة وفتح الطريق" for letter in "أبجدهوزحطي"] * 3
    assert not trust.judge(listed).damaged
    torn = [line.replace("مدرسة", "م د ر س ة") for line in listed]
    assert trust.judge(torn).damaged
