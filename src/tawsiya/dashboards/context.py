"""The side navigation: only what is built, and only what the reader may open."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the entries of the side navigation for the reader."""
    return {"navigation": []}
