"""What the history and the notifications of follow-up say."""

from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.queries import reader_for
from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.followup import visibility
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.models import Notification
from tawsiya.notifications.sentences import Sentence


def _still_in_conversation(notification: Notification) -> bool:
    """Tell whether somebody mentioned still takes part when the mail is about to leave."""
    _item, circle, institution = notification.url_args
    return visibility.can_view_circle(reader_for(notification.recipient), circle, institution or None)


EVENTS = {
    "assignment.created": _("%(actor)s assigned the recommendation to %(institution)s"),
    "assignment.accepted": _("%(institution)s accepted the assignment (%(actor)s)"),
    "assignment.refused": _("%(institution)s refused the assignment (%(actor)s)"),
    "assignment.ended": _("%(actor)s ended the assignment of %(institution)s"),
    "assignment.reassign": _("%(institution)s asks that another institution take over (%(actor)s)"),
    "assignment.proposed": _("%(actor)s leaves the recommendation with %(institution)s"),
    "assignment.passed_on": _("%(actor)s passed the assignment of %(from)s on to %(institution)s"),
    "assignment.recalled": _("%(actor)s took the assignment back from %(from)s to %(institution)s"),
    "assignment.handed_over": _("%(actor)s handed the assignment of %(from)s over to %(institution)s"),
    "contribution.handed_over": _("%(actor)s handed a text of %(from)s over to %(institution)s"),
    "contribution.started": _("%(actor)s began a contribution of %(institution)s"),
    "contribution.edited": _("%(actor)s changed the contribution of %(institution)s"),
    "contribution.with_validator": _(
        "%(actor)s submitted the contribution of %(institution)s to its validator"
    ),
    "contribution.with_delegation": _("%(actor)s approved the contribution of %(institution)s"),
    "contribution.returned_by_validator": _(
        "%(actor)s returned the contribution of %(institution)s to its author"
    ),
    "contribution.returned_by_delegation": _("%(actor)s returned the contribution to %(institution)s"),
    "contribution.validated": _("%(actor)s validated the contribution of %(institution)s"),
    "evidence.attached": _("%(actor)s attached evidence"),
    "evidence.removed": _("%(actor)s removed evidence"),
    "reference.added": _("%(actor)s added a link or a law as evidence"),
    "reference.removed": _("%(actor)s removed a link or a law from the evidence"),
    "message.written": _("%(actor)s wrote in a conversation"),
    "message.withdrawn": _("%(actor)s withdrew a message from a conversation"),
    "assignment.brought_over": _("%(actor)s brought the assignment of %(institution)s over from %(file)s"),
    "contribution.brought_over": _("%(actor)s brought what %(institution)s reported over from %(file)s"),
    "assessment.brought_over": _("%(actor)s brought the status of implementation over from %(file)s"),
    "assignment.brought_undone": _(
        "%(actor)s took the assignment of %(institution)s back: the import of %(file)s was undone"
    ),
    "contribution.brought_undone": _(
        "%(actor)s took back what %(institution)s had reported: the import of %(file)s was undone"
    ),
    "assessment.brought_undone": _(
        "%(actor)s took the status of implementation back: the import of %(file)s was undone"
    ),
    "assessment.confirmed": _("%(actor)s set the status of implementation"),
    "submission.submitted": _("%(actor)s submitted what %(institution)s sees"),
    "submission.revised": _("%(actor)s revised the submission of %(institution)s"),
    "submission.accepted": _("%(actor)s accepted the submission of %(institution)s"),
    "submission.refused": _("%(actor)s refused the submission of %(institution)s"),
    "submission.taken_back": _("%(actor)s took the submission of %(institution)s back"),
    "submission.withdrawn": _("%(actor)s withdrew the submission of %(institution)s"),
    "grade.recorded": _("%(actor)s recorded the grade %(grade)s of %(symbol)s"),
    "grade.taken_back": _("%(actor)s took back the grade %(grade)s of %(symbol)s"),
    "question.recorded": _("%(actor)s recorded the question %(number)s of parliament"),
    "question.changed": _("%(actor)s corrected the question %(number)s of parliament"),
    "rule.begun": _("%(actor)s began version %(number)s of the rule of assessment"),
    "rule.changed": _("%(actor)s changed version %(number)s of the rule of assessment"),
    "rule.published": _("%(actor)s published version %(number)s of the rule of assessment"),
    "rule.discarded": _("%(actor)s discarded version %(number)s of the rule of assessment"),
}

