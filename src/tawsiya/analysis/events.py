"""What the notifications of the analyst's desk say."""

from django.utils.translation import gettext_lazy as _

from tawsiya.analysis.search.matches import still_holds
from tawsiya.notifications import sentences
from tawsiya.notifications.sentences import Sentence

NOTIFICATIONS = {
    # Neither number nor titles: what is new is read in the application, by the rights of then.
    "search.new_matches": Sentence(
        _("New matches of your saved search: %(name)s"),
        _("Your saved search “%(name)s” has new matches. Open it to read them."),
        still_holds,
    ),
}


def register() -> None:
    """Tell the notifications."""
    sentences.register(NOTIFICATIONS)
