"""People, institutions, and the roles that tie them together for a time."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.choices import InstitutionKind, MailPace, Role
from tawsiya.audit.record import of_record
from tawsiya.core.labels import LabelField, text_of


class UserManager(BaseUserManager["User"]):
    """Find people by their address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person of an address."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person without any role."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. Roles come from memberships; there is no superuser who sees everything.

    Not a table of record: sign-in writes to it. Each act on an account has its audit event.
    """

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=150)
    name_ar = models.CharField(_("Name in Arabic"), max_length=150, blank=True)
    language = models.CharField(_("Language"), max_length=8, default="fr")
    mail_pace = models.CharField(_("E-mails"), max_length=10, choices=MailPace.choices, default=MailPace.EACH)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def name_in(self, language: str) -> str:
        """Return the name in the script of `language` where it is known."""
        return self.name_ar if language.startswith("ar") and self.name_ar else str(self)


@of_record
class Institution(models.Model):
    """A ministry, body or organisation, or a directorate inside one (`parent`).

    Ministries merge and change name at every reshuffle: one that ceased keeps its rows and
    names its successor, whose people then read what it left.
    """

    key = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=InstitutionKind.choices)
    names = LabelField(_("Name"))
    acronyms = LabelField(_("Acronym"), blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="directorates"
    )
    exists_from = models.DateField(_("Exists since"), null=True, blank=True)
    exists_to = models.DateField(_("Existed until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(name="institution_not_own_parent", condition=~Q(parent=F("id"))),
            models.CheckConstraint(name="institution_not_own_successor", condition=~Q(successor=F("id"))),
            models.CheckConstraint(
                name="institution_successor_after_end",
                condition=Q(successor__isnull=True) | Q(exists_to__isnull=False),
            ),
            models.CheckConstraint(
                name="institution_dates_in_order",
                condition=Q(exists_from__isnull=True)
                | Q(exists_to__isnull=True)
                | Q(exists_to__gte=F("exists_from")),
            ),
        ]

    def __str__(self) -> str:
        return text_of(self.names) or self.key


@of_record
class Membership(models.Model):
    """A person's role in an institution, from one day to another (both included)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ["user_id", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                name="membership_once_open",
                fields=["user", "institution", "role"],
                condition=Q(ends_on__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_dates_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.institution}"


@of_record
class Deputy(models.Model):
    """Someone who acts in another's name during an absence; the history says so."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputised")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))

    class Meta:
        verbose_name_plural = "deputies"
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(name="deputy_is_another", condition=~Q(person=F("deputy"))),
            models.CheckConstraint(name="deputy_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.person}"


@of_record
class Invitation(models.Model):
    """A way in for one person, for a few days. Only the hash of its secret is stored."""

    email = models.EmailField(_("E-mail address"))
    name = models.CharField(_("Name"), max_length=150)
    name_ar = models.CharField(_("Name in Arabic"), max_length=150, blank=True)
    language = models.CharField(_("Language"), max_length=8, default="fr")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                name="invitation_acceptance_paired",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_expires_later", condition=Q(expires_at__gt=F("invited_at"))
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_revoked",
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def name_in(self, language: str) -> str:
        """Return the invited person's name in the script of `language` where it is known."""
        return self.name_ar if language.startswith("ar") and self.name_ar else self.name
