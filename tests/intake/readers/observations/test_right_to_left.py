"""Ligatures of right-to-left lines, and letters that number items."""

from tawsiya.intake.readers.pdf import document, trust
from tests.intake.readers.observations import files, texts


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
