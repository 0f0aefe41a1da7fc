"""What was read from a file goes signed through the page of its preview and back: nothing is stored before.

So an abandoned preview leaves nothing anywhere, and what is applied is what was shown, to the same person.
"""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from tawsiya.core.errors import RuleViolated

# A working day: a page may stay open over lunch, not over the week-end.
MAX_AGE = 8 * 3600
LARGEST = 3_000_000
"""Characters of one preview; a page may send five million bytes back (`DATA_UPLOAD_MAX_MEMORY_SIZE`)."""


def seal(value: Mapping[str, Any], *, salt: str, user_id: int | None) -> str:
    """Return plain values signed for their reader.

    Args:
        salt: names the kind of preview, so that none is taken for another.

    Raises:
        RuleViolated: they are too much for one page.
    """
    sealed = signing.dumps({"user": user_id, "value": value}, salt=salt, compress=True)
    if len(sealed) > LARGEST:
        raise RuleViolated(_("The file holds too much for one step; divide it."))
    return sealed


def unseal(sealed: str, *, salt: str, user_id: int | None) -> dict[str, Any] | None:
    """Return what was sealed; None for what is too old, was changed, or is of another person."""
    try:
        held = signing.loads(sealed, salt=salt, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    if held.get("user") != user_id:
        return None
    value: dict[str, Any] | None = held.get("value")
    return value
