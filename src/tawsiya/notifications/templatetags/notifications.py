"""Tags of the pages of notifications."""

from django import template

from tawsiya.notifications.models import MailState, Notification
from tawsiya.notifications.sentences import kind_of, render

register = template.Library()

# A code of `core.looks` for tone and shape; the words are the state's own.
_LOOKS: dict[str, str] = {
    MailState.WAITING: "proposed",
    MailState.SENDING: "proposed",
    MailState.SENT: "accepted",
    MailState.FAILED: "failed",
    MailState.UNKNOWN: "due_soon",
}


@register.filter
def title_of(notification: Notification) -> str:
    """Return a notification's title in the reader's language."""
    return render(notification.code, notification.params)[0]


@register.filter
def body_of(notification: Notification) -> str:
    """Return a notification's sentence in the reader's language."""
    return render(notification.code, notification.params)[1]


@register.filter
def kind(notification: Notification) -> str:
    """Return what sort of notification it is, without whom or what it names."""
    return kind_of(notification.code)


@register.filter
def mail_look(state: str) -> str:
    """Return the code by which a mail's state is drawn."""
    return _LOOKS[state]
