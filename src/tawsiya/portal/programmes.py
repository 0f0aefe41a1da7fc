"""What the public will see of a programme, and the reading of it again: plain data, nothing refers back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.core import instance
from tawsiya.core.errors import RuleViolated
from tawsiya.core.labels import text_of
from tawsiya.mechanisms.reference.profile import load_profile
from tawsiya.portal.indicators import PublicIndicator, compose_indicators
from tawsiya.portal.models import PublishedProgramme
from tawsiya.programme.choices import BudgetKind, LawKind, LawStage, Progress, Reach
from tawsiya.programme.models import Measure, Version
from tawsiya.programme.queries import lead_of, measures_for, supporting, tree, with_everything

Plain = dict[str, Any]


def compose(version: Version, by: Reader) -> Plain:
    """Return what the public would see of a version.

    Left out are risks, proofs, comments and reports, which stay inside; breakdowns of indicators too.

    Raises:
        RuleViolated: the version is not the adopted one.
    """
    if version.state != "adopted":
        raise RuleViolated(_("Only the adopted version of a programme is published."))
    rows, measures = measures_content(version, by)
    content = {
        "key": version.programme.key,
        "names": version.programme.names,
        "number": version.number,
        "act": {"number": version.act_number, "date": _day(version.act_date)},
        "axes": axes_of(version, rows, by),
        "measures": measures,
    }
    followed = compose_indicators(rows, by)
    # Without any, a content is the same as those published before indicators were.
    return content | {"indicators": followed} if followed else content


def measures_content(version: Version, by: Reader) -> tuple[list[Measure], list[Plain]]:
    """Return the measures of a version, and what the public would read of each."""
    rows = list(with_everything(measures_for(by).filter(version=version)).order_by("sort_key", "pk"))
    regions = _regions()
    return rows, [_measure(row, regions) for row in rows]


def axes_of(version: Version, rows: Sequence[Measure], by: Reader) -> list[Plain]:
    """Return the axes of a version from top to bottom; `rows` are its measures."""
    return [
        {"code": branch.node.code, "names": branch.node.names, "depth": branch.depth}
        for branch in tree(by, version, rows, narrowed=False)
    ]


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _regions() -> Mapping[str, Mapping[str, str]]:
    served = instance.current()
    try:
        return {row.code: dict(row.names) for row in load_profile(served.state).regions} if served else {}
    except KeyError:
        return {}


def _measure(row: Measure, regions: Mapping[str, Mapping[str, str]]) -> Plain:
    lead = lead_of(row)
    return {
        "key": str(row.key),
        "code": row.code,
        "axis": row.node.code,
        "titles": row.titles,
        "descriptions": row.descriptions,
        "lead": lead.names if lead else {},
        "supporting": [one.names for one in supporting(row)],
        "starts_on": _day(row.starts_on),
        "ends_on": _day(row.ends_on),
        "reach": row.reach,
        "places": [dict(regions.get(place, {"": place})) for place in row.places],
        "targets": list(row.targets),
        "progress": row.progress,
        "waits_for": [wait.waits_for.code for wait in row.waits.all()],
        "milestones": [
            {"titles": step.titles, "due_on": _day(step.due_on), "reached_on": _day(step.reached_on)}
            for step in row.milestones.all()
        ],
        "budget": [
            {"year": one.year, "kind": one.kind, "amount": str(one.amount)}
            | {"currency": one.currency, "source": one.source}
            for one in row.budget.all()
        ],
        "legislation": [
            {"kind": law.kind, "titles": law.titles, "number": law.number, "stage": law.stage}
            | {"since": _day(law.stage_since)}
            for law in row.legislation.all()
        ],
        "recommendations": [
            {"id": one.recommendation_id, "reference": str(one.recommendation)} for one in row.answers.all()
        ],
    }


def items_of(content: Plain) -> list[int]:
    """Return the ids of the recommendations that the measures of a programme answer."""
    return sorted({one["id"] for row in content["measures"] for one in row["recommendations"]})


@dataclass(frozen=True)
class PublicStep:
    """A milestone, as the time line draws it."""

    titles: Mapping[str, str]
    ends_on: date | None
    reached_on: date | None
    state: str
    starts_on: date | None = None
    milestone: bool = True


@dataclass(frozen=True)
class PublicMeasure:
    """A published measure; everything is read from the snapshot's content."""

    programme: str
    content: Plain
    today: date
    indicators: tuple[PublicIndicator, ...] = ()
    milestone: None = None
    reached_on: date | None = None

    @property
    def code(self) -> str:
        """The number."""
        return str(self.content["code"])

    @property
    def titles(self) -> dict[str, str]:
        """The title by language."""
        return dict(self.content["titles"])

    @property
    def starts_on(self) -> date | None:
        """The first day."""
        return _date(self.content["starts_on"])

    @property
    def ends_on(self) -> date | None:
        """The last day."""
        return _date(self.content["ends_on"])

    @property
    def progress(self) -> str:
        """How far it was when the programme was published."""
        return str(Progress(self.content["progress"]).label)

    @property
    def state(self) -> str:
        """What the colour of its bar says."""
        if self.content["progress"] in (Progress.COMPLETED, Progress.ABANDONED):
            return "done"
        return "late" if self.ends_on and self.ends_on < self.today else "open"

    @property
    def steps(self) -> list[PublicStep]:
        """The milestones."""
        found = []
        for row in self.content["milestones"]:
            due, reached = _date(row["due_on"]), _date(row["reached_on"])
            late = reached is None and due is not None and due < self.today
            state = "done" if reached else "late" if late else "open"
            found.append(PublicStep(row["titles"], due, reached, state))
        return found

    @property
    def places(self) -> list[str]:
        """Where it is carried out, in words."""
        return [str(Reach(self.content["reach"]).label), *(text_of(row) for row in self.content["places"])]

    @property
    def budget(self) -> list[Plain]:
        """The amounts, with the words of their kinds."""
        return [
            row | {"kind": BudgetKind(row["kind"]).label, "amount": Decimal(row["amount"])}
            for row in self.content["budget"]
        ]

    @property
    def legislation(self) -> list[Plain]:
        """The texts of law, with the words of their kinds and stages."""
        return [
            row
            | {"kind": LawKind(row["kind"]).label, "stage": LawStage(row["stage"]).label}
            | {"since": _date(row["since"])}
            for row in self.content["legislation"]
        ]


@dataclass(frozen=True)
class PublicProgramme:
    """A published programme."""

    row: PublishedProgramme
    today: date

    @property
    def content(self) -> Plain:
        """All that was published."""
        return dict(self.row.content)

    @property
    def act_date(self) -> date | None:
        """The day of the act of adoption."""
        return _date(self.content["act"]["date"])

    @property
    def measures(self) -> list[PublicMeasure]:
        """The measures in their order, each with the indicators that follow it."""
        indicators = self.indicators
        return [
            PublicMeasure(
                self.row.key,
                row,
                self.today,
                tuple(one for one in indicators if row["code"] in one.content["measures"]),
            )
            for row in self.content["measures"]
        ]

    @property
    def indicators(self) -> list[PublicIndicator]:
        """The indicators that follow its measures; what was published before indicators were has none."""
        return [PublicIndicator(row) for row in self.content.get("indicators", ())]

    def axes(self) -> Iterator[tuple[Plain, list[PublicMeasure]]]:
        """Yield the axes with the measures that stand right under each."""
        measures = self.measures
        for axis in self.content["axes"]:
            yield axis, [row for row in measures if row.content["axis"] == axis["code"]]


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
