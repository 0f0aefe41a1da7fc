"""A plan read from a file, on its way into a draft."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.programme.choices import PlanFileState
from tawsiya.programme.models.programmes import Version


@of_record
class PlanFile(models.Model):
    """The cells of a file read for a draft, until they are applied or dropped; then they are emptied.

    `tables` are those of the file as read: name and rows. `sheets` are the cells by our own sheets and
    columns (`exchange.layout`), with the place of each in the file; a foreign file has them once its columns
    are named (`naming`). `left_out` names rows, `complete` the sheets declared complete.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=PlanFileState.choices)
    tables = models.JSONField(default=list)
    naming = models.JSONField(default=dict)
    sheets = models.JSONField(default=list)
    left_out = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    complete = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(_("Read"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_file_emptied_at_its_end",
                condition=Q(state__in=["columns", "preview"], ended_at__isnull=True)
                | Q(state__in=["applied", "dropped"], ended_at__isnull=False, tables=[], sheets=[]),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
