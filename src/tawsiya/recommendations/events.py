"""What the history says of recommendations as issued, and who sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences, visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.mechanisms.events import everyone_inside

EVENTS = {
    "recommendation.tagged": _("%(actor)s changed the tags"),
    "recommendation.graded": _("%(actor)s set the national grade of the State's position"),
    "recommendation.translated": _("%(actor)s added a translation"),
    "reference.settled": _("%(actor)s brought names of the reference lists up to date"),
    "groups.proposed": _("%(actor)s looked for recommendations that ask for the same thing"),
    "group.confirmed": _("%(actor)s confirmed the group %(subject)s"),
    "group.renamed": _("%(actor)s named the group %(subject)s"),
    "group.joined": _("%(actor)s put the recommendation in the group %(subject)s"),
    "group.rejected": _("%(actor)s decided that the recommendation does not belong in the group %(subject)s"),
    "group.left": _("%(actor)s took the recommendation out of the group %(subject)s"),
    "group.split": _("%(actor)s made the group %(subject)s of a part of another"),
    "group.merged": _("%(actor)s merged another group into %(subject)s"),
    "group.dissolved": _("%(actor)s dissolved the group %(subject)s"),
}


def register() -> None:
    """Make the sentences and audiences known; events of the text as issued are everyone's inside."""
    sentences.register(EVENTS)
    visibility.register("recommendations.recommendation", everyone_inside)
    visibility.register("recommendations.group", group_events)


def group_events(reader: Reader) -> Q:
    """Admit to a group's events: the delegation to all, others to those of it as a confirmed group.

    What became of a proposal is told by the event's state, so that no rejected one shows.
    """
    if reader.is_delegation:
        return EVERYTHING
    return NOTHING if reader.is_public else Q(state="confirmed")
