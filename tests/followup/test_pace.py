"""When a reminder is due, whom it reaches, and what a worker that comes late makes of it."""

from datetime import date, timedelta

import pytest

from tawsiya.followup.pace import Pace, Rung, step_due

PACE = Pace(before=(14, 7, 1), every=7, validator_after=8, head_after=15)
DEADLINE, SENT = date(2031, 3, 31), date(2031, 3, 1)


@pytest.mark.parametrize(
    ("day", "offset", "rung"),
    [
        ("2031-03-16", None, None),
        ("2031-03-17", -14, Rung.FOCAL_POINT),
        # Late by six days: the step of the 17th, told once, is still the latest.
        ("2031-03-23", -14, Rung.FOCAL_POINT),
        ("2031-03-24", -7, Rung.FOCAL_POINT),
        ("2031-03-30", -1, Rung.FOCAL_POINT),
        ("2031-03-31", -1, Rung.FOCAL_POINT),
        ("2031-04-01", 1, Rung.FOCAL_POINT),
        ("2031-04-07", 1, Rung.FOCAL_POINT),
        ("2031-04-08", 8, Rung.VALIDATOR),
        ("2031-04-15", 15, Rung.HEAD),
        ("2031-06-30", 85, Rung.HEAD),
    ],
)
def test_the_latest_step_is_due(day: str, offset: int | None, rung: Rung | None) -> None:
    step = step_due(PACE, deadline=DEADLINE, since=SENT, today=date.fromisoformat(day))
    assert (step and step.offset, step and step.rung) == (offset, rung)


def test_what_was_told_a_moment_ago_is_not_reminded_of() -> None:
    # Sent five days before the deadline: the steps of the fourteenth and the seventh day are past.
    since = DEADLINE - timedelta(days=5)
    for days in range(4):
        assert step_due(PACE, deadline=DEADLINE, since=since, today=since + timedelta(days=days)) is None
    step = step_due(PACE, deadline=DEADLINE, since=since, today=DEADLINE - timedelta(days=1))
    assert step is not None
    assert step.offset == -1


def test_without_reminders_before_it_the_first_comes_the_day_after() -> None:
    pace = Pace(before=(), every=30, validator_after=31, head_after=61)
    steps = [
        step_due(pace, deadline=DEADLINE, since=SENT, today=DEADLINE + timedelta(days=days))
        for days in (0, 1, 31, 61)
    ]
    assert [step and (step.offset, step.rung) for step in steps] == [
        None,
        (1, Rung.FOCAL_POINT),
        (31, Rung.VALIDATOR),
        (61, Rung.HEAD),
    ]
