"""Let requests that only read keep what they count."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tawsiya.audit import kept
from tawsiya.core import request_context


class KeptMiddleware:
    """Note what a reading request asks of the database (`kept.reading`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a request that may write keeps nothing."""
        context = request_context.current()
        if context is None or not context.read_only:
            return self.get_response(request)
        with kept.reading():
            return self.get_response(request)
