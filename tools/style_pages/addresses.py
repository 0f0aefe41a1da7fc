"""Addresses the shell looks for; none of them is ever called."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer nothing."""
    return HttpResponse()


_names = [
    "home",
    "search",
    "set_language",
    "account_login",
    "account_logout",
    "account_change_password",
    "mfa_index",
]
urlpatterns = [path(name, nothing, name=name) for name in _names] + [
    path("n/", include(([path("", nothing, name="list")], "notifications"))),
    path("p/", include(([path("", nothing, name="home")], "portal"))),
]
