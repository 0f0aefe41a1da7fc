"""Give each request an id, say whether it may write and be kept, and turn refusals into answers."""

from collections.abc import Callable
from uuid import uuid4

from django.core.exceptions import BadRequest, PermissionDenied
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


class NotKeptMiddleware:
    """Let nobody keep an answer that does not say itself who may.

    A page is private unless its view declares it public, and so is its copy: none stays in a proxy, nor on
    the device for whoever goes back in the browser after the person has signed out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and forbid copies where nothing is said of them."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RefusalMiddleware:
    """Answer a `PermissionRefused` that no view caught with 403 and its reason, a forged text with 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Refuse texts with a null character: no browser sends one, no form takes it, no column holds it.

        Raises:
            BadRequest: the body has one.
        """
        if request.method == "POST" and any(
            "\0" in name or any("\0" in value for value in values) for name, values in request.POST.lists()
        ):
            raise BadRequest

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Hand the refusal to Django's own 403 handling."""
        if isinstance(exception, PermissionRefused):
            raise PermissionDenied(str(exception)) from exception
