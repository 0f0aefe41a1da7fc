"""Messages to people: in the application, and by e-mail through an outbox.

Not tables of record: they announce acts that have their own audit events.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.core import clock

# The code of the weekly mail of a person who prefers one to a mail for each step.
DIGEST = "digest.weekly"


class Notification(models.Model):
    """Something that happened and concerns one person. Its sentence is rendered when read."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications"
    )
    code = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    url_name = models.CharField(max_length=80)
    url_args = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    # What must be told once only: a second notification of a person under the same key is not written.
    key = models.CharField(max_length=120, blank=True)
    # The weekly mail that told it, where its recipient prefers one to a mail for each step.
    digest = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="told")

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "read_at"], name="notification_unread")]
        constraints = [
            models.UniqueConstraint(
                name="notification_told_once", fields=["recipient", "key"], condition=~Q(key="")
            )
        ]

    def __str__(self) -> str:
        return self.code


class MailState(models.TextChoices):
    """What is known of a mail."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Outcome unknown")


class Outcome(models.TextChoices):
    """What an administrator decides of a mail whose outcome is unknown."""

    ARRIVED = "arrived", _("It arrived")
    AGAIN = "again", _("Send it again")


class OutboxMail(models.Model):
    """One mail: one row per event and recipient, with a Message-ID that a retry keeps.

    `taken_at`: when a worker last began to send it.
    """

    notification = models.OneToOneField(Notification, on_delete=models.PROTECT, related_name="mail")
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mail_sent_has_time",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return self.message_id
