"""The queries of addresses."""

import pytest

from tawsiya.core.query import ids_in


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ([], []),
        (["3", "5"], [3, 5]),
        (["3, 5", "7"], [3, 5, 7]),
        (["x", "", "4,-1", "9" * 30], [4]),
    ],
)
def test_ids_are_taken_out_of_a_selection_and_nothing_else(values: list[str], ids: list[int]) -> None:
    assert ids_in(values) == ids
