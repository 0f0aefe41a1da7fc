"""Fixtures of analysis. Models are imported late: this file loads before Django is ready."""

from collections.abc import Callable

import pytest


@pytest.fixture
def address() -> Callable[..., str]:
    """Return addresses of pages in English."""
    from django.urls import reverse
    from django.utils import translation

    def _address(name: str, *args: int) -> str:
        with translation.override("en"):
            return reverse(name, args=args)

    return _address
