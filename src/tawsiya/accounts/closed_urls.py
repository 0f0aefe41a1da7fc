"""Doors of allauth that stay shut: included before its own addresses, which these stand in for.

Accounts come from invitations, and an address is changed by the administrator: nobody signs up,
confirms or changes an address alone.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path


@login_not_required
def closed(request: HttpRequest, **_arguments: str) -> HttpResponse:
    """Answer as if nothing were here."""
    raise Http404


urlpatterns = [
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", closed, name="account_confirm_email"),
    path("login/code/confirm/", closed, name="account_confirm_login_code"),
    path("3rdparty/signup/", closed, name="socialaccount_signup"),
    path("social/signup/", closed),
]
