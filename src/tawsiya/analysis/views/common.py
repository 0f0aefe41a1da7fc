"""What several pages of analysis need."""

from django.http import HttpRequest

from tawsiya.accounts.reader import Reader


def reader_of(request: HttpRequest) -> Reader:
    """Return who reads the page."""
    reader: Reader = request.reader  # type: ignore[attr-defined]  # set by ReaderMiddleware
    return reader
