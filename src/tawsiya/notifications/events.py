"""What notifications themselves say: the weekly mail."""

from django.utils.translation import gettext_lazy as _

from tawsiya.notifications import sentences
from tawsiya.notifications.models import DIGEST
from tawsiya.notifications.sentences import Sentence

NOTIFICATIONS = {
    DIGEST: Sentence(
        _("Your week in Tawsiya, %(day)s"),
        _("What happened since your last weekly mail:"),
    ),
}


def register() -> None:
    """Make the sentences known; called once Django is ready."""
    sentences.register(NOTIFICATIONS)
