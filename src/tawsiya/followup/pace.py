"""When an institution is reminded of a deadline, and who is told: plain data and pure functions, no Django.

Before the deadline whoever has the next step is reminded on chosen days; after it on the next day and
then at a fixed pace, and the reminder climbs: focal point, validator, head of institution. The delegation
is told when it reaches the head.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Rung(StrEnum):
    """How far up a reminder has climbed."""

    FOCAL_POINT = "focal_point"
    VALIDATOR = "validator"
    HEAD = "head"


@dataclass(frozen=True)
class Pace:
    """The pace of a questionnaire, or of assignments. All numbers are days.

    before: days before the deadline on which to remind.
    every: distance of the reminders after it; at least one.
    validator_after, head_after: days overdue from which on the validator, and the head, are told too.
    """

    before: tuple[int, ...]
    every: int
    validator_after: int
    head_after: int


# Of assignments, until a coordinator sets another; the days within which one is to be answered.
USUAL = Pace(before=(14, 7, 1), every=7, validator_after=7, head_after=21)
ANSWER_WITHIN = 14


@dataclass(frozen=True)
class Step:
    """One reminder: its day, how many days it is from the deadline (negative before it), whom it reaches."""

    on: date
    offset: int
    rung: Rung

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline has passed."""
        return self.offset > 0


def _rung(pace: Pace, overdue: int) -> Rung:
    if overdue >= pace.head_after:
        return Rung.HEAD
    return Rung.VALIDATOR if overdue >= pace.validator_after else Rung.FOCAL_POINT


def _steps(pace: Pace, deadline: date, until: date) -> Iterator[Step]:
    for days in sorted(set(pace.before), reverse=True):
        yield Step(deadline - timedelta(days=days), -days, Rung.FOCAL_POINT)
    overdue = 1
    while deadline + timedelta(days=overdue) <= until:
        yield Step(deadline + timedelta(days=overdue), overdue, _rung(pace, overdue))
        overdue += pace.every


def step_due(pace: Pace, *, deadline: date, since: date, today: date) -> Step | None:
    """Return the latest reminder whose day has come; earlier ones that were missed are overtaken by it.

    Args:
        since: the day on which the request (or its new deadline) was told: no reminder is due up to then.
    """
    due = [step for step in _steps(pace, deadline, today) if since < step.on <= today]
    return due[-1] if due else None


def answer_due(told: date, within: int, deadline: date | None) -> date:
    """Return the day by which an institution is to accept or refuse: never after the assignment's deadline.

    Args:
        told: the day on which it was asked.
        within: days.
    """
    due = told + timedelta(days=within)
    return due if deadline is None else max(told, min(due, deadline))
