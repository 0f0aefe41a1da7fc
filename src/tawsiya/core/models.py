"""The one row that says which State this instance serves, and the pictures of charts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tawsiya.core.labels import LabelField


class Instance(models.Model):
    """The State an instance serves, its languages and locales. One row, written by `tawsiya init`.

    `is_demo` marks a database of training data: it refuses to start outside demo mode.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    state = models.CharField(max_length=3)
    names = LabelField()
    languages = ArrayField(models.CharField(max_length=8))
    locales = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="instance_is_single", condition=Q(id=1)),
            models.CheckConstraint(name="instance_state_alpha3", condition=Q(state__regex=r"^[A-Z]{3}$")),
        ]

    def __str__(self) -> str:
        return self.state


class Drawing(models.Model):
    """A chart that a page asked for, and its pictures once a job has drawn them.

    Known by its content (`charts.Chart.key`), so that a changed figure is another drawing; no table of
    record: it can be thrown away at any time and is drawn again. `narrow` is the
    picture for phones. `failed` says why a drawing failed.
    """

    key = models.CharField(max_length=64, primary_key=True)
    chart = models.JSONField()
    svg = models.TextField(blank=True)
    narrow = models.TextField(blank=True)
    png = models.BinaryField(default=bytes)
    failed = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="drawing_drawn_or_waiting",
                condition=Q(drawn_at__isnull=True, svg="") | Q(drawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key
