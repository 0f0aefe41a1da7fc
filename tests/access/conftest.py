"""One world for each module: building it costs more than asking it."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from tests.access.world import World


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["World"]:
    """Give the cast of DOMAIN §9 with one of everything; all of it is taken back after the module."""
    from tests.access.world import made_world  # models load only once Django is set up

    folder: Path = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), made_world(folder) as made:
        yield made


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are expected here: nobody needs a line for each."""
    caplog.set_level(logging.ERROR, logger="django.request")
