"""What the history and the notifications of the analyst's desk say, and who sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.analysis.search.matches import still_holds
from tawsiya.analysis.visibility import loads_visible_to
from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.mechanisms.events import everyone_inside
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.sentences import Sentence

EVENTS = {
    "taxonomy.imported": _("%(actor)s imported a taxonomy"),
    "taxonomy.changed": _("%(actor)s changed the taxonomy %(subject)s"),
    "taxonomy.carried_over": _("%(actor)s carried %(count)s tags over to %(subject)s"),
    "model.trained": _("%(actor)s trained the model %(subject)s"),
    "tags.applied": _("%(actor)s applied %(count)s suggestions of %(subject)s automatically"),
    "tags.undone": _("%(actor)s undid %(count)s automatic tags of %(subject)s"),
    "recommendation.tags_reviewed": _("%(actor)s decided on suggested tags"),
    "world.loaded": _(
        "%(actor)s loaded %(subject)s, records of all States: %(created)s new, %(changed)s changed,"
        " %(withdrawn)s withdrawn"
    ),
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


def _delegation(reader: Reader) -> Q:
    return EVERYTHING if reader.is_delegation else NOTHING


def own_acts(reader: Reader) -> Q:
    """A person's views are that person's own business: nobody else reads of them in the history."""
    return Q(actor_id=reader.user_id)


def register() -> None:
    """Make the sentences and audiences known."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    audit_visibility.register("analysis.savedview", own_acts)
    audit_visibility.register("analysis.modelversion", _delegation)
    audit_visibility.register("analysis.worldload", loads_visible_to)
    audit_visibility.register("recommendations.vocabulary", everyone_inside)
