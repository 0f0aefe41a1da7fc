"""What is written around a contribution: references as evidence, texts being typed, conversations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.followup.choices import Circle, EvidenceMark, ReferenceKind
from tawsiya.followup.models.work import Contribution
from tawsiya.recommendations.models import Recommendation


@of_record
class Reference(models.Model):
    """Evidence that is no file: a page elsewhere, or a law with its number and date."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="references")
    kind = models.CharField(_("Kind"), max_length=8, choices=ReferenceKind.choices)
    title = models.CharField(_("Title"), max_length=300)
    number = models.CharField(_("Number"), max_length=80, blank=True)
    dated = models.DateField(_("Date"), null=True, blank=True)
    url = models.URLField(_("Address"), max_length=500, blank=True)
    mark = models.CharField(
        _("Confidentiality"), max_length=12, choices=EvidenceMark.choices, default=EvidenceMark.INTERNAL
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reference_says_where",
                condition=(Q(kind="link") & ~Q(url="")) | (Q(kind="law") & ~Q(number="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TypedText(models.Model):
    """What one person is typing and has not saved: that person's alone, no record, and it expires.

    `place` names the form (`item:12`, `contribution:7`, `reply:3`); `fields` are the form's as it sent them;
    `seen_version` is the version of the contribution or reply on which the person began.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=40)
    fields = models.JSONField()
    seen_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(name="typed_text_once", fields=["user", "place"])]

    def __str__(self) -> str:
        return self.place


@of_record
class Message(models.Model):
    """A message on an item: inside an institution, with the delegation, or among the delegation.

    Withdrawn by its author it loses its text, and stays as the fact that somebody wrote; the text is kept in
    the row's versions, which no page shows.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="messages")
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    circle = models.CharField(max_length=16, choices=Circle.choices)
    text = models.TextField(_("Message"), blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["recommendation", "circle", "institution"], name="message_thread"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_empty_once_withdrawn",
                condition=(~Q(text="") & Q(withdrawn_at__isnull=True))
                | (Q(text="") & Q(withdrawn_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="message_circle_has_its_institution",
                condition=Q(circle="delegation", institution__isnull=True)
                | (~Q(circle="delegation") & Q(institution__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.circle} {self.pk}"


@of_record
class MessageMention(models.Model):
    """A person whom a message names, and who is told of it."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="mentions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["message", "user"]
        constraints = [models.UniqueConstraint(name="message_mention_once", fields=["message", "user"])]

    def __str__(self) -> str:
        return f"{self.message_id} {self.user_id}"


class ReadMark(models.Model):
    """How far a person has read a conversation: no record, only what the unread marks are counted from."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    circle = models.CharField(max_length=16, choices=Circle.choices)
    read_to = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="read_mark_once",
                fields=["user", "recommendation", "circle", "institution"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.recommendation_id} {self.circle}"
