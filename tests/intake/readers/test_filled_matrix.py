"""Filled matrices as files: what an editor may have done to them."""

import pytest

from tawsiya.intake.readers import detect, sandbox
from tawsiya.intake.readers.filled_matrix import FilledRow
from tawsiya.intake.readers.records import UnreadableFile
from tests.intake.readers.matrixbuilder import cell, docx, numbered, numbering, paragraph, row, run, table

HEADERS = ("Recommendation", "Position", "Measures taken", "Obstacles", "Next steps", "Proposed status")
HEADERS_FR = (
    "Recommandation",
    "Position",
    "Mesures prises",
    "Obstacles",
    "Prochaines étapes",
    "État proposé",
)
HEADERS_AR = ("التوصية", "الموقف", "التدابير المتخذة", "العراقيل", "الخطوات المقبلة", "الحالة المقترحة")
NAME = "A/HRC/36/950 § 140.7 (a) #2"


def control(text: str, tag: str = "", *, prompt: bool = False) -> str:
    """An inline content control."""
    properties = (f'<w:tag w:val="{tag}"/>' if tag else "") + ("<w:showingPlcHdr/>" if prompt else "")
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"


def marked(name: str = NAME, tag: str = "tw1.5.1.2.0.0.abc") -> str:
    return cell(f"<w:p>{control(name, tag)}</w:p>", "The text of the recommendation")


def read(
    *rows: str, header: tuple[str, ...] = HEADERS, more: dict[str, str] | None = None
) -> tuple[FilledRow, ...]:
    return detect.read_filled(docx(table(row(*header, header=True), *rows), more=more)).rows


@pytest.mark.parametrize("header", [HEADERS, HEADERS_FR, HEADERS_AR])
def test_columns_are_known_by_their_words_in_three_languages(header: tuple[str, ...]) -> None:
    (found,) = read(row(marked(), "Supported", "Done.", "None.", "More.", "In progress"), header=header)

    assert found.cells == {
        "measures_taken": "Done.",
        "obstacles": "None.",
        "next_steps": "More.",
        "status": "In progress",
    }
    assert found.marks == ("tw1.5.1.2.0.0.abc",)


def test_columns_are_known_by_their_marks_before_their_words() -> None:
    header = row(
        *(
            cell(f"<w:p>{control('renamed', f'tw1.col.{role}')}</w:p>")
            for role in ("item", "next_steps", "measures_taken")
        )
    )

    (found,) = detect.read_filled(docx(table(header, row(marked(), "later", "now")))).rows

    assert (found.cells["measures_taken"], found.cells["next_steps"]) == ("now", "later")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NAME, ("A/HRC/36/950", "140.7", "a", 2)),
        ("CERD/C/XTM/CO/8-10 § 14", ("CERD/C/XTM/CO/8-10", "14", "", 1)),
        ("A/HRC/50/940/Add.2 § 31 (b) (ii)", ("A/HRC/50/940/Add.2", "31", "b.ii", 1)),
        ("A/HRC/36/950 §140.7 bis", ("A/HRC/36/950", "140.7 bis", "", 1)),
        ("140.7", None),
        ("Our own remark", None),
    ],
)
def test_a_row_is_named_by_symbol_and_paragraph(
    text: str, expected: tuple[str, str, str, int] | None
) -> None:
    (found,) = read(row(text, "", "Done.", "", "", ""))

    name = found.name
    assert (name and (name.symbol, name.paragraph, name.subparagraph, name.ordinal)) == expected


def test_a_prompt_is_no_answer_and_a_choice_is() -> None:
    untouched = cell(f"<w:p>{control('Choose', 'tw1.status', prompt=True)}</w:p>")
    chosen = cell(f"<w:p>{control('Implemented', 'tw1.status')}</w:p>")

    rows = read(row(marked(), "", "", "", "", untouched), row(marked(), "", "", "", "", chosen))

    assert [found.cells["status"] for found in rows] == ["", "Implemented"]
    assert [found.is_empty for found in rows] == [True, False]


def test_lines_lists_and_bullets_are_kept() -> None:
    written = cell("First line", numbered("drafted"), numbered("adopted"), "", "", "", "Last line")
    bullets = cell(numbered("one", number=1))

    (found,) = read(row(marked(), "", written, "", "", ""), more={"numbering": numbering(("decimal", "%1."))})
    (other,) = read(row(marked(), "", bullets, "", "", ""), more={"numbering": numbering(("bullet", "•"))})

    assert found.cells["measures_taken"] == "First line\n1. drafted\n2. adopted\n\nLast line"
    assert other.cells["measures_taken"] == "– one"


def test_tracked_changes_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    (found,) = read(row(marked(), "", cell(paragraph(deleted, f"<w:ins>{run('new')}</w:ins>")), "", "", ""))

    assert found.cells["measures_taken"] == "new"


def test_a_column_of_the_institutions_own_is_kept_apart() -> None:
    (found,) = read(
        row(marked(), "", "Done.", "", "", "", "See annex"), header=(*HEADERS, "Reference of our service")
    )

    assert (found.cells["measures_taken"], found.stray) == ("Done.", "See annex")


def test_a_cell_that_is_too_long_is_cut_and_says_so() -> None:
    (found,) = read(row(marked(), "", "a" * 30_000, "", "", ""))

    assert (len(found.cells["measures_taken"]), found.cut) == (20_000, True)


def test_rows_before_a_header_and_other_tables_are_not_ours() -> None:
    other = table(row("Name", "Telephone"), row("Justice", "0537"))
    data = docx(
        other + table(row("A title over the table"), row(*HEADERS), row(marked(), "", "Done.", "", "", ""))
    )

    assert [found.cells["measures_taken"] for found in detect.read_filled(data).rows] == ["Done."]


def test_the_sandbox_reads_the_same() -> None:
    data = docx(table(row(*HEADERS), row(marked(), "", "تم اعتماد القانون", "", "", "منجزة", "x")))

    assert sandbox.read_filled(data) == detect.read_filled(data)


@pytest.mark.parametrize("data", [docx(paragraph("No table")), docx(table(row("A", "B"), row("1", "2")))])
def test_a_file_without_our_columns_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as refused:
        detect.read_filled(data)

    assert refused.value.code == "not_a_filled_matrix"


def test_a_filled_matrix_is_not_read_as_a_document() -> None:
    data = docx(table(row("Recommendation", "Position"), row(marked(), "Supported")))

    with pytest.raises(UnreadableFile) as refused:
        detect.read(data)

    assert refused.value.code == "own_matrix"
