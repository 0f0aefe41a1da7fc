"""The API's default permission: signed in with a role. A public address says so itself."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

if TYPE_CHECKING:  # the framework imports this module while its views are being loaded
    from rest_framework.request import Request
    from rest_framework.views import APIView


class SignedIn(BasePermission):
    """Deny everybody without a role; the login middleware does not reach the API's own authentication."""

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        """Let in whoever holds a role."""
        return not request._request.reader.is_public  # type: ignore[attr-defined]  # set by ReaderMiddleware
