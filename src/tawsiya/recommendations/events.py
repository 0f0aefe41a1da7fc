"""What the history says of recommendations as issued, and who sees it."""

from django.utils.translation import gettext_lazy as _

from tawsiya.audit import sentences, visibility
from tawsiya.mechanisms.events import everyone_inside

EVENTS = {
    "recommendation.tagged": _("%(actor)s changed the tags"),
    "recommendation.graded": _("%(actor)s set the national grade of the State's position"),
    "recommendation.translated": _("%(actor)s added a translation"),
}


def register() -> None:
    """Make the sentences and audiences known; events of the text as issued are everyone's inside."""
    sentences.register(EVENTS)
    visibility.register("recommendations.recommendation", everyone_inside)
