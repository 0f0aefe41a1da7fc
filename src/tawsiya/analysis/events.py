"""What the history says of analysis, and who sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences, visibility

EVENTS = {
    "view.saved": _("%(actor)s saved the view “%(subject)s”"),
    "view.shared": _("%(actor)s shared the view “%(subject)s”"),
    "view.unshared": _("%(actor)s stopped sharing the view “%(subject)s”"),
    "view.deleted": _("%(actor)s deleted the view “%(subject)s”"),
}


def own_acts(reader: Reader) -> Q:
    """A person's views are that person's own business: nobody else reads of them in the history."""
    return Q(actor_id=reader.user_id)


def register() -> None:
    """Make the sentences and audiences known."""
    sentences.register(EVENTS)
    visibility.register("analysis.savedview", own_acts)
