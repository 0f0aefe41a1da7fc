"""Give each request an id, say whether it may write and be kept, and turn refusals into answers."""

from collections.abc import Callable
from uuid import uuid4

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

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


class NullMiddleware:
    """Keep null characters out: no keyboard types one, no form takes one, the database holds none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask as if the query had none.

        Raises:
            Http404: the path has one.
        """
        if "\0" in request.path:
            raise Http404
        while "%00" in request.META.get("QUERY_STRING", ""):
            # Not yet read: the query is parsed when it is first asked for. Taking one away may make another.
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """See that no text that was sent has one.

        Raises:
            BadRequest: one has.
        """
        if request.method == "POST" and any(
            "\0" in name or any("\0" in value for value in values) for name, values in request.POST.lists()
        ):
            raise BadRequest


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
