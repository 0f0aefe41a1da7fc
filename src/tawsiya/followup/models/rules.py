"""The rule of assessment: versions of a tree of conditions, as data."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.followup.choices import RuleState


@of_record
class AssessmentRule(models.Model):
    """A version of the rule; its `content` is described in `followup.rule.tree`.

    In force is the published one with the latest `in_force_from` that has come, the last written of two of
    one day. What is published no longer changes, whoever writes.
    """

    number = models.PositiveSmallIntegerField(_("Version"), unique=True)
    state = models.CharField(_("State"), max_length=10, choices=RuleState.choices, default=RuleState.DRAFT)
    content = models.JSONField()
    note = models.TextField(_("What changes, and why"), blank=True)
    language = models.CharField(_("Language"), max_length=8, blank=True)
    in_force_from = models.DateField(_("In force from"), null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="rule_one_draft", fields=["state"], condition=Q(state="draft")),
            models.CheckConstraint(
                name="rule_publication_whole",
                condition=(
                    Q(state="published", published_at__isnull=False, published_by__isnull=False)
                    & Q(in_force_from__isnull=False)
                    & ~Q(note="")
                )
                | (
                    ~Q(state="published")
                    & Q(published_at__isnull=True, published_by__isnull=True, in_force_from__isnull=True)
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_once_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' OR OLD.state <> 'draft' THEN
                        RAISE EXCEPTION 'rule % is no draft', OLD.number USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
