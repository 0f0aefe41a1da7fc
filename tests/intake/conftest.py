"""What the tests of imports start from."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tawsiya.accounts.reader import Reader


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Path:
    """Private storage of its own for a test; returns its folder."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }
    return tmp_path


@pytest.fixture
def by(db: None, files: Path) -> Reader:
    """The coordinator of an instance that serves the fictional State."""
    from tests.factories import coordinator, make_instance  # models load only once Django is set up

    make_instance()
    return coordinator()
