"""The UN side: mechanisms, bodies, treaties, reviews, documents, obligations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.audit.record import of_record
from tawsiya.core.labels import LabelField, text_of
from tawsiya.mechanisms.choices import (
    DocumentType,
    MechanismKind,
    ObligationKind,
    ReviewKind,
    TextStatus,
)


@of_record
class Body(models.Model):
    """Who recommends: the UPR Working Group, a treaty body, a special procedure, a regional body."""

    code = models.CharField(max_length=60, unique=True)
    mechanism = models.CharField(_("Mechanism"), max_length=20, choices=MechanismKind.choices)
    names = LabelField(_("Name"))
    aliases = ArrayField(models.CharField(max_length=120), default=list)

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ["mechanism", "code"]

    def __str__(self) -> str:
        return text_of(self.names) or self.code


@of_record
class Treaty(models.Model):
    """An instrument; for the State of this instance, the year it became party (null: not, or unknown)."""

    code = models.CharField(max_length=20, unique=True)
    names = LabelField(_("Name"))
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="treaties")
    party_since = models.PositiveSmallIntegerField(_("Party since"), null=True, blank=True)

    class Meta:
        verbose_name_plural = "treaties"
        ordering = ["code"]

    def __str__(self) -> str:
        return text_of(self.names) or self.code


@of_record
class Review(models.Model):
    """One review of the State by a body. Session numbers of the UPR are Working Group sessions."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(_("Kind"), max_length=20, choices=ReviewKind.choices)
    cycle = models.PositiveSmallIntegerField(_("Cycle"), null=True, blank=True)
    session = models.PositiveSmallIntegerField(_("Session"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)
    held_on = models.DateField(_("Date"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "body"]
        constraints = [
            models.UniqueConstraint(
                name="review_once_per_upr_cycle", fields=["body", "cycle"], condition=Q(cycle__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        parts = [str(self.body)]
        if self.cycle:
            parts.append(_("cycle %(cycle)s") % {"cycle": self.cycle})
        if self.year:
            parts.append(str(self.year))
        return " · ".join(parts)


@of_record
class Document(models.Model):
    """A UN document, identified by its symbol; `symbol_parts` is the parsed symbol (`symbols.parse`)."""

    symbol = models.CharField(_("Symbol"), max_length=80, unique=True)
    symbol_parts = models.JSONField(default=dict)
    type = models.CharField(_("Type"), max_length=30, choices=DocumentType.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="documents")
    review = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    titles = LabelField(_("Title"), blank=True)
    published_on = models.DateField(_("Date"), null=True, blank=True)
    authentic_language = models.CharField(_("Authentic language"), max_length=8, blank=True)

    class Meta:
        ordering = ["-published_on", "symbol"]

    def __str__(self) -> str:
        return self.symbol


@of_record
class Edition(models.Model):
    """One issue of a document: advance unedited version, final text, corrigendum."""

    class Kind(models.TextChoices):
        ADVANCE = "advance", _("Advance unedited version")
        FINAL = "final", _("Final version")
        CORRIGENDUM = "corrigendum", _("Corrigendum")
        COMPILATION = "compilation", _("Compilation by OHCHR")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("Edition"))
    kind = models.CharField(_("Kind"), max_length=15, choices=Kind.choices, default=Kind.FINAL)
    issued_on = models.DateField(_("Date"), null=True, blank=True)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(name="edition_number_once", fields=["document", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"


@of_record
class LanguageVersion(models.Model):
    """An edition in one language, with the fingerprint of the file it was read from."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="language_versions")
    language = models.CharField(_("Language"), max_length=8)
    status = models.CharField(max_length=12, choices=TextStatus.choices, default=TextStatus.OFFICIAL)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["edition", "language"]
        constraints = [
            models.UniqueConstraint(name="language_version_once", fields=["edition", "language"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.language}"


@of_record
class Obligation(models.Model):
    """Something the State owes to a body by a date, and the document that says so.

    Where the date cannot be known, `within_months` says how long after the document's adoption.
    `paragraph` is where the document says it, `items` the paragraphs chosen for follow-up as cited
    ("23 (a)"), `note` the sentence.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="obligations")
    kind = models.CharField(_("Kind"), max_length=12, choices=ObligationKind.choices)
    due_on = models.DateField(_("Due date"), null=True, blank=True)
    within_months = models.PositiveSmallIntegerField(_("Months after adoption"), null=True, blank=True)
    paragraph = models.CharField(_("Paragraph"), max_length=20, blank=True)
    items = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    source = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="obligations"
    )
    fulfilled_by = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="fulfils"
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on"]

    def __str__(self) -> str:
        return f"{self.body} {self.kind}"
