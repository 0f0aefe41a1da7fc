"""All fields of all rows of OHCHR's own matrices against the rows parsed beside them."""

from pathlib import Path

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.records import ReadResult, UnreadableFile
from tests.intake.readers.matrixpeer import MATRICES, differences, ours, peer_rows, shared_data

_FOLDER = shared_data()
pytestmark = pytest.mark.skipif(
    _FOLDER is None,
    reason="OHCHR's matrices are not here: set TAWSIYA_SHARED_DATA to the folder of shared data",
)

# China joins several recommendations in one paragraph, each followed by its own State:
# "Ratify ICCPR (Albania); Ratify ICCPR and CPED (Chile); …". The peer names only the State of
# the last one; the Word file names them all, so the reader does (each once, in order).
CHINA_JOINED = {
    "186.23": ["ARG", "FRA"],
    "186.2": ["BRA", "BGR", "EST", "GHA"],
    "186.1": ["ALB", "CHL", "BEL", "HUN", "JPN", "MDV", "ESP", "SLE", "FRA"],
    "186.19": ["PRT", "ALB"],
    "186.69": ["BEN", "ALB"],
    "186.70": ["LVA", "HUN"],
    "186.73": ["AUT", "SVK", "CHE"],
    "186.59": ["NZL", "TUN"],
    "186.107": ["NZL", "RWA", "PRT", "ARG", "AUS", "ESP"],
    "186.109": ["ITA", "BGR", "DEU", "BEL"],
    "186.108": ["ITA", "CHE", "FRA", "BEL"],
    "186.117": ["DEU", "FRA"],
    "186.151": ["SWE", "CRI", "POL"],
    "186.131": ["FIN", "CAN"],
}
# These three stand in joined paragraphs only, so no peer row lists them, and the peer's text
# (which keeps brackets) can only be compared when they are taken out by name: Maldives in 186.1,
# Rwanda in 186.107, and in 186.1 Sierra Leone, which the Word file writes with a stray blank.
CHINA_ONLY_JOINED = frozenset({"Maldives", "Rwanda", "Sierra Le one"})


def _read(name: str) -> ReadResult:
    assert _FOLDER is not None
    path = Path(_FOLDER) / "ohchr_matrices" / f"{name}.docx"
    return detect.read(path.read_bytes(), filename=path.name)


@pytest.mark.parametrize("name", MATRICES)
def test_one_record_for_each_row(name):
    result = _read(name)
    assert len(result.records) == MATRICES[name]
    assert len({(r.paragraph, r.ordinal) for r in result.records}) == MATRICES[name]
    assert {r.kind for r in result.records} == {"recommendation"}
    assert {r.language for r in result.records} == {"en"}


@pytest.mark.parametrize("name", ["UPR20_Egypt_matrix", "UPR48_Slovenia_thematic_list"])
def test_every_field_equals_the_peer(name):
    assert _FOLDER is not None
    records = [ours(record) for record in _read(name).records]
    assert differences(peer_rows(_FOLDER, name), records) == []


def test_china_differs_only_where_the_word_file_says_more():
    assert _FOLDER is not None
    name = "UPR17_China_matrix_2013"
    records = [ours(record) for record in _read(name).records]
    found = differences(peer_rows(_FOLDER, name, CHINA_ONLY_JOINED), records)
    assert {d.paragraph: d.ours for d in found if d.field == "states"} == CHINA_JOINED
    assert [d for d in found if d.field != "states"] == []


@pytest.mark.parametrize(
    ("name", "symbol", "title", "cycle"),
    [
        (
            "UPR17_China_matrix_2013",
            "A/HRC/25/5",
            "UPR of China (2nd Cycle – 17th session) – Thematic list of recommendations",
            2,
        ),
        (
            "UPR20_Egypt_matrix",
            "A/HRC/28/16",
            "UPR of Egypt - Second Cycle – Thematic list of recommendations",
            2,
        ),
        (
            "UPR48_Slovenia_thematic_list",
            "A/HRC/59/15",
            "UPR of Slovenia (4th Cycle - 48th Session) – Thematic list of recommendations",
            4,
        ),
    ],
)
def test_document_and_symbol(name, symbol, title, cycle):
    result = _read(name)
    assert {r.symbol for r in result.records} == {symbol}
    assert result.document.title == title
    assert result.document.review.cycle == cycle
    assert result.document.type == "upr_matrix"


def test_goal_codes_of_slovenia():
    first = _read("UPR48_Slovenia_thematic_list").records[0]
    assert first.sdg_codes == ("1", "2", "3", "4", "5", "6", "7", "8")


def test_old_doc_is_refused_with_a_way_out():
    assert _FOLDER is not None
    data = (Path(_FOLDER) / "ohchr_matrices" / "UPR20_Egypt_matrix.doc").read_bytes()
    with pytest.raises(UnreadableFile, match=r"save it as \.docx"):
        detect.read(data)
