"""Questions as they are pasted from a list of issues."""

import pytest

from tawsiya.followup.questions import read_questions


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("", []),
        ("  \n \n", []),
        ("What was done?\nBy whom?", [("", "What was done?"), ("", "By whom?")]),
        (
            "What was done\nsince 2020?\n\nBy whom?",
            [("", "What was done since 2020?"), ("", "By whom?")],
        ),
        (
            "Constitutional framework (art. 2)\n\n1. Please report on the law.\n2) Describe\nthe bill.",
            [("1", "Please report on the law."), ("2", "Describe the bill.")],
        ),
        (
            "12. Please inform about:\n(a) the number of judges;\n(b) their training.\n13. And prisons?",
            [
                ("12 (a)", "Please inform about: the number of judges;"),
                ("12 (b)", "Please inform about: their training."),
                ("13", "And prisons?"),
            ],
        ),
        (
            "4. Is there a law? If so:\n(a) its date?\r\n",
            [("4 (a)", "Is there a law? If so: its date?")],
        ),
        ("7. Is there a law?\n(a) Its date?", [("7", "Is there a law?"), ("7 (a)", "Its date?")]),
        ("١. ما التدابير المتخذة؟\n٢. وما نتائجها؟", [("1", "ما التدابير المتخذة؟"), ("2", "وما نتائجها؟")]),
        ("3. يرجى بيان:\n(أ) عدد القضاة", [("3 (أ)", "يرجى بيان: عدد القضاة")]),
        ("1.2 – Quelle loi ?", [("1.2", "Quelle loi ?")]),
        # A year at the start of a line is no number of a question.
        ("1. Since which year?\n2020 or later?", [("1", "Since which year? 2020 or later?")]),
    ],
)
def test_pasted(pasted: str, expected: list[tuple[str, str]]) -> None:
    assert [(asked.number, asked.text) for asked in read_questions(pasted)] == expected
