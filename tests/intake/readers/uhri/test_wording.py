"""What UHRI glues to a text comes off again, in every language of the United Nations that has letters."""

from __future__ import annotations

import pytest

from tawsiya.intake.readers.uhri.wording import Numbered, clean, split_number, split_states


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("<p>Protect&nbsp;wells</p><br/>and  <b>rivers</b>", "Protect wells and rivers"),
        ("“Wells” &amp; ‘rivers’ of the State&rsquo;s", "“Wells” & ‘rivers’ of the State’s"),
        ("twice&amp;nbsp;escaped", "twice escaped"),
        ("\r\n        15-\r\n        text\r\n", "15- text"),
        ("zero\u200bwidth, soft\u00adhyphen, nul\x00", "zerowidth, softhyphen, nul"),
        ("rate < 5 and > 3", "rate < 5 and > 3"),
        ("the women ’ s rights, l ’ eau", "the women’s rights, l’eau"),
        ("half of a pair \ud800", "half of a pair"),
    ],
)
def test_clean(raw: str, wanted: str) -> None:
    assert clean(raw) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("4.The Committee asks", Numbered("4", None, None, "The Committee asks")),
        ("132.90 Repeal the law", Numbered("132.90", None, None, "Repeal the law")),
        ("100.47. Intensify", Numbered("100.47", None, None, "Intensify")),
        ("34.12.1 Adopt", Numbered("34.12.1", None, None, "Adopt")),
        ("110-40 - تعزيز", Numbered("110.40", None, None, "تعزيز")),
        ("186 -217- رفع", Numbered("186.217", None, None, "رفع")),
        ("15- وتحث اللجنة", Numbered("15", None, None, "وتحث اللجنة")),
        ("148.15确保所有", Numbered("148.15", None, None, "确保所有")),
        ("15 (b) Take measures", Numbered(None, None, None, "15 (b) Take measures")),
        ("15. (b) Take measures", Numbered("15", "b", None, "Take measures")),
        ("Right to education49. The Committee", Numbered("49", None, "Right to education", "The Committee")),
        ("Liberty (art. 9)20.The", Numbered("20", None, "Liberty (art. 9)", "The")),
        (
            "B.Specific rights (arts. 5–30)30. The",
            Numbered("30", None, "Specific rights (arts. 5–30)", "The"),
        ),
        (
            "About the Convention17.The Committee",
            Numbered("17", None, "About the Convention", "The Committee"),
        ),
        ("Droit à l’éducation49. Le Comité", Numbered("49", None, "Droit à l’éducation", "Le Comité")),
        ("الحق في التعليم ٤٩- توصي", Numbered("49", None, "الحق في التعليم", "توصي")),
        ("受教育权49.委员会", Numbered("49", None, "受教育权", "委员会")),
        (
            "Recommendation No. 57, para. 99: Continue",
            Numbered("99.57", None, None, "Continue"),
        ),
        ("Gender equalityWhile welcoming it", Numbered(None, None, "Gender equality", "While welcoming it")),
        # Figures that number nothing.
        (
            "The State party should amend Law No. 57. It",
            Numbered(None, None, None, "The State party should amend Law No. 57. It"),
        ),
        ("Implementation of article 4. The", Numbered(None, None, None, "Implementation of article 4. The")),
        ("50 per cent of girls", Numbered(None, None, None, "50 per cent of girls")),
        ("2030 Agenda", Numbered(None, None, None, "2030 Agenda")),
        ("", Numbered(None, None, None, "")),
    ],
)
def test_split_number(text: str, wanted: Numbered) -> None:
    assert split_number(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Repeal it (New Zealand);", ("Repeal it", ("NZL",))),
        ("Repeal it (Chile) (Norway);", ("Repeal it", ("CHL", "NOR"))),
        ("Repeal it ( Chile, Norway ).", ("Repeal it", ("CHL", "NOR"))),
        ("Ratify it (ICPPED)", ("Ratify it (ICPPED)", ())),
        ("مكافحة الفقر (فرنسا)؛", ("مكافحة الفقر", ("FRA",))),
        ("Nothing in brackets;", ("Nothing in brackets", ())),
        ("(Chile)", ("(Chile)", ())),
    ],
)
def test_split_states(text: str, wanted: tuple[str, tuple[str, ...]]) -> None:
    assert split_states(text) == wanted
