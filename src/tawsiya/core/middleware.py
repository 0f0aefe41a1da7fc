"""Give each request an id and say whether it may write to tables of record."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from tawsiya.core import request_context

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestIdMiddleware:
    """Set the request context; a safe method (RFC 9110 §9.2.1) makes it read-only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        context = request_context.RequestContext(
            request_id=uuid4().hex, read_only=request.method in SAFE_METHODS
        )
        with request_context.running(context):
            response = self.get_response(request)
        response["X-Request-Id"] = context.request_id
        return response
