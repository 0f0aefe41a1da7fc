"""Templates by which documents leave, where an administrator replaced the built-in ones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record


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
