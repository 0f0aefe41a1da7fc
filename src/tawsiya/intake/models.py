"""Imports: what was read, what it would do, what was decided, and what was applied."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.intake.choices import Action, Fix, RunState, Scope, Step, What
from tawsiya.mechanisms.models import Document, Obligation
from tawsiya.recommendations.models import Recommendation


@of_record
class ImportRun(models.Model):
    """One file on its way in. `file_kind` is the reader that recognised it, "" until it was read.

    `warnings` are the reader's about the file as a whole, and what the comparison says of it;
    `new_tags` the labels it would add to the vocabulary, once it was planned. `problem` is why the
    last job stopped: `{code, params}`, see `messages.problem`. `columns` says what the columns of a
    spreadsheet hold (`readers.sheets.mapping.Columns`); {} for files that readers know by themselves.
    `is_scan`: its text is recognised from its pages (`Recognised`).
    """

    file_name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)
    file_kind = models.CharField(max_length=40, blank=True)
    document_info = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    new_tags = models.JSONField(default=list)
    problem = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    is_scan = models.BooleanField(default=False)
    complete_for = models.CharField(_("Complete for"), max_length=10, choices=Scope.choices, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.PREVIEWED)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_decision_paired",
                condition=Q(
                    state__in=["reading", "failed", "mapping", "previewed", "applying"],
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                )
                | Q(
                    state__in=["applied", "discarded", "undone"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="import_undoing_paired",
                condition=Q(state="undone", undone_at__isnull=False, undone_by__isnull=False)
                | (~Q(state="undone") & Q(undone_at__isnull=True, undone_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Recognised(models.Model):
    """The lines recognised from the pages of a scan, so that they are read once (`readers.ocr.to_json`).

    No table of record: derived from the stored file.
    """

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="recognised")
    lines = models.BinaryField()

    class Meta:
        verbose_name_plural = "recognised"

    def __str__(self) -> str:
        return str(self.run_id)


@of_record
class RememberedColumns(models.Model):
    """What people said the columns of a spreadsheet hold, for the next file with the same header.

    `shape` knows the header again (`readers.sheets.layout.shape_of`), `headers` are its titles.
    """

    shape = models.CharField(max_length=64, unique=True)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at"]
        verbose_name_plural = "remembered columns"

    def __str__(self) -> str:
        return ", ".join(str(header) for header in self.headers if header)[:200]


@of_record
class ImportRow(models.Model):
    """One record or deadline of the file, and what applying would do.

    `key` knows the record again for corrections (`corrections.key_of`), `fixes` are the corrections
    that were made to it. `doubts` are the codes of warnings that need a person's eye before the row
    is applied; `settled` says that a person confirmed or corrected each.

    `name` is how a person excludes it: `A/HRC/59/15 § 140.7`. `record` is the reader's record,
    `changes` maps a field to its old and new value, `seen_version` is the version of the
    recommendation that the preview compared with. `reason` is a code of `messages.REASONS`,
    worded with `reason_params` in the reader's language.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")
    order = models.PositiveIntegerField()
    what = models.CharField(max_length=15, choices=What.choices, default=What.RECOMMENDATION)
    key = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=160)
    action = models.CharField(max_length=10, choices=Action.choices)
    record = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    doubts = ArrayField(models.CharField(max_length=40), default=list)
    settled = models.BooleanField(default=False)
    fixes = ArrayField(models.BigIntegerField(), default=list)
    reason = models.CharField(max_length=300, blank=True)
    reason_params = models.JSONField(default=dict)
    excluded = models.BooleanField(default=False)
    target = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="import_rows"
    )
    seen_version = models.PositiveIntegerField(null=True, blank=True)
    obligation = models.ForeignKey(
        Obligation, null=True, blank=True, on_delete=models.PROTECT, related_name="import_rows"
    )

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
class Correction(models.Model):
    """What a person changed in a row of a preview, kept while the file reads the same.

    `keys` are the rows concerned (`ImportRow.key`): two for a merge. `data` are the new values,
    `before` what was read, `doubts` the codes of warnings that the person has seen and settled.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=10, choices=Fix.choices)
    keys = ArrayField(models.CharField(max_length=40))
    data = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    doubts = ArrayField(models.CharField(max_length=40), default=list)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.run} {self.kind}"


class Progress(models.Model):
    """How far the job of an import is. No table of record: written beside the job's transaction.

    The job writes on a connection of its own, so that a page sees the figures before the job
    commits, and reads `stop_asked` there. `started_at` is empty while the job waits for a worker.
    """

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="progress")
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"{self.run_id} {self.step} {self.done}/{self.total}"


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
