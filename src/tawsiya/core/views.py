"""Answers that belong to no app: refusals with their reason."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language_from_path
from django.views.i18n import set_language


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show why something was refused."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Change the language and stay on the page, for everybody.

    Django finds the page again only in the active language, and this address has none of its
    own: the page's address says in which language it was shown.
    """
    try:
        shown = get_language_from_path(urlsplit(request.POST.get("next", "")).path)
    except ValueError:  # no address at all
        shown = None
    with translation.override(shown or translation.get_language()):
        return set_language(request)
