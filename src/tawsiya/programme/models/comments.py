"""What those consulted say of a measure, and what is answered; both are kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.models import Institution, User
from tawsiya.audit.record import of_record
from tawsiya.programme.choices import CommentState, RefusalGround
from tawsiya.programme.models.measures import Measure
from tawsiya.programme.models.programmes import Consultation

_BY_THE_PUBLIC = Q(institution__isnull=True, written_by__isnull=True)


@of_record
class Comment(models.Model):
    """A comment on a measure in consultation; nobody changes it.

    Of an institution or organisation, or of the public: then without a person and an institution, `author` is
    the name given, and a coordinator decides whether it is read: insult and personal data are the only
    grounds against it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="comments")
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    author = models.CharField(_("Name or organization"), max_length=120, blank=True)
    text = models.TextField(_("Comment"))
    language = models.CharField(_("Language"), max_length=8)
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    state = models.CharField(
        _("State"), max_length=10, choices=CommentState.choices, default=CommentState.ACCEPTED
    )
    ground = models.CharField(_("Ground"), max_length=15, choices=RefusalGround.choices, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("Answer"), blank=True)
    answer_language = models.CharField(max_length=8, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["measure", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_answer_whole",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="comment_of_somebody_or_of_the_public",
                condition=_BY_THE_PUBLIC
                | Q(institution__isnull=False, written_by__isnull=False, author="", state="accepted"),
            ),
            models.CheckConstraint(
                name="comment_of_the_public_decided",
                condition=Q(institution__isnull=False, decided_by__isnull=True, decided_at__isnull=True)
                | Q(state="received", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    _BY_THE_PUBLIC
                    & Q(state__in=["accepted", "refused"], decided_by__isnull=False, decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="comment_refused_for_a_ground",
                condition=(Q(state="refused") & ~Q(ground="") & ~Q(reason="") & Q(answer=""))
                | (~Q(state="refused") & Q(ground="", reason="")),
            ),
            models.CheckConstraint(
                name="comment_answered_once_accepted", condition=Q(state="accepted") | Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80] if self.institution_id else str(_("Comment of the public"))

    @property
    def is_public(self) -> bool:
        """Whether it came from the public pages."""
        return self.institution_id is None


class CommentContact(models.Model):
    """Where an author of the public may be written to: for the delegation only, for as long as it is of use.

    No table of record: its history would keep what is to be forgotten.
    """

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="contact")
    email = models.EmailField()

    def __str__(self) -> str:
        return f"contact of {self.comment_id}"
