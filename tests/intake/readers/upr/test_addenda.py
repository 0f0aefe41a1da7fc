"""The State's answers: lists, ranges, answers one by one, partial acceptance, comments."""

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.addendum_numbers import (
    beginning,
    leads,
    only_references,
    plain_references,
    references,
)
from tests.intake.readers.matrixbuilder import docx, paragraph, row, table
from tests.intake.readers.upr import pdf

KNOWN = frozenset({140, 141})
FRONT = (
    ("front", "A/HRC/59/99/Add.1"),
    ("front", "8 April 2025"),
    ("front", "Report of the Working Group on the Universal Periodic Review"),
    ("front", "Norway"),
    ("front", "Addendum"),
)


def answers(*blocks):
    result = detect.read(pdf.report((*FRONT, *blocks), "A/HRC/59/99/Add.1"))
    return {r.paragraph: r for r in result.records if r.kind == "recommendation"}


def word_answers(*parts):
    body = "".join(paragraph(block[1]) for block in FRONT) + "".join(parts)
    result = detect.read(docx(body))
    return {r.paragraph: r for r in result.records if r.kind == "recommendation"}


def positions(found):
    return {name: record.position for name, record in found.items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("140.1-3", ["140.1", "140.2", "140.3"]),
        ("140.1–140.3", ["140.1", "140.2", "140.3"]),
        ("140.9 to 140.11", ["140.9", "140.10", "140.11"]),
        ("140.82-84, 87", ["140.82", "140.83", "140.84", "140.87"]),
        ("Recommendations 140.5, 140.7 and 141.2", ["140.5", "140.7", "141.2"]),
        ("140.35. 140.36;", ["140.35", "140.36"]),
        ("٤-١٤٠", []),
        ("140.5 is accepted", []),
        ("Law 12.5", []),
    ],
)
def test_lines_of_numbers(text, names):
    assert list(only_references(text, KNOWN)) == names


def test_numbers_inside_sentences():
    text = "Norway accepts 140.1 and 140.3-4, which cost 3.5 per cent of 140.9 million, but notes 141.1."
    assert [r.paragraphs for r in references(text, KNOWN)] == [("140.1", "140.3", "140.4"), ("141.1",)]


def test_a_range_that_runs_backwards_is_none():
    assert [r.paragraphs for r in references("140.9-140.3", KNOWN)] == [("140.9", "140.3")]


def test_the_head_of_a_text():
    assert beginning("140.1-2 Norway did so.", KNOWN) == (("140.1", "140.2"), "Norway did so.")
    assert beginning("See 140.1.", KNOWN) == ((), "See 140.1.")


def test_numbers_of_the_first_cycle():
    found = plain_references(
        "Norway accepts recommendations 1, 3, 5-7 and 12 but rejects recommendation No. 9."
    )
    assert [r.paragraphs for r in found] == [("1", "3", "5", "6", "7", "12"), ("9",)]


def test_which_numbers_are_lists():
    assert leads(["140.1, 140.2 and 140.3", "a rise of 3.5 points"]) == {140}


def test_lists_under_headings_and_in_sentences():
    found = answers(
        ("main", "1", "This document answers the recommendations made to Norway."),
        ("heading", "I. Accepted recommendations"),
        ("main", "2", "Norway accepts the following recommendations: 140.1, 140.3-5."),
        ("heading", "II. Noted recommendations"),
        ("main", "3", "Norway takes note of recommendations 140.2 and 140.6."),
        ("main", "4", "Recommendation 140.7 is partially accepted."),
        ("main", "5", "Recommendation 140.8 does not enjoy the support of Norway."),
    )
    assert positions(found) == {
        "140.1": "supported",
        "140.3": "supported",
        "140.4": "supported",
        "140.5": "supported",
        "140.2": "noted",
        "140.6": "noted",
        "140.7": "supported/noted",
        "140.8": "noted",
    }
    assert found["140.3"].symbol == "A/HRC/59/99"
    assert found["140.3"].source_of_position == "A/HRC/59/99/Add.1 - Para. 2"
    assert found["140.3"].document.type == "upr_addendum"


def test_comments_under_numbers():
    found = answers(
        ("main", "1", "Norway accepts recommendations 140.1, 140.2 and 140.3."),
        ("plain", "140.1-2"),
        ("plain", "A law was adopted."),
        ("plain", "It entered into force."),
        ("plain", "140.3"),
        ("plain", "A plan exists; it goes beyond what others reject."),
    )
    assert found["140.1"].comment == found["140.2"].comment == "A law was adopted.\nIt entered into force."
    assert found["140.3"].comment == "A plan exists; it goes beyond what others reject."
    assert set(positions(found).values()) == {"supported"}


def test_one_by_one():
    found = answers(
        ("main", "1", "Norway answers as follows."),
        ("plain", "140.1 Accepted. A law was adopted."),
        ("plain", "140.2: Noted"),
        ("plain", "140.3 Plant trees (Chile);"),
        ("plain", "Response: Partially accepted. Trees are planted in the north."),
        ("plain", "140.4 Norway is thinking about it."),
    )
    assert positions(found) == {
        "140.1": "supported",
        "140.2": "noted",
        "140.3": "supported/noted",
        "140.4": None,
    }
    assert found["140.1"].comment == "A law was adopted."
    assert (found["140.3"].text, found["140.3"].comment) == ("Plant trees", "Trees are planted in the north.")
    assert [w.code for w in found["140.4"].warnings] == ["answer_missing"]


def test_a_table():
    found = word_answers(
        table(
            row("Recommendation", "Position", "Comment"),
            row("140.1 Plant trees (Chile);", "Supported", "Done."),
            row("140.2", "Not supported", "Too dear."),
            row("140.3", "Noted", ""),
        )
    )
    assert positions(found) == {"140.1": "supported", "140.2": "noted", "140.3": "noted"}
    assert (found["140.1"].text, found["140.1"].comment) == ("Plant trees", "Done.")
    assert found["140.2"].comment == "Too dear."


def test_two_answers_and_exceptions_are_said():
    found = answers(
        ("main", "1", "Norway accepts recommendations 140.1 and 140.2."),
        ("main", "2", "Norway notes recommendation 140.2."),
        ("main", "3", "Norway accepts all recommendations except 140.9."),
    )
    assert positions(found) == {"140.1": "supported", "140.2": "supported", "140.9": None}
    assert [w.code for w in found["140.2"].warnings] == ["answers_differ"]
    assert "answer_excepted" in [w.code for w in found["140.9"].warnings]


def test_first_cycle_answers_take_the_list_they_name():
    found = answers(
        ("main", "1", "Norway answers the recommendations in paragraph 98 of the report."),
        ("main", "2", "Norway accepts recommendations 1, 2 and 4."),
        ("main", "3", "Norway rejects recommendation 3."),
    )
    assert positions(found) == {
        "98.1": "supported",
        "98.2": "supported",
        "98.4": "supported",
        "98.3": "noted",
    }


def test_an_addendum_without_answers_says_so():
    result = detect.read(pdf.report((*FRONT, ("main", "1", "Norway thanks everybody."))))
    assert [w.code for w in result.warnings] == ["no_answers"]
    assert [(r.kind, r.paragraph) for r in result.records] == [("other", "1")]
