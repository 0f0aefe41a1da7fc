"""Files of labels: what is read, in which order, and what is wrong with them."""

import io

import pytest
import xlsxwriter

from tawsiya.analysis.taxonomy_file import Line, read_taxonomy


def test_parents_come_before_children_otherwise_as_the_file_has_them() -> None:
    text = (
        "\ufeffCode;Parent;Name_FR;name ar;aliases;replaces\r\n"
        "2.1;2;Écoles;المدارس;;\r\n1;;Santé;;soins;a; b\r\n".replace("a; b", '"a; b"')
        + "2;;Éducation;;;\r\n\r\n"
    )
    read = read_taxonomy(text.encode())
    assert read.problems == []
    assert read.lines == [
        Line("1", {"fr": "Santé"}, aliases=("soins",), replaces=("a", "b")),
        Line("2", {"fr": "Éducation"}),
        Line("2.1", {"ar": "المدارس", "fr": "Écoles"}, parent="2"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ("columns", 0, "")),
        ("name\nx\n", ("columns", 0, "")),
        ("code,name\n", ("empty", 0, "")),
        ("code,name\n,x\n", ("no_code", 2, "")),
        ("code,name\na,\n", ("no_name", 2, "a")),
        ("code,name\na,x\na,y\n", ("twice", 3, "a")),
        ("code,name,parent\na,x,b\n", ("parent", 2, "b")),
        ("code,name,parent\na,x,b\nb,y,a\n", ("loop", 2, "a")),
        (f"code,name\n{'a' * 121},x\n", ("long_code", 2, "a" * 121)),
    ],
)
def test_what_is_wrong_is_named_with_its_row(text: str, problem: tuple[str, int, str]) -> None:
    read = read_taxonomy(text.encode())
    assert read.problems == [problem]
    assert read.lines == []


def test_bytes_that_are_no_table_are_unreadable() -> None:
    assert read_taxonomy(b"PK\x03\x04 not a workbook").problems == [("unreadable", 0, "")]
    assert read_taxonomy("code,name\na,é\n".encode("latin-1")).problems == [("unreadable", 0, "")]


def test_a_workbook_is_read_and_codes_typed_as_numbers_stay_codes() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate([["code", "name_en"], [4, "Four"], [4.5, "Four and a half"]]):
            sheet.write_row(row, 0, cells)
    assert read_taxonomy(file.getvalue()).lines == [
        Line("4", {"en": "Four"}),
        Line("4.5", {"en": "Four and a half"}),
    ]
