"""Immutable snapshots, and views of what of them is public now: all that the public pages ever read.

The tables hold every act of publication: what was withdrawn or replaced stays in them, and what is not to be
read yet. The views (`Published…`) hold what everybody may read at this moment, decided by the database.
The public pages read the views through the database role `tawsiya_portal`, which can SELECT nothing else.
Nothing here refers to internal tables; ids are frozen numbers.
"""

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.audit.record import RequireAudit


class PublicationAct(models.TextChoices):
    """What a snapshot does."""

    PUBLISH = "publish", _("Published")
    WITHDRAW = "withdraw", _("Withdrawn from the public pages")


class ItemColumns(models.Model):
    """The columns of what is published of a recommendation."""

    recommendation_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=PublicationAct.choices)
    published_at = models.DateTimeField()
    sort_key = models.CharField(max_length=200, blank=True)
    body = models.CharField(max_length=60, blank=True)
    mechanism = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    cycle = models.PositiveSmallIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    states = ArrayField(models.CharField(max_length=120), default=list)
    is_part = models.BooleanField(default=False)
    position = models.CharField(max_length=15, blank=True)
    lead = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=25, blank=True)
    themes = ArrayField(models.CharField(max_length=120), default=list)
    persons = ArrayField(models.CharField(max_length=120), default=list)
    sdgs = ArrayField(models.CharField(max_length=20), default=list)
    text = models.TextField(blank=True)
    content = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.symbol} {self.recommendation_id} v{self.version}"


class Snapshot(ItemColumns):
    """What the public sees of one recommendation, from one publication to the next.

    The row with the highest `version` of a `recommendation_id` holds; an act of withdrawal
    carries no content. `content` is everything a page shows, already free of what was not
    chosen; the columns beside it exist to filter and count. `text` is what the search reads,
    folded (`portal.searching`). Headline figures count rows that are no part of a paragraph.
    """

    snapshot = True

    class Meta:
        ordering = ["sort_key", "recommendation_id"]
        indexes = [models.Index(fields=["act", "-published_at"], name="snapshot_latest")]
        constraints = [
            models.UniqueConstraint(name="snapshot_version", fields=["recommendation_id", "version"]),
            models.CheckConstraint(
                name="snapshot_withdrawal_is_empty",
                condition=~Q(act="withdraw")
                | Q(content={}, text="", status="", position="", lead="", symbol=""),
            ),
        ]
        triggers = [
            RequireAudit(name="require_audit"),
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class FileColumns(models.Model):
    """The columns of a published file."""

    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=80)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class SnapshotFile(FileColumns):
    """A public piece of evidence, copied and stripped of its metadata when published."""

    snapshot_row = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="files")

    snapshot = True

    class Meta:
        ordering = ["pk"]
        triggers = [
            RequireAudit(name="require_audit"),
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class RuleColumns(models.Model):
    """The columns of a published rule."""

    number = models.PositiveSmallIntegerField(unique=True)
    in_force_from = models.DateField()
    published_at = models.DateTimeField()
    note = models.TextField()
    language = models.CharField(max_length=8)
    content = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"rule {self.number}"


class RuleSnapshot(RuleColumns):
    """A published version of the rule of assessment, as the public reads it."""

    snapshot = True

    class Meta:
        ordering = ["-in_force_from", "-number"]
        triggers = [
            RequireAudit(name="require_audit"),
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class VoiceColumns(models.Model):
    """The columns of what somebody else says."""

    recommendation_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    source_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=PublicationAct.choices)
    published_at = models.DateTimeField()
    content = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} v{self.version}"

    @property
    def days(self) -> dict[str, date]:
        """The days of the content, by their key."""
        keys = ("assessed_on", "written_on", "asked_on", "answered_on")
        return {key: date.fromisoformat(self.content[key]) for key in keys if self.content.get(key)}


