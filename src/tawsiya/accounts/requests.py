"""Who reads a page."""

from django.http import HttpRequest

from tawsiya.accounts.reader import Reader


def reader_of(request: HttpRequest) -> Reader:
    """Return the reader that the middleware set: a person with the grants of today, or the public."""
    reader: Reader = request.reader  # type: ignore[attr-defined]  # set by ReaderMiddleware
    return reader
