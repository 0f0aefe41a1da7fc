"""Indicators, what is aimed at, and what was observed: values that nobody ever overwrites."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.core.labels import LabelField, text_of
from tawsiya.programme.indicator_choices import (
    Better,
    Dimension,
    GoalKind,
    IndicatorKind,
    IndicatorState,
    Measured,
    Missing,
    Origin,
    Periodicity,
    Quality,
    RequestState,
    Right,
    ValueState,
)
from tawsiya.recommendations.models import Recommendation

# A year, half-year, quarter or month; in this order they sort as texts.
PERIOD = r"^(19|20)\d\d(-(S[12]|Q[1-4]|(0[1-9]|1[0-2])))?$"
SDG_CODE = r"^\d{1,2}\.(\d{1,2}|[a-d])\.\d{1,2}$"


def _paired(state_is_open: Q, *closing: str) -> Q:
    """Return the condition: fields are empty while a state is open, and filled afterwards."""
    empty = Q(**{f"{name}__isnull": True for name in closing})
    filled = Q(**{f"{name}__isnull": False for name in closing})
    return (state_is_open & empty) | (~state_is_open & filled)


@of_record
class Indicator(models.Model):
    """What is measured, with its metadata sheet; `sdg` are official codes of SDG indicators.

    `decimals` is how many a value is shown with, `dimensions` by what its values may be told apart.
    """

    code = models.CharField(_("Code"), max_length=30, unique=True)
    names = LabelField(_("Name"))
    kind = models.CharField(_("Kind"), max_length=12, choices=IndicatorKind.choices)
    right = models.CharField(_("Right"), max_length=20, choices=Right.choices)
    attributes = LabelField(_("Attribute of the right"), blank=True)
    definitions = LabelField(_("Definition"), blank=True)
    methods = LabelField(_("Method of computation"), blank=True)
    units = LabelField(_("Unit"), blank=True)
    sources = LabelField(_("Source of the data"), blank=True)
    measured = models.CharField(
        _("What a value is"), max_length=10, choices=Measured.choices, default=Measured.NUMBER
    )
    decimals = models.PositiveSmallIntegerField(_("Decimals"), default=0)
    better = models.CharField(_("Direction"), max_length=10, choices=Better.choices, default=Better.HIGHER)
    periodicity = models.CharField(_("Periodicity"), max_length=12, choices=Periodicity.choices)
    dimensions = ArrayField(
        models.CharField(max_length=20, choices=Dimension.choices),
        verbose_name=_("Disaggregation"),
        default=list,
        blank=True,
    )
    sdg = ArrayField(
        models.CharField(max_length=10), verbose_name=_("SDG indicators"), default=list, blank=True
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", verbose_name=_("Responsible institution")
    )
    state = models.CharField(
        _("State"), max_length=16, choices=IndicatorState.choices, default=IndicatorState.DRAFT
    )
    state_reason = models.TextField(_("Reason"), blank=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="indicator_decimals_few", condition=Q(decimals__lte=4)),
            models.CheckConstraint(
                name="indicator_yes_no_is_whole", condition=~Q(measured="yes_no") | Q(decimals=0)
            ),
            # "Not applicable" and "no longer followed" are decisions with a reason.
            models.CheckConstraint(
                name="indicator_set_aside_with_reason",
                condition=Q(state__in=["draft", "in_use"]) | ~Q(state_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {text_of(self.names)}"


@of_record
class IndicatorMeasure(models.Model):
    """A measure that an indicator follows, by the key which it keeps through all versions of a programme."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measure_links")
    measure_key = models.UUIDField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="indicator_measure_once", fields=["indicator", "measure_key"])
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.measure_key}"


@of_record
class IndicatorRecommendation(models.Model):
    """A recommendation whose implementation an indicator shows."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="item_links")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="indicator_links"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="indicator_recommendation_once", fields=["indicator", "recommendation"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.recommendation_id}"


@of_record
class IndicatorGoal(models.Model):
    """The baseline, or the target of a year; `source` says where it was set."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="goals")
    kind = models.CharField(_("Kind"), max_length=10, choices=GoalKind.choices)
    year = models.PositiveSmallIntegerField(_("Year"))
    value = models.DecimalField(_("Value"), max_digits=18, decimal_places=4)
    source = models.CharField(_("Set by"), max_length=200, blank=True)

    class Meta:
        ordering = ["indicator", "year", "kind"]
        constraints = [
            models.UniqueConstraint(name="indicator_goal_once", fields=["indicator", "kind", "year"]),
            models.UniqueConstraint(
                name="indicator_one_baseline", fields=["indicator"], condition=Q(kind="baseline")
            ),
            models.CheckConstraint(name="indicator_goal_year", condition=Q(year__range=(1990, 2100))),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.value}"


