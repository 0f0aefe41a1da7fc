"""Values read from tables, long and wide, from spreadsheets and SDMX-CSV: what is damaged is refused by cell."""

from decimal import Decimal

import pytest

from tawsiya.programme import sdmx
from tawsiya.programme.forms.indicators import ROLE_NAMES
from tawsiya.programme.indicator_cells import Refused, age_code, read_value
from tawsiya.programme.indicator_periods import between, read_period
from tawsiya.programme.indicator_table import (
    DIMENSIONS,
    ROLES,
    Damaged,
    Read,
    Table,
    Words,
    guess_roles,
    letter,
    read_tables,
    with_head,
)

WORDS = Words(
    {name: {} for name in DIMENSIONS}
    | {"sex": {"f": "F", "m": "M", "femmes": "F", "النساء": "F"}, "region": {"tizi": "Tizi"}},
    frozenset({"XTM"}),
)


def _read(text: str, sheet: str = "", only: str = "") -> Read:
    table = with_head(sheet, [line.split("|") for line in text.strip().splitlines()])
    return read_tables([table], {0: guess_roles(table.rows[0])}, WORDS, only=only)


def _plain(value: Decimal | None) -> str:
    return "None" if value is None else f"{value.normalize():f}"


def _said(read: Read) -> list[tuple[str, str, dict[str, str], str]]:
    return [
        (one.indicator, one.reading.period, dict(one.reading.breakdown), _plain(one.reading.value))
        for one in read.found
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("0,125", "0.125"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("٤٥٫٢", "45.2"),
        ("45 %", "45"),
        ("oui", "1"),
        ("لا", "0"),
        ("1e3", "1000"),
        ("0", "0"),
    ],
)
def test_numbers_as_people_write_them(text: str, number: str) -> None:
    assert read_value(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "..", "…", "n/a", "-", "nd"])
def test_marks_of_missing_values_are_no_zero(text: str) -> None:
    assert read_value(text) is None


@pytest.mark.parametrize(
    ("text", "code"), [("1,234", "ambiguous"), ("12a", "value"), ("1.2.3", "value"), ("9" * 20, "value")]
)
def test_what_is_no_number_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_value(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", "2024"),
        ("2024.0", "2024"),
        ("٢٠٢٤", "2024"),
        ("2024Q3", "2024-Q3"),
        ("2024-T3", "2024-Q3"),
        ("2024 s1", "2024-S1"),
        ("2024-H2", "2024-S2"),
        ("2024-M05", "2024-05"),
        ("2024-05", "2024-05"),
        ("2024-13", ""),
        ("2024-Q5", ""),
        ("24", ""),
        ("", ""),
    ],
)
def test_periods_have_one_form(text: str, period: str) -> None:
    assert read_period(text) == period


def test_years_between_have_a_place_each() -> None:
    assert between("2019", "2022") == ["2019", "2020", "2021", "2022"]
    assert between("2021-S2", "2023-S1") == ["2021-S2", "2023-S1"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("0-14", "Y0T14"), ("65+", "Y_GE65"), ("Y15T29", "Y15T29"), ("y17", "Y17"), ("14-0", ""), ("old", "")],
)
def test_ages(text: str, code: str) -> None:
    assert age_code(text) == code


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_long_table() -> None:
    read = _read(
        """
Indicator|Year|Sex|Region|Value|Status|Comment
EDU-1|2023|||51.4||
EDU-1|2023|F||49.0|P|
EDU-1|2023|Femmes|Tizi|44||
EDU-1|2023|M|XTM||L|No survey
"""
    )
    assert read.damaged == []
    assert _said(read) == [
        ("EDU-1", "2023", {}, "51.4"),
        ("EDU-1", "2023", {"sex": "F"}, "49"),
        ("EDU-1", "2023", {"sex": "F", "region": "Tizi"}, "44"),
        ("EDU-1", "2023", {"sex": "M"}, "None"),
    ]
    assert [one.reading.quality for one in read.found] == ["final", "provisional", "final", ""]
    assert (read.found[3].reading.missing, read.found[3].reading.reason) == ("not_collected", "No survey")


def test_a_wide_table_under_a_title_in_french() -> None:
    read = _read(
        """
Annuaire 2024
Indicateur|Sexe|2021|2022|2023
EDU-1||50|..|52
EDU-1|F|48||x
""",
        sheet="Série",
    )
    assert _said(read) == [
        ("EDU-1", "2021", {}, "50"),
        ("EDU-1", "2023", {}, "52"),
        ("EDU-1", "2021", {"sex": "F"}, "48"),
    ]
    assert read.damaged == [
        Damaged("no_reason", "Série", 3, "D", ".."),
        Damaged("value", "Série", 4, "E", "x"),
    ]
    assert read.empty == 1
    assert (read.found[2].sheet, read.found[2].row, read.found[2].column) == ("Série", 4, "C")


def test_an_arabic_table() -> None:
    read = _read(
        """
المؤشر|السنة|الجنس|القيمة|السبب
EDU-1|٢٠٢٣|النساء|٤٩٫٥|
"""
    )
    assert _said(read) == [("EDU-1", "2023", {"sex": "F"}, "49.5")]


