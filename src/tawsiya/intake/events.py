"""What the history and the notifications say of imports."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.mechanisms.events import everyone_inside
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.sentences import Sentence

EVENTS = {
    "import.uploaded": _("%(actor)s asked for %(subject)s to be read"),
    "import.queued": _("%(actor)s asked for the import of %(subject)s to be applied"),
    "import.stopped": _("The work on the import of %(subject)s ended before its time (%(actor)s)"),
    "import.columns_asked": _("%(actor)s gave %(subject)s, whose columns are still to be named"),
    "import.columns_named": _("%(actor)s said what the columns of %(subject)s hold"),
    "import.previewed": _("%(actor)s previewed the import of %(subject)s"),
    "import.scope_declared": _("%(actor)s declared what %(subject)s is complete for"),
    "import.row_excluded": _("%(actor)s left %(name)s out of imports"),
    "import.row_included": _("%(actor)s took %(name)s into imports again"),
    "import.rows_confirmed": _("%(actor)s confirmed %(count)s doubtful rows of %(subject)s"),
    "import.row_corrected": _("%(actor)s corrected %(name)s in the import of %(subject)s"),
    "import.correction_undone": _("%(actor)s undid the correction of %(name)s"),
    "import.undone": _("%(actor)s undid the import of %(subject)s"),
    "import.applied": _(
        "%(actor)s imported %(subject)s: %(create)s created, %(update)s changed, %(withdraw)s withdrawn"
    ),
    "import.discarded": _("%(actor)s discarded the import of %(subject)s"),
    # Of the recommendations themselves; everyone who sees the recommendation sees them.
    "recommendation.imported": _("%(actor)s imported the recommendation from %(file)s"),
    "recommendation.updated": _("%(actor)s updated the recommendation from %(file)s"),
    "recommendation.import_undone": _("%(actor)s undid what the import of %(file)s had changed"),
    "recommendation.import_removed": _("%(actor)s removed it: the import of %(file)s was undone"),
    "recommendation.withdrawn": _("%(actor)s marked it as withdrawn: %(file)s no longer has it"),
    # Of what the State owes; a matter of the UN's documents, as they are.
    "obligation.recorded": _("%(actor)s recorded the obligation from %(file)s"),
    "obligation.changed": _("%(actor)s changed the obligation after %(file)s"),
}

NOTIFICATIONS = {
    "import.applied": Sentence(
        _("Import applied: %(file)s"),
        _("%(create)s recommendations created, %(update)s changed, %(withdraw)s withdrawn."),
    ),
}


RUN = "intake.importrun"


def register() -> None:
    """Make the sentences and audiences of imports known; called once Django is ready."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    audit_visibility.register(RUN, _delegation)
    audit_visibility.register("mechanisms.obligation", everyone_inside)


def _delegation(reader: Reader) -> Q:
    return EVERYTHING if reader.is_delegation else NOTHING
