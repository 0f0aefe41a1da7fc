"""The pace at which institutions are reminded of their assignments."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tawsiya.accounts.models import User
from tawsiya.audit.record import of_record
from tawsiya.followup.models.requests import days_before


@of_record
class AssignmentPace(models.Model):
    """One row for the whole instance, written by a coordinator; all numbers are days.

    `answer_within`: an institution is to accept or refuse within so many days. The other fields are those
    of a questionnaire: before the deadline, distance after it, and from when on the reminder climbs.
    """

    answer_within = models.PositiveSmallIntegerField(default=14)
    remind_before = ArrayField(models.PositiveSmallIntegerField(), default=days_before, blank=True)
    remind_every = models.PositiveSmallIntegerField(default=7)
    validator_after = models.PositiveSmallIntegerField(default=7)
    head_after = models.PositiveSmallIntegerField(default=21)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="assignment_pace_is_one", condition=Q(pk=1)),
            models.CheckConstraint(
                name="assignment_pace",
                condition=Q(answer_within__gte=1)
                & Q(remind_every__gte=1)
                & Q(head_after__gte=F("validator_after")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_within} · {self.remind_every}"


@of_record
class ReminderStart(models.Model):
    """The day on which reminders of assignments were first run; one row.

    What was overdue then is told once, and its reminders are counted from that day: nobody's head is told on
    the first day of a system that a State has kept for years.
    """

    began_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(name="reminder_start_is_one", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.began_on.isoformat()
