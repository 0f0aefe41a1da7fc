"""Fixtures of analysis. Models are imported late: this file loads before Django is ready."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.recommendations.world import World


@pytest.fixture
def world(db: None) -> "World":
    """A small world of recommendations with people of every role."""
    from tests.recommendations.world import make_world

    return make_world()


@pytest.fixture
def address() -> Callable[..., str]:
    """Return addresses of pages in English."""
    from django.urls import reverse
    from django.utils import translation

    def _address(name: str, *args: int) -> str:
        with translation.override("en"):
            return reverse(name, args=args)

    return _address
