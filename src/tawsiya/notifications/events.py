"""What notifications themselves say: the weekly mail, and what concerns replacements."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.permissions import may
from tawsiya.accounts.reader import Reader
from tawsiya.accounts.roles import Act
from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.notifications import sentences
from tawsiya.notifications.models import DIGEST
from tawsiya.notifications.sentences import Sentence

EVENTS = {
    "mail.settled_sent": _("%(actor)s recorded that an e-mail of unknown outcome to %(recipient)s arrived"),
    "mail.sent_again": _("%(actor)s had an e-mail of unknown outcome sent again to %(recipient)s"),
}

NOTIFICATIONS = {
    DIGEST: Sentence(
        _("Your week in Tawsiya, %(day)s"),
        _("What happened since your last weekly e-mail:"),
    ),
    "deputy.appointed": Sentence(
        _("You will replace %(person)s from %(starts_on)s to %(ends_on)s"),
        _(
            "From %(starts_on)s to %(ends_on)s, both days included, you read and do what %(person)s does, "
            "and receive what %(person)s receives. The history names you both."
        ),
        at_once=True,
    ),
    "deputy.begins": Sentence(
        _("From today you replace %(person)s, until %(ends_on)s"),
        _("Until %(ends_on)s, that day included, you receive what %(person)s receives."),
        at_once=True,
    ),
    "deputy.ends": Sentence(
        _("You no longer replace %(person)s"),
        _("The replacement is over: what is sent to %(person)s no longer reaches you."),
        at_once=True,
    ),
    "deputy.named": Sentence(
        _("%(deputy)s replaces you from %(starts_on)s to %(ends_on)s"),
        _("An administrator named %(deputy)s. You can end the replacement on your own page."),
        at_once=True,
    ),
    "deputy.named_ends": Sentence(
        _("%(deputy)s no longer replaces you"),
        _("The replacement is over: what is sent to you reaches you alone."),
        at_once=True,
    ),
}


def _mail_events(reader: Reader) -> Q:
    return EVERYTHING if may(reader, Act.READ_OUTBOX) else NOTHING


def register() -> None:
    """Make the sentences and the audience known; called once Django is ready."""
    audit_sentences.register(EVENTS)
    audit_visibility.register("notifications.outboxmail", _mail_events)
    sentences.register(NOTIFICATIONS)
