"""What the history and the notifications of indicators say, and who may read it."""

from django.utils.translation import gettext_lazy as _

from tawsiya.audit import sentences as audit_sentences
from tawsiya.audit import visibility as audit_visibility
from tawsiya.notifications import sentences as notification_sentences
from tawsiya.notifications.sentences import Sentence
from tawsiya.programme import indicator_visibility

EVENTS = {
    "indicator.created": _("%(actor)s defined the indicator %(code)s %(indicator)s"),
    "indicator.changed": _("%(actor)s changed the sheet of the indicator %(code)s %(indicator)s"),
    "indicator.taken_into_use": _("%(actor)s took the indicator %(code)s into use"),
    "indicator.not_applicable": _("%(actor)s decided that the indicator %(code)s does not apply"),
    "indicator.retired": _("%(actor)s decided that the indicator %(code)s is no longer followed"),
    "indicator.break_marked": _("%(actor)s marked a break of method of the indicator %(code)s in %(period)s"),
    "indicator.break_withdrawn": _(
        "%(actor)s withdrew the break of method of the indicator %(code)s in %(period)s"
    ),
    "indicator.values_recorded": _("%(actor)s recorded values of the indicator %(code)s: %(count)s"),
    "indicator.values_corrected": _(
        "%(actor)s recorded values of the indicator %(code)s, corrections among them: %(count)s"
    ),
    "indicator.handed_over": _(
        "%(actor)s handed the indicator %(code)s %(indicator)s of %(from)s over to %(institution)s"
    ),
    "values.handed_over": _(
        "%(actor)s handed the request for values of the indicator %(code)s, %(periods)s, of "
        "%(from)s over to %(institution)s"
    ),
    "values.asked": _("%(actor)s asked %(institution)s for values of the indicator %(code)s, %(periods)s"),
    "values.answered": _("%(actor)s answered the request for values of the indicator %(code)s, %(periods)s"),
    "values.declined": _("%(actor)s declined the request for values of the indicator %(code)s, %(periods)s"),
    "values.withdrawn": _("%(actor)s withdrew the request for values of the indicator %(code)s, %(periods)s"),
    "values.reminded": _("%(institution)s was reminded of the values of the indicator %(code)s, %(periods)s"),
}

NOTIFICATIONS = {
    "values.asked": Sentence(
        _("Values are asked of you: indicator %(code)s"),
        _("%(institution)s is asked for values of the indicator %(code)s for %(periods)s, by %(due_on)s."),
    ),
    "values.due": Sentence(
        _("Values are due soon: indicator %(code)s"),
        _("The values of the indicator %(code)s for %(periods)s are asked of %(institution)s by %(due_on)s."),
    ),
    "values.late": Sentence(
        _("Values are overdue: indicator %(code)s"),
        _(
            "The values of the indicator %(code)s for %(periods)s were asked of %(institution)s "
            "by %(due_on)s and are not there yet."
        ),
    ),
    "values.answered": Sentence(
        _("Values arrived: indicator %(code)s"),
        _("%(institution)s gave the values of the indicator %(code)s for %(periods)s."),
    ),
    "values.declined": Sentence(
        _("A request for values was declined: indicator %(code)s"),
        _(
            "%(institution)s does not give the values of the indicator %(code)s for %(periods)s. "
            "The reason is in the application."
        ),
    ),
    "values.withdrawn": Sentence(
        _("A request for values was withdrawn: indicator %(code)s"),
        _("The values of the indicator %(code)s for %(periods)s are no longer asked of %(institution)s."),
    ),
}


def register() -> None:
    """Make the sentences and audiences of indicators known; called once Django is ready."""
    audit_sentences.register(EVENTS)
    notification_sentences.register(NOTIFICATIONS)
    audit_visibility.register("programme.indicator", indicator_visibility.indicator_events)
    audit_visibility.register("programme.valuerequest", indicator_visibility.request_events)
