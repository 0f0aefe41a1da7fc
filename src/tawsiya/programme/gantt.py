"""The time line of a version: measures and milestones by axis or by institution, what is late, what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi

from tawsiya.core.labels import text_of
from tawsiya.programme.choices import Progress
from tawsiya.programme.measure_filters import ENDED
from tawsiya.programme.models import Measure, MeasureInstitution, MeasureWait, Milestone
from tawsiya.recommendations.choices import AccessLevel

_GRID = '<use href="#tw-gantt-grid"/>'


@dataclass(frozen=True)
class Step:
    """A row of the time line: a measure, or a milestone of one.

    `waits` are those it waits for and the reader sees; `blocked` tells that one of them is not done.
    `late`: its day is past and it is not done. A measure's `starts_on` and `ends_on` may be unknown.
    """

    measure: Measure
    milestone: Milestone | None
    code: str
    title: str
    starts_on: date | None
    ends_on: date | None
    reached_on: date | None
    late: bool
    blocked: bool
    waits: tuple["Wait", ...] = ()

    @property
    def key(self) -> tuple[int, int | None]:
        """The ids of the measure and of the milestone, by which a wait names it."""
        return self.measure.pk, self.milestone.pk if self.milestone else None

    @property
    def state(self) -> str:
        """`late`, `blocked`, `done` or the progress: what the colour and the words say."""
        if self.milestone is not None:
            done = self.reached_on is not None
        else:
            done = self.measure.progress in ENDED
        if done:
            return "done"
        return "late" if self.late else "blocked" if self.blocked else "open"


@dataclass(frozen=True)
class Wait:
    """Something that comes first: its number and title, the measure it belongs to, and whether it is done.

    `milestone_id` is None where the measure itself comes first.
    """

    measure_id: int
    code: str
    title: str
    done: bool
    milestone_id: int | None = None

    @property
    def key(self) -> tuple[int, int | None]:
        """As `Step.key` of what comes first."""
        return self.measure_id, self.milestone_id


@dataclass(frozen=True)
class Lane:
    """The rows of one axis or one institution; `depth` 0 for the highest axis."""

    code: str
    title: str
    depth: int = 0
    steps: list[Step] = field(default_factory=list)


def with_time(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """Fetch what a time line shows of measures, in a constant number of queries."""
    return rows.select_related(None).prefetch_related(
        Prefetch(
            "institutions",
            MeasureInstitution.objects.filter(level=AccessLevel.LEAD).select_related("institution"),
            to_attr="leads",
        ),
        Prefetch("milestones", to_attr="steps"),
        Prefetch("waits", MeasureWait.objects.order_by("waits_for__sort_key"), to_attr="waiting"),
    )


def steps(measures: Sequence[Measure], today: date) -> dict[int, list[Step]]:
    """Return the rows of each measure by its id: itself first, then its milestones.

    Args:
        measures: all that the reader sees of a version (`with_time`): others are not named as waited for.
    """
    by_pk = {row.pk: row for row in measures}
    by_key = {step.key: (row, step) for row in measures for step in row.steps}  # type: ignore[attr-defined]  # of with_time
    return {row.pk: [_measure(row, by_pk, today), *_milestones(row, by_key, today)] for row in measures}


def _measure(row: Measure, by_pk: dict[int, Measure], today: date) -> Step:
    others = [by_pk[wait.waits_for_id] for wait in row.waiting if wait.waits_for_id in by_pk]  # type: ignore[attr-defined]  # of with_time
    waits = tuple(
        Wait(other.pk, other.code, text_of(other.titles), other.progress == Progress.COMPLETED)
        for other in others
    )
    late = row.ends_on is not None and row.ends_on < today and row.progress not in ENDED
    return Step(
        measure=row,
        milestone=None,
        code=row.code,
        title=text_of(row.titles),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reached_on=None,
        late=late,
        blocked=row.progress not in ENDED and any(not wait.done for wait in waits),
        waits=waits,
    )


def _milestones(row: Measure, by_key: dict[UUID, tuple[Measure, Milestone]], today: date) -> Iterable[Step]:
    for step in row.steps:  # type: ignore[attr-defined]  # of with_time
        waits = tuple(
            Wait(
                other.pk,
                f"{other.code}/{first.order}",
                text_of(first.titles),
                first.reached_on is not None,
                first.pk,
            )
            for other, first in (by_key[key] for key in step.waits_for if key in by_key)
        )
        yield Step(
            measure=row,
            milestone=step,
            code=f"{row.code}/{step.order}",
            title=text_of(step.titles),
            starts_on=None,
            ends_on=step.due_on,
            reached_on=step.reached_on,
            late=step.reached_on is None and step.due_on < today and row.progress not in ENDED,
            blocked=step.reached_on is None and any(not wait.done for wait in waits),
            waits=waits,
        )


def lanes_by_institution(measures: Iterable[Measure], rows: dict[int, list[Step]]) -> list[Lane]:
    """Return the rows by lead institution, those without one last."""
    lanes: dict[str, Lane] = {}
    without = Lane("", "")
    for measure in measures:
        lane = without
        for lead in measure.leads:  # type: ignore[attr-defined]  # of with_time
            name = text_of(lead.institution.names)
            lane = lanes.setdefault(lead.institution.key, Lane(lead.institution.key, name))
        lane.steps.extend(rows[measure.pk])
    return [*sorted(lanes.values(), key=lambda lane: lane.title), *([without] if without.steps else [])]


class Drawn(Protocol):
    """What a row of a time line must say to be drawn."""

    @property
    def milestone(self) -> object:
        """Something that is true for a milestone."""

    @property
    def starts_on(self) -> date | None:
        """The first day."""

    @property
    def ends_on(self) -> date | None:
        """The last day, or the day of a milestone."""

    @property
    def reached_on(self) -> date | None:
        """The day on which a milestone was reached."""

    @property
    def state(self) -> str:
        """What the colour says."""


@dataclass(frozen=True)
class Scale:
    """From the first to the last day that is drawn, in whole years; places are percents of the width.

    In a language that is written from the right, time runs from the right.
    """

    first: date
    last: date
    mirrored: bool
    today: date

    def place(self, day: date) -> float:
        """Return where a day stands, in percent from the left."""
        share = 100 * (day - self.first).days / max((self.last - self.first).days, 1)
        share = min(max(share, 0.0), 100.0)
        return 100 - share if self.mirrored else share

    @property
    def years(self) -> list[int]:
        """The years that are drawn, in their order."""
        return list(range(self.first.year, self.last.year))

    def head(self, shared: str = "") -> SafeString:
        """Return the drawing of the years, for the head of the column; `shared`: what rows use by its id."""
        marks = []
        for year in self.years:
            middle = self.place(date(year, 7, 1))
            marks.append(f'<text x="{middle:.2f}%" y="15" text-anchor="middle">{year}</text>')
        # Drawn once, and used in each row.
        drawn = f'<defs><g id="tw-gantt-grid">{self._grid()}</g>{shared}</defs>{_GRID}' + "".join(marks)
        return _svg(drawn, "tw-gantt__years")

    def span(self, step: Drawn) -> tuple[float, float] | None:
        """Return where a row begins and ends in time, in percent from the left; None where it has no place.

        The last day belongs to a measure. A milestone begins and ends on its day.
        """
        if step.milestone:
            return (self.place(step.ends_on), self.place(step.ends_on)) if step.ends_on else None
        if step.starts_on is None and step.ends_on is None:
            return None
        start = self.place(step.starts_on or self.first)
        return start, self.place(step.ends_on + timedelta(days=1) if step.ends_on else self.last)

    def bar(self, step: Drawn, behind: str = "") -> SafeString:
        """Return the drawing of a row: the bar of a measure or the mark of a milestone, over `behind`."""
        span = self.span(step)
        if span is None:
            return self.empty(behind)
        if step.milestone:
            return _svg(_GRID + behind + self._mark(span[0], step.state) + self._reached(step))
        left, width = min(span), max(abs(span[1] - span[0]), 0.4)
        open_ended = " tw-gantt__bar--open" if step.starts_on is None or step.ends_on is None else ""
        rect = (
            f'<rect class="tw-gantt__bar tw-gantt--{step.state}{open_ended}" x="{left:.2f}%" y="50%" '
            f'width="{width:.2f}%" height="12" rx="3"/>'
        )
        return _svg(_GRID + behind + rect)

    def empty(self, drawn: str = "") -> SafeString:
        """Return the drawing of a row that has no place of its own."""
        return _svg(_GRID + drawn)

    def _mark(self, place: float, state: str) -> str:
        # Nested, so that a shape keeps its form whatever the width of the column.
        return (
            f'<svg x="{place:.2f}%" y="50%" overflow="visible">'
            f'<path class="tw-gantt__mark tw-gantt--{state}" d="M0-6 6 0 0 6-6 0Z"/></svg>'
        )

    def _reached(self, step: Drawn) -> str:
        if step.reached_on is None or step.reached_on == step.ends_on:
            return ""
        place = self.place(step.reached_on)
        return f'<circle class="tw-gantt__reached" cx="{place:.2f}%" cy="50%" r="3"/>'

    def _grid(self) -> str:
        lines = [
            f'<line class="tw-gantt__year" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>'
            for x in (self.place(date(year, 1, 1)) for year in self.years[1:])
        ]
        if self.first <= self.today <= self.last:
            x = self.place(self.today)
            lines.append(f'<line class="tw-gantt__today" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>')
        return "".join(lines)


def scale(measures: Iterable[Measure], today: date) -> Scale:
    """Return the scale on which measures and milestones all find their place."""
    days = [today]
    for row in measures:
        days += [day for day in (row.starts_on, row.ends_on) if day]
        days += [step.due_on for step in row.steps]  # type: ignore[attr-defined]  # of with_time
    return scale_of(days, today, mirrored=get_language_bidi())


def scale_of(days: Sequence[date], today: date, *, mirrored: bool) -> Scale:
    """Return the scale in whole years on which all these days find their place."""
    return Scale(date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1), mirrored, today)


def _svg(content: str, kind: str = "tw-gantt__row") -> SafeString:
    # Written from numbers and names of ours alone.
    return mark_safe(f'<svg class="{kind}" width="100%" height="24" aria-hidden="true">{content}</svg>')  # noqa: S308
