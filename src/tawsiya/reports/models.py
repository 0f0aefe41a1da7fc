"""Templates by which documents leave, and the documents that are made in the background."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.programme.models import Version


@of_record
class OutputTemplate(models.Model):
    """A Word template of programmes. The latest that was not taken away holds; without one, the built-in."""

    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("Date"))
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class MadeDocument(models.Model):
    """A large programme as a document, made by a job for one person, who alone takes it.

    No table of record: it says nothing that the programme does not, and goes after a day. `failed` says why
    there is none.
    """

    class Form(models.TextChoices):
        """What a programme leaves as."""

        WORD = "docx", "Word"
        PDF = "pdf", "PDF"

    class Step(models.TextChoices):
        """What the job is at, in this order."""

        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Reading the programme")
        WRITING = "writing", _("Writing the document")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=4, choices=Form.choices)
    language = models.CharField(max_length=8)
    step = models.CharField(max_length=8, choices=Step.choices, default=Step.WAITING)
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(db_index=True)
    file_name = models.CharField(max_length=200, blank=True)
    stored_as = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(default=0)
    failed = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="made_document_ready_with_file",
                condition=models.Q(step="ready") & ~models.Q(stored_as="")
                | ~models.Q(step="ready") & models.Q(stored_as=""),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or f"{self.version_id} {self.form}"

    @property
    def is_open(self) -> bool:
        """Whether the job has not ended."""
        return self.step not in (self.Step.READY, self.Step.FAILED)
