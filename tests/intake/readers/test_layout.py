"""Matrices as they really come: other columns, merged cells, tables cut in two, missing pieces."""

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.records import UnreadableFile
from tests.intake.readers.matrixbuilder import (
    HEADER_2013,
    HEADER_2014,
    HEADER_2025,
    cell,
    docx,
    heading,
    numbered,
    numbering,
    paragraph,
    row,
    table,
)

TITLE = "UPR of Chad (2nd Cycle – 17th session)\tThematic list of recommendations"
HEAD = row(*HEADER_2013, header=True)


def first(number="90.1", states="(Chile)", text="Build schools in the north"):
    return cell(f"{number} {text} {states};", f"Source of position: A/HRC/25/14/Add.1 - Para. {number}")


def item(number="90.1", position="Supported", themes=("E51 Right to education",), comment=""):
    return row(first(number), position, cell(*themes), comment)


def read(*rows, title=TITLE, **more):
    return detect.read(docx(table(*rows), title=title, **more)).records


def codes(record):
    return [w.code for w in record.warnings]


def test_columns_in_any_order_case_and_spelling():
    (record,) = read(
        row("RELEVANT SDGS", "Full list of thems", "position ", "Reccomendation"),
        row("- 4 - QUALITY EDUCATION", cell("Right to education"), "NOTED", first()),
    )
    assert (record.paragraph, record.position, record.sdg_codes) == ("90.1", "noted", ("4",))
    assert record.themes == ("Right to education",)


@pytest.mark.parametrize(
    ("header", "title", "position"),
    [
        (
            ("Recommandation", "Position de l’État examiné", "Thèmes", "Observations"),
            "EPU du Tchad (2e cycle – 17e session)",
            "Notée",
        ),
        (
            ("Recomendación", "Posición del Estado", "Temas", "Comentarios"),
            "EPU de Chad (2.º ciclo – 17.º período de sesiones)",
            "Tomada nota",
        ),
        (
            ("التوصية", "موقف الدولة", "المواضيع", "ملاحظات"),
            "الاستعراض الدوري الشامل لتشاد (الجولة الثانية – الدورة 17)",
            "أحيط بها علما",
        ),
    ],
)
def test_headers_and_titles_in_other_languages(header, title, position):
    data = docx(table(row(*header), row(first(), position, "E51", "x")), title=title)
    result = detect.read(data)
    review = result.document.review
    assert (review.cycle, review.session, review.state) == (2, 17, "TCD")
    assert (result.records[0].position, result.records[0].comment) == ("noted", "x")


def test_header_repeated_on_each_page_is_no_record():
    assert [r.paragraph for r in read(HEAD, item("90.1"), HEAD, item("90.2"))] == ["90.1", "90.2"]


def test_split_table_without_second_header_keeps_columns_and_heading():
    body = (
        table(HEAD, heading("Theme: Right to education"), item("90.1"))
        + paragraph("")
        + table(item("90.2", comment="done"), heading("Theme: Health"), item("90.3"))
    )
    records = detect.read(docx(body, title=TITLE)).records
    assert [(r.paragraph, r.heading, r.comment) for r in records] == [
        ("90.1", "Right to education", None),
        ("90.2", "Right to education", "done"),
        ("90.3", "Health", None),
    ]


def test_second_table_of_another_layout_has_its_own_columns():
    body = table(HEAD, item("90.1")) + table(
        row(*HEADER_2014),
        row(first("90.2", states=""), "Peru", "Noted", cell("E51", "Affected persons:", "- girls")),
    )
    records = detect.read(docx(body, title=TITLE)).records
    assert [(r.paragraph, r.position, r.recommending_states) for r in records] == [
        ("90.1", "supported", ("CHL",)),
        ("90.2", "noted", ("PER",)),
    ]
    assert records[1].affected_persons == ("girls",)


def test_heading_in_one_narrow_cell_or_without_its_word():
    records = read(
        HEAD,
        row("Theme: Health", "", "", ""),
        item("90.1"),
        heading("12.4. Death penalty"),
        item("90.2"),
        row("Right to water", "", "", ""),
        item("90.3"),
    )
    assert [r.heading for r in records] == ["Health", "12.4. Death penalty", "Right to water"]


def test_position_from_a_section_heading():
    records = read(
        row("Recommendation", "Position", "Full list of themes"),
        heading("Supported recommendations", 3),
        heading("Theme: Health", 3),
        row(first("90.1"), "", "E41"),
        heading("Noted recommendations", 3),
        row(first("90.2"), "", "E41"),
    )
    assert [(r.position, r.heading) for r in records] == [("supported", "Health"), ("noted", None)]


def test_vertically_merged_position_and_themes_hold_for_the_rows_below():
    records = read(
        HEAD,
        row(first("90.1"), cell("Noted", merge="restart"), cell("E51", merge="restart"), ""),
        row(first("90.2"), cell(merge="continue"), cell(merge="continue"), ""),
        row(first("90.3"), "Supported", "E41", ""),
    )
    assert [(r.position, r.themes) for r in records] == [
        ("noted", ("E51",)),
        ("noted", ("E51",)),
        ("supported", ("E41",)),
    ]


