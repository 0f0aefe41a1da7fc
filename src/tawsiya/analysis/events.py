"""What the history and the notifications of the analyst's desk say, and who sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.search.matches import still_holds
from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.sentences import Sentence

EVENTS = {
    "view.saved": _("%(actor)s saved the view “%(subject)s”"),
    "view.shared": _("%(actor)s shared the view “%(subject)s”"),
    "view.unshared": _("%(actor)s stopped sharing the view “%(subject)s”"),
    "view.deleted": _("%(actor)s deleted the view “%(subject)s”"),
}

NOTIFICATIONS = {
    # Neither number nor titles: what is new is read in the application, by the rights of then.
    "search.new_matches": Sentence(
        _("New matches of your saved search: %(name)s"),
        _("Your saved search “%(name)s” has new matches. Open it to read them."),
        still_holds,
    ),
}


def own_acts(reader: Reader) -> Q:
    """A person's views are that person's own business: nobody else reads of them in the history."""
    return Q(actor_id=reader.user_id)


def register() -> None:
    """Make the sentences and audiences known."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    audit_visibility.register("analysis.savedview", own_acts)
