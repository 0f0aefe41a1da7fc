"""What the history says of templates."""

from django.utils.translation import gettext_lazy as _

from tawsiya.audit import sentences

EVENTS = {
    "template.replaced": _("%(actor)s replaced the template of programmes by %(file)s"),
    "template.restored": _("%(actor)s went back to the built-in template of programmes"),
}


def register() -> None:
    """Make the sentences known; called once Django is ready."""
    sentences.register(EVENTS)
