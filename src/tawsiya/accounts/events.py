"""What the history says of accounts and institutions, and who sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences, visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING

EVENTS = {
    "account.created": _("%(actor)s created the account of %(subject)s"),
    "account.deactivated": _("%(actor)s closed the account of %(subject)s"),
    "account.language": _("%(actor)s changed the language of the pages"),
    "account.mails": _("%(actor)s changed how often e-mails come"),
    "invitation.sent": _("%(actor)s invited %(subject)s: %(role)s, %(institution)s"),
    "invitation.accepted": _("%(actor)s accepted the invitation sent to %(subject)s"),
    "invitation.revoked": _("%(actor)s revoked the invitation of %(subject)s"),
    "membership.started": _("%(actor)s gave %(person)s a role: %(role)s, %(institution)s"),
    "membership.ended": _("%(actor)s ended a role of %(person)s: %(role)s, %(institution)s"),
    "deputy.appointed": _(
        "%(actor)s appointed %(deputy)s to replace %(person)s from %(starts_on)s to %(ends_on)s"
    ),
    "deputy.ended": _("%(actor)s ended the replacement of %(person)s by %(deputy)s"),
    "institution.created": _("%(actor)s created the institution %(names)s"),
    "institution.changed": _("%(actor)s changed the institution %(names)s"),
    "institution.succeeded": _("%(actor)s recorded that %(successor)s replaces %(institution)s from %(on)s"),
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