def test_each_damaged_cell_is_named_and_the_rest_kept() -> None:
    read = _read(
        """
indicator|period|sex|value|status
|2023||1|
EDU-1|spring||2|
EDU-1|2023|X|3|
EDU-1|2023||1,234|
EDU-1|2023||4|never
EDU-1|2022||5|
EDU-1|2022||6|
EDU-1|2021||7|L
EDU-1|2020|||A
""",
        sheet="S",
    )
    assert [(one.problem, one.row, one.column, one.content) for one in read.damaged] == [
        ("no_indicator", 2, "A", ""),
        ("period", 3, "B", "spring"),
        ("code", 4, "C", "X"),
        ("ambiguous", 5, "D", "1,234"),
        ("status", 6, "D", "4"),
        ("twice", 8, "D", "6"),
        ("status", 9, "D", "7"),
        ("no_reason", 10, "D", ""),
    ]
    assert _said(read) == [("EDU-1", "2022", {}, "5")]


def test_a_table_without_a_head_is_refused_and_one_of_notes_beside_another_is_not() -> None:
    notes = Table("Codes", [["Words", "Code"], ["A", "Final"]])
    values = Table("S", [["indicator", "period", "value"], ["EDU-1", "2023", "1"]])
    alone = read_tables([notes], {0: guess_roles(notes.rows[0])}, WORDS)
    assert alone.damaged == [Damaged("no_head", "Codes", 1, "")]
    both = read_tables([notes, values], {0: ["", ""], 1: guess_roles(values.rows[0])}, WORDS)
    assert (both.damaged, len(both.found)) == ([], 1)


def test_a_table_of_one_indicator_needs_no_column_for_it() -> None:
    assert _said(_read("Year|Value\n2023|5", only="EDU-1")) == [("EDU-1", "2023", {}, "5")]


def test_sdmx_of_its_first_version_with_labels() -> None:
    read = _read(
        """
DATAFLOW|REF_AREA:Area|INDICATOR:Indicator|SEX:Sex|TIME_PERIOD:Period|OBS_VALUE:Value|OBS_STATUS:Status
X:Y(1.0): Flow|XTM: Tamourt|EDU-1: School|_T: Total|2020|50|B: Break
X:Y(1.0): Flow|XTM: Tamourt|EDU-1: School|F: Female|2020|48|A: Normal
"""
    )
    assert _said(read) == [("EDU-1", "2020", {}, "50"), ("EDU-1", "2020", {"sex": "F"}, "48")]
    assert [one.reading.break_note for one in read.found] == ["B", ""]


def test_sdmx_deletes_nothing() -> None:
    read = _read(
        """
STRUCTURE|STRUCTURE_ID|ACTION|INDICATOR|TIME_PERIOD|OBS_VALUE
dataflow|T:D(1.0)|D|EDU-1|2020|50
"""
    )
    assert [(one.problem, one.row, one.column) for one in read.damaged] == [("deletion", 2, "C")]
    assert read.found == []


OBSERVATIONS = [
    sdmx.Observation("EDU-1", "2022", {}, "known", Decimal("51.4000"), "", "final", "percent", "Survey"),
    sdmx.Observation(
        "EDU-1", "2023", {}, "known", Decimal("0"), "", "estimated", "percent", break_note="New survey"
    ),
    sdmx.Observation("EDU-1", "2023", {"sex": "F", "region": "Tizi", "age": "Y0T14"}, "missing", None, "withheld", "", "percent", reason="=few"),
    sdmx.Observation("EDU-1", "2023-Q1", {}, "not_applicable", None, "", "", "percent", reason="No school"),
]  # fmt: skip


def test_sdmx_as_it_is_written() -> None:
    lines = list(sdmx.lines(OBSERVATIONS[:2], "XTM"))
    assert lines[0] == (
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,SEX,AGE,URBANISATION,DISABILITY_STATUS,CITIZENSHIP,"
        "INCOME_WEALTH_QUANTILE,EDUCATION_LEV,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,SOURCE_DETAIL,"
        "COMMENT_OBS,BREAK\r\n"
    )
    assert lines[1] == (
        "dataflow,TAWSIYA:DF_INDICATORS(1.0),I,A,EDU-1,XTM,_T,_T,_T,_T,_T,_T,_T,2022,51.4,A,PT,Survey,,\r\n"
    )


def test_sdmx_read_back_says_the_same() -> None:
    rows = [line.strip("\r\n").split(",") for line in sdmx.lines(OBSERVATIONS, "XTM")]
    read = read_tables([Table("", rows)], {0: guess_roles(rows[0])}, WORDS)
    assert read.damaged == []
    back = [
        (one.reading.period, dict(one.reading.breakdown), one.reading.state, one.reading.value,
         one.reading.missing, one.reading.quality, one.reading.break_note)
        for one in read.found
    ]  # fmt: skip
    assert back == [
        ("2022", {}, "known", Decimal("51.4"), "", "final", ""),
        ("2023", {}, "known", Decimal(0), "", "estimated", "New survey"),
        ("2023", {"sex": "F", "region": "Tizi", "age": "Y0T14"}, "missing", None, "withheld", "", ""),
        ("2023-Q1", {}, "not_applicable", None, "", "", ""),
    ]
    assert [one.reading.reason for one in read.found] == ["", "", "'=few", "No school"]


def test_every_role_of_a_column_has_its_words() -> None:
    assert set(ROLE_NAMES) == {"", *ROLES}
