"""What the history says of taxonomies and suggestions, and who sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences, visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.mechanisms.events import everyone_inside

EVENTS = {
    "taxonomy.imported": _("%(actor)s imported a taxonomy"),
    "taxonomy.changed": _("%(actor)s changed the taxonomy %(subject)s"),
    "taxonomy.carried_over": _("%(actor)s carried %(count)s tags over to %(subject)s"),
    "model.trained": _("%(actor)s trained the model %(subject)s"),
    "tags.applied": _("%(actor)s applied %(count)s suggestions of %(subject)s automatically"),
    "tags.undone": _("%(actor)s undid %(count)s automatic tags of %(subject)s"),
    "recommendation.tags_reviewed": _("%(actor)s decided on suggested tags"),
}


def register() -> None:
    """Make the sentences and audiences known."""
    sentences.register(EVENTS)
    visibility.register("recommendations.vocabulary", everyone_inside)
    visibility.register("analysis.modelversion", _delegation)


def _delegation(reader: Reader) -> Q:
    return EVERYTHING if reader.is_delegation else NOTHING
