"""What every public answer has in common: open to all, closed without its role, fresh or not at all."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.utils import ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe
from psycopg.errors import InsufficientPrivilege

import tawsiya
from tawsiya.core.db import RoleUnavailable
from tawsiya.core.tables import Column, Listed, respond
from tawsiya.portal.queries import as_public, consultations_open, data_version

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
RETRY_AFTER_SECONDS = "3600"


@lru_cache(maxsize=1)
def _release() -> str:
    """Return what changes when the program does: the moment of its newest file."""
    root = Path(tawsiya.__path__[0])
    files = (path for path in root.rglob("*") if path.suffix in {".py", ".html", ".mo"})
    return str(max(path.stat().st_mtime_ns for path in files))


def etag_of(request: HttpRequest, *, page: bool) -> str:
    """Return the entity tag of an answer: address, language, data, release and day.

    Args:
        page: an HTML page, whose language menu holds the visitor's own form token.
    """
    with as_public():
        version = data_version()
        # A consultation opens and ends by the clock, without any act.
        asked = list(consultations_open().values_list("pk", flat=True))
    # The day: from one to the next another rule of assessment may hold.
    day = timezone.localdate().isoformat()
    parts = [request.get_full_path(), get_language() or "", version, str(asked), _release(), day]
    if page:
        parts.append(request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))
    return quote_etag(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32])


def public_page(view: View) -> View:
    """Open a page to everyone. It is asked for again each time and answered with 304 where nothing changed.

    A withdrawal must show at once, so nothing is served from a cache without asking. A page for
    somebody signed in, or with a message to show, is made anew each time.
    """
    return _opened(view, page=True)


def public_data(view: View) -> View:
    """Open a file of data to everyone, as `public_page`; shared caches may keep and revalidate it."""
    return _opened(view, page=False)


def _opened(view: View, *, page: bool) -> View:
    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        personal = page and bool({settings.SESSION_COOKIE_NAME, "messages"} & set(request.COOKIES))
        try:
            if personal:
                response = view(request, *args, **kwargs)
            else:
                etag = etag_of(request, page=page)
                response = get_conditional_response(request, etag=etag) or view(request, *args, **kwargs)
                if response.status_code in (200, 304):
                    response["ETag"] = etag
        except RoleUnavailable:
            return closed(request)
        except ProgrammingError as error:
            # Without its rights the role is as good as absent: `migrate` has to run again.
            if isinstance(error.__cause__, InsufficientPrivilege):
                logger.exception("the portal's role may not read what a public page asks for")
                return closed(request)
            raise
        if not page:
            # Open data are for everybody's programs too; nothing personal is ever in them.
            response["Access-Control-Allow-Origin"] = "*"
        patch_cache_control(response, no_cache=True, **({"private": True} if page else {"public": True}))
        return response

    return answer


def closed(request: HttpRequest) -> HttpResponse:
    """Say that the public pages are closed for now (503)."""
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse({"detail": gettext("Closed for now.")}, status=503)
    else:
        response = render(request, "portal/closed.html", status=503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    response["Cache-Control"] = "no-store"
    return response


def as_data(request: HttpRequest, rows: Listed, columns: Sequence[Column], form: str) -> HttpResponseBase:
    """Return rows as open data, CSV or JSON, with their licence."""
    response = respond(request, rows=rows, columns=columns, form=form, template="")
    response["Link"] = f'<{settings.OPEN_DATA_LICENCE}>; rel="license"'
    return response


def absolute(path: str) -> str:
    """Return the address of a path for those who come from outside."""
    return f"{settings.SITE_ADDRESS}{path}"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what the shell of a public page shows: navigation, and this page's address by language."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    entries = (
        ("portal:home", gettext("Home")),
        ("portal:list", gettext("Recommendations")),
        ("portal:programmes", gettext("Action programmes")),
        ("portal:rule", gettext("Rule of assessment")),
    )
    language = get_language() or settings.LANGUAGE_CODE
    rest = request.path.removeprefix(f"/{language}/")
    return {
        "portal_navigation": [
            {"label": label, "url": reverse(target), "active": name == target} for target, label in entries
        ],
        "canonical": absolute(request.path),
        "alternates": [
            {"language": code, "url": absolute(f"/{code}/{rest}")} for code, _name in settings.LANGUAGES
        ],
        "feed_url": reverse("portal:feed"),
        "licence": settings.OPEN_DATA_LICENCE,
    }
