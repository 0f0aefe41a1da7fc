"""Lists of the first cycle: counted 1, 2, 3, lettered, going on, answered before or after them."""

from tawsiya.intake.readers import detect
from tests.intake.readers.upr import pdf

FRONT = (
    ("front", "A/HRC/8/99"),
    ("front", "22 May 2008"),
    ("front", "Report of the Working Group on the Universal Periodic Review"),
    ("front", "Norway"),
)
BEGIN = (
    ("main", "1", "The report begins."),
    ("main", "2", "Chile recommended that trees be planted."),
    ("heading", "II. Conclusions and/or recommendations"),
)


def read(*blocks, first_cycle=True):
    return detect.read(pdf.report((*FRONT, *BEGIN, *blocks), first_cycle=first_cycle))


def rows(result):
    return [(r.kind, r.paragraph, r.subparagraph, r.position) for r in result.records[2:]]


def test_a_list_that_goes_on_counting():
    result = read(
        ("main", "3", "The recommendations listed below enjoy the support of Norway:"),
        ("item", "3.1", "Plant trees (Chile);"),
        ("item", "3.2", "Keep promises (Spain)."),
        ("main", "4", "The recommendations below did not enjoy the support of Norway:"),
        ("item", "4.3", "Cut trees (Peru);"),
        ("item", "4.4", "Break promises (Cuba)."),
        ("main", "5", "All conclusions and recommendations reflect the position of the submitting States."),
    )
    assert rows(result) == [
        ("other", "3", None, None),
        ("recommendation", "3.1", None, "supported"),
        ("recommendation", "3.2", None, "supported"),
        ("other", "4", None, None),
        ("recommendation", "4.3", None, "noted"),
        ("recommendation", "4.4", None, "noted"),
        ("other", "5", None, None),
    ]
    assert result.warnings == ()


def test_an_answer_in_a_paragraph_after_the_list():
    result = read(
        ("main", "3", "In the discussion, the following recommendations were made to Norway:"),
        ("item", "3.1", "Plant trees (Chile);"),
        ("item", "3.2", "Keep promises (Spain)."),
        ("main", "4", "These recommendations enjoy the support of Norway."),
    )
    assert [row[3] for row in rows(result)] == [None, "supported", "supported", None]


def test_an_answer_to_other_paragraphs_is_none_to_the_list():
    result = read(
        ("main", "3", "In the discussion, the following recommendations were made to Norway:"),
        ("item", "3.1", "Plant trees (Chile);"),
        ("main", "4", "The recommendations noted in paragraph 2 above did not enjoy the support of Norway."),
    )
    assert [row[3] for row in rows(result)] == [None, None, None]
    assert [w.code for w in result.records[3].warnings] == ["position_missing"]


def test_an_answer_to_come():
    result = read(
        (
            "main",
            "3",
            (
                "In the course of the discussion, the following recommendations were made to Norway. The"
                " response of Norway to these recommendations will be included in the outcome report:"
            ),
        ),
        ("item", "3.1", "Plant trees (Chile, Spain and Viet Nam);"),
        ("item", "3.2", "Keep promises (Nigeria, on behalf of the African Group)."),
    )
    first, second = result.records[3], result.records[4]
    assert (first.position, first.warnings) == (None, ())
    assert first.recommending_states == ("CHL", "ESP", "VNM")
    assert second.recommending_states == ("NGA",)


def test_lettered_lists_under_each_introduction():
    result = read(
        ("main", "3", "The recommendations listed below enjoy the support of Norway:"),
        ("plain", "(a) Plant trees (Chile);"),
        ("plain", "(b) Keep promises, including (i) small ones; (ii) large ones (Spain);"),
        ("main", "4", "The following recommendations did not enjoy the support of Norway:"),
        ("plain", "(a) Cut trees (Peru)."),
    )
    assert rows(result) == [
        ("other", "3", None, None),
        ("recommendation", "3", "a", "supported"),
        ("recommendation", "3", "b", "supported"),
        ("other", "4", None, None),
        ("recommendation", "4", "a", "noted"),
    ]
