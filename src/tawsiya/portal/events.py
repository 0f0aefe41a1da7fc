"""What the history and the notifications say of publications."""

from django.utils.translation import gettext_lazy as _

from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility
from tawsiya.mechanisms.events import everyone_inside
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.sentences import Sentence

EVENTS = {
    "publication.published": _("%(actor)s published version %(version)s"),
    "publication.withdrawn": _("%(actor)s withdrew the publication"),
    "publication.rule": _("%(actor)s published version %(number)s of the rule of assessment"),
    "publication.voice": _("%(actor)s made public what others say of it"),
    "publication.voice_withdrawn": _("What others said of it is no longer public"),
    "programme.published": _("%(actor)s published the programme (publication %(version)s)"),
    "consultation.shown": _("%(actor)s laid the draft before everybody, on the public pages"),
    "consultation.answers_published": _("%(actor)s published the comments of the public that were answered"),
    "programme.unpublished": _("%(actor)s withdrew the programme from the public pages"),
}

NOTIFICATIONS = {
    "publication.published": Sentence(
        _("Published: %(symbol)s § %(paragraph)s"),
        _("The delegation published %(symbol)s § %(paragraph)s on the public pages."),
    ),
    "publication.withdrawn": Sentence(
        _("Publication withdrawn: %(symbol)s § %(paragraph)s"),
        _("The delegation withdrew %(symbol)s § %(paragraph)s from the public pages."),
    ),
}


def register() -> None:
    """Make the sentences known. That something was published is no secret inside (DOMAIN §9)."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    visibility.register("portal.snapshot", everyone_inside)
    visibility.register("portal.rulesnapshot", everyone_inside)
    visibility.register("portal.voicesnapshot", everyone_inside)
