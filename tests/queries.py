"""Count the queries of a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tawsiya.audit import kept


@contextmanager
def counted_anew() -> Iterator[CaptureQueriesContext]:
    """Collect the queries of the body, in which nothing kept from before helps."""
    kept._kept.clear()
    with CaptureQueriesContext(connection) as found:
        yield found
