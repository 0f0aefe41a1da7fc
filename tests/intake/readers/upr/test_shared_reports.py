"""The real reports and Slovenia's addendum, against what was counted in them and the rows beside them."""

import gzip
import json
from collections import Counter

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.upr_report_front import read_front
from tawsiya.intake.readers.upr_report_source import Source
from tests.intake.readers.matrixpeer import shared_data
from tests.intake.readers.upr.peer import COUNTS, ROWS, compare, shared_rows

_FOLDER = shared_data()
pytestmark = pytest.mark.skipif(
    _FOLDER is None,
    reason="The real reports are not here: set TAWSIYA_SHARED_DATA to the folder of shared data",
)

# Differences in number or wording that remain, each decided by the PDF.
EXPLAINED = {
    "algeria2012": {
        "numbers: 129.13 (row 129)",  # the row lost what follows the point
        "texts: 129.1 (row 129.1.2)",  # printed as one paragraph, divided in the rows
        "numbers: 129.1 (row 129.1.2)",
    },
    "bahrain2012": {"numbers: 155.77 (row 115.77)"},  # misprinted in the PDF
    "senegal2013": {
        "numbers: 123.33 (row 123)",
        "numbers: 124.119 (row 124.1)",
        "numbers: 125.19 (row 125)",
        "numbers: 126.14 (row 126)",
        "texts: 124.11 (row 124.10.1)",  # the row kept its number in the text
        "numbers: 124.11 (row 124.10.1)",
        *(f"texts: 124.{n} (row 124.{n})" for n in (55, 57, 69, 77, 78, 104)),  # "Habr-" for "Habré"
    },
}
PARTS = {"algeria2012": 6, "egypt2010": 7}
SYMBOLS = {
    "algeria2012": ("A/HRC/21/13", 2, 13, "DZA", "2012-07-05"),
    "bahrain2012": ("A/HRC/21/6", 2, 13, "BHR", "2012-07-06"),
    "egypt2010": ("A/HRC/14/17", 1, 7, "EGY", "2010-03-26"),
    "france2013": ("A/HRC/23/3", 2, 15, "FRA", "2013-03-21"),
    "jordan2013": ("A/HRC/25/9", 2, 17, "JOR", "2014-01-06"),
    "mauritania2011": ("A/HRC/16/17", 1, 9, "MRT", "2011-01-04"),
    "morocco2008": ("A/HRC/8/22", 1, 1, "MAR", "2008-05-22"),
    "senegal2009": ("A/HRC/11/24", 1, 4, "SEN", "2009-10-05"),
    "senegal2013": ("A/HRC/25/4", 2, 17, "SEN", "2013-12-11"),
    "tunisia2008": ("A/HRC/8/21", 1, 1, "TUN", "2008-05-22"),
}


def read(name, folder="upr_reports"):
    assert _FOLDER is not None
    return detect.read((_FOLDER / folder / f"{name}.pdf").read_bytes())


def recommendations(result):
    return [record for record in result.records if record.kind == "recommendation"]


@pytest.mark.parametrize("name", COUNTS)
def test_every_paragraph_is_accounted_for(name):
    result = read(name)
    found = Counter((r.position or "none") if r.kind == "recommendation" else r.kind for r in result.records)
    assert found == COUNTS[name]
    mains = [int(r.paragraph) for r in result.records if r.kind != "recommendation"]
    assert mains == list(range(1, len(mains) + 1))
    for record in recommendations(result):
        assert record.recommending_states, record.paragraph
        assert not record.recommending_states_unrecognised, record.paragraph
        assert record.boxes, record.paragraph
        assert record.page == record.boxes[0][0]


@pytest.mark.parametrize("name", ROWS)
def test_against_the_rows(name):
    assert _FOLDER is not None
    comparison = compare(shared_rows(_FOLDER, name), recommendations(read(name)))
    assert comparison.found == comparison.rows
    assert comparison.parts == PARTS.get(name, 0)
    assert set(comparison.different) == EXPLAINED.get(name, set())
    assert set(comparison.extra) == ({"128.12"} if name == "algeria2012" else set())


@pytest.mark.parametrize("name", SYMBOLS)
def test_what_the_document_is(name):
    result = read(name)
    review = result.document.review
    assert result.document.date is not None
    assert (
        result.records[0].symbol,
        review.cycle,
        review.session,
        review.state,
        result.document.date.isoformat(),
    ) == SYMBOLS[name]


def test_slovenia_and_its_answers():
    report = read("A_HRC_59_15", "slovenia")
    assert [r.paragraph for r in recommendations(report)] == [f"140.{n}" for n in range(1, 255)]
    assert {r.position for r in recommendations(report)} == {None}
    addendum = read("A_HRC_59_15_Add.1", "slovenia")
    found = {r.paragraph: r for r in recommendations(addendum)}
    # "Slovenia received 254 recommendations …, of which 217 are supported and 37 noted."
    assert Counter(r.position for r in found.values()) == {"supported": 217, "noted": 37}
    assert {r.symbol for r in found.values()} == {"A/HRC/59/15"}
    assert found["140.85"].comment.startswith("Slovenia implements anti-trafficking measures")
    assert found["140.87"].comment == found["140.85"].comment
    assert found["140.253"].position == "noted"
    assert found["140.241"].position == "supported"  # named again under "Noted", with its comment only


def test_front_pages_of_other_documents_are_told_apart():
    """162 of the 800 first pages are of reports of the Working Group or their addenda."""
    assert _FOLDER is not None
    with gzip.open(_FOLDER / "front_pages" / "symbols.json.gz", "rt", encoding="utf-8") as stream:
        pages = [page["text"].split("\n") for page in json.load(stream)]
    fronts = [read_front(Source((), tuple(line for line in page if line.strip()))) for page in pages]
    known = [front for front in fronts if front is not None]
    assert Counter(front.kind for front in known) == {"upr_report": 153, "upr_addendum": 9}
    for front in known:
        assert front.symbol, front.info.title
        assert front.info.review.state, front.symbol
        assert front.info.review.cycle, front.symbol
        assert front.info.date, front.symbol
