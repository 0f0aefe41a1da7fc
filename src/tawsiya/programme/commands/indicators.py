"""Define indicators, decide on their use, and mark breaks of method."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tawsiya.accounts.models import Institution
from tawsiya.accounts.permissions import acting
from tawsiya.accounts.reader import Reader
from tawsiya.audit import commands as audit
from tawsiya.core import clock
from tawsiya.core.errors import RuleViolated, StaleData
from tawsiya.core.labels import Label
from tawsiya.mechanisms.reference.loaders import sdg_indicator_codes
from tawsiya.programme.commands.programmes import written
from tawsiya.programme.indicator_choices import Better, GoalKind, IndicatorState, Measured
from tawsiya.programme.indicator_periods import read_period, year_of
from tawsiya.programme.indicator_permissions import may_define, may_record, may_set_aside
from tawsiya.programme.indicator_queries import asked_now
from tawsiya.programme.models import (
    Indicator,
    IndicatorBreak,
    IndicatorGoal,
    IndicatorMeasure,
    IndicatorRecommendation,
)
from tawsiya.recommendations.models import Recommendation


@dataclass(frozen=True)
class Goal:
    """The baseline or the target of a year; `source` says where it was set."""

    kind: str
    year: int
    value: Decimal
    source: str = ""


@dataclass(frozen=True)
class Sheet:
    """The metadata sheet of an indicator, its goals and what it follows; see the fields of `Indicator`."""

    code: str
    names: Label
    kind: str
    right: str
    institution: Institution
    periodicity: str
    attributes: Label = field(default_factory=dict)
    definitions: Label = field(default_factory=dict)
    methods: Label = field(default_factory=dict)
    units: Label = field(default_factory=dict)
    sources: Label = field(default_factory=dict)
    measured: str = Measured.NUMBER.value
    decimals: int = 0
    better: str = Better.HIGHER.value
    dimensions: tuple[str, ...] = ()
    sdg: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    measures: tuple[UUID, ...] = ()
    items: tuple[Recommendation, ...] = ()


def locked_indicator(indicator: Indicator) -> Indicator:
    """Return the row, locked until the transaction ends."""
    return (
        Indicator.objects.select_for_update(of=("self",)).select_related("institution").get(pk=indicator.pk)
    )


def save_indicator(
    *, sheet: Sheet, by: Reader, indicator: Indicator | None = None, seen_version: int | None = None
) -> Indicator:
    """Define an indicator, in preparation at first, or change its sheet, goals and links.

    Raises:
        PermissionRefused: `by` is not of the delegation.
        RuleViolated: no name, a code taken, an unknown SDG code, goals that do not fit, or values that the
            new sheet would no longer allow.
        StaleData: the indicator changed since `seen_version`.
    """
    actor = acting(by, may_define(by))
    with transaction.atomic():
        row = locked_indicator(indicator) if indicator else Indicator()
        if indicator and seen_version is not None and row.row_version != seen_version:
            raise StaleData(_("This indicator changed meanwhile; look at it again."))
        names = _checked(sheet, row)
        code = "indicator.changed" if indicator else "indicator.created"
        with audit.change(code, by=actor) as event:
            event.before = summary(row) if indicator else {}
            _fill(row, sheet, names)
            row.save()
            _replace_links(row, sheet)
            event.subject, event.after = row, summary(row)
            event.institution_id, event.state = row.institution_id, row.state
    return row


def _checked(sheet: Sheet, row: Indicator) -> Label:
    if Indicator.objects.filter(code__iexact=sheet.code).exclude(pk=row.pk).exists():
        raise RuleViolated(_("This code is taken."))
    known = sdg_indicator_codes()
    if unknown := [code for code in sheet.sdg if code not in known]:
        raise RuleViolated(_("This is no SDG indicator: %(code)s") % {"code": unknown[0]})
    seen = [(goal.kind, goal.year) for goal in sheet.goals]
    if len(seen) != len(set(seen)) or sum(kind == GoalKind.BASELINE for kind, _year in seen) > 1:
        raise RuleViolated(_("There is one baseline, and one target for each year."))
    baseline = next((goal for goal in sheet.goals if goal.kind == GoalKind.BASELINE), None)
    if baseline and any(goal.year <= baseline.year for goal in sheet.goals if goal is not baseline):
        raise RuleViolated(_("Targets come after the baseline."))
    if sheet.measured == Measured.YES_NO and any(goal.value not in (0, 1) for goal in sheet.goals):
        raise RuleViolated(_("The goals of a yes-or-no indicator are 1 for yes or 0 for no."))
    if row.pk:
        _check_values(sheet, row)
    return written(sheet.names)


def _check_values(sheet: Sheet, row: Indicator) -> None:
    """Refuse a sheet that would disown values on record."""
    used = {name for cell in row.values.values_list("breakdown", flat=True) for name in cell}
    if used - set(sheet.dimensions):
        raise RuleViolated(_("Values on record are told apart by a dimension that you leave out."))
    if row.measured != sheet.measured and row.values.filter(value__isnull=False).exists():
        raise RuleViolated(_("Values on record keep an indicator from becoming another kind of figure."))


def _fill(row: Indicator, sheet: Sheet, names: Label) -> None:
    row.names, row.code = names, sheet.code
    row.kind, row.right, row.institution = sheet.kind, sheet.right, sheet.institution
    row.periodicity, row.measured, row.better = sheet.periodicity, sheet.measured, sheet.better
    row.decimals = 0 if sheet.measured == Measured.YES_NO else sheet.decimals
    row.dimensions, row.sdg = list(dict.fromkeys(sheet.dimensions)), list(dict.fromkeys(sheet.sdg))
    for name in ("attributes", "definitions", "methods", "units", "sources"):
        texts: Label = getattr(sheet, name)
        setattr(row, name, {code: text.strip() for code, text in texts.items() if text.strip()})
    row.row_version = row.row_version + 1 if row.pk else 1


def _replace_links(row: Indicator, sheet: Sheet) -> None:
    for part in (IndicatorGoal, IndicatorMeasure, IndicatorRecommendation):
        part.objects.filter(indicator=row).delete()
    IndicatorGoal.objects.bulk_create(
        IndicatorGoal(
            indicator=row, kind=goal.kind, year=goal.year, value=goal.value, source=goal.source.strip()
        )
        for goal in sheet.goals
    )
    IndicatorMeasure.objects.bulk_create(
        IndicatorMeasure(indicator=row, measure_key=key) for key in dict.fromkeys(sheet.measures)
    )
    IndicatorRecommendation.objects.bulk_create(
        IndicatorRecommendation(indicator=row, recommendation=item) for item in dict.fromkeys(sheet.items)
    )


def summary(row: Indicator) -> dict[str, Any]:
    """Return what the history keeps of an indicator: plain values by field."""
    links = IndicatorMeasure.objects.filter(indicator=row).order_by("measure_key")
    items = IndicatorRecommendation.objects.filter(indicator=row).order_by("recommendation_id")
    return {
        "indicator": row.names,
        "code": row.code,
        "kind": row.kind,
        "right": row.right,
        "institution": row.institution.key,
        "periodicity": row.periodicity,
        "measured": row.measured,
        "decimals": row.decimals,
        "better": row.better,
        "dimensions": list(row.dimensions),
        "sdg": list(row.sdg),
        **{name: getattr(row, name) for name in ("attributes", "definitions", "methods", "units", "sources")},
        "goals": [
            f"{goal.kind} {goal.year}: {goal.value.normalize():f} {goal.source}".strip()
            for goal in IndicatorGoal.objects.filter(indicator=row)
        ],
        "measures": [str(link.measure_key) for link in links],
        "items": [link.recommendation_id for link in items],
    }


_STATE_CODES = {
    IndicatorState.IN_USE: "indicator.taken_into_use",
    IndicatorState.NOT_APPLICABLE: "indicator.not_applicable",
    IndicatorState.RETIRED: "indicator.retired",
}


def set_indicator_state(*, indicator: Indicator, state: str, by: Reader, reason: str = "") -> Indicator:
    """Take an indicator into use, or decide that it does not apply or is followed no more, and why.

    Raises:
        PermissionRefused: `by` is no coordinator.
        RuleViolated: it is so already, back to preparation, or it is set aside without a reason.
    """
    actor = acting(by, may_set_aside(by))
    with transaction.atomic():
        row = locked_indicator(indicator)
        if state not in _STATE_CODES or row.state == state:
            raise RuleViolated(_("This is not possible in the present state."))
        if state != IndicatorState.IN_USE and not reason.strip():
            raise RuleViolated(_("Give the reason."))
        chosen = IndicatorState(state)
        with audit.change(
            _STATE_CODES[chosen],
            by=actor,
            subject=row,
            institution_id=row.institution_id,
            state=state,
            reason=reason.strip(),
        ) as event:
            event.before = {"state": row.state, "reason": row.state_reason}
            row.state = state
            row.state_reason = "" if state == IndicatorState.IN_USE else reason.strip()
            row.row_version += 1
            row.save()
            event.after = {"indicator": row.names, "code": row.code}
    return row


def mark_break(
    *, indicator: Indicator, period: str, explanation: str, language: str, by: Reader
) -> IndicatorBreak:
    """Say that from a period on the method is another one, and what changed.

    Raises:
        PermissionRefused: `by` does not record values of the indicator.
        RuleViolated: no period, one to come, no explanation, or a break is marked there already.
    """
    with transaction.atomic():
        row = locked_indicator(indicator)
        actor = acting(by, may_record(by, row, asked_now([row.pk]).get(row.pk, ())))
        known = read_period(period)
        if not known or year_of(known) > clock.now().year:
            raise RuleViolated(_("Give a period that has begun, such as 2024, 2024-S1, 2024-Q3 or 2024-05."))
        if not explanation.strip():
            raise RuleViolated(_("Say what changed."))
        if row.breaks.filter(period=known, withdrawn_at__isnull=True).exists():
            raise RuleViolated(_("A break is marked there already."))
        with audit.change(
            "indicator.break_marked", by=actor, institution_id=row.institution_id, state=row.state
        ) as event:
            made = IndicatorBreak.objects.create(
                indicator=row,
                period=known,
                explanation=explanation.strip(),
                language=language,
                recorded_by_id=actor.user_id,
                recorded_at=clock.now(),
            )
            event.subject = row
            event.after = {"indicator": row.names, "code": row.code, "period": known}
    return made


def withdraw_break(*, mark: IndicatorBreak, by: Reader, reason: str) -> IndicatorBreak:
    """Say that a break was marked in error; it is kept with the reason and drawn no more.

    Raises:
        PermissionRefused: `by` does not record values of the indicator.
        RuleViolated: it was withdrawn before, or no reason is given.
    """
    with transaction.atomic():
        row = locked_indicator(mark.indicator)
        actor = acting(by, may_record(by, row, asked_now([row.pk]).get(row.pk, ())))
        mark = IndicatorBreak.objects.select_for_update(of=("self",)).get(pk=mark.pk)
        if mark.withdrawn_at:
            raise RuleViolated(_("This is not possible in the present state."))
        if not reason.strip():
            raise RuleViolated(_("Give the reason."))
        with audit.change(
            "indicator.break_withdrawn",
            by=actor,
            subject=row,
            institution_id=row.institution_id,
            state=row.state,
            reason=reason.strip(),
        ) as event:
            mark.withdrawn_by_id, mark.withdrawn_at = actor.user_id, clock.now()
            mark.withdrawal = reason.strip()
            mark.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal"])
            event.after = {"indicator": row.names, "code": row.code, "period": mark.period}
    return mark