def test_vertically_merged_recommendation_is_one_record_with_all_labels():
    (record,) = read(
        HEAD,
        row(cell("90.1 Build schools (Chile)", merge="restart"), "Supported", "E51", ""),
        row(cell(merge="continue"), "", "F31", ""),
    )
    assert record.themes == ("E51", "F31")


def test_merged_and_uneven_cells_go_by_their_place_in_the_grid():
    (record,) = read(
        row(cell("Recommendation", span=2), "Position", cell("Full list of themes", span=2)),
        row(cell("90.1", span=1), cell("x"), "Noted", cell("E51"), cell("y")),
        row(cell("90.2 Build schools (Chile)", span=2), "Noted", cell("E51", span=2)),
    )[1:]
    assert (record.paragraph, record.position, record.themes) == ("90.2", "noted", ("E51",))


def test_row_cut_by_a_page_is_joined():
    (record,) = read(
        HEAD,
        row("90.1 Build schools in the north and", "Supported", "E51", ""),
        row(cell("in the south (Chile) (Peru);", "Source of position: A/HRC/25/14/Add.1"), "", "F31", ""),
    )
    assert record.text == "Build schools in the north and in the south"
    assert record.recommending_states == ("CHL", "PER")
    assert record.themes == ("E51", "F31")
    assert record.source_of_position == "A/HRC/25/14/Add.1"
    assert codes(record) == ["row_joined"]


def test_undivided_cell_gives_one_record_for_each_number():
    records = read(
        HEAD,
        row(
            cell("90.1 Build schools (Chile)", "90.2 Train teachers (Peru)"),
            "Supported",
            "E51",
            "",
        ),
    )
    assert [(r.paragraph, r.text, r.recommending_states) for r in records] == [
        ("90.1", "Build schools", ("CHL",)),
        ("90.2", "Train teachers", ("PER",)),
    ]
    assert all("cell_split" in codes(r) for r in records)


def test_numbered_points_inside_one_recommendation_stay_in_it():
    (record,) = read(
        HEAD,
        row(
            cell("90.1 Take two steps:", "1. build schools;", "2. train teachers (Chile)"), "Noted", "E51", ""
        ),
    )
    assert record.text == "Take two steps: 1. build schools; 2. train teachers"


def test_empty_cells_are_empty_fields_with_a_warning():
    (record,) = read(HEAD, row("90.1 Build schools (Chile)", "", "", ""))
    assert record.position is None
    assert (record.themes, record.affected_persons, record.comment) == ((), (), None)
    assert codes(record) == ["position_missing", "no_source", "no_symbol"]


def test_unknown_position_is_none_and_named():
    (record,) = read(HEAD, item(position="Will be examined"))
    assert record.position is None
    assert record.warnings[0].params == {"position": "Will be examined"}


def test_number_in_a_column_of_its_own():
    records = read(
        row("No.", "Recommendation", "Position", "Full list of themes"),
        row("90.1", "Build schools (Chile)", "Noted", "E51"),
        row("90.2.", "Train teachers (Peru)", "Noted", "E51"),
    )
    assert [(r.paragraph, r.text) for r in records] == [
        ("90.1", "Build schools"),
        ("90.2", "Train teachers"),
    ]


def test_no_number_is_a_warning():
    (record,) = read(HEAD, row("Build schools (Chile)", "Noted", "E51", ""))
    assert record.paragraph is None
    assert "no_number" in codes(record)


def test_columns_by_content_where_no_header_row_is():
    result = detect.read(docx(table(heading("Theme: Health"), item("90.1"), item("90.2")), title=TITLE))
    assert [(r.paragraph, r.position, r.themes) for r in result.records] == [
        ("90.1", "supported", ("E51 Right to education",)),
        ("90.2", "supported", ("E51 Right to education",)),
    ]
    assert [w.code for w in result.warnings] == ["no_header_row"]


def test_a_column_of_states_is_known_by_its_content_too():
    line = row(
        cell("90.1 Build schools (Chile); (Peru)"),
        "Chile\nPeru",
        "Noted",
        cell("25. Right to education", "Affected persons:", "- girls"),
    )
    record = detect.read(docx(table(line, line), title=TITLE)).records[0]
    assert record.recommending_states == ("CHL", "PER")
    assert (record.themes, record.affected_persons) == (("25. Right to education",), ("girls",))
    assert record.position == "noted"


def test_matrix_inside_a_layout_table():
    inner = table(HEAD, item("90.1"))
    records = detect.read(docx(table(row(cell(inner))), title=TITLE)).records
    assert [r.paragraph for r in records] == ["90.1"]


def test_title_in_the_body_or_in_the_first_row():
    body = paragraph("UPR of Chad (3rd Cycle – 31st session)") + table(HEAD, item())
    assert detect.read(docx(body)).document.review.session == 31
    in_row = table(row(cell("UPR of Chad (3rd Cycle – 31st session)", span=4)), HEAD, item())
    result = detect.read(docx(in_row))
    assert (result.document.review.cycle, len(result.records)) == (3, 1)
    assert result.records[0].heading is None