# What a correction corrects, and what its indicator allows, stand in other rows: a trigger compares them.
_FITTING = """
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM programme_indicatorvalue v WHERE v.id = NEW.corrects_id
        AND v.indicator_id = NEW.indicator_id AND v.period = NEW.period AND v.cell = NEW.cell
    ) THEN
        RAISE EXCEPTION 'a correction is of the same indicator, period and breakdown'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM programme_indicator i WHERE i.id = NEW.indicator_id AND (
            (i.measured = 'yes_no' AND NEW.value IS NOT NULL AND NEW.value NOT IN (0, 1))
            OR EXISTS (
                SELECT 1 FROM jsonb_object_keys(NEW.breakdown) k WHERE NOT (k = ANY (i.dimensions))
            )
        )
    ) THEN
        RAISE EXCEPTION 'the indicator does not allow this value or breakdown'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@of_record
@pgtrigger.register(
    pgtrigger.Protect(name="never_overwritten", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="fits_its_indicator", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_FITTING
    ),
)
class IndicatorValue(models.Model):
    """What was observed for a period and a breakdown; a later one corrects it and never replaces it.

    `breakdown` gives a code for each dimension told apart, none for the total; `cell` is the same as text.
    The value that counts is the one which nothing `corrects`.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    period = models.CharField(_("Period"), max_length=7)
    breakdown = models.JSONField(default=dict, blank=True)
    cell = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=16, choices=ValueState.choices)
    value = models.DecimalField(_("Value"), max_digits=18, decimal_places=4, null=True, blank=True)
    missing = models.CharField(max_length=16, choices=Missing.choices, blank=True)
    quality = models.CharField(_("Quality"), max_length=12, choices=Quality.choices, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "period", "cell", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="indicator_value_first_once",
                fields=["indicator", "period", "cell"],
                condition=Q(corrects__isnull=True),
            ),
            models.CheckConstraint(name="indicator_value_period", condition=Q(period__regex=PERIOD)),
            models.CheckConstraint(
                name="indicator_value_known_or_reasoned",
                condition=Q(state="known", value__isnull=False, missing="") & ~Q(quality="")
                | Q(state="missing", value__isnull=True, quality="") & ~Q(missing="")
                | Q(state="not_applicable", value__isnull=True, missing="", quality=""),
            ),
            models.CheckConstraint(
                name="indicator_value_with_reason",
                condition=(Q(state="known", corrects__isnull=True) | ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        said = self.state if self.value is None else f"{self.value.normalize():f}"
        return " ".join(filter(None, (self.period, self.cell, said)))


@of_record
@pgtrigger.register(
    pgtrigger.Protect(name="break_never_deleted", operation=pgtrigger.Delete),
    pgtrigger.ReadOnly(
        name="break_never_rewritten",
        fields=["indicator", "period", "explanation", "language", "recorded_by", "recorded_at"],
    ),
)
class IndicatorBreak(models.Model):
    """A break of method: values from this period on do not compare with those before."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="breaks")
    period = models.CharField(_("From the period"), max_length=7)
    explanation = models.TextField(_("What changed"))
    language = models.CharField(_("Language"), max_length=8)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal = models.TextField(_("Reason"), blank=True)

    class Meta:
        ordering = ["indicator", "period", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="indicator_break_once",
                fields=["indicator", "period"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(name="indicator_break_period", condition=Q(period__regex=PERIOD)),
            models.CheckConstraint(name="indicator_break_explained", condition=~Q(explanation="")),
            models.CheckConstraint(
                name="indicator_break_withdrawal_whole",
                condition=_paired(Q(withdrawal=""), "withdrawn_by", "withdrawn_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"


@of_record
class ValueRequest(models.Model):
    """Values asked of an institution by a day, for an institution that needs them.

    `recipient` None: for the delegation. `dimensions` are the breakdowns asked for, none for the total only.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="requests")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", verbose_name=_("Asked of")
    )
    recipient = models.ForeignKey(
        Institution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("For"),
    )
    periods = ArrayField(models.CharField(max_length=7), verbose_name=_("Periods"))
    dimensions = ArrayField(
        models.CharField(max_length=20, choices=Dimension.choices),
        verbose_name=_("Disaggregation"),
        default=list,
        blank=True,
    )
    due_on = models.DateField(_("Deadline"))
    note = models.TextField(_("Note"), blank=True)
    state = models.CharField(
        _("State"), max_length=12, choices=RequestState.choices, default=RequestState.OPEN
    )
    reason = models.TextField(_("Reason"), blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="value_request_closing_paired",
                condition=_paired(Q(state="open"), "closed_by", "closed_at"),
            ),
            models.CheckConstraint(
                name="value_request_refused_with_reason",
                condition=Q(state__in=["open", "answered"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="value_request_for_another",
                condition=Q(recipient__isnull=True) | ~Q(recipient=F("institution")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {', '.join(self.periods)}"
