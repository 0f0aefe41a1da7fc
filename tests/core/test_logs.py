"""No secret of an address reaches the log, whatever Django says of a request it refuses."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client

from tawsiya.core.logs import WithoutSecrets, without_secrets

SECRET = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (f"Not Found: /calendar/{SECRET}.ics", "Not Found: /calendar/[secret].ics"),
        (
            f"Forbidden (CSRF cookie not set.): /fr/invitation/{SECRET}/",
            "Forbidden (CSRF cookie not set.): /fr/invitation/[secret]/",
        ),
        ("Not Found: /en/account/password/reset/key/7-cx1-abc/", "Not Found: /en/account/password/reset/key/[secret]/"),
        ("Not Found: /en/documents/7/", "Not Found: /en/documents/7/"),
        ("commit 0123456789abcdef0123456789abcdef01234567", "commit 0123456789abcdef0123456789abcdef01234567"),
    ],
)  # fmt: skip
def test_a_line_is_written_without_secrets(line: str, written: str) -> None:
    assert without_secrets(line) == written


def test_every_handler_of_the_log_hides_them() -> None:
    handlers = settings.LOGGING["handlers"]
    assert handlers and all("no_secrets" in one["filters"] for one in handlers.values())


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Give what the handler of the settings would write of Django's lines."""
    written = StringIO()
    handler, logger = logging.StreamHandler(written), logging.getLogger("django")
    handler.addFilter(WithoutSecrets())
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


@pytest.mark.database
@pytest.mark.parametrize("address", ["/calendar/{}.ics", "/en/invitation/{}/"])
def test_what_django_says_of_a_refused_request_holds_none(
    db: None, client: Client, log: StringIO, address: str
) -> None:
    client.get(address.format(SECRET))
    Client(enforce_csrf_checks=True).post(address.format(SECRET))
    lines = log.getvalue().splitlines()
    assert len(lines) == 2
    assert all("[secret]" in line and SECRET not in line for line in lines)
