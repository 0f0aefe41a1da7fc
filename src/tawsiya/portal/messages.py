"""Say in the reader's language why a file cannot be published."""

from django.utils.translation import gettext_lazy as _

from tawsiya.core.errors import Message
from tawsiya.portal.stripping import CannotStrip

_REASONS: dict[str, Message] = {
    "kind": _("Files of this kind cannot be cleaned of their author's traces. Attach it as PDF."),
    "damaged": _("The file is damaged and cannot be cleaned."),
    "too_large": _("The file is too large to be cleaned."),
    "encrypted": _("The file is protected by a password; attach it without."),
    "form": _("The file holds a form; print it as PDF and attach that."),
    "picture": _("A picture inside cannot be cleaned; print the file as PDF and attach that."),
    "tracked": _("The file holds tracked changes; accept or reject them and attach it again."),
    "hidden_sheet": _("The workbook has a hidden sheet (%(detail)s); remove it and attach it again."),
    "part": _("The file holds something that cannot be cleaned (%(detail)s); attach it as PDF."),
}


def why_not(refusal: CannotStrip) -> str:
    """Return the reason of a refusal as a sentence."""
    return str(_REASONS[refusal.code]) % {"detail": refusal.detail}
