"""Other voices on a recommendation, apart from the State's status: UN grades, submissions, questions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.followup.choices import SubmissionState
from tawsiya.programme.choices import RefusalGround
from tawsiya.recommendations.choices import Status
from tawsiya.recommendations.models import Recommendation


@of_record
class Grade(models.Model):
    """What a UN body said of the State's follow-up: a grade of its own scale, in a document, on a day.

    `limb`: the part of the paragraph that it is about, as the body writes it, empty for the whole. A
    record made by mistake is taken back with its reason, and stays.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="grades")
    limb = models.CharField(_("Part of the paragraph"), max_length=40, blank=True)
    grade = models.CharField(_("Grade"), max_length=40)
    symbol = models.CharField(_("Symbol of the assessment"), max_length=80)
    assessed_on = models.DateField(_("Date of the assessment"))
    reasons = models.TextField(_("The body's reasons"), blank=True)
    language = models.CharField(_("Language"), max_length=8)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recommendation", "-assessed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="grade_once",
                fields=["recommendation", "limb", "symbol"],
                condition=Q(taken_back_at__isnull=True),
            ),
            models.CheckConstraint(
                name="grade_taken_back_paired",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} {self.limb} {self.grade}".replace("  ", " ")


@of_record
class Submission(models.Model):
    """What the national human rights institution or an organisation says of a recommendation.

    `status`: its own assessment on the scale of DOMAIN §8, empty where it gives none; it never counts as the
    State's. The delegation refuses it for insult or personal data only (`ground`), and says where (`reason`).
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="submissions")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(
        _("State"), max_length=10, choices=SubmissionState.choices, default=SubmissionState.SUBMITTED
    )
    status = models.CharField(_("Own assessment"), max_length=25, choices=Status.choices, blank=True)
    text = models.TextField(_("What you see"))
    language = models.CharField(_("Language"), max_length=8)
    link = models.URLField(_("Link"), max_length=500, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ground = models.CharField(_("Ground"), max_length=15, choices=RefusalGround.choices, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="submission_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="submission_refusal_has_ground",
                condition=(Q(state="refused") & ~Q(ground="") & ~Q(reason=""))
                | (~Q(state="refused") & Q(ground="")),
            ),
            models.CheckConstraint(
                name="submission_decision_paired",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_decided_by_state",
                condition=~Q(state__in=["accepted", "refused"]) | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} · {self.institution}"


@of_record
class ParliamentQuestion(models.Model):
    """A question of parliament to the government, with its answer where it has one."""

    number = models.CharField(_("Reference number"), max_length=60)
    asked_on = models.DateField(_("Date of the question"))
    deputy = models.CharField(_("Member of parliament"), max_length=120)
    group = models.CharField(_("Parliamentary group"), max_length=120, blank=True)
    text = models.TextField(_("Question"))
    language = models.CharField(_("Language"), max_length=8)
    answer = models.TextField(_("Answer"), blank=True)
    answered_on = models.DateField(_("Date of the answer"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="parliament_question_once", fields=["number", "asked_on"]),
            models.CheckConstraint(
                name="parliament_question_answer_paired",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__gte=models.F("asked_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.asked_on}"


@of_record
class ParliamentQuestionItem(models.Model):
    """A recommendation that a question of parliament is about."""

    question = models.ForeignKey(ParliamentQuestion, on_delete=models.PROTECT, related_name="items")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="parliament_questions"
    )

    class Meta:
        ordering = ["question", "recommendation"]
        constraints = [
            models.UniqueConstraint(
                name="parliament_question_item_once", fields=["question", "recommendation"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.recommendation_id}"