class VoiceSnapshot(VoiceColumns):
    """What somebody other than the State says of a recommendation, from one publication to the next.

    The row with the highest `version` of a `kind` and `source_id` holds; an act of withdrawal carries no
    content.
    Kept apart from `Snapshot`, so that another's assessment is never counted as the State's status.
    """

    snapshot = True

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["recommendation_id", "kind"], name="voice_of_item")]
        constraints = [
            models.UniqueConstraint(name="voice_version", fields=["kind", "source_id", "version"]),
            models.CheckConstraint(
                name="voice_withdrawal_is_empty", condition=~Q(act="withdraw") | Q(content={})
            ),
        ]
        triggers = [
            RequireAudit(name="require_audit"),
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class ProgrammeColumns(models.Model):
    """The columns of a published programme."""

    key = models.CharField(max_length=60)
    publication = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=PublicationAct.choices)
    published_at = models.DateTimeField()
    items = ArrayField(models.BigIntegerField(), default=list)
    content = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key} v{self.publication}"


class ProgrammeSnapshot(ProgrammeColumns):
    """What the public sees of an adopted programme, from one publication to the next.

    The row with the highest `publication` of a `key` holds. `content` is everything the pages show: act,
    axes, measures with their state on that day; `items` are ids of the recommendations that they answer.
    """

    snapshot = True

    class Meta:
        ordering = ["key", "-publication"]
        constraints = [
            models.UniqueConstraint(name="programme_snapshot_version", fields=["key", "publication"]),
            models.CheckConstraint(
                name="programme_snapshot_withdrawal_is_empty",
                condition=~Q(act="withdraw") | Q(content={}, items=[]),
            ),
        ]
        triggers = [
            RequireAudit(name="require_audit"),
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class ConsultationColumns(models.Model):
    """The columns of a consultation of the public."""

    consultation_id = models.BigIntegerField()
    publication = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    is_over = models.BooleanField()
    content = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"consultation {self.consultation_id} v{self.publication}"


class ConsultationSnapshot(ConsultationColumns):
    """What the public sees of a consultation it is asked in, from one publication to the next.

    The row with the highest `publication` of a `consultation_id` holds. Until it is over, `content` is the
    draft, read from `opens_at` to `closes_at` only (`PublishedConsultation`); then, the comments that were
    answered.
    """

    snapshot = True

    class Meta:
        ordering = ["-opens_at", "consultation_id", "-publication"]
        constraints = [
            models.UniqueConstraint(
                name="consultation_snapshot_version", fields=["consultation_id", "publication"]
            ),
            models.CheckConstraint(
                name="consultation_snapshot_over_has_no_draft",
                condition=Q(is_over=False) | ~Q(content__has_key="measures"),
            ),
        ]
        triggers = [
            RequireAudit(name="require_audit"),
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


# Views: what is public at this moment. Their SQL is in the migration `0006_what_is_public`.


class PublishedItem(ItemColumns):
    """What is public of a recommendation: its last act of publication, unless that withdraws it."""

    public = True

    class Meta:
        managed = False
        ordering = ["sort_key", "recommendation_id"]


class PublishedAct(models.Model):
    """An act of publication on a recommendation that is public, without its content."""

    recommendation_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=PublicationAct.choices)
    published_at = models.DateTimeField()

    public = True

    class Meta:
        managed = False
        ordering = ["recommendation_id", "-version"]

    def __str__(self) -> str:
        return f"{self.act} {self.recommendation_id} v{self.version}"


class PublishedFile(FileColumns):
    """A file of a recommendation as it is public now."""

    snapshot_row = models.ForeignKey(PublishedItem, on_delete=models.DO_NOTHING, related_name="files")

    public = True

    class Meta:
        managed = False
        ordering = ["pk"]


class PublishedRule(RuleColumns):
    """A published version of the rule of assessment: all of them stay public."""

    public = True

    class Meta:
        managed = False
        ordering = ["-in_force_from", "-number"]


class PublishedVoice(VoiceColumns):
    """What somebody says of a recommendation that is public: the last act on it, unless that withdraws it."""

    public = True

    class Meta:
        managed = False
        ordering = ["-published_at", "-pk"]


class PublishedProgramme(ProgrammeColumns):
    """A programme that is public: its last act of publication, unless that withdraws it."""

    public = True

    class Meta:
        managed = False
        ordering = ["key"]


class PublishedConsultation(ConsultationColumns):
    """A consultation of the public whose hour of opening has come, as it was last published.

    By the clock of the database, `is_open` from `opens_at` to `closes_at`, both included, while nobody has
    closed it: then and only then `content` is the draft. Once it is over by the hour alone, name and number.
    """

    is_open = models.BooleanField()

    public = True

    class Meta:
        managed = False
        ordering = ["-opens_at", "consultation_id"]