NOTIFICATIONS = {
    "assignment.created": Sentence(
        _("A recommendation is assigned to you: %(symbol)s § %(paragraph)s"),
        _(
            "%(institution)s is asked to answer the assignment of %(symbol)s § %(paragraph)s. "
            "Deadline: %(deadline)s."
        ),
    ),
    "assignment.accepted": Sentence(
        _("Assignment accepted: %(symbol)s § %(paragraph)s"),
        _("%(institution)s accepted %(symbol)s § %(paragraph)s."),
    ),
    "assignment.refused": Sentence(
        _("Assignment refused: %(symbol)s § %(paragraph)s"),
        _("%(institution)s refused %(symbol)s § %(paragraph)s. The reason is in the application."),
    ),
    "assignment.ended": Sentence(
        _("Assignment ended: %(symbol)s § %(paragraph)s"),
        _("%(institution)s is no longer in charge of %(symbol)s § %(paragraph)s."),
    ),
    "assignment.reassign": Sentence(
        _("Asked to reassign: %(symbol)s § %(paragraph)s"),
        _(
            "%(institution)s asks that another institution take over %(symbol)s § %(paragraph)s. "
            "The reason is in the application."
        ),
    ),
    "assignment.proposed": Sentence(
        _("The assignment stays with you: %(symbol)s § %(paragraph)s"),
        _("The delegation leaves %(symbol)s § %(paragraph)s with %(institution)s and awaits an answer."),
    ),
    "assignment.passed_on": Sentence(
        _("Passed on to you: %(symbol)s § %(paragraph)s"),
        _("%(institution)s now answers for %(symbol)s § %(paragraph)s."),
    ),
    "assignment.recalled": Sentence(
        _("Taken back: %(symbol)s § %(paragraph)s"),
        _("%(institution)s answers again for %(symbol)s § %(paragraph)s."),
    ),
    "contribution.with_validator": Sentence(
        _("A contribution awaits your approval: %(symbol)s § %(paragraph)s"),
        _("A contribution of %(institution)s on %(symbol)s § %(paragraph)s awaits your approval."),
    ),
    "contribution.with_delegation": Sentence(
        _("A contribution awaits validation: %(symbol)s § %(paragraph)s"),
        _("%(institution)s sent its contribution on %(symbol)s § %(paragraph)s to the delegation."),
    ),
    "contribution.returned_by_validator": Sentence(
        _("Contribution returned: %(symbol)s § %(paragraph)s"),
        _(
            "Your validator returned the contribution on %(symbol)s § %(paragraph)s. "
            "The reason is in the application."
        ),
    ),
    "contribution.returned_by_delegation": Sentence(
        _("Contribution returned by the delegation: %(symbol)s § %(paragraph)s"),
        _("The delegation returned the contribution of %(institution)s on %(symbol)s § %(paragraph)s."),
    ),
    "contribution.validated": Sentence(
        _("Contribution validated: %(symbol)s § %(paragraph)s"),
        _("The delegation validated the contribution of %(institution)s on %(symbol)s § %(paragraph)s."),
    ),
    "message.mentioned": Sentence(
        _("You are mentioned in a conversation: %(symbol)s § %(paragraph)s"),
        _("Somebody mentions you in a conversation on %(symbol)s § %(paragraph)s."),
        holds=_still_in_conversation,
    ),
    "submission.submitted": Sentence(
        _("A submission awaits your decision: %(symbol)s § %(paragraph)s"),
        _("%(institution)s submitted what it sees of %(symbol)s § %(paragraph)s."),
    ),
    "submission.accepted": Sentence(
        _("Submission accepted: %(symbol)s § %(paragraph)s"),
        _("Your submission on %(symbol)s § %(paragraph)s is accepted, and public."),
    ),
    "submission.refused": Sentence(
        _("Submission refused: %(symbol)s § %(paragraph)s"),
        _(
            "Your submission on %(symbol)s § %(paragraph)s was refused. The ground and the reason are in the "
            "application; you can revise it."
        ),
    ),
    "assessment.confirmed": Sentence(
        _("Status of implementation set: %(symbol)s § %(paragraph)s"),
        _("The delegation set the status of implementation of %(symbol)s § %(paragraph)s."),
    ),
}


def register() -> None:
    """Make the sentences and audiences of follow-up known; called once Django is ready."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    audit_visibility.register("followup.contribution", visibility.contribution_events)
    audit_visibility.register("followup.assignment", visibility.assignment_events)
    audit_visibility.register("followup.message", visibility.message_events)
    audit_visibility.register("followup.assessment", visibility.assessment_events)
    audit_visibility.register("followup.assessmentrule", visibility.rule_events)
    audit_visibility.register("followup.submission", visibility.submission_events)
    audit_visibility.register("followup.grade", visibility.record_events)
    audit_visibility.register("followup.parliamentquestion", visibility.record_events)
