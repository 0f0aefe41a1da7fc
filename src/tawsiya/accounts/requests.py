"""Who reads a page."""

from django.http import Http404, HttpRequest

from tawsiya.accounts.reader import Reader


def reader_of(request: HttpRequest) -> Reader:
    """Return the reader that the middleware set: a person with the grants of today, or the public."""
    reader: Reader = request.reader  # type: ignore[attr-defined]  # set by ReaderMiddleware
    return reader


def reader_with_role(request: HttpRequest) -> Reader:
    """Return the reader of a page that exists for people with a role. Raises Http404 for anybody else."""
    reader = reader_of(request)
    if reader.is_public:
        raise Http404
    return reader
