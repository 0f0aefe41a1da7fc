"""What every page's shell needs, whatever the domain."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tawsiya.core import instance


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the instance, and whether demo mode is on, for the page templates."""
    return {"instance": instance.current(), "demo_mode": settings.DEMO}
