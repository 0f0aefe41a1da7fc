"""Fixtures of follow-up. Models are imported late: this file loads before Django is ready."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.followup.cast import Cast


@pytest.fixture
def cast(db) -> "Cast":
    """Everybody of DOMAIN §9 around one recommendation."""
    from tests.followup.cast import make_cast

    return make_cast()


@pytest.fixture
def address() -> Callable[..., str]:
    """Return addresses of pages in English."""
    from django.urls import reverse
    from django.utils import translation

    def _address(name: str, *args: int) -> str:
        with translation.override("en"):
            return reverse(name, args=args)

    return _address
