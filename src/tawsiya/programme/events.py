"""What the history and the notifications of programmes say, and who may read it."""

from django.utils.translation import gettext_lazy as _

from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.sentences import Sentence
from tawsiya.programme import indicator_events, visibility

EVENTS = {
    "programme.created": _("%(actor)s began the programme %(programme)s"),
    "programme.node_saved": _("%(actor)s wrote the axis or objective %(code)s %(node)s"),
    "programme.node_removed": _("%(actor)s removed the axis or objective %(code)s %(node)s"),
    "programme.consultation_opened": _("%(actor)s opened the programme to consultation"),
    "programme.consultation_closed": _("%(actor)s closed the consultation on the programme"),
    "programme.adopted": _("%(actor)s adopted the programme by the act %(act)s"),
    "programme.superseded": _("%(actor)s replaced this version by its revision"),
    "programme.revision_begun": _("%(actor)s began the revision of version %(number)s"),
    "programme.file_read": _("%(actor)s read the file %(file)s for this draft"),
    "programme.file_corrected": _("%(actor)s corrected the file %(file)s"),
    "programme.file_dropped": _("%(actor)s dropped the file %(file)s"),
    "programme.file_applied": _("%(actor)s applied the file %(file)s to this draft"),
    "measure.created": _("%(actor)s planned the measure %(code)s %(measure)s"),
    "measure.changed": _("%(actor)s changed the measure %(code)s %(measure)s"),
    "measure.removed": _("%(actor)s removed the measure %(measure)s"),
    "measure.handed_over": _(
        "%(actor)s handed the measure %(code)s %(measure)s of %(from)s over to %(institution)s"
    ),
    "measure.answered_for": _(
        "%(institution)s answers for the measure %(code)s %(measure)s in place of %(from)s (%(actor)s)"
    ),
    "measure.report_handed_over": _(
        "%(actor)s handed a report of %(from)s on the measure %(measure)s over to %(institution)s"
    ),
    "measure.commented": _("%(actor)s commented on the measure %(measure)s"),
    "measure.commented_by_public": _("Somebody commented on the measure %(measure)s on the public pages"),
    "comment.accepted": _("%(actor)s accepted a comment of the public on the measure %(measure)s"),
    "comment.refused": _("%(actor)s refused a comment of the public on the measure %(measure)s"),
    "comment.answered": _("%(actor)s answered a comment on the measure %(measure)s"),
    "measure.reported": _("%(actor)s reported on the measure %(measure)s"),
    "measure.report_approved": _("%(actor)s approved the report on the measure %(measure)s"),
    "measure.report_returned": _("%(actor)s returned the report on the measure %(measure)s to its author"),
}

NOTIFICATIONS = {
    "programme.consultation_opened": Sentence(
        _("You are consulted on a programme: %(programme)s"),
        _("The programme “%(programme)s” is open to consultation. You can comment on each measure."),
    ),
    "comment.answered": Sentence(
        _("Your comment on a measure is answered: %(code)s"),
        _("The delegation answered your comment on the measure %(code)s of “%(programme)s”."),
    ),
    "measure.reported": Sentence(
        _("A report on a measure awaits your approval: %(code)s"),
        _("A report on the measure %(code)s of “%(programme)s” awaits your approval."),
    ),
    "measure.report_approved": Sentence(
        _("New report on a measure: %(code)s"),
        _("A report on the measure %(code)s of “%(programme)s” was approved by its institution."),
    ),
    "measure.report_returned": Sentence(
        _("Report on a measure returned: %(code)s"),
        _(
            "Your validator returned the report on the measure %(code)s of “%(programme)s”. "
            "The reason is in the application."
        ),
    ),
}


def register() -> None:
    """Make the sentences and audiences of programmes known; called once Django is ready."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    audit_visibility.register("programme.version", visibility.version_events)
    audit_visibility.register("programme.measure", visibility.measure_events)
    audit_visibility.register("programme.comment", visibility.comment_events)
    audit_visibility.register("programme.measurereport", visibility.report_events)
    indicator_events.register()
