"""The steering page as its template and its PDF take it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.charting import chart_of
from tawsiya.analysis.crossing import Crossing, Value
from tawsiya.audit.kept import until_next_act
from tawsiya.core.charts import Chart
from tawsiya.core.formats import localise_percent
from tawsiya.dashboards.steering import due, moves
from tawsiya.dashboards.steering.pace import Pace, paces_of, totals
from tawsiya.dashboards.steering.standing import (
    AXIS,
    BODY,
    INSTITUTION,
    VISIT,
    Standing,
    address,
    standing_of,
)
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.filters import NONE

# How much of each list stands on the page; the link beside it leads to the rest.
ROWS, PACES, MOVES, DUES = 12, 10, 8, 8

DONE = (Status.IMPLEMENTED.value, Status.ACTED_UPON.value)
UNDER_WAY = (Status.IN_PROGRESS.value, Status.PARTLY_IMPLEMENTED.value, Status.UNDER_STUDY.value)


@dataclass(frozen=True)
class Section:
    """The status by one dimension: its crossing, its picture, the lines of its table."""

    name: str
    title: str
    crossing: Crossing
    icon: str

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The first rows, each with a cell for every status."""
        return [
            {
                "value": row,
                "cells": [
                    {"column": column, "cell": self.crossing.cells.get((i, j))}
                    for j, column in enumerate(self.crossing.columns)
                ],
            }
            for i, row in enumerate(self.crossing.rows[:ROWS])
        ]

    @cached_property
    def is_cut(self) -> bool:
        """Whether the table shows less than there is."""
        return len(self.crossing.rows) > ROWS

    @cached_property
    def whole_url(self) -> str:
        """The page of analysis that crosses the same two dimensions, every row of them."""
        query = {"rows": self.name, "columns": "status", "chart": "shares", "withdrawn": "no"}
        return f"{reverse('analysis:crossing')}?{urlencode(query)}"

    @cached_property
    def chart(self) -> Chart:
        """The shares of each row."""
        return chart_of(self.crossing, "shares", self.title)


@dataclass
class Steering:
    """Everything on the page.

    days: the period, back for what moved and ahead for what falls due.
    """

    days: int
    today: date
    standing: Standing
    paces: Sequence[Pace]
    moved: dict[str, int]
    newly_done: int
    moves: list[moves.Move]
    due_counts: dict[str, int]
    dues: list[due.Due]
    sections: list[Section] = field(default_factory=list)

    @cached_property
    def segments(self) -> list[dict[str, Any]]:
        """The statuses as the component `distribution` takes them."""
        return [
            {
                "code": "no_status" if value.code == NONE else value.code,
                "label": value.label,
                "count": value.count,
                "url": value.url,
            }
            for value in self.standing.statuses
        ]

    @cached_property
    def lines_of_moves(self) -> list[dict[str, Any]]:
        """The figures of what moved, each with the address of its rows."""
        return [
            {"label": label, "count": self.moved[what], "url": moves.address(what, self.days)}
            for what, label in moves.KINDS.items()
        ]

    @cached_property
    def lines_of_dues(self) -> list[dict[str, Any]]:
        """The figures of what falls due, each with the address of its rows."""
        return [
            {"label": label, "count": self.due_counts[what], "url": due.address(what, self.days)}
            for what, label in due.KINDS.items()
        ]

    @cached_property
    def tiles(self) -> list[dict[str, Any]]:
        """The headline figures, each with the address of what it counts."""
        standing = self.standing
        late, institutions = totals(self.paces)
        return [
            _tile(_("Recommendations in force"), standing.total, standing.total_url, "list-check"),
            _part(standing, _("Implemented or acted upon"), DONE, "check-circle-fill", "success"),
            _part(standing, _("Under way"), UNDER_WAY, "hourglass-split", "progress"),
            _part(standing, _("No status yet"), (NONE,), "dash-circle"),
            _tile(
                _("Overdue assignments"),
                late,
                f"{reverse('followup:assignments')}?late=True",
                "exclamation-triangle-fill",
                tone="danger" if late else "",
            ),
            _tile(
                _("Institutions that are late"),
                institutions,
                f"{reverse('dashboards:institutions')}?late=yes",
                "building",
                tone="danger" if institutions else "",
            ),
        ]


def _tile(label: str, value: int, url: str, icon: str, *, tone: str = "") -> dict[str, Any]:
    return {
        "label": label,
        "value": value,
        "url": url,
        "icon": icon,
        "tone": tone,
        "hint": "",
        "of_all": False,
    }


def _part(
    standing: Standing, label: str, statuses: Sequence[str], icon: str, tone: str = ""
) -> dict[str, Any]:
    """Return the figure of the recommendations that have one of the statuses, with their share of all."""
    count = standing.having(statuses)
    tile = _tile(label, count, address(status=statuses), icon, tone=tone)
    return tile | {"hint": share_text(count, standing.total), "of_all": True}


def share_text(count: int, total: int) -> str:
    """Return a share for the reader, "" of nothing."""
    return localise_percent(count / total) if total else ""


def steering_of(reader: Reader, days: int) -> Steering:
    """Return the page of a reader, kept until the next act."""
    return until_next_act(lambda: _steering(reader, days), "dashboards.steering", reader.audience, days)


def _steering(reader: Reader, days: int) -> Steering:
    standing = standing_of(reader)
    latest = moves.with_items(moves.moved(reader, moves.STATUS, days)[:MOVES])
    nearest = due.with_items(due.ASSIGNMENT, due.due(reader, due.ASSIGNMENT, days)[:DUES])
    page = Steering(
        days=days,
        today=timezone.localdate(),
        standing=standing,
        paces=paces_of(reader),
        moved=moves.counts(reader, days),
        newly_done=moves.newly_implemented(reader, days),
        moves=[moves.line(moves.STATUS, row) for row in latest],
        due_counts=due.counts(reader, days),
        dues=[due.line(due.ASSIGNMENT, row) for row in nearest],
    )
    titles = {
        AXIS: (_("Status by axis"), "diagram-3"),
        BODY: (_("Status by body"), "bank"),
        VISIT: (_("Status by visit"), "signpost-split"),
        INSTITUTION: (_("Status by institution"), "building"),
    }
    page.sections = [
        Section(name, title, standing.crossings[name], icon) for name, (title, icon) in titles.items()
    ]
    return page


def values_of(crossing: Crossing, most: int) -> list[tuple[Value, list[tuple[Value, int]]]]:
    """Return the first rows with the number of each status, for paper."""
    return [
        (
            row,
            [
                (column, cell.count)
                for j, column in enumerate(crossing.columns)
                if (cell := crossing.cells.get((i, j)))
            ],
        )
        for i, row in enumerate(crossing.rows[:most])
    ]
