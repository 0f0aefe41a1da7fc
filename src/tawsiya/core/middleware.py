"""Give each request an id, say whether it may write, and turn refusals into answers."""

from collections.abc import Callable
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from tawsiya.core import request_context
from tawsiya.core.errors import PermissionRefused

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestIdMiddleware:
    """Set the request context; a safe method (RFC 9110 §9.2.1) makes it read-only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within a context of the request's own."""
        context = request_context.RequestContext(
            request_id=uuid4().hex, read_only=request.method in SAFE_METHODS
        )
        with request_context.running(context):
            response = self.get_response(request)
        response["X-Request-Id"] = context.request_id
        return response


class RefusalMiddleware:
    """Answer a `PermissionRefused` that no view caught with 403 and its reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Hand the refusal to Django's own 403 handling."""
        if isinstance(exception, PermissionRefused):
            raise PermissionDenied(str(exception)) from exception
