"""Recommendations as issued, their texts, tags, and who has access to their follow-up."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.core.labels import LabelField, text_of
from tawsiya.mechanisms.choices import TextStatus
from tawsiya.mechanisms.models import Document
from tawsiya.recommendations.choices import (
    AccessLevel,
    GroupState,
    Kind,
    MemberState,
    NationalGrade,
    Position,
    Status,
    TagOrigin,
)


@of_record
class Recommendation(models.Model):
    """One paragraph, or one lettered part of a paragraph (`parent`), of a UN document.

    Identified by (document, paragraph, sub-paragraph path, ordinal), DOMAIN §2. Headline figures
    count rows without a parent. `status` and the rows of `Access` are owned here and written by
    follow-up's commands. `version` counts changes: a writer states the one it saw.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="recommendations")
    kind = models.CharField(_("Kind"), max_length=15, choices=Kind.choices)
    paragraph = models.CharField(_("Paragraph"), max_length=20)
    subparagraph = models.CharField(_("Sub-paragraph"), max_length=20, blank=True)
    ordinal = models.PositiveSmallIntegerField(default=1)
    sort_key = models.CharField(max_length=80, editable=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    headings = LabelField(_("Heading"), blank=True)
    position = models.CharField(_("Position"), max_length=15, choices=Position.choices, blank=True)
    national_grade = models.CharField(
        _("National grade"), max_length=25, choices=NationalGrade.choices, blank=True
    )
    source_of_position = models.CharField(max_length=200, blank=True)
    addressee = models.CharField(_("Addressee"), max_length=200, blank=True)
    is_follow_up_priority = models.BooleanField(_("Follow-up priority"), default=False)
    follow_up_due_on = models.DateField(_("Follow-up due"), null=True, blank=True)
    comment = models.TextField(blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    status = models.CharField(_("Status"), max_length=25, choices=Status.choices, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["status"], name="recommendation_status"),
            models.Index(fields=["document", "sort_key"], name="recommendation_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="recommendation_identity",
                fields=["document", "paragraph", "subparagraph", "ordinal"],
            ),
            models.CheckConstraint(
                name="recommendation_part_has_path",
                condition=Q(parent__isnull=True) | ~Q(subparagraph=""),
            ),
            models.CheckConstraint(
                name="recommendation_follow_up_date_needs_priority",
                condition=Q(follow_up_due_on__isnull=True) | Q(is_follow_up_priority=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.symbol} § {self.label}"

    @property
    def label(self) -> str:
        """The paragraph as people cite it: `140.7`, `31 (b) (ii)`."""
        path = "".join(f" ({step})" for step in self.subparagraph.split(".") if step)
        return f"{self.paragraph}{path}"


@of_record
class RecommendationText(models.Model):
    """The text in one language, without its number and without the recommending States."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("Language"), max_length=8)
    text = models.TextField()
    status = models.CharField(max_length=12, choices=TextStatus.choices, default=TextStatus.OFFICIAL)

    class Meta:
        ordering = ["recommendation", "language"]
        constraints = [
            models.UniqueConstraint(name="recommendation_text_once", fields=["recommendation", "language"]),
        ]

    def __str__(self) -> str:
        return self.text[:80]


@of_record
class RecommendingState(models.Model):
    """A State that made a UPR recommendation: its ISO 3166 code, or as written where not recognised."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="recommending_states"
    )
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=3, blank=True)
    as_written = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["recommendation", "order"]
        constraints = [
            models.UniqueConstraint(name="recommending_state_order", fields=["recommendation", "order"]),
            models.CheckConstraint(
                name="recommending_state_code_or_text",
                condition=(~Q(state="") & Q(as_written="")) | (Q(state="") & ~Q(as_written="")),
            ),
        ]

    def __str__(self) -> str:
        return self.state or self.as_written


@of_record
class Vocabulary(models.Model):
    """A taxonomy: a family of tags, with what suggestions may do with it. `Tag.taxonomy` holds its code.

    A new version of a taxonomy is a row of its own that names the one it `replaces`; `TagMapping` says which
    old tag became which new one. `exclusive`: a recommendation has one tag of it at most.
    """

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    names = LabelField(_("Name"))
    version = models.CharField(_("Version"), max_length=40, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    exclusive = models.BooleanField(_("One label for each recommendation"), default=False)
    precision = models.FloatField(_("Stated precision"), default=0.98)
    applies_automatically = models.BooleanField(_("Apply sure suggestions automatically"), default=False)
    sort_order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        verbose_name_plural = "vocabularies"
        ordering = ["sort_order", "code"]
        constraints = [
            models.CheckConstraint(
                name="vocabulary_precision_is_a_share",
                condition=Q(precision__gte=0.5) & Q(precision__lte=0.999),
            ),
        ]

    def __str__(self) -> str:
        return text_of(self.names) or self.code


@of_record
class Tag(models.Model):
    """A label of a taxonomy: a theme, a group of persons, an SDG goal. `aliases`: labels of older thesauri.

    A retired tag stays on what has it and is offered no more.
    """

    taxonomy = models.CharField(max_length=40)
    code = models.CharField(max_length=120)
    names = LabelField(_("Name"))
    aliases = ArrayField(models.CharField(max_length=200), default=list)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    sort_key = models.CharField(max_length=120)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["taxonomy", "sort_key"]
        constraints = [models.UniqueConstraint(name="tag_code_once", fields=["taxonomy", "code"])]

    def __str__(self) -> str:
        return text_of(self.names) or self.code


@of_record
class TagMapping(models.Model):
    """An old tag and a tag of a later version that stands for it; one can become several, several one."""

    old = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="became")
    new = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="stands_for")

    class Meta:
        ordering = ["old", "new"]
        constraints = [models.UniqueConstraint(name="tag_mapping_once", fields=["old", "new"])]

    def __str__(self) -> str:
        return f"{self.old_id} {self.new_id}"


