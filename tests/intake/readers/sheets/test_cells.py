"""Cells of spreadsheets: encodings, delimiters, workbooks, formulas, hostile files."""

import io
import zipfile

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sheets import book, delimited, encoding, files
from tawsiya.intake.readers.sheets.grid import cell_name
from tests.intake.readers.sheets.samples import ENGLISH, text_of
from tests.intake.readers.sheets.samples import book as made

ARABIC = "الرمز;التوصية\nA/HRC/99/7;مواصلة الجهود الرامية إلى تعزيز حقوق الطفل\n"
FRENCH = (
    "Cote;Recommandation\nA/HRC/99/7;Poursuivre les efforts déployés à l’égard des élèves, où qu’ils soient\n"
)
MIXED = "Cote;Texte;النص\nA/HRC/99/7;Réaliser l’égalité;تحقيق المساواة بين الجنسين\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (ARABIC, "utf-8", "utf-8"),
        (ARABIC, "utf-8-sig", "utf-8"),
        (ARABIC, "utf-16", "utf-16"),
        (ARABIC, "utf-16-le", "utf-16"),
        (ARABIC, "utf-16-be", "utf-16"),
        (ARABIC, "windows-1256", "windows-1256"),
        (MIXED, "windows-1256", "windows-1256"),
        (FRENCH, "windows-1252", "windows-1252"),
        (FRENCH.upper(), "windows-1252", "windows-1252"),
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-16-le", "utf-16"),
    ],
)
def test_an_encoding_is_known_by_what_it_makes_of_the_bytes(text, codec, name):
    assert encoding.decode(text.encode(codec)) == (text, name)


def test_a_person_may_say_the_encoding():
    assert encoding.decode("é".encode("windows-1256"), "windows-1256") == ("é", "windows-1256")
    with pytest.raises(UnreadableFile, match="not the one chosen"):
        encoding.decode(ARABIC.encode("windows-1256"), "utf-8")


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(UnreadableFile, match="could not be recognized"):
        encoding.decode(bytes(range(256)) * 40)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_equal_rows(delimiter):
    read = delimited.read(text_of(ENGLISH, delimiter).encode())
    assert read.delimiter == delimiter
    assert [len(row) for row in read.sheets[0].rows] == [6, 6, 6]
    assert read.sheets[0].rows[1][3] == "Chile\nNorway"


def test_a_line_of_excel_that_names_the_delimiter_is_obeyed():
    read = delimited.read(b"sep=;\r\na,b;c\r\nd,e;f\r\n")
    assert read.sheets[0].rows == (("a,b", "c"), ("d,e", "f"))


def test_commas_in_prose_are_no_delimiter():
    with pytest.raises(UnreadableFile, match="no table"):
        delimited.read(b"Madam,\n\nthe plan is late.\nIt needs money, time, people and luck.\nRegards\n")


def test_formulas_of_a_text_file_are_left_out_and_named():
    read = delimited.read(b'no,text\n1,"=HYPERLINK(""http://x"")"\n2,"=""007"""\n')
    assert read.sheets[0].rows == (("no", "text"), ("1",), ("2", "007"))
    assert [cell_name(*cell) for cell in read.sheets[0].formulas] == ["B2"]


def test_a_workbook_gives_values_not_formulas_and_spreads_merged_cells():
    data = made(
        (("Symbol", "Para", "When"), ("", 132.5, 3), ("", 132.25, "x")),
        merges=((1, 0, 2, 0, "A/HRC/99/7"),),
        formulas=((1, 2, "=1+1"),),
    )
    rows = book.read(data).sheets[0].rows
    assert rows == (("Symbol", "Para", "When"), ("A/HRC/99/7", "132.5"), ("A/HRC/99/7", "132.25", "x"))


def test_the_names_of_cells_are_those_of_spreadsheets():
    assert [cell_name(0, 0), cell_name(9, 25), cell_name(0, 26), cell_name(4, 701)] == [
        "A1",
        "Z10",
        "AA1",
        "ZZ5",
    ]


def test_a_bomb_in_a_workbook_is_refused_before_the_engine_opens_it():
    stream = io.BytesIO(made((("a", "b"), ("c", "d"))))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet9.xml", b"\0" * 200 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="far more than a document needs"):
        files.open_book(stream.getvalue())


def test_a_huge_cell_and_endless_columns_are_refused():
    with pytest.raises(UnreadableFile, match="more than 40000 characters"):
        delimited.read(b"a,b\n" + b"x" * 50_000 + b",y\n")
    with pytest.raises(UnreadableFile, match="more than 200 columns"):
        delimited.read((",".join("x" * 300) + "\n").encode() * 3)


def test_a_damaged_workbook_is_refused():
    data = made(ENGLISH)
    with pytest.raises(UnreadableFile):
        files.open_book(data[: len(data) // 2])


@pytest.mark.parametrize("data", [made(ENGLISH), text_of(ENGLISH).encode(), ARABIC.encode("windows-1256")])
def test_a_spreadsheet_that_no_reader_knows_is_refused_as_one_to_map(data):
    with pytest.raises(UnreadableFile) as refused:
        detect.read(data)
    assert refused.value.code == "spreadsheet"


def test_a_plain_text_stays_a_plain_text():
    with pytest.raises(UnreadableFile) as refused:
        detect.read(b"Dear colleague,\nnothing is attached, sorry.\n")
    assert refused.value.code == "other_kind"
