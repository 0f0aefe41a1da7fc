"""What reports say of money, laws and proof: the state of execution, beside the plan that is frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.audit.record import of_record
from tawsiya.programme.choices import BudgetKind, LawStage
from tawsiya.programme.models.measures import Legislation, MeasureReport


@of_record
class ReportAmount(models.Model):
    """What a report says is committed or spent for a year from a source, in all since its beginning."""

    report = models.ForeignKey(MeasureReport, on_delete=models.PROTECT, related_name="amounts")
    year = models.PositiveSmallIntegerField(_("Year"))
    kind = models.CharField(_("Kind"), max_length=10, choices=BudgetKind.choices)
    amount = models.DecimalField(_("Amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    source = models.CharField(_("Source"), max_length=120)

    class Meta:
        ordering = ["report", "year", "kind", "source"]
        constraints = [
            models.UniqueConstraint(
                name="report_amount_once", fields=["report", "year", "kind", "currency", "source"]
            ),
            models.CheckConstraint(
                name="report_amount_executed", condition=Q(kind__in=["committed", "spent"])
            ),
            models.CheckConstraint(name="report_amount_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="report_amount_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.kind} {self.amount} {self.currency}"


@of_record
class ReportStage(models.Model):
    """How far a report says that a text of law is, since when."""

    report = models.ForeignKey(MeasureReport, on_delete=models.PROTECT, related_name="stages")
    legislation = models.ForeignKey(Legislation, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(_("Stage"), max_length=16, choices=LawStage.choices)
    since = models.DateField(_("Since"))
    number = models.CharField(_("Number"), max_length=60, blank=True)

    class Meta:
        ordering = ["report", "legislation"]
        constraints = [
            models.UniqueConstraint(name="report_stage_once", fields=["report", "legislation"]),
        ]

    def __str__(self) -> str:
        return f"{self.legislation_id} {self.stage}"


@of_record
class ReportFile(models.Model):
    """A file that proves what a report says. `stored_as` is a random name in private storage."""

    report = models.ForeignKey(MeasureReport, on_delete=models.PROTECT, related_name="files")
    title = models.CharField(_("Title"), max_length=200)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=80, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["report", "pk"]

    def __str__(self) -> str:
        return self.title
