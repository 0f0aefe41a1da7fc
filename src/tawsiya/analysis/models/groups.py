"""What the proposal of groups learnt: pairs kept apart by people, and the weights of the comparison."""

from django.db import models
from django.db.models import F, Q

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.recommendations.models import Recommendation


@of_record
class KeptApart(models.Model):
    """Two recommendations of which a person said that they do not ask for the same thing."""

    first = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "kept apart"
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(name="kept_apart_once", fields=["first", "second"]),
            models.CheckConstraint(name="kept_apart_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


@of_record
class GroupModel(models.Model):
    """Weights learnt from the groups that people confirmed here; the latest ones hold.

    `weights` is what `similar.Model.to_json` writes; `fingerprint` names the decisions they were learnt from.
    """

    weights = models.JSONField()
    fingerprint = models.CharField(max_length=64, unique=True)
    pairs = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.fingerprint[:12]
