"""Enter the demo as one of the sample State's people: demo mode, loopback and POST only."""

import ipaddress

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tawsiya.accounts.languages import in_language
from tawsiya.accounts.models import User
from tawsiya.core import instance
from tawsiya.sample.queries import everybody, guides

UNKNOWN = "192.0.2.0"  # reserved for documentation (RFC 5737): never loopback
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _only_in_demo(request: HttpRequest) -> None:
    row = instance.current()
    address = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or UNKNOWN)
    # Through a proxy on this machine everybody seems to come from it.
    direct = address.is_loopback and "HTTP_X_FORWARDED_FOR" not in request.META
    if not (settings.DEMO and row is not None and row.is_demo and direct):
        raise Http404


@login_not_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Show who one can be (GET), or become that person (POST)."""
    _only_in_demo(request)
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        user = get_object_or_404(User, pk=int(chosen) if chosen.isdecimal() else 0, is_active=True)
        login(request, user, backend=BACKEND)
        return in_language(redirect("dashboards:home"), user.language)
    return render(request, "sample/enter.html", {"guides": guides(), "everybody": everybody()})
