"""What the history and the notifications say of the pace of assignments, and of the reminders of them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import Reader
from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.audit.visibility import EVERYTHING, NOTHING
from tawsiya.followup.queries import assignments_for
from tawsiya.followup.queries_of_reminders import owed_by_institution
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.models import Notification
from tawsiya.notifications.sentences import Sentence

EVENTS = {
    "pace.set": _(
        "%(actor)s set the pace of assignments, in days: to answer %(answer_within)s; reminders before the "
        "deadline %(days)s, after it every %(every)s; the validator after %(validator_after)s, the head "
        "after %(head_after)s"
    ),
    "reminders.began": _(
        "%(actor)s began to remind of assignments: %(people)s people were told of what was overdue, "
        "%(count)s assignments"
    ),
}


def _still_owed(notification: Notification) -> bool:
    """Tell whether anything of a reminder is still owed, and still the recipient's to see."""
    told = notification.params
    institutions = told.get("institutions") or [told["institution_id"]]
    owed = (one for pk in institutions for one in owed_by_institution(pk, told["assignments"]))
    left = [one.assignment.pk for one in owed if one.owing == (told["owing"] or one.owing)]
    return assignments_for(reader_for(notification.recipient)).filter(pk__in=left).exists()


# Not `at_once`: whoever prefers one mail a week finds in it what is still owed then. What has climbed to the
# head of an institution does not wait for the delegation's week.
NOTIFICATIONS = {
    "assignments.answer_due": Sentence(
        _("Answer awaited: %(what)s, by %(deadline)s"),
        _("%(institution)s is to accept or refuse by %(deadline)s:\n\n%(references)s"),
        holds=_still_owed,
    ),
    "assignments.answer_overdue": Sentence(
        _("Answer overdue: %(what)s, was due on %(deadline)s"),
        _("%(institution)s was to accept or refuse by %(deadline)s and has not answered:\n\n%(references)s"),
        holds=_still_owed,
    ),
    "assignments.report_due": Sentence(
        _("Reminder: %(what)s, due on %(deadline)s"),
        _("The contributions of %(institution)s are due on %(deadline)s:\n\n%(references)s"),
        holds=_still_owed,
    ),
    "assignments.report_overdue": Sentence(
        _("Overdue: %(what)s, was due on %(deadline)s"),
        _(
            "The contributions of %(institution)s were due on %(deadline)s and have not arrived:\n\n"
            "%(references)s"
        ),
        holds=_still_owed,
    ),
    "assignments.began": Sentence(
        _("Overdue when reminders began: %(what)s"),
        _(
            "Tawsiya reminds of deadlines from today on. %(institution)s was to answer or report before:\n\n"
            "%(references)s"
        ),
        holds=_still_owed,
    ),
    "assignments.backlog": Sentence(
        _("Still owed: %(what)s"),
        _(
            "This was overdue when reminders began, and %(institution)s has not answered or reported:\n\n"
            "%(references)s"
        ),
        holds=_still_owed,
    ),
    "assignments.escalated_backlog": Sentence(
        _("Still overdue: %(institution)s, %(what)s"),
        _("%(institution)s was overdue when reminders began. Its head has been told.\n\n%(references)s"),
        at_once=True,
    ),
    "assignments.nobody_backlog": Sentence(
        _("Nobody to remind: %(institution)s, %(what)s"),
        _(
            "%(institution)s has neither focal point nor validator, and was overdue when reminders "
            "began.\n\n%(references)s"
        ),
        at_once=True,
    ),
    "assignments.escalated": Sentence(
        _("Still overdue: %(institution)s, %(what)s"),
        _("%(institution)s was due on %(deadline)s. Its head has been told.\n\n%(references)s"),
        at_once=True,
    ),
    "assignments.nobody": Sentence(
        _("Nobody to remind: %(institution)s, %(what)s"),
        _(
            "%(institution)s has neither focal point nor validator. Its day is %(deadline)s.\n\n"
            "%(references)s"
        ),
        at_once=True,
    ),
}


def _pace_events(reader: Reader) -> Q:
    return EVERYTHING if reader.is_delegation else NOTHING


def register() -> None:
    """Make the sentences and audiences known; called once Django is ready."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    audit_visibility.register("followup.assignmentpace", _pace_events)
    audit_visibility.register("followup.reminderstart", _pace_events)