@of_record
class RecommendationTag(models.Model):
    """A tag on a recommendation, with where it came from. A person's tag survives re-imports.

    `model_version`: the number of the analysis room's model that suggested it.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="tag_links")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="links")
    origin = models.CharField(max_length=10, choices=TagOrigin.choices)
    set_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    model_version = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["recommendation", "tag"]
        constraints = [
            models.UniqueConstraint(name="recommendation_tag_once", fields=["recommendation", "tag"]),
            models.CheckConstraint(
                name="recommendation_tag_person_named",
                condition=~Q(origin="person") | Q(set_by__isnull=False),
            ),
            models.CheckConstraint(
                name="recommendation_tag_automatic_names_model",
                condition=~Q(origin="automatic") | Q(model_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.tag_id}"


@of_record
class TagRefusal(models.Model):
    """A person said that a tag does not belong on a recommendation: it is not applied automatically again."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="tag_refusals")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="refusals")
    refused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["recommendation", "tag"]
        constraints = [
            models.UniqueConstraint(name="tag_refusal_once", fields=["recommendation", "tag"]),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.tag_id}"


@of_record
class Access(models.Model):
    """An institution's part in a recommendation's follow-up; written by follow-up's commands."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="access")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=AccessLevel.choices)

    class Meta:
        verbose_name_plural = "access"
        ordering = ["recommendation", "institution"]
        constraints = [
            models.UniqueConstraint(name="access_once", fields=["recommendation", "institution"]),
            models.UniqueConstraint(
                name="access_one_lead", fields=["recommendation"], condition=Q(level="lead")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.institution_id} {self.level}"


@of_record
class Group(models.Model):
    """Recommendations that ask for the same thing, across mechanisms, cycles and languages.

    Owned here because follow-up assigns it and reports on it; `analysis` proposes it, a person decides.
    `version` counts changes: a writer states the one it saw.
    """

    names = LabelField(_("Title"), blank=True)
    state = models.CharField(
        _("State"), max_length=10, choices=GroupState.choices, default=GroupState.PROPOSED
    )
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="group_decision_paired",
                condition=Q(state="proposed", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return text_of(self.names) or f"{self.pk}"


@of_record
class GroupMember(models.Model):
    """A recommendation's place in a group. `score`: how likely the machine holds it, between 0 and 1.

    In one confirmed group at most, and proposed for one at most; what a person rejected stays, so that it
    is never proposed again.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="group_places")
    state = models.CharField(max_length=10, choices=MemberState.choices)
    score = models.FloatField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(name="group_member_once", fields=["group", "recommendation"]),
            models.UniqueConstraint(
                name="group_member_of_one",
                fields=["recommendation"],
                condition=Q(state__in=["proposed", "confirmed"]),
            ),
            models.CheckConstraint(
                name="group_member_decision_paired",
                condition=Q(state__in=["proposed", "near"], decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["confirmed", "rejected"], decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.recommendation_id} {self.state}"
