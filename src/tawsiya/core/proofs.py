"""Files that prove something: which kinds are accepted, by their first bytes."""

import filetype
from django.conf import settings
from django.utils.translation import gettext as _

from tawsiya.core.errors import RuleViolated

# Sniffed from the first bytes, never believed from the name or the browser.
ALLOWED_TYPES = frozenset(
    {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.text",
        "text/plain",
    }
)


def sniff(data: bytes) -> str:
    """Return a file's media type by its content; `text/plain` for UTF-8 without markup, else ""."""
    guessed = filetype.guess_mime(data)
    if guessed:
        return str(guessed)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    looks_active = text.lstrip("\ufeff \t\r\n").startswith("<") or "\x00" in text
    return "" if looks_active else "text/plain"


def check(data: bytes) -> str:
    """Return the media type of a file that is accepted as proof.

    Raises:
        RuleViolated: empty, too large, or of a kind that is not accepted.
    """
    if not data:
        raise RuleViolated(_("The file is empty."))
    if len(data) > settings.UPLOAD_LIMIT_BYTES:
        raise RuleViolated(
            _("The file is larger than %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT_BYTES // 2**20}
        )
    media_type = sniff(data)
    if media_type not in ALLOWED_TYPES:
        raise RuleViolated(
            _(
                "This kind of file is not accepted; "
                "use PDF, Word, Excel, OpenDocument, PNG, JPEG or plain text."
            )
        )
    return media_type
