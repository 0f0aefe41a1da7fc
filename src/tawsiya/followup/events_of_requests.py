"""What the history and the notifications say of questionnaires, replies and more time."""

from django.utils.translation import gettext_lazy as _

from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.followup.visibility import requests as visibility
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.sentences import Sentence

EVENTS = {
    "questionnaire.prepared": _("%(actor)s prepared the questionnaire %(title)s"),
    "questionnaire.changed": _("%(actor)s changed the questionnaire %(title)s"),
    "questionnaire.questions": _("%(actor)s wrote the questions of %(title)s: %(count)s"),
    "questionnaire.questions_taken": _(
        "%(actor)s took %(count)s questions of %(title)s from the file %(file)s: %(edited)s of them edited, "
        "%(left_out)s left out"
    ),
    "questionnaire.sent": _("%(actor)s sent the questionnaire %(title)s; institutions asked: %(count)s"),
    "questionnaire.closed": _("%(actor)s closed the questionnaire %(title)s"),
    "questionnaire.discarded": _("%(actor)s discarded the questionnaire %(title)s"),
    "reply.edited": _("%(actor)s wrote in the answers of %(institution)s"),
    "reply.with_validator": _("%(actor)s submitted the answers of %(institution)s to its validator"),
    "reply.with_delegation": _("%(actor)s approved the answers of %(institution)s"),
    "reply.returned_by_validator": _("%(actor)s returned the answers of %(institution)s to their author"),
    "reply.returned_by_delegation": _("%(actor)s returned the answers to %(institution)s"),
    "reply.validated": _("%(actor)s validated the answers of %(institution)s"),
    "reply.handed_over": _("%(actor)s handed the questionnaire %(title)s over to %(institution)s"),
    "extension.asked": _("%(actor)s asked for more time for %(institution)s"),
    "extension.granted": _("%(actor)s gave %(institution)s more time"),
    "extension.refused": _("%(actor)s refused %(institution)s more time"),
    "extension.withdrawn": _("%(actor)s no longer asks for more time for %(institution)s"),
    "calendar.opened": _("%(actor)s made a secret address for the calendar of deadlines"),
    "calendar.revoked": _("%(actor)s revoked the secret address of the calendar of deadlines"),
}

NOTIFICATIONS = {
    "questionnaire.sent": Sentence(
        _("A questionnaire for %(institution)s: %(title)s"),
        _("The delegation asks %(institution)s to answer “%(title)s” by %(deadline)s."),
        at_once=True,
    ),
    "questionnaire.closed": Sentence(
        _("Questionnaire closed: %(title)s"),
        _("The delegation closed “%(title)s”. The answers of %(institution)s had not arrived."),
    ),
    "reply.with_validator": Sentence(
        _("Answers await your approval: %(title)s"),
        _("The answers of %(institution)s to “%(title)s” await your approval. Deadline: %(deadline)s."),
    ),
    "reply.with_delegation": Sentence(
        _("Answers arrived: %(title)s"),
        _("%(institution)s sent its answers to “%(title)s”."),
    ),
    "reply.returned_by_validator": Sentence(
        _("Answers returned: %(title)s"),
        _("Your validator returned the answers to “%(title)s”. The reason is in the application."),
    ),
    "reply.returned_by_delegation": Sentence(
        _("Answers returned by the delegation: %(title)s"),
        _("The delegation returned the answers of %(institution)s to “%(title)s”. Deadline: %(deadline)s."),
    ),
    "reply.validated": Sentence(
        _("Answers validated: %(title)s"),
        _("The delegation validated the answers of %(institution)s to “%(title)s”."),
    ),
    "reply.due": Sentence(
        _("Reminder: %(title)s, due on %(deadline)s"),
        _("%(institution)s is to answer “%(title)s” by %(deadline)s."),
        at_once=True,
    ),
    "reply.overdue": Sentence(
        _("Overdue: %(title)s, was due on %(deadline)s"),
        _("The answers of %(institution)s to “%(title)s” were due on %(deadline)s and have not arrived."),
        at_once=True,
    ),
    "reply.escalated": Sentence(
        _("Still overdue: %(institution)s, %(title)s"),
        _("%(institution)s was due to answer “%(title)s” on %(deadline)s. Its head has been told."),
        at_once=True,
    ),
    "reply.nobody": Sentence(
        _("Nobody to remind: %(institution)s, %(title)s"),
        _("%(institution)s has neither focal point nor validator. “%(title)s” is due on %(deadline)s."),
        at_once=True,
    ),
    "reply.handed_over": Sentence(
        _("A questionnaire is handed over to you: %(title)s"),
        _("%(institution)s takes over “%(title)s”, due on %(deadline)s."),
    ),
    "extension.asked": Sentence(
        _("More time asked: %(institution)s, %(title)s"),
        _("%(institution)s asks for time until %(wanted)s for “%(title)s”, due on %(deadline)s."),
    ),
    "extension.granted": Sentence(
        _("More time given: %(title)s"),
        _("%(institution)s has until %(deadline)s to answer “%(title)s”."),
        at_once=True,
    ),
    "extension.refused": Sentence(
        _("More time refused: %(title)s"),
        _("The deadline of %(institution)s for “%(title)s” stays %(deadline)s. See the reason there."),
        at_once=True,
    ),
    "extension.withdrawn": Sentence(
        _("More time no longer asked: %(institution)s, %(title)s"),
        _("%(institution)s keeps the deadline of “%(title)s”: %(deadline)s."),
    ),
}


def register() -> None:
    """Make the sentences and audiences known; called once Django is ready."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    audit_visibility.register("followup.questionnaire", visibility.questionnaire_events)
    audit_visibility.register("followup.reply", visibility.reply_events)
    audit_visibility.register("followup.extension", visibility.extension_events)
    audit_visibility.register("followup.calendaraddress", visibility.calendar_events)
