"""Suggested tags and institutions: the models that suggest, what they suggest, what people decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.recommendations.models import Recommendation, Tag, Vocabulary


class Verdict(models.TextChoices):
    """What a person decided on a suggestion."""

    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    ADDED = "added", _("Added by correction")


@of_record
class ModelVersion(models.Model):
    """A trained model: of a taxonomy, or (without one) of the institution responsible.

    `about`: what `core.learn.dump` says of the model: labels, cut-offs, figures on held-back data, checksum.
    `number` counts the versions of one taxonomy. `undone_at`: its automatic tags were taken away.
    """

    vocabulary = models.ForeignKey(
        Vocabulary, null=True, blank=True, on_delete=models.PROTECT, related_name="model_versions"
    )
    number = models.PositiveIntegerField()
    about = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    examples = models.PositiveIntegerField()
    trained_at = models.DateTimeField()
    trained_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["vocabulary", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="model_version_number_once", fields=["vocabulary", "number"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vocabulary or _('Institution responsible')} · {self.number}"


class ModelArrays(models.Model):
    """The arrays of a model, apart so that lists do not fetch them. Checked against `about` when read."""

    version = models.OneToOneField(ModelVersion, on_delete=models.CASCADE, related_name="arrays")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.version_id)


class Suggestion(models.Model):
    """What the newest model suggests for a recommendation; made anew with each model, gone once decided.

    score: calibrated probability. `given`: the model would give the label. `sure`: it may apply by itself.
    """

    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="suggestions")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    given = models.BooleanField()
    sure = models.BooleanField()

    class Meta:
        ordering = ["recommendation", "-score"]
        indexes = [models.Index(fields=["version", "recommendation"], name="suggestion_of_item")]
        constraints = [
            models.UniqueConstraint(name="suggestion_once", fields=["version", "recommendation", "tag"]),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.tag_id} {self.score:.2f}"


@of_record
class Decision(models.Model):
    """What a person decided on a suggested tag, and which model had suggested it with what score."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    score = models.FloatField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.tag_id} {self.verdict}"
