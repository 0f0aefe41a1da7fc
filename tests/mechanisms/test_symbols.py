"""Symbols: every expectation below was read off the symbol by hand."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawsiya.mechanisms.symbols import (
    Kind,
    Symbol,
    find_all,
    normalise_query,
    parse,
    upr_cycle_of_wg_session,
)

FRONT_PAGES = Path(__file__).parents[3] / "shared" / "data" / "front_pages" / "symbols.json.gz"

# written, kind, body, series and the parts expected besides
CURRENT = [
    (
        "A/HRC/WG.6/27/MAR/1",
        Kind.UPR_NATIONAL_REPORT,
        "UPR",
        {"series": "A/HRC/WG.6", "session": 27, "state": "MAR", "number": 1},
    ),
    (
        "A/HRC/WG.6/48/SVN/2",
        Kind.UPR_COMPILATION,
        "UPR",
        {"session": 48, "state": "SVN"},
    ),
    ("A/HRC/WG.6/48/SVN/3", Kind.UPR_STAKEHOLDERS, "UPR", {"session": 48}),
    ("A/HRC/WG.6/1/TUN/4", Kind.OTHER, "UPR", {"session": 1, "state": "TUN"}),
    (
        "A/HRC/21/3",
        Kind.HRC_REPORT,
        None,
        {"series": "A/HRC", "session": 21, "number": 3, "state": None},
    ),
    (
        "A/HRC/22/53/Add.2",
        Kind.HRC_REPORT_ADDENDUM,
        None,
        {"session": 22, "addendum": 2},
    ),
    ("A/HRC/42/1/Corr.1", Kind.HRC_REPORT, None, {"corrigendum": 1, "addendum": None}),
    ("CCPR/C/MAR/6", Kind.STATE_REPORT, "CCPR", {"series": "CCPR/C", "number": 6}),
    (
        "CEDAW/C/MAR/RQ/5-6",
        Kind.REPLIES,
        "CEDAW",
        {"state": "MAR", "number": 5, "number_to": 6},
    ),
    ("CEDAW/C/MAR/Q/5-6", Kind.LIST_OF_ISSUES, "CEDAW", {"number": 5, "number_to": 6}),
    ("CMW/C/MAR/QPR/2", Kind.LIST_OF_ISSUES_PRIOR, "CMW", {"number": 2}),
    (
        "CERD/C/MAR/CO/19-21",
        Kind.CONCLUDING_OBSERVATIONS,
        "CERD",
        {"state": "MAR", "number": 19, "number_to": 21},
    ),
    (
        "CCPR/C/MAR/CO/6/Add.1",
        Kind.FOLLOW_UP_REPORT,
        "CCPR",
        {"number": 6, "addendum": 1},
    ),
    ("CCPR/C/MAR/FCO/6", Kind.FOLLOW_UP_REPORT, "CCPR", {"number": 6}),
    (
        "E/C.12/MAR/CO/4",
        Kind.CONCLUDING_OBSERVATIONS,
        "CESCR",
        {"series": "E/C.12", "state": "MAR", "number": 4},
    ),
    ("E/C.12/MAR/4", Kind.STATE_REPORT, "CESCR", {"number": 4}),
    (
        "CRC/C/OPSC/LKA/CO/1",
        Kind.CONCLUDING_OBSERVATIONS,
        "CRC",
        {"series": "CRC/C/OPSC", "state": "LKA"},
    ),
    (
        "HRI/CORE/MAR/2012",
        Kind.CORE_DOCUMENT,
        None,
        {"series": "HRI/CORE", "state": "MAR", "year": 2012, "number": None},
    ),
    (
        "CAT/C/72/D/871/2018",
        Kind.DECISION,
        "CAT",
        {"session": 72, "number": 871, "year": 2018, "state": None},
    ),
    ("CAT/OP/MAR/1", Kind.OTHER, "SPT", {"series": "CAT/OP", "state": "MAR"}),
    ("CCPR/C/GC/34", Kind.OTHER, "CCPR", {"state": None, "state_code": None}),
    ("CCPR/C/127/2/Add.4", Kind.OTHER, "CCPR", {"session": 127, "addendum": 4}),
    ("A/HRC/S-11/2", Kind.OTHER, None, {"session": None}),
    ("A/66/48", Kind.OTHER, None, {"series": "A"}),
]

OLD = [
    (
        "CCPR/CO/82/MAR",
        Kind.CONCLUDING_OBSERVATIONS,
        "CCPR",
        {"session": 82, "state": "MAR"},
    ),
    (
        "CRC/C/15/Add.211",
        Kind.CONCLUDING_OBSERVATIONS,
        "CRC",
        {"addendum": 211, "state": None},
    ),
    (
        "CERD/C/62/CO/5",
        Kind.CONCLUDING_OBSERVATIONS,
        "CERD",
        {"session": 62, "number": 5, "state": None},
    ),
    (
        "CEDAW/C/MOR/1",
        Kind.STATE_REPORT,
        "CEDAW",
        {"state": "MAR", "state_code": "MOR"},
    ),
    (
        "CAT/C/CR/31/2",
        Kind.CONCLUDING_OBSERVATIONS,
        "CAT",
        {"session": 31, "number": 2},
    ),
    ("E/C.12/1/Add.55", Kind.CONCLUDING_OBSERVATIONS, "CESCR", {"addendum": 55}),
    ("CCPR/C/79/Add.113", Kind.CONCLUDING_OBSERVATIONS, "CCPR", {"addendum": 113}),
    ("CCPR/C/MAR/2004/5", Kind.STATE_REPORT, "CCPR", {"year": 2004, "number": 5}),
    ("CEDAW/C/MAR/Q/4/Add.1", Kind.REPLIES, "CEDAW", {"number": 4, "addendum": 1}),
    (
        "HRI/CORE/1/Add.23/Rev.1",
        Kind.CORE_DOCUMENT,
        None,
        {"addendum": 23, "revision": 1},
    ),
    ("E/1994/104/Add.29", Kind.STATE_REPORT, "CESCR", {"addendum": 29}),
    # In a numbered series of State reports the number alone does not say so.
    ("CCPR/C/115/Add.1", Kind.OTHER, "CCPR", {"addendum": 1}),
    ("A/HRC/8/22", Kind.HRC_REPORT, None, {"session": 8, "number": 22}),
    ("E/CN.4/2005/72/Add.1", Kind.OTHER, None, {"series": "E/CN.4"}),
]


@pytest.mark.parametrize(("written", "kind", "body", "parts"), CURRENT + OLD)
def test_parts_of_a_symbol(written: str, kind: Kind, body: str | None, parts: dict[str, object]) -> None:
    symbol = parse(written)
    assert symbol.valid
    assert symbol.text == written
    assert (symbol.kind, symbol.body) == (kind, body)
    assert {name: getattr(symbol, name) for name in parts} == parts


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("cerd/c/mar/co/19–21", "CERD/C/MAR/CO/19-21"),
        (" A/HRC/21/3. ", "A/HRC/21/3"),
        ("(A/HRC/27/48/Add.1).", "A/HRC/27/48/Add.1"),
        ("A/HRC/39/43*", "A/HRC/39/43"),
        ("A / HRC / 59 / 15 / ADD.1", "A/HRC/59/15/Add.1"),
        ("A//HRC/59/15", "A/HRC/59/15"),
        ("A/HRC/WG,6/8/L.1.", "A/HRC/WG.6/8/L.1"),
        ("E/C.12/MAR/CO/4\u200f", "E/C.12/MAR/CO/4"),
        ("CERD/C/MAR/CO/19 – 21", "CERD/C/MAR/CO/19-21"),
        ("A/HRC/41/3–E/CN.6/2019/7", "A/HRC/41/3-E/CN.6/2019/7"),
    ],
)
def test_typographic_variants_lead_to_one_text(written: str, canonical: str) -> None:
    symbol = parse(written)
    assert symbol.valid
    assert symbol.text == canonical


def test_parties_that_are_not_un_states_have_a_code_but_no_state() -> None:
    for written, code in [("CEDAW/C/COK/CO/2-3", "COK"), ("CRPD/C/EU/CO/1", "EU")]:
        symbol = parse(written)
        assert (symbol.valid, symbol.state, symbol.state_code) == (True, None, code)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "and/or",
        "MAR",
        "21/3",
        "http://example.org/a/1",
        "CERD/C/XXX/CO/1",
        "CERD/C/MAR/CO/21-19",
        "CERD/C/MAR/CO",
        "FOO/C/MAR/1",
        "A/HRC",
    ],
)
def test_what_is_no_symbol_is_not_valid(written: str) -> None:
    assert not parse(written).valid


def test_cycle_follows_the_working_group_session_only() -> None:
    expected = {
        1: 1,
        12: 1,
        13: 2,
        26: 2,
        27: 3,
        40: 3,
        41: 4,
        54: 4,
        0: None,
        55: None,
    }
    assert {n: upr_cycle_of_wg_session(n) for n in expected} == expected
    assert parse("A/HRC/WG.6/27/MAR/1").upr_cycle == 3
    assert parse("A/HRC/36/6").upr_cycle is None


def test_symbols_in_running_text() -> None:
    text = (
        "The Committee recalls its previous concluding observations (CERD/C/MAR/CO/17-18, "
        "para. 12) and/or A/HRC/WG.6/27/MAR/1; see also A/HRC/36/6/Add.1. The report "
        "(CERD/C/MAR/19–21) and CERD/C/MAR/CO/17-18 again; km/h, 24/7."
    )
    assert [s.text for s in find_all(text)] == [
        "CERD/C/MAR/CO/17-18",
        "A/HRC/WG.6/27/MAR/1",
        "A/HRC/36/6/Add.1",
        "CERD/C/MAR/19-21",
    ]


def test_symbols_in_arabic_text() -> None:
    text = "الملاحظات الختامية (\u200eE/C.12/MAR/CO/4\u200f) والوثيقة CCPR/C/MAR/CO/6."
    assert [s.text for s in find_all(text)] == ["E/C.12/MAR/CO/4", "CCPR/C/MAR/CO/6"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cerd c mar co 19-21", "CERD/C/MAR/CO/19-21"),
        ("cerd c mar co 19 21", "CERD/C/MAR/CO/19-21"),
        ("cerd/c/mar/co/19 - 21", "CERD/C/MAR/CO/19-21"),
        ("ccpr mar co 6", "CCPR/C/MAR/CO/6"),
        ("e c 12 mar co 4", "E/C.12/MAR/CO/4"),
        ("e c.12 mar co 4", "E/C.12/MAR/CO/4"),
        ("a hrc 36 6 add 1", "A/HRC/36/6/Add.1"),
        ("a hrc wg 6 27 mar 1", "A/HRC/WG.6/27/MAR/1"),
        ("ccpr co 82 mar", "CCPR/CO/82/MAR"),
        ("hri core mar 2012", "HRI/CORE/MAR/2012"),
        ("A/HRC/36/6", "A/HRC/36/6"),
        ("torture in detention", None),
        ("a 36 6", None),
        ("crc", None),
        ("", None),
    ],
)
def test_symbols_as_people_type_them(typed: str, expected: str | None) -> None:
    assert normalise_query(typed) == expected


@settings(max_examples=500)
@given(st.text(max_size=200))
def test_no_text_makes_parsing_fail_and_the_canonical_text_is_stable(text: str) -> None:
    symbol = parse(text)
    assert parse(symbol.text) == symbol
    find_all(text)
    normalise_query(text)


SYMBOL_LIKE = st.lists(
    st.sampled_from(
        [
            "A",
            "E",
            "HRC",
            "WG.6",
            "C",
            "C.12",
            "CERD",
            "CRC",
            "CO",
            "Q",
            "MAR",
            "MOR",
            "XX",
            "D",
            "GC",
            "1",
            "19-21",
            "7",
            "2012",
            "Add.1",
            "Corr.2",
            "Rev.1",
            "15",
            "–",
            "",
        ]
    ),
    max_size=9,
).map("/".join)


@settings(max_examples=500)
@given(SYMBOL_LIKE)
def test_symbol_like_texts_are_stable_and_found_again(text: str) -> None:
    symbol = parse(text)
    assert parse(symbol.text) == symbol
    assert isinstance(symbol, Symbol)
    if symbol.valid and "-E/" not in symbol.text:
        assert [found.text for found in find_all(f"see {symbol.text}, para. 4")] == [symbol.text]


@pytest.mark.skipif(not FRONT_PAGES.exists(), reason="the 800 front pages are not present")
def test_symbols_of_800_front_pages() -> None:
    with gzip.open(FRONT_PAGES, "rt", encoding="utf-8") as lines:
        labels = [row["label"] for row in json.load(lines)]
    assert len(labels) == 800
    assert [label for label in labels if not parse(label).valid] == []
