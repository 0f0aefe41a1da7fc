"""The round numbers of the drawing of an indicator."""

import pytest

from tawsiya.programme.trend import ticks_of


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (60, 80, [60, 65, 70, 75, 80]),
        (3, 97, [0, 25, 50, 75, 100]),
        (0, 0, [0, 0.25]),
        (5, 5, [4, 6]),
        (-2, 2, [-2, -1, 0, 1, 2]),
        (1200, 1300, [1200, 1225, 1250, 1275, 1300]),
        (0.01, 0.04, [0, 0.01, 0.02, 0.03, 0.04]),
    ],
)
def test_ticks_are_round_and_hold_every_value(low: float, high: float, expected: list[float]) -> None:
    ticks = ticks_of(low, high)
    assert ticks == expected
    assert ticks[0] <= low and high <= ticks[-1]
