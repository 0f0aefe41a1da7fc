"""The matrix as a workbook: exported, filled in, saved by another program, read back as drafts."""

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from python_calamine import CalamineWorkbook

from tawsiya.followup.commands.contributions import Content, edit_contribution
from tawsiya.followup.models import Contribution
from tawsiya.intake import markers
from tests.factories import make_contribution
from tests.reports.test_round_trip import ARABIC, FRENCH, Ministry, page

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Columns from 0; the marks are hidden in the first.
MARK, ITEM, POSITION, MEASURES, OBSTACLES, STEPS, STATUS = range(7)
Table = list[list[str]]


def export(ministry: Ministry, language: str = "en") -> bytes:
    answer = ministry.client.get(f"/{language}/exports/matrix.xlsx")
    assert (answer.status_code, answer["Content-Type"]) == (200, EXCEL)
    return answer.content


def cells(data: bytes) -> Table:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def saved(table: Table) -> bytes:
    """The cells as another program writes them: neither formats nor hidden columns are left."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell)
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[Table], None]) -> bytes:
    table = cells(data)
    change(table)
    return saved(table)


def row_of(table: Table, name: str) -> list[str]:
    return next(row for row in table if row[ITEM].split("\n")[0] == name)


def send(ministry: Ministry, data: bytes, name: str = "matrix.xlsx") -> HttpResponse:
    return ministry.client.post("/en/matrix/", {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def ministry(db: None) -> Ministry:
    from tests.reports.test_round_trip import make_ministry

    return make_ministry()


@pytest.mark.parametrize(
    ("language", "words"), [("fr", FRENCH), ("ar", ARABIC), ("en", "A law was adopted.")]
)
def test_what_is_filled_in_becomes_a_draft(ministry: Ministry, language: str, words: str) -> None:
    def fill(table: Table) -> None:
        row = row_of(table, ministry.name("140.1"))
        row[MEASURES], row[OBSTACLES], row[STEPS] = words, "One\nTwo", "-"

    ministry.apply(send(ministry, changed(export(ministry, language), fill)))

    row = Contribution.objects.get()
    assert row.recommendation == ministry.items["140.1"]
    assert (row.measures_taken, row.obstacles, row.next_steps) == (words, "One\nTwo", "-")
    assert (row.state, row.language) == ("draft", language)


def test_a_status_is_chosen_by_its_words(ministry: Ministry) -> None:
    def fill(table: Table) -> None:
        row = row_of(table, ministry.name("140.1"))
        row[MEASURES], row[STATUS] = "Done", "In progress"

    ministry.apply(send(ministry, changed(export(ministry), fill)))

    assert Contribution.objects.get().proposed_status == "in_progress"


def test_columns_may_move_and_rows_be_sorted_or_left_out(ministry: Ministry) -> None:
    def fill(table: Table) -> None:
        row_of(table, ministry.name("140.2"))[MEASURES] = "Second"
        row_of(table, ministry.name("140.1"))[MEASURES] = "First"
        header = next(place for place, row in enumerate(table) if row[MEASURES] == "Measures taken")
        table[header + 1 :] = table[:header:-1]
        for row in table:
            row.insert(MEASURES, row.pop(STATUS))
            row.append("a remark of ours" if row[ITEM].startswith(ministry.name("140.1")) else "")

    preview = send(ministry, changed(export(ministry), fill))
    assert "Text in a column of your own is not read." in preview.content.decode()
    ministry.apply(preview)

    found = dict(Contribution.objects.values_list("recommendation__paragraph", "measures_taken"))
    assert found == {"140.1": "First", "140.2": "Second"}


def test_without_marks_rows_are_known_by_symbol_and_columns_by_their_heading(ministry: Ministry) -> None:
    def fill(table: Table) -> None:
        row_of(table, ministry.name("140.1"))[MEASURES] = "First"
        for row in table:
            del row[MARK]
        del table[0]

    ministry.apply(send(ministry, changed(export(ministry), fill)))

    assert Contribution.objects.get().measures_taken == "First"


def test_an_altered_mark_is_refused_with_the_words_of_its_row(ministry: Ministry) -> None:
    def fill(table: Table) -> None:
        first, second = (row_of(table, ministry.name(number)) for number in ("140.1", "140.2"))
        first[MEASURES], first[MARK] = "Kept on the page", first[MARK][:-1] + "!"
        second[MARK] = second[MARK].replace("tw1.", "tw1.9", 1)

    preview = send(ministry, changed(export(ministry), fill))

    text = page(preview).text
    assert "Kept on the page" in text
    assert "The hidden mark of the row was altered or doubled" in text
    assert page(preview).select("input[name=row]") == []


def test_the_marks_are_those_of_the_word_file(ministry: Ministry) -> None:
    table = cells(export(ministry))

    mark = markers.read(row_of(table, ministry.name("140.1"))[MARK])
    assert mark is not None
    assert (mark.recommendation, mark.institution) == (
        ministry.items["140.1"].pk,
        ministry.institution.pk,
    )
    document = markers.read_document(table[0][MARK])
    assert document is not None and document.institution == ministry.institution.pk


def test_a_draft_stands_in_its_cells_and_keeps_what_a_matrix_does_not_say(ministry: Ministry) -> None:
    draft = make_contribution(recommendation=ministry.items["140.1"], institution=ministry.institution)
    figures = [{"label": "Girls", "value": "212", "unit": "", "period": "2025", "source": ""}]
    edit_contribution(
        contribution=draft,
        content=Content("en", "Written here", figures=figures, measures_taken_mark="restricted"),
        seen_version=draft.version,
        by=ministry.reader,
    )
    data = export(ministry)
    assert row_of(cells(data), ministry.name("140.1"))[MEASURES] == "Written here"

    def fill(table: Table) -> None:
        row_of(table, ministry.name("140.1"))[MEASURES] = "Written in the file"

    ministry.apply(send(ministry, changed(data, fill)))

    draft.refresh_from_db()
    assert (draft.measures_taken, draft.figures, draft.measures_taken_mark) == (
        "Written in the file",
        figures,
        "restricted",
    )


def test_a_workbook_of_another_kind_is_refused(ministry: Ministry) -> None:
    answer = send(ministry, saved([["Name", "Age"], ["Somebody", "41"]]))

    assert answer.status_code == 422
    assert "This file is no matrix to fill in" in answer.content.decode()
