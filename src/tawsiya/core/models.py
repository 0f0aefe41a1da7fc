"""The one row that says which State this instance serves."""

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
