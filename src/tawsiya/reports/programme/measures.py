"""What a document says of measures: plain words in the reader's language, each thing that belongs to one.

The plan as it stands, and beside it what approved reports say of its execution, as the reader sees it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tawsiya.accounts.reader import Reader
from tawsiya.core import instance
from tawsiya.core.formats import localise_date, localise_number
from tawsiya.core.labels import text_of
from tawsiya.core.templatetags.tawsiya import direction_of
from tawsiya.programme.choices import LawStage
from tawsiya.programme.execution import Execution, LawState, Money, executions, laws, money
from tawsiya.programme.indicator_choices import GoalKind
from tawsiya.programme.indicator_queries import Followed, followed_by_measures
from tawsiya.programme.indicator_words import number_text
from tawsiya.programme.models import IndicatorGoal, Measure, MeasureReport, Milestone
from tawsiya.programme.queries import last_reports, lead_of, measures_for, supporting
from tawsiya.programme.queries import regions as regions_of

Plain = dict[str, Any]


class Measures:
    """Looks up, in a constant number of queries, what documents say of some measures (`with_everything`)."""

    def __init__(self, reader: Reader, rows: Sequence[Measure]) -> None:
        keys = [row.key for row in rows]
        served = instance.current()
        self.places = {code: text_of(names) for code, names in regions_of(served.state if served else "")}
        self.executions = executions(reader, keys)
        self.followed = followed_by_measures(reader, keys)
        self.reports = last_reports(reader, keys)
        versions = {row.version_id for row in rows}
        seen = measures_for(reader).filter(version__in=versions).order_by()
        self.seen = set(seen.values_list("pk", flat=True))
        wanted = {key for row in rows for step in row.milestones.all() for key in step.waits_for}
        steps = Milestone.objects.filter(key__in=wanted, measure__in=seen.values("pk")).select_related(
            "measure"
        )
        self.steps: dict[tuple[int, UUID], Milestone] = {
            (step.measure.version_id, step.key): step for step in steps
        }

    def told(self, measure: Measure) -> Plain:
        """Return what is said of one measure."""
        execution = self.executions.get(measure.key, Execution())
        amounts, texts = money(measure, execution), laws(measure, execution)
        basics = [(label, value) for label, value in self._basics(measure) if value]
        lines = [(label, value) for label, value in _lines(amounts, texts) if value]
        return {
            "code": measure.code,
            "title": text_of(measure.titles),
            "description": text_of(measure.descriptions),
            "progress": str(measure.get_progress_display()),
            "basics": [{"label": label, "value": value} for label, value in basics],
            "facts": [{"label": label, "value": value} for label, value in basics + lines],
            "milestones": [self._milestone(measure, step) for step in measure.milestones.all()],
            "money": [_money(row) for row in amounts],
            "laws": [_law(row) for row in texts],
            "indicators": [_indicator(row) for row in self.followed.get(measure.key, ())],
            "report": _report(self.reports.get(measure.key)),
            "references": [str(row.recommendation) for row in measure.answers.all()],
        }

    def _basics(self, measure: Measure) -> Iterable[tuple[str, str]]:
        lead = lead_of(measure)
        yield _("Lead institution"), text_of(lead.names) if lead else ""
        yield _("Supporting institutions"), "\n".join(text_of(row.names) for row in supporting(measure))
        yield _("Start date"), _day(measure.starts_on)
        yield _("End date"), _day(measure.ends_on)
        yield _("Progress"), str(measure.get_progress_display())
        places = [self.places.get(place, place) for place in measure.places]
        yield _("Place"), "\n".join([str(measure.get_reach_display()), *places])
        yield _("SDG targets"), ", ".join(measure.targets)
        waits = [row.waits_for.code for row in measure.waits.all() if row.waits_for_id in self.seen]
        yield _("Waits for"), ", ".join(waits)
        yield _("Risks"), measure.risks

    def _milestone(self, measure: Measure, step: Milestone) -> Plain:
        found = (self.steps.get((measure.version_id, key)) for key in step.waits_for)
        return {
            "title": text_of(step.titles),
            "due": _day(step.due_on),
            "reached": _day(step.reached_on),
            "proof": step.proof,
            "waits": ", ".join(f"{one.measure.code}/{one.order}" for one in found if one),
        }


def _day(day: date | None) -> str:
    return localise_date(day) if day else ""


def _amount(value: Decimal | None) -> str:
    return "" if value is None else localise_number(value)


def _money(row: Money) -> Plain:
    return {
        "year": str(row.year),
        "currency": row.currency,
        "source": row.source,
        "planned": _amount(row.planned),
        "committed": _amount(row.committed),
        "spent": _amount(row.spent),
        "as_of": _("reported on %(date)s") % {"date": _day(row.as_of)} if row.as_of else "",
    }


def _law(row: LawState) -> Plain:
    return {
        "kind": str(row.law.get_kind_display()),
        "title": text_of(row.law.titles),
        "number": row.number,
        "stage": row.stage_name,
        "since": _day(row.since),
        "reported": _("as reported") if row.reported else "",
        "planned": str(LawStage(row.law.stage).label),
    }


def _lines(amounts: Iterable[Money], texts: Iterable[LawState]) -> Iterable[tuple[str, str]]:
    """Yield money and laws as lines of text, for templates that have no table for them."""
    names = (("planned", _("Planned")), ("committed", _("Committed")), ("spent", _("Spent")))
    yield (
        _("Budget"),
        "\n".join(
            f"{row.year} · {word}: {localise_number(value)} {row.currency} ({row.source})"
            for row in amounts
            for name, word in names
            if (value := getattr(row, name)) is not None
        ),
    )
    yield (
        _("Legislation"),
        "\n".join(
            f"{row.law.get_kind_display()}: {text_of(row.law.titles)} {row.number} ({row.stage_name})"
            for row in texts
        ),
    )


def _indicator(row: Followed) -> Plain:
    indicator, standing = row.standing.indicator, row.standing

    def goals(kind: GoalKind) -> str:
        return "\n".join(_goal(goal) for goal in row.goals if goal.kind == kind)

    def _goal(goal: IndicatorGoal) -> str:
        return f"{goal.year}: {number_text(indicator, goal.value)}"

    words = {True: _("Target met"), False: _("Target not met"), None: ""}
    last = ""
    if standing.period:
        last = f"{standing.period}: {number_text(indicator, standing.value) or _('Last value unknown')}"
    return {
        "code": indicator.code,
        "name": text_of(indicator.names),
        "unit": text_of(indicator.units),
        "baseline": goals(GoalKind.BASELINE),
        "targets": goals(GoalKind.TARGET),
        "last": last or _("No value yet"),
        "standing": words[standing.met],
    }


def _report(row: MeasureReport | None) -> Plain | None:
    """Return the latest approved report, None where there is none that the reader sees."""
    if row is None:
        return None
    return {
        "institution": text_of(row.institution.names),
        "date": _day(row.written_at.date()),
        "progress": str(row.get_progress_display()),
        "text": row.text,
        "language": row.language,
        "rtl": direction_of(row.language) == "rtl",
    }
