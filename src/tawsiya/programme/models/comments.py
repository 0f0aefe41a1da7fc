"""What those consulted say of a measure, and what is answered; both are kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.programme.models.measures import Measure
from tawsiya.programme.models.programmes import Consultation


@of_record
class Comment(models.Model):
    """A comment of an institution or organisation on a measure in consultation; nobody changes it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="comments")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("Comment"))
    language = models.CharField(_("Language"), max_length=8)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    answer = models.TextField(_("Answer"), blank=True)
    answer_language = models.CharField(max_length=8, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["measure", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_answer_whole",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
