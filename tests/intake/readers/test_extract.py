"""``tawsiya extract``: JSON lines or a table; one line and exit 2 for what cannot be read."""

import io
import json

import pytest

from tawsiya.intake.readers import extract
from tests.intake.readers.matrixbuilder import matrix_2013, matrix_2014
from tests.intake.readers.matrixpeer import MATRICES, shared_data
from tests.intake.readers.observations import files, texts, visit_texts


def run(path, **options):
    out, err = io.StringIO(), io.StringIO()
    status = extract.run(path, out, err, **options)
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def matrix(tmp_path):
    path = tmp_path / "UPR18_matrix.docx"
    path.write_bytes(matrix_2013())
    return path


def test_json_lines(matrix):
    status, out, err = run(matrix, as_json=True)
    lines = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [line["paragraph"] for line in lines] == ["91.4", "91.5"]
    assert lines[0]["document"]["review"] == {"cycle": 2, "session": 18, "state": "MRT"}
    assert "–" in out


def test_table_for_people(matrix):
    status, out, err = run(matrix)
    assert (status, err) == (0, "")
    assert "UPR of Mauritania" in out
    assert "MRT · cycle 2 · session 18 · A/HRC/26/11" in out
    assert "  91.4      supported       CHL" in out
    assert out.endswith("2 records: 1 noted, 1 supported; 1 with warnings.\n")


def test_warnings_about_the_file_go_to_stderr(tmp_path):
    path = tmp_path / "UPR18_Senegal.docx"
    path.write_bytes(matrix_2014())
    status, out, err = run(path, as_json=True)
    assert status == 0
    assert len(out.splitlines()) == 1
    assert err == "tawsiya: note: The session (18) was taken from the name of the file.\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "no complete PDF file"),
        (b"PK\x03\x04", "damaged"),
        (None, "no readable file"),
    ],
)
def test_unreadable(tmp_path, content, words):
    path = tmp_path / "x\ny.docx"
    if content is not None:
        path.write_bytes(content)
    status, out, err = run(path)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_folder_is_unreadable(tmp_path):
    assert run(tmp_path)[0] == 2


@pytest.mark.skipif(shared_data() is None, reason="OHCHR's matrices are not here (TAWSIYA_SHARED_DATA)")
@pytest.mark.parametrize("name", MATRICES)
def test_number_of_lines(name):
    folder = shared_data()
    assert folder is not None
    status, out, _ = run(folder / "ohchr_matrices" / f"{name}.docx", as_json=True)
    assert status == 0
    assert out.count("\n") == MATRICES[name]


def test_deadlines_are_notes_beside_json_lines(tmp_path):
    path = tmp_path / "observations.docx"
    path.write_bytes(files.typed(texts.ENGLISH))
    status, out, err = run(path, as_json=True)
    assert status == 0
    lines = [json.loads(line) for line in out.splitlines()]
    chosen = [line for line in lines if line["follow_up"]]
    assert [line["paragraph"] for line in chosen] == ["4", "4", "4", "4", "7"]
    assert chosen[0]["follow_up"] == {"deadline": "2024-05-11"}
    assert lines[0]["document"]["adopted"] == "2023-05-11"
    assert err.splitlines() == [
        "tawsiya: note: Follow-up information on paragraphs 4 (b), 7 is due by 2024-05-11 (paragraph 8).",
        "tawsiya: note: The next report is due by 2027-05-11 (paragraph 10).",
    ]


def test_kinds_and_deadlines_stand_in_the_table(tmp_path):
    path = tmp_path / "observations.docx"
    path.write_bytes(files.typed(texts.ENGLISH))
    status, out, err = run(path)
    assert (status, err) == (0, "")
    assert "  4(b)(i)   concern         follow-up by 2024-05-11" in out
    assert "  7         recommendation  follow-up by 2024-05-11" in out
    assert "The next report is due by 2027-05-11 (paragraph 10)." in out
    assert out.endswith("20 records: 6 concern, 4 other, 10 recommendation; 0 with warnings.\n")


def test_addressees_stand_in_the_table(tmp_path):
    path = tmp_path / "visit.docx"
    path.write_bytes(files.typed(visit_texts.ENGLISH))
    _status, out, _err = run(path)
    assert "  7         recommendation  international community" in out
