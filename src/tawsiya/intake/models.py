"""Imports: what was read, what it would do, what was decided, and what was applied."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.intake.choices import Action, RunState, Scope
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.models import Recommendation


@of_record
class ImportRun(models.Model):
    """One file on its way in. `file_kind` is the reader that recognised it.

    `warnings` are the reader's about the file as a whole, `new_tags` the labels it would add to
    the vocabulary, once it was planned.
    """

    file_name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)
    file_kind = models.CharField(max_length=40)
    document_info = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    new_tags = models.JSONField(default=list)
    complete_for = models.CharField(_("Complete for"), max_length=10, choices=Scope.choices, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.PREVIEWED)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_decision_paired",
                condition=Q(state="previewed", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="previewed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.file_name


@of_record
class ImportRow(models.Model):
    """One record of the file, and what applying would do.

    `name` is how a person excludes it: `A/HRC/59/15 § 140.7`. `record` is the reader's record,
    `changes` maps a field to its old and new value, `seen_version` is the version of the
    recommendation that the preview compared with. `reason` is a code of `messages.REASONS`,
    worded with `reason_params` in the reader's language.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    action = models.CharField(max_length=10, choices=Action.choices)
    record = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    reason_params = models.JSONField(default=dict)
    excluded = models.BooleanField(default=False)
    target = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="import_rows"
    )
    seen_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["run", "order"]
        constraints = [
            models.UniqueConstraint(name="import_row_order", fields=["run", "order"]),
            models.CheckConstraint(
                name="import_row_reject_has_reason", condition=~Q(action="reject") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


@of_record
class Exclusion(models.Model):
    """A record that a person decided not to import; kept, so that the next import knows it too."""

    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160, unique=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SeenRow(models.Model):
    """A record of an import that a person compared with the document and ticked.

    No table of record: it says how far the checking is, and changes nothing. `digest` is of the words
    that were seen (`digests.digest_of`), so that other words must be seen anew.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="seen_rows")
    digest = models.CharField(max_length=64)
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["run", "pk"]
        constraints = [models.UniqueConstraint(name="seen_once", fields=["run", "digest"])]

    def __str__(self) -> str:
        return self.digest
