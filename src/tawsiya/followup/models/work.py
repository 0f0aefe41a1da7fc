"""Assignments, contributions with their evidence, and assessments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.followup.choices import AssignmentState, ContributionState, EvidenceMark
from tawsiya.followup.models.rules import AssessmentRule
from tawsiya.recommendations.choices import AccessLevel, Status
from tawsiya.recommendations.models import Group, Recommendation


@of_record
class Assignment(models.Model):
    """A recommendation given to an institution to lead or to support, and its answer."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="assignments")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="assignments")
    level = models.CharField(_("Part"), max_length=10, choices=AccessLevel.choices)
    state = models.CharField(
        _("State"), max_length=10, choices=AssignmentState.choices, default=AssignmentState.PROPOSED
    )
    deadline = models.DateField(_("Deadline"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True)
    letter_reference = models.CharField(_("Reference of the letter"), max_length=80, blank=True)
    letter_date = models.DateField(_("Date of the letter"), null=True, blank=True)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Whom the institution would have in its place, while it asks to reassign.
    proposed_institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The ministry that passed it on to its directorate `institution`.
    passed_from = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="passed_on"
    )

    class Meta:
        ordering = ["recommendation", "level", "assigned_at"]
        constraints = [
            models.UniqueConstraint(
                name="assignment_open_once",
                fields=["recommendation", "institution"],
                condition=Q(state__in=["proposed", "accepted", "reassign"]),
            ),
            models.UniqueConstraint(
                name="assignment_one_open_lead",
                fields=["recommendation"],
                condition=Q(state__in=["proposed", "accepted", "reassign"], level="lead"),
            ),
            models.CheckConstraint(
                name="assignment_answer_paired",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_answered_by_state",
                condition=~Q(state__in=["accepted", "refused"]) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_end_paired",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_ended_by_state",
                condition=(Q(state="ended") & Q(ended_at__isnull=False))
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="assignment_refusal_has_reason",
                condition=~Q(state__in=["refused", "ended", "reassign"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="assignment_passed_to_another",
                condition=Q(passed_from__isnull=True) | ~Q(passed_from=F("institution")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} → {self.institution}"


def _part_mark() -> "models.CharField[str, str]":
    """Return the field that says who may receive a part of a contribution."""
    return models.CharField(
        _("Confidentiality"), max_length=12, choices=EvidenceMark.choices, default=EvidenceMark.INTERNAL
    )


@of_record
class Contribution(models.Model):
    """What an institution reports on a recommendation, in its own language."""

    # Found by `contribution_of_item_states`: beside an index of its own, that one would not be used.
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="contributions", db_index=False
    )
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="contributions")
    state = models.CharField(
        _("State"), max_length=25, choices=ContributionState.choices, default=ContributionState.DRAFT
    )
    language = models.CharField(_("Language"), max_length=8)
    measures_taken = models.TextField(_("Measures taken"), blank=True)
    obstacles = models.TextField(_("Obstacles"), blank=True)
    next_steps = models.TextField(_("Next steps"), blank=True)
    # Rows of strings: label, value, unit, period, source (`followup.figures`).
    figures = models.JSONField(_("Figures"), default=list, blank=True)
    measures_taken_mark = _part_mark()
    obstacles_mark = _part_mark()
    next_steps_mark = _part_mark()
    figures_mark = _part_mark()
    proposed_status = models.CharField(
        _("Proposed status"), max_length=25, choices=Status.choices, blank=True
    )
    return_reason = models.TextField(_("Reason of the return"), blank=True)
    # The group it was written for, on each of whose members it stands as a contribution of its own.
    written_for = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [
            # Texts make wide rows: what is counted stands in the indexes, so that counting reads no text.
            models.Index(
                fields=["state", "institution"],
                include=["id", "recommendation", "proposed_status"],
                name="contribution_states",
            ),
            models.Index(
                fields=["recommendation", "institution", "state"], name="contribution_of_item_states"
            ),
            models.Index(fields=["-changed_at", "-id"], include=["state"], name="contribution_latest_states"),
            # What waits longest: few rows of a state among the many that are through.
            models.Index(fields=["state", "changed_at"], name="contribution_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                name="contribution_return_has_reason",
                condition=~Q(state__in=["returned_by_validator", "returned_by_delegation"])
                | ~Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="contribution_not_empty_when_sent",
                condition=Q(state__in=["draft", "returned_by_validator", "returned_by_delegation"])
                | ~Q(measures_taken=""),
            ),
            *(
                models.CheckConstraint(
                    name=f"contribution_{part}_mark_known",
                    condition=Q(**{f"{part}_mark__in": EvidenceMark.values}),
                )
                for part in ("measures_taken", "obstacles", "next_steps", "figures")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} · {self.institution}"


@of_record
class ContributionAuthor(models.Model):
    """Everyone who wrote in a contribution: none of them may validate it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="authors")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["contribution", "user"]
        constraints = [
            models.UniqueConstraint(name="contribution_author_once", fields=["contribution", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.user_id}"


@of_record
class Evidence(models.Model):
    """A file that proves what a contribution says. `stored_as` is a random name in private storage."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("Title"), max_length=200)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=80, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    mark = models.CharField(
        _("Confidentiality"), max_length=12, choices=EvidenceMark.choices, default=EvidenceMark.INTERNAL
    )
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.title


@of_record
class Assessment(models.Model):
    """A status of implementation set by the delegation, with its justification. The latest one holds.

    `rule`, `proposed` and `derivation`: what the rule in force then made of the record, kept as it was
    shown to whoever decided. The delegation's alone, as every proposal is (DOMAIN §9).
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="assessments")
    status = models.CharField(_("Status"), max_length=25, choices=Status.choices)
    justification = models.TextField(_("Justification"))
    language = models.CharField(_("Language"), max_length=8)
    rule = models.ForeignKey(
        AssessmentRule, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    proposed = models.CharField(max_length=25, choices=Status.choices, blank=True)
    derivation = models.JSONField(default=dict, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="assessment_has_justification", condition=~Q(justification="")),
            models.CheckConstraint(
                name="assessment_proposal_whole",
                condition=Q(rule__isnull=True, proposed="", derivation={})
                | (Q(rule__isnull=False) & ~Q(derivation={})),
            ),
        ]

    def __str__(self) -> str:
        return str(self.recommendation)
