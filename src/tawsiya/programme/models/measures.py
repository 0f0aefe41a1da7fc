"""Measures, and what belongs to each: what it answers, who carries it, when, with what money and law."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.core.labels import LabelField, text_of
from tawsiya.programme.choices import BudgetKind, LawKind, LawStage, Progress, Reach, ReportState
from tawsiya.programme.models.freezing import frozen_once_adopted
from tawsiya.programme.models.programmes import Node, Version
from tawsiya.recommendations.choices import AccessLevel
from tawsiya.recommendations.models import Recommendation


@of_record
@frozen_once_adopted("version", free=("progress", "row_version"))
class Measure(models.Model):
    """What institutions undertake. `key` is the same in every version, so that two can be compared.

    `places` are codes of regions or names of communes, by `reach`; `targets` codes of SDG targets.
    `progress` is what the lead institution last reported, `row_version` counts changes.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="measures")
    key = models.UUIDField()
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="measures")
    code = models.CharField(_("Number"), max_length=20)
    titles = LabelField(_("Title"))
    descriptions = LabelField(_("Description"), blank=True)
    starts_on = models.DateField(_("Start date"), null=True, blank=True)
    ends_on = models.DateField(_("End date"), null=True, blank=True)
    reach = models.CharField(_("Place"), max_length=10, choices=Reach.choices, default=Reach.NATIONAL)
    places = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    risks = models.TextField(_("Risks"), blank=True)
    progress = models.CharField(
        _("Progress"), max_length=12, choices=Progress.choices, default=Progress.PLANNED
    )
    targets = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    sort_key = models.CharField(max_length=120, editable=False)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["version", "sort_key"]
        constraints = [
            models.UniqueConstraint(name="measure_key_once", fields=["version", "key"]),
            models.UniqueConstraint(name="measure_code_once", fields=["version", "code"]),
            models.CheckConstraint(
                name="measure_dates_ordered",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {text_of(self.titles)}"


@of_record
@frozen_once_adopted("measure")
class MeasureInstitution(models.Model):
    """The institution that leads a measure, and those that support it."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="institutions")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("Part"), max_length=10, choices=AccessLevel.choices)

    class Meta:
        ordering = ["measure", "level", "institution"]
        constraints = [
            models.UniqueConstraint(name="measure_institution_once", fields=["measure", "institution"]),
            models.UniqueConstraint(name="measure_one_lead", fields=["measure"], condition=Q(level="lead")),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.institution_id} {self.level}"


@of_record
@frozen_once_adopted("measure")
class MeasureAnswer(models.Model):
    """A recommendation, or a lettered part of one, that a measure answers."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="answers")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="measures")

    class Meta:
        ordering = ["measure", "recommendation"]
        constraints = [
            models.UniqueConstraint(name="measure_answer_once", fields=["measure", "recommendation"]),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.recommendation_id}"


# Both of one version, and no way back to where it began.
_NO_RING = """
    IF NOT EXISTS (
        SELECT 1 FROM programme_measure a JOIN programme_measure b ON a.version_id = b.version_id
        WHERE a.id = NEW.measure_id AND b.id = NEW.waits_for_id
    ) THEN
        RAISE EXCEPTION 'measures of two versions' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        WITH RECURSIVE ahead(id) AS (
            SELECT NEW.waits_for_id
            UNION
            SELECT w.waits_for_id FROM programme_measurewait w JOIN ahead ON w.measure_id = ahead.id
        )
        SELECT 1 FROM ahead WHERE id = NEW.measure_id
    ) THEN
        RAISE EXCEPTION 'measures wait for each other in a ring' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""


@of_record
@frozen_once_adopted("measure")
class MeasureWait(models.Model):
    """A measure that cannot begin before another one is completed; never in a ring."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="waits")
    waits_for = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="awaited_by")

    class Meta:
        ordering = ["measure", "waits_for"]
        constraints = [
            models.UniqueConstraint(name="measure_wait_once", fields=["measure", "waits_for"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_ring",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_NO_RING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.waits_for_id}"


@of_record
@frozen_once_adopted("measure", free=("reached_on", "proof"))
class Milestone(models.Model):
    """A step of a measure with a date; `proof` says what shows that it was reached, a link or a reference.

    `waits_for`: keys of milestones, of any measure of the version, that must come first.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="milestones")
    key = models.UUIDField()
    order = models.PositiveSmallIntegerField()
    titles = LabelField(_("Title"))
    due_on = models.DateField(_("Due"))
    reached_on = models.DateField(_("Reached"), null=True, blank=True)
    proof = models.TextField(_("Proof"), blank=True)
    waits_for = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        ordering = ["measure", "order"]
        constraints = [
            models.UniqueConstraint(name="milestone_key_once", fields=["measure", "key"]),
            models.UniqueConstraint(name="milestone_order_once", fields=["measure", "order"]),
            models.CheckConstraint(
                name="milestone_reached_with_proof",
                condition=Q(reached_on__isnull=True) | ~Q(proof=""),
            ),
        ]

    def __str__(self) -> str:
        return text_of(self.titles)


@of_record
@frozen_once_adopted("measure")
class BudgetLine(models.Model):
    """An amount of a measure for one year, in a currency (ISO 4217), from one source."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="budget")
    year = models.PositiveSmallIntegerField(_("Year"))
    kind = models.CharField(_("Kind"), max_length=10, choices=BudgetKind.choices)
    amount = models.DecimalField(_("Amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    source = models.CharField(_("Source"), max_length=120)

    class Meta:
        ordering = ["measure", "year", "kind", "source"]
        constraints = [
            models.UniqueConstraint(
                name="budget_line_once", fields=["measure", "year", "kind", "currency", "source"]
            ),
            models.CheckConstraint(name="budget_amount_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="budget_currency_code", condition=Q(currency__regex=r"^[A-Z]{3}$")),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.amount} {self.currency}"


@of_record
@frozen_once_adopted("measure")
class Legislation(models.Model):
    """A text of law that a measure needs, and how far it is. `key` is the same in every version."""

    key = models.UUIDField(db_default=RandomUUID())
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="legislation")
    kind = models.CharField(_("Kind"), max_length=12, choices=LawKind.choices)
    titles = LabelField(_("Title"))
    number = models.CharField(_("Number"), max_length=60, blank=True)
    stage = models.CharField(_("Stage"), max_length=16, choices=LawStage.choices, default=LawStage.PREPARED)
    stage_since = models.DateField(_("Since"), null=True, blank=True)

    class Meta:
        verbose_name_plural = "legislation"
        ordering = ["measure", "pk"]

    def __str__(self) -> str:
        return text_of(self.titles)


@of_record
class MeasureReport(models.Model):
    """What the lead institution reports on its measure: once, for every recommendation that it answers.

    It may say that a milestone was reached, and by what proof. The figures of the measure change only when
    a validator of the institution approves the report.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("State"), max_length=16, choices=ReportState.choices, default=ReportState.WITH_VALIDATOR
    )
    progress = models.CharField(_("Progress"), max_length=12, choices=Progress.choices)
    text = models.TextField(_("What was done"))
    language = models.CharField(_("Language"), max_length=8)
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    reached_on = models.DateField(_("Reached"), null=True, blank=True)
    proof = models.TextField(_("Proof"), blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["measure", "-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="measure_report_decision_paired",
                condition=Q(state="with_validator", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="with_validator") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="measure_report_milestone_with_proof",
                condition=Q(milestone__isnull=True, reached_on__isnull=True)
                | (Q(milestone__isnull=False, reached_on__isnull=False) & ~Q(proof="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.measure)
