"""A programme, its versions, and the tree of axes and objectives of each version."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.core.labels import LabelField, text_of
from tawsiya.programme.choices import Audience, NodeKind, VersionState
from tawsiya.programme.models.freezing import FROZEN, frozen_once_adopted


@of_record
class Programme(models.Model):
    """A national plan or roadmap, whatever becomes of its versions."""

    key = models.SlugField(max_length=60, unique=True)
    names = LabelField(_("Name"))
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return text_of(self.names) or self.key


@of_record
class Version(models.Model):
    """One version of a programme. Adopting freezes it; its successor begins as a copy (`based_on`)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    state = models.CharField(
        _("State"), max_length=16, choices=VersionState.choices, default=VersionState.DRAFT
    )
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    act_number = models.CharField(_("Number of the act"), max_length=60, blank=True)
    act_date = models.DateField(_("Date of the act"), null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(name="version_number_once", fields=["programme", "number"]),
            models.UniqueConstraint(
                name="version_one_adopted", fields=["programme"], condition=Q(state="adopted")
            ),
            models.CheckConstraint(
                name="version_dates_ordered",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="version_adoption_complete",
                condition=Q(
                    state__in=["draft", "in_consultation"], adopted_at__isnull=True, adopted_by__isnull=True
                )
                | (
                    Q(state__in=["adopted", "revised"], adopted_at__isnull=False, adopted_by__isnull=False)
                    & ~Q(act_number="")
                    & Q(act_date__isnull=False)
                ),
            ),
        ]
        triggers = [
            # What was adopted stays as its act says; only the step to "revised" is left.
            pgtrigger.Trigger(
                name="version_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF OLD.state IN {FROZEN} AND (
                        TG_OP = 'DELETE'
                        OR (to_jsonb(NEW) - 'state') IS DISTINCT FROM (to_jsonb(OLD) - 'state')
                        OR (NEW.state <> OLD.state AND NEW.state <> 'revised')
                    ) THEN
                        RAISE EXCEPTION 'version % is adopted', OLD.id USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} ({self.number})"


@of_record
class Consultation(models.Model):
    """A version laid before audiences, from one moment to another; kept when it is over."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="consultations")
    audiences = ArrayField(models.CharField(max_length=16, choices=Audience.choices))
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version", "-opens_at"]
        constraints = [
            models.UniqueConstraint(
                name="consultation_one_open", fields=["version"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="consultation_closes_later", condition=Q(closes_at__gt=models.F("opens_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.opens_at:%Y-%m-%d}"


@of_record
@frozen_once_adopted("version")
class Node(models.Model):
    """An axis, a sub-axis at any depth, or an objective. `key` is the same in every version."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="nodes")
    key = models.UUIDField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="branches"
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=NodeKind.choices, default=NodeKind.AXIS)
    code = models.CharField(_("Number"), max_length=20)
    names = LabelField(_("Name"))
    sort_key = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ["version", "sort_key"]
        constraints = [
            models.UniqueConstraint(name="node_key_once", fields=["version", "key"]),
            models.UniqueConstraint(name="node_code_once", fields=["version", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {text_of(self.names)}"
