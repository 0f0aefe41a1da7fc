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
    """Something that comes first: its number and title, the measure it belongs to, and whether it is done."""

    measure_id: int
    code: str
    title: str
    done: bool


@dataclass(frozen=True)
class Lane:
    """The rows of one axis or one institution; `depth` 0 for the highest axis."""

    code: str
    title: str
    depth: int = 0
    steps: list[Step] = field(default_factory=list)


def with_time(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """Fetch what a time line shows of measures, in a constant number of queries."""
    return rows.select_related("node").prefetch_related(
        Prefetch(
            "institutions",
            MeasureInstitution.objects.filter(level=AccessLevel.LEAD).select_related("institution"),
            to_attr="leads",
        ),
        "milestones",
        Prefetch("waits", MeasureWait.objects.order_by("waits_for__sort_key"), to_attr="waiting"),
    )


def steps(measures: Sequence[Measure], today: date) -> dict[int, list[Step]]:
    """Return the rows of each measure by its id: itself first, then its milestones.

    Args:
        measures: all that the reader sees of a version (`with_time`): others are not named as waited for.
    """
    by_pk = {row.pk: row for row in measures}
    by_key = {step.key: (row, step) for row in measures for step in row.milestones.all()}
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
    for step in row.milestones.all():
        waits = tuple(
            Wait(other.pk, f"{other.code}/{first.order}", text_of(first.titles), first.reached_on is not None)
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

    def head(self) -> SafeString:
        """Return the drawing of the years, for the head of the column."""
        marks = []
        for year in self.years:
            middle = self.place(date(year, 7, 1))
            marks.append(f'<text x="{middle:.2f}%" y="15" text-anchor="middle">{year}</text>')
        # Drawn once, and used in each row.
        return _svg(f'<defs><g id="tw-gantt-grid">{self._grid()}</g></defs>{_GRID}' + "".join(marks))

    def bar(self, step: Drawn) -> SafeString:
        """Return the drawing of a row: the bar of a measure, the mark of a milestone."""
        if step.milestone:
            return _svg(_GRID + self._mark(step.ends_on, step.state) + self._reached(step))
        if step.starts_on is None and step.ends_on is None:
            return _svg(_GRID)
        start = self.place(step.starts_on or self.first)
        # The last day belongs to the measure.
        end = self.place(step.ends_on + timedelta(days=1) if step.ends_on else self.last)
        left, width = min(start, end), max(abs(end - start), 0.4)
        open_ended = " tw-gantt__bar--open" if step.starts_on is None or step.ends_on is None else ""
        rect = (
            f'<rect class="tw-gantt__bar tw-gantt--{step.state}{open_ended}" x="{left:.2f}%" y="6" '
            f'width="{width:.2f}%" height="12" rx="3"/>'
        )
        return _svg(_GRID + rect)

    def _mark(self, day: date | None, state: str) -> str:
        if day is None:
            return ""
        # Nested, so that a shape keeps its form whatever the width of the column.
        return (
            f'<svg x="{self.place(day):.2f}%" y="12" overflow="visible">'
            f'<path class="tw-gantt__mark tw-gantt--{state}" d="M0-6 6 0 0 6-6 0Z"/></svg>'
        )

    def _reached(self, step: Drawn) -> str:
        if step.reached_on is None or step.reached_on == step.ends_on:
            return ""
        place = self.place(step.reached_on)
        return f'<circle class="tw-gantt__reached" cx="{place:.2f}%" cy="12" r="3"/>'

    def _grid(self) -> str:
        lines = [
            f'<line class="tw-gantt__year" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="24"/>'
            for x in (self.place(date(year, 1, 1)) for year in self.years[1:])
        ]
        if self.first <= self.today <= self.last:
            x = self.place(self.today)
            lines.append(f'<line class="tw-gantt__today" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="24"/>')
        return "".join(lines)


def scale(measures: Iterable[Measure], today: date) -> Scale:
    """Return the scale on which measures and milestones all find their place."""
    days = [today]
    for row in measures:
        days += [day for day in (row.starts_on, row.ends_on) if day]
        days += [step.due_on for step in row.milestones.all()]
    return scale_of(days, today, mirrored=get_language_bidi())


def scale_of(days: Sequence[date], today: date, *, mirrored: bool) -> Scale:
    """Return the scale in whole years on which all these days find their place."""
    return Scale(date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1), mirrored, today)


def _svg(content: str) -> SafeString:
    # Written from numbers and names of ours alone.
    drawing = f'<svg class="tw-gantt__row" width="100%" height="24" aria-hidden="true">{content}</svg>'
    return mark_safe(drawing)  # noqa: S308
