"""What the history says of accounts and institutions, and who sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences, visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING

EVENTS = {
    "account.created": _("%(actor)s created the account of %(subject)s"),
    "account.deactivated": _("%(actor)s closed the account of %(subject)s"),
    "invitation.sent": _("%(actor)s invited %(subject)s"),
    "invitation.accepted": _("%(subject)s accepted the invitation"),
    "invitation.revoked": _("%(actor)s revoked the invitation of %(subject)s"),
    "membership.started": _("%(actor)s gave a role: %(subject)s"),
    "membership.ended": _("%(actor)s ended a role: %(subject)s"),
    "deputy.appointed": _("%(actor)s appointed a deputy: %(subject)s"),
    "institution.changed": _("%(actor)s changed the institution %(subject)s"),
    "instance.created": _("The instance was created"),
}

ADMINISTRATIVE = (
    "accounts.user",
    "accounts.invitation",
    "accounts.membership",
    "accounts.deputy",
    "accounts.institution",
    "instance",
)


def register() -> None:
    """Make the sentences and audiences known: administrators read the history of accounts."""
    sentences.register(EVENTS)
    for subject_type in ADMINISTRATIVE:
        visibility.register(subject_type, _administrators)


def _administrators(reader: Reader) -> Q:
    return EVERYTHING if reader.is_administrator else NOTHING
