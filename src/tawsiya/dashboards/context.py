"""What the shell of every page says of the reader: navigation, bell, role."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from tawsiya.accounts.reader import PUBLIC, Reader
from tawsiya.core import navigation as side
from tawsiya.dashboards.roles import role_label
from tawsiya.notifications.queries import unread_count


def _reader_of(request: HttpRequest) -> Reader:
    # An answer given before the reader's middleware ran (a malformed request) is the public's.
    reader: Reader = getattr(request, "reader", PUBLIC)
    return reader


def navigation(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """Return the shell's variables as functions: pages without the shell cost no query.

    Templates call them; each computes once per page.
    """

    @cache
    def entries() -> list[Any]:
        match = request.resolver_match
        return side.rows(_reader_of(request), match.view_name if match else "")

    @cache
    def unread() -> int:
        return unread_count(_reader_of(request))

    @cache
    def role() -> str:
        return role_label(_reader_of(request))

    return {"navigation": entries, "unread_notifications": unread, "role_label": role}
