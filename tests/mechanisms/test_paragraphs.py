"""Sort keys of paragraph labels; the orders below are those of UN documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawsiya.mechanisms.symbols import paragraph_key


@pytest.mark.parametrize(
    "in_order",
    [
        [
            "4 (a)",
            "12",
            "31",
            "31 (a)",
            "31(b)",
            "31(b)(i)",
            "31(b)(ii)",
            "31(b)(iv)",
            "31(b)(ix)",
        ],
        [
            "140.7",
            "140.7 (a)",
            "140.7 (b)",
            "140.7 bis",
            "140.7 ter",
            "140.8",
            "140.10",
            "141",
        ],
        ["5 (h)", "5 (i)", "5 (j)", "5 (v)", "5 (z)", "5 (aa)", "5 (bb)", "6"],
        ["5", "5 (أ)", "5 (ب)", "5 (ج)", "5 (د)", "5 (هـ)", "5 (و)", "5 مكررا", "6"],
        ["9", "٢٠", "100"],
    ],
)
def test_labels_sort_as_in_the_document(in_order: list[str]) -> None:
    keys = [paragraph_key(label) for label in in_order]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_the_same_label_written_differently_has_one_key() -> None:
    assert paragraph_key("31(b)(ii)") == paragraph_key("31 (b) (ii)") == paragraph_key("31.b.ii.")
    assert paragraph_key("12") == "5000012"
    assert paragraph_key("140.7") == "50001405000007"
    assert paragraph_key("") == ""


@given(st.text(max_size=100))
def test_any_label_gives_digits_in_sevens(label: str) -> None:
    key = paragraph_key(label)
    assert key == "" or (key.isascii() and key.isdigit())
    assert len(key) % 7 == 0
