"""Numbers, items, headings and what stands between them, as the layouts of ten committees have them."""

import pytest

from tawsiya.intake.readers.item_labels import Path, item_label
from tawsiya.intake.readers.numbered import missing_numbers, walk
from tawsiya.intake.readers.upr_report_source import Part


def parts(*lines):
    """A line that begins with "# " is a heading, one with a number of points ("142|") is indented so."""
    made = []
    for line in lines:
        indent, bar, text = line.partition("|")
        if line.startswith("# "):
            made.append(Part(line[2:], heading=True))
        elif bar:
            made.append(Part(text, page=1, indent=float(indent), boxes=((1, float(indent), 0, 400, 10),)))
        else:
            made.append(Part(line))
    return made


def outline(*lines, **options):
    return [(e.number, e.path, e.text) for e in walk(parts(*lines), **options)]


def paths(labels):
    path = Path()
    found = []
    for text in labels:
        label, _rest = item_label(f"{text} words")
        found.append(path.text if label is not None and path.take(label, opens=False) else None)
    return found


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("(a) (b) (i) (ii) (iii) (c)", ["a", "b", "b.i", "b.ii", "b.iii", "c"]),
        ("a) b) c) d) e) f) g) h) i) j)", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]),
        ("(i) (ii) (iii) (iv) (v)", ["i", "ii", "iii", "iv", "v"]),
        ("(أ) (ب) (ج) (د) (هـ) (و) ‘1’ '2' (ز)", ["a", "b", "c", "d", "e", "f", "f.i", "f.ii", "g"]),
        ("(أ) (ب) (ت) (ث) (ج)", ["a", "b", "c", "d", "e"]),
        ("(a) (b) (d) (z)", ["a", "b", "d", None]),
        ("(a) (b) (a) (b)", ["a", "b", "a", "b"]),
        ("(k)", [None]),
    ],
)
def test_paths_of_items(labels, expected):
    assert paths(labels.split()) == expected


def test_the_letter_after_z_is_double():
    labels = [f"({chr(c)})" for c in range(ord("a"), ord("z") + 1)] + ["(aa)", "(bb)"]
    assert paths(labels)[-3:] == ["z", "aa", "bb"]


def test_a_colon_opens_roman_figures_even_after_h():
    lines = [f"({c}) Thing {c};" for c in "abcdefg"]
    found = outline("1. It asks:", *lines, "(h) These:", "(i) One;", "(ii) Two;", "(i) Ninth.")
    assert [path for _n, path, _t in found][-4:] == ["h", "h.i", "h.ii", "i"]


def test_numbers_of_headings_are_no_paragraphs():
    found = walk(
        parts(
            "# D. Principal subjects of concern",
            "1. The Committee notes things.",
            "2. The Committee notes more.",
            "3. General measures",
            "# Legislation",
            "3. The Committee is worried.",
            "1. Health and welfare",
            "4. The Committee asks.",
        )
    )
    assert [(e.number, e.heading) for e in found] == [
        ("1", "D. Principal subjects of concern"),
        ("2", "D. Principal subjects of concern"),
        ("3", "D. Principal subjects of concern › 3. General measures › Legislation"),
        ("4", "D. Principal subjects of concern › 1. Health and welfare"),
    ]


def test_levels_of_headings():
    found = walk(
        parts(
            "# Concluding observations on the report of Tamourt",
            "# I. Introduction",
            "1. First.",
            "# III. Concerns and recommendations",
            "# B. Specific rights",
            "# Education (art. 24)",
            "2. Second.",
            "# Violence",
            "# Corporal punishment",
            "3. Third.",
            "# IV. Follow-up",
            "4. Fourth.",
        )
    )
    assert [e.heading for e in found] == [
        "I. Introduction",
        "B. Specific rights › Education (art. 24)",
        "B. Specific rights › Violence › Corporal punishment",
        "IV. Follow-up",
    ]


def test_figures_at_the_start_of_a_line_are_text():
    found = outline(
        "1. In the year", "2. 30 people came.", "7. Not in turn, in a line of its own.", "3. Last."
    )
    assert found == [
        ("1", "", "In the year"),
        ("2", "", "30 people came. 7. Not in turn, in a line of its own."),
        ("3", "", "Last."),
    ]


def test_a_missing_number_is_named():
    found = walk(parts("1. One.", "2. Two.", "4. Four.", "5. Five."))
    assert missing_numbers(found) == ["3"]
    assert [[w.code for w in e.warnings] for e in found] == [[], [], ["number_unexpected"], []]


def test_numbers_in_brackets_and_a_request_without_number():
    found = outline(
        "(1) The Committee considered the report.",
        "(2) The Committee is concerned about the fort (art. 11).",
        "The State party should close the fort.",
        "(3) The Committee is concerned about registers.",
        "They are lost every year.",
    )
    assert found == [
        ("1", "", "The Committee considered the report."),
        ("2", "", "The Committee is concerned about the fort (art. 11)."),
        ("2", "", "The State party should close the fort."),
        ("3", "", "The Committee is concerned about registers. They are lost every year."),
    ]


def test_what_stands_after_items():
    found = outline(
        "113|1. The Committee recommends that the State party:",
        "142|(a) Build a school. It should",
        "113|have two doors;",
        "142|(b) Build a road.",
        "142|The road should be wide.",
        "113|The Committee thanks the builders.",
        "113|2. The end.",
    )
    assert found == [
        ("1", "", "The Committee recommends that the State party:"),
        ("1", "a", "Build a school. It should have two doors;"),
        ("1", "b", "Build a road. The road should be wide."),
        ("1", "", "The Committee thanks the builders."),
        ("2", "", "The end."),
    ]


def test_an_annex_has_numbers_of_its_own():
    found = walk(parts("1. One.", "2. Two.", "# Annex", "# Participants", "1. Somebody.", "2. Another."))
    assert [(e.number, e.annex) for e in found] == [("1", False), ("2", False), ("1", True), ("2", True)]
    assert missing_numbers(found) == []


def test_a_report_annexed_to_its_summary_is_the_document():
    found = walk(
        parts("# Summary", "Words.", "# Annex", "# Contents", "# I. Introduction", "1. One.", "2. Two.")
    )
    assert [(e.number, e.annex, e.heading) for e in found] == [
        ("1", False, "I. Introduction"),
        ("2", False, "I. Introduction"),
    ]


def test_torn_labels_of_a_damaged_text_layer():
    found = outline(
        "-1 يلقلق مما يلي:",
        "(أ اول",
        "( ثان",
        "يا من (ج) ثالث",
        "ف -2 سجل",
        "-3 ثلاثة",
        damaged=True,
    )
    assert [(number, path) for number, path, _text in found] == [
        ("1", ""),
        ("1", "a"),
        ("1", "b"),
        ("1", "c"),
        ("2", ""),
        ("3", ""),
    ]


def test_a_paragraph_set_without_space_is_found_inside_the_one_before():
    found = outline("1. One.", "2. Two is concerned (art. 3). 3. The Committee asks for 4. Four.", "5. Five.")
    assert found == [
        ("1", "", "One."),
        ("2", "", "Two is concerned (art. 3)."),
        ("3", "", "The Committee asks for 4. Four."),
        ("5", "", "Five."),
    ]
