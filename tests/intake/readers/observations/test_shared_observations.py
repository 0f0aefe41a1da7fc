"""The real concluding observations, against what was counted and read in them by eye."""

import csv
import functools

import pytest

from tawsiya.intake.readers import detect
from tests.intake.readers.matrixpeer import shared_data
from tests.intake.readers.observations.key import ASKING, ASKING_PARAGRAPHS, DEADLINES, ITEMS

_FOLDER = shared_data()
pytestmark = pytest.mark.skipif(
    _FOLDER is None,
    reason="The real observations are not here: set TAWSIYA_SHARED_DATA to the folder of shared data",
)
CERD_WORD = "CERD_C_URY_CO_21-23.en.docx"


def rows():
    assert _FOLDER is not None
    with (_FOLDER / "concluding_observations" / "manifest.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@functools.cache
def read(name):
    assert _FOLDER is not None
    return detect.read((_FOLDER / "concluding_observations" / name).read_bytes())


@pytest.mark.parametrize("name", [row["file"] for row in rows()] if _FOLDER else [])
def test_every_numbered_paragraph_is_there(name):
    row = next(row for row in rows() if row["file"] == name)
    result = read(name)
    numbers = [r.paragraph for r in result.records if r.subparagraph is None]
    assert numbers == [str(n) for n in range(1, int(row["numbered_paragraphs"]) + 1)]
    assert {(r.symbol, r.language) for r in result.records} == {(row["symbol"], row["language"])}
    damaged = row["language"] == "ar"
    assert ("text_damaged" in [w.code for w in result.warnings]) is damaged
    assert all(("text_damaged" in [w.code for w in r.warnings]) is damaged for r in result.records)


@pytest.mark.parametrize("name", sorted(ASKING))
def test_what_asks_is_called_a_recommendation(name):
    asking = {
        f"{r.paragraph}{'.' + r.subparagraph if r.subparagraph else ''}"
        for r in read(name).records
        if r.kind == "recommendation"
    }
    assert asking == set(ASKING[name])


@pytest.mark.parametrize("name", sorted(ASKING_PARAGRAPHS))
def test_what_asks_is_known_where_letters_are_damaged(name):
    records = read(name).records
    asking = [r.paragraph for r in records if r.kind == "recommendation" and r.subparagraph is None]
    assert asking == ASKING_PARAGRAPHS[name]


@pytest.mark.parametrize("name", sorted(ITEMS))
def test_items_are_counted(name):
    found: dict[str, int] = {}
    for record in read(name).records:
        if record.subparagraph:
            found[record.paragraph or ""] = found.get(record.paragraph or "", 0) + 1
    assert found == ITEMS[name]


@pytest.mark.parametrize("name", sorted(DEADLINES))
def test_deadlines(name):
    due = [
        (d.kind, d.due.isoformat() if d.due else None, d.within_months, d.paragraph, list(d.items))
        for d in read(name).deadlines
    ]
    assert due == DEADLINES[name]


def test_the_text_is_clean():
    """No page header, job number, footnote or its mark stands in a paragraph."""
    for row in rows():
        for record in read(row["file"]).records:
            assert "GE." not in record.text
            assert row["symbol"] not in record.text
            assert "Adopted by the Committee at its" not in record.text
    mexico = {r.paragraph: r.text for r in read("CRPD_C_MEX_CO_2-3.en.pdf").records if r.subparagraph is None}
    assert mexico["2"].endswith("list of issues.")
    norway = {r.paragraph: r.text for r in read("CRPD_C_NOR_CO_1.fr.pdf").records if r.subparagraph is None}
    assert " no 6 (2018)" in norway["8"]
