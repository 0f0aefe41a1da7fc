"""What the history says of loads."""

from django.utils.translation import gettext_lazy as _

from tawsiya.analysis.visibility import loads_visible_to
from tawsiya.audit import sentences, visibility

EVENTS = {
    "world.loaded": _(
        "%(actor)s loaded %(subject)s, records of all States: %(created)s new, %(changed)s changed,"
        " %(withdrawn)s withdrawn"
    ),
}
LOAD = "analysis.worldload"


def register() -> None:
    """Make the sentences and the audience known; called once Django is ready."""
    sentences.register(EVENTS)
    visibility.register(LOAD, loads_visible_to)
