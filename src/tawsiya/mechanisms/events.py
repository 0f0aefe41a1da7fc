"""What the history says of documents, and who sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences, visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING

EVENTS = {
    "document.registered": _("%(actor)s registered the document %(subject)s"),
}


def register() -> None:
    """Make the sentences and audiences known: UN documents are everyone's inside."""
    sentences.register(EVENTS)
    visibility.register("mechanisms.document", everyone_inside)


def everyone_inside(reader: Reader) -> Q:
    """Admit every reader with a role."""
    return NOTHING if reader.is_public else EVERYTHING
