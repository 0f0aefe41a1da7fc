"""Views of the analysis page that people keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record


@of_record
class SavedView(models.Model):
    """What somebody looked at: the address's query under a title. Its figures are counted anew each time.

    `is_shared`: everyone inside may open it; each sees what the own role may see.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("Title"), max_length=120)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(_("Shared with everyone inside"), default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(name="saved_view_title_once", fields=["owner", "title"])]

    def __str__(self) -> str:
        return self.title