def test_the_same_paragraph_again_is_another_record_with_the_next_ordinal():
    records = read(
        HEAD,
        heading("Theme: Education"),
        item("90.1"),
        heading("Theme: Health"),
        item("90.1"),
        row(first("90.1", text="Dig wells"), "Noted", "E26", ""),
    )
    assert [(r.paragraph, r.ordinal, r.heading) for r in records] == [
        ("90.1", 1, "Education"),
        ("90.1", 2, "Health"),
        ("90.1", 3, "Health"),
    ]
    assert codes(records[1]) == ["repeated_recommendation"]
    assert records[1].warnings[0].params == {"paragraph": "90.1", "row": 3}
    assert codes(records[2]) == ["same_paragraph"]


def test_automatic_numbers_are_read():
    head, body = row(*HEADER_2025), "Build schools (Chile)"
    lists = numbering(("decimal", "%1."), ("decimal", "%1.%2"), start=140)
    records = read(
        row(cell(numbered("Chapter", level=0), span=4)),
        head,
        row(cell(numbered(body, level=1)), "Noted", "Health", ""),
        row(cell(numbered(body, level=1)), "Noted", "Health", ""),
        more={"numbering": lists},
    )
    assert [(r.paragraph, r.text) for r in records] == [
        ("140.1", "Build schools"),
        ("140.2", "Build schools"),
    ]


def test_goals_under_their_own_word_in_the_themes_cell():
    (record,) = read(
        row("Recommendation", "Position", "Themes"),
        row(first(), "Noted", cell("Health", "SDGs:", "- 3 - GOOD HEALTH", "Affected persons:", "- girls")),
    )
    assert (record.themes, record.sdgs, record.affected_persons) == (
        ("Health",),
        ("3 - GOOD HEALTH",),
        ("girls",),
    )


def test_symbol_with_blanks_and_rows_without_one():
    records = read(
        HEAD,
        row(cell("90.1 Build (Chile)", "Source of position: A/HRC/ 25/14/Add.1 - para. 2"), "Noted", "E", ""),
        row("90.2 Train (Chile)", "Noted", "E", ""),
    )
    assert [r.symbol for r in records] == ["A/HRC/25/14", "A/HRC/25/14"]
    assert records[0].source_of_position == "A/HRC/ 25/14/Add.1 - para. 2"
    assert codes(records[1]) == ["no_source", "symbol_from_elsewhere"]


def test_source_on_the_line_of_the_text_and_over_two_lines():
    records = read(
        HEAD,
        row("90.1 Build (Chile); Source of position: A/HRC/25/14/Add.1", "Noted", "E", ""),
        row(
            cell("90.2 Train (Chile);", "Source of position:", "A/HRC/25/14/Add.1 -", "Para. 3"),
            "Noted",
            "E",
            "",
        ),
    )
    assert [(r.text, r.source_of_position) for r in records] == [
        ("Build", "A/HRC/25/14/Add.1"),
        ("Train", "A/HRC/25/14/Add.1 - Para. 3"),
    ]


def test_formula_like_text_stays_text():
    (record,) = read(HEAD, row("90.1 =HYPERLINK(1) (Chile)", "Noted", "+E51", "@x"))
    assert record.text == "=HYPERLINK(1)"
    assert (record.themes, record.comment) == (("+E51",), "@x")


@pytest.mark.parametrize(
    "body",
    [
        paragraph("A letter."),
        table(row("Name", "Address"), row("A", "B")),
        table(row("Recommendation", "Position")),
        table(row("140.1 Text of a report", "a column", "another")),
    ],
)
def test_a_word_file_that_is_no_matrix_is_refused(body):
    with pytest.raises(UnreadableFile, match="no table of recommendations"):
        detect.read(docx(body))


def test_language_of_each_record():
    records = read(
        HEAD,
        row("90.1 Strengthen the protection of all women and of their rights (Chile)", "Noted", "E", ""),
        row("90.2 Renforcer la protection des droits des femmes et des filles (Mali)", "Noted", "E", ""),
        row("90.3 تعزيز حماية حقوق النساء (مالي)", "Noted", "E", ""),
        row("90.4 Ratify it (Mali)", "Noted", "E", ""),
    )
    assert [r.language for r in records] == ["en", "fr", "ar", "en"]


def test_a_long_note_over_the_full_width_is_left_out_and_reported():
    note = "This list was prepared for information and does not replace the report. " * 6
    data = docx(table(HEAD, heading("Theme: Health"), heading(note), item("90.1")), title=TITLE)
    result = detect.read(data)
    assert [(r.paragraph, r.heading) for r in result.records] == [("90.1", "Health")]
    assert [w.code for w in result.warnings] == ["row_ignored"]


def test_a_row_with_nothing_but_the_source_belongs_to_the_row_above():
    (record,) = read(
        HEAD,
        row("90.1 Build schools (Chile);", "Noted", "E51", ""),
        row(cell("Source of position: A/HRC/25/14/Add.1", span=4)),
    )
    assert (record.source_of_position, record.symbol) == ("A/HRC/25/14/Add.1", "A/HRC/25/14")
