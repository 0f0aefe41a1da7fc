"""Attach the reader to the request, lazily: pages that need none cost no query."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from tawsiya.accounts.models import User
from tawsiya.accounts.queries import reader_for
from tawsiya.accounts.reader import PUBLIC, Reader


def reader_of(request: HttpRequest) -> Reader:
    """Return the reader of a request: the signed-in person, or the public."""
    user = request.user
    return reader_for(user, language=get_language() or "") if isinstance(user, User) else PUBLIC


class ReaderMiddleware:
    """Set `request.reader`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach, and go on."""
        request.reader = SimpleLazyObject(lambda: reader_of(request))  # type: ignore[attr-defined]  # our own attribute
        return self.get_response(request)
