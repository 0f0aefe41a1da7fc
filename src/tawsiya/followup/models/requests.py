"""Questionnaires, the replies of institutions with their answers, requests for more time, calendars."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.followup.choices import (
    ContributionState,
    ExtensionState,
    QuestionKind,
    QuestionnaireKind,
    QuestionnaireState,
)
from tawsiya.mechanisms.models import Review
from tawsiya.recommendations.models import Recommendation


def days_before() -> list[int]:
    """Return on which days before the deadline institutions are reminded, unless told otherwise."""
    return [14, 7, 1]


@of_record
class Questionnaire(models.Model):
    """Questions to chosen institutions with a deadline, and the pace at which they are reminded.

    `remind_before`: days before the deadline. After it: the next day, then every `remind_every` days;
    the validator is told too from `validator_after` days overdue on, the head of the institution from
    `head_after` days on.
    """

    kind = models.CharField(_("Kind"), max_length=10, choices=QuestionnaireKind.choices)
    title = models.CharField(_("Title"), max_length=200)
    introduction = models.TextField(_("Introduction"), blank=True)
    language = models.CharField(_("Language"), max_length=8)
    review = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="questionnaires"
    )
    state = models.CharField(
        _("State"), max_length=10, choices=QuestionnaireState.choices, default=QuestionnaireState.DRAFT
    )
    deadline = models.DateField(_("Deadline"))
    remind_before = ArrayField(models.PositiveSmallIntegerField(), default=days_before, blank=True)
    remind_every = models.PositiveSmallIntegerField(default=7)
    validator_after = models.PositiveSmallIntegerField(default=7)
    head_after = models.PositiveSmallIntegerField(default=21)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="questionnaire_sent_by_state",
                condition=Q(state__in=["sent", "closed"], sent_at__isnull=False, sent_by__isnull=False)
                | Q(state__in=["draft", "discarded"], sent_at__isnull=True, sent_by__isnull=True),
            ),
            models.CheckConstraint(
                name="questionnaire_closed_by_state",
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="questionnaire_pace",
                condition=Q(remind_every__gte=1) & Q(head_after__gte=F("validator_after")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@of_record
class Question(models.Model):
    """A question of a questionnaire, in the words of its author or those of a recommendation or measure.

    `measure_key`: of the measure it is about, the same in every version; a report on it is an answer.
    `only_for`: ids of the institutions it is put to; empty for all of the questionnaire's.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(_("Number"), max_length=30, blank=True)
    text = models.TextField(_("Question"), blank=True)
    kind = models.CharField(
        _("Answer"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.TEXT
    )
    options = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    measure_key = models.UUIDField(null=True, blank=True)
    only_for = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ["questionnaire", "order"]
        constraints = [
            models.UniqueConstraint(name="question_order_once", fields=["questionnaire", "order"]),
            models.UniqueConstraint(name="question_measure_once", fields=["questionnaire", "measure_key"]),
            models.CheckConstraint(
                name="question_has_words", condition=~Q(text="") | Q(recommendation__isnull=False)
            ),
            models.CheckConstraint(
                name="question_choice_has_options",
                condition=(Q(kind="choice") & ~Q(options=[])) | (~Q(kind="choice") & Q(options=[])),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.order)


@of_record
class Reply(models.Model):
    """What one institution has to answer to a questionnaire, and how far its answers have come.

    `deadline` is its own: more time may have been given. `sent_at`: when it last reached the delegation.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="replies")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="replies")
    state = models.CharField(
        _("State"), max_length=25, choices=ContributionState.choices, default=ContributionState.DRAFT
    )
    deadline = models.DateField(_("Deadline"))
    return_reason = models.TextField(_("Reason of the return"), blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["deadline", "pk"]
        constraints = [
            models.UniqueConstraint(name="reply_once", fields=["questionnaire", "institution"]),
            models.CheckConstraint(
                name="reply_return_has_reason",
                condition=~Q(state__in=["returned_by_validator", "returned_by_delegation"])
                | ~Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="reply_sent_has_time",
                condition=~Q(state__in=["with_delegation", "validated"]) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · {self.institution}"


@of_record
class ReplyAuthor(models.Model):
    """Everyone who wrote in a reply: none of them may approve or validate it."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="authors")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["reply", "user"]
        constraints = [models.UniqueConstraint(name="reply_author_once", fields=["reply", "user"])]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.user_id}"


@of_record
class Answer(models.Model):
    """The answer to one question: words (or the option chosen), a figure or a date, and a note to it."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    figure = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["question__order"]
        constraints = [
            models.UniqueConstraint(name="answer_once", fields=["reply", "question"]),
            models.CheckConstraint(
                name="answer_of_one_kind",
                condition=Q(text="", figure__isnull=True)
                | Q(text="", day__isnull=True)
                | Q(figure__isnull=True, day__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.question_id}"


@of_record
class Extension(models.Model):
    """A request for more time to answer a questionnaire, and the delegation's decision."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField(
        _("State"), max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED
    )
    wanted = models.DateField(_("New deadline asked"))
    reason = models.TextField(_("Reason"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.DateField(_("New deadline"), null=True, blank=True)
    decision = models.TextField(_("Reason of the decision"), blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="extension_asked_once", fields=["reply"], condition=Q(state="asked")
            ),
            models.CheckConstraint(name="extension_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="extension_decided_by_state",
                condition=Q(state="asked", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="extension_granted_until",
                condition=Q(state="granted", granted__isnull=False)
                | (~Q(state="granted") & Q(granted__isnull=True)),
            ),
            models.CheckConstraint(
                name="extension_refusal_has_reason", condition=~Q(state="refused") | ~Q(decision="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply} · {self.wanted}"


@of_record
class CalendarAddress(models.Model):
    """A secret address at which a person's own deadlines can be fetched as iCalendar, until revoked.

    The secret stands nowhere: only its SHA-256, as for invitations.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calendar_addresses")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "calendar addresses"
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                name="calendar_address_one_open", fields=["user"], condition=Q(revoked_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"
